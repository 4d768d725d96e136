package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// historyPage is pages/audit/history.html: what was done with one record.
type historyPage struct {
	workPage
	Heading string
	Back    string // address of the record
	History history
}

// history is what the template "history" shows: a page of acts, newest first.
type history struct {
	Acts    []act
	Older   string // address of the next page; empty on the last
	Restore string // version that the page was made from; empty where nothing can be restored
}

// act is one entry of the audit log in the reader's words.
type act struct {
	Seq                        int64
	Datetime, When             string
	User                       int64 // 0 for the program, and where names are not told
	Who, Agency, Origin        string
	Action, Noun, Record, Path string // Path shows the record's history
	Reason                     string
	Fields                     []changedField
	Restorable                 bool // it left a content that can be written again
}

// history puts entries of the log into words. They may be one more than a page
// shows, which says that there are older ones.
func (r *request) history(entries []audit.Entry) history {
	var h history
	for i, e := range entries {
		if i == actsAtOnce {
			query := r.Request.URL.Query()
			query.Set("before", strconv.FormatInt(entries[i-1].Seq, 10))
			h.Older = r.Request.URL.Path + "?" + query.Encode()
			break
		}
		a := r.act(e)
		a.Restorable = a.Restorable && (i > 0 || r.Query("before") != "") // the newest version is there already
		h.Acts = append(h.Acts, a)
	}
	return h
}

func (r *request) act(e audit.Entry) act {
	a := act{
		Seq: e.Seq, Datetime: e.At, When: instant(r.p, e), Who: e.Who, Agency: e.Agency,
		Action: r.code("audit.action.", e.Action), Noun: r.noun(e.Noun), Record: e.Record, Reason: r.grounds(e),
		Fields: r.changedFields(e.Noun, e.Before, e.After), Restorable: slices.Contains(writing, e.Action) && e.After != "",
	}
	if e.UserID != nil {
		a.User = *e.UserID
	} else if e.Who != "" {
		a.Who = r.T("audit.program", r.actorName(e.Who))
	}
	if r.actor.Can(auth.SeeAudit) {
		a.Origin, a.Path = e.Origin, "/work/audit/"+url.PathEscape(e.Noun)+"/"+url.PathEscape(e.Record)
	}
	return a
}

// grounds is why it was done: what the person wrote, or the entry that brought
// a change into the registers.
func (r *request) grounds(e audit.Entry) string {
	if e.Noun != "measure" && e.Noun != "observation" {
		return e.Reason
	}
	return r.noted(e.Reason)
}

// noted puts into words what the program notes as the reason of a change:
// "pack KAZ", "entry E1, E2". What a person wrote stays.
func (r *request) noted(reason string) string {
	kind, codes, _ := strings.Cut(reason, " ")
	key := "audit.reason." + kind
	if codes == "" || strings.Contains(strings.ReplaceAll(codes, ", ", ","), " ") || !r.p.Has(key) {
		return reason
	}
	return r.T(key, codes)
}

// actorName is the word for the part of the program that acted under a name; a
// person's name stays.
func (r *request) actorName(name string) string {
	if key := "audit.who." + strings.ReplaceAll(name, " ", "_"); r.p.Has(key) {
		return r.T(key)
	}
	return name
}

// writing are the actions that leave a content of their own.
var writing = []string{"start", "save", "create", "change", "assign"}

func (r *request) noun(noun string) string { return r.code("audit.noun.", noun) }

// code is the word for a code in a list of the catalogue, else the code itself.
func (r *request) code(list, code string) string {
	if r.p.Has(list + code) {
		return r.T(list + code)
	}
	return code
}

// instant prints when an entry was written; empty for none.
func instant(p *i18n.Printer, e audit.Entry) string {
	t := e.Time()
	if t.IsZero() {
		return ""
	}
	return p.Period(period.Period(t.Format(time.DateOnly))) + ", " + t.Format("15:04:05") + " UTC"
}

// before reads the number before which a page of history begins.
func (r *request) before() (int64, error) {
	text := r.Query("before")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, notFound("no page before %q", text)
	}
	return n, nil
}

// showEntryHistory shows what was done with an entry, as far as the person sees it.
func (s *site) showEntryHistory(r *request) error {
	before, err := r.before()
	if err != nil {
		return err
	}
	past, err := s.progress.History(r.Request.Context(), r.actor, r.Param("code"), before, actsAtOnce+1)
	if err != nil {
		return err
	}
	title := r.in(past.Title)
	p := historyPage{
		workPage: r.workPage(r.T("audit.history", title)), Heading: title, History: r.history(past.Acts),
	}
	if r.reachable("/work/entries/:code") != "" {
		p.Back = "/work/entries/" + past.Entry.Code
	}
	if slices.Contains(past.Entry.Offered(r.actor, past.Open), progress.StepSave) {
		p.History.Restore = strconv.Itoa(past.Entry.Version)
	}
	return r.render(http.StatusOK, "audit/history", p)
}

// restoreEntry saves an old version of an entry as a new one.
func (s *site) restoreEntry(r *request) error {
	return r.restore(func(ctx context.Context, code, version string, seq int64) error {
		n, err := strconv.Atoi(version)
		if err != nil {
			return fault.New(fault.Invalid, "error.invalid", "version %q", version)
		}
		_, err = s.progress.Restore(ctx, r.actor, code, n, seq)
		return err
	})
}

// restore reads which version is to be brought back, and leads back to the history.
func (r *request) restore(do func(ctx context.Context, code, version string, seq int64) error) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	seq, err := strconv.ParseInt(form.Get("seq"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "error.invalid", "number %q", form.Get("seq"))
	}
	if err := do(r.Request.Context(), r.Param("code"), form.Get("version"), seq); err != nil {
		return err
	}
	return r.to(r.Request.URL.Path, r.T("audit.restored", strconv.FormatInt(seq, 10)))
}
