package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gcm/internal/audit"
	"gcm/internal/period"
)

// auditPage is pages/audit/list.html.
type auditPage struct {
	workPage
	Filter   auditFilter
	Problems problems
	Nouns    []string
	Actions  []string
	History  history
	Head     audit.Head
	Query    string // of the downloads
}

// auditFilter is what the list's form sends; empty fields filter nothing.
type auditFilter struct{ Noun, Record, Action, User, From, To, Text string }

// auditNouns are what can be on record, in the order in which they are offered.
var auditNouns = []string{
	"entry", "evidence", "comment", "invitation", "request", "cycle", "measure", "indicator", "observation", "finding", "trend", "gap", "law", "challenge", "agency",
	"user", "mail", "country", "source", "term", "dimension", "review", "section", "review_text", "review_comment", "review_figure", "assessment", "promise", "questionnaire", "question", "release", "import", "audit", "framework",
}

// auditActions are what can be done, in the order in which they are offered.
var auditActions = []string{
	"start", "take_back", "save", "submit", "withdraw", "approve", "accept", "release", "return", "reopen", "discard",
	"evidence.add", "evidence.remove", "comment", "invite", "invitation.end", "handover", "ask", "open", "close",
	"create", "change", "assign", "archive", "restore", "merge", "move", "recompute", "import", "judge", "plan",
	"write", "draft", "checked", "cleared", "chain", "lay_before", "signed", "refused", "sign_off", "recall", "publish", "correct", "confirm", "assess", "account", "drop",
	"sign_in", "profile", "token.make", "token.end", "view.save", "view.drop", "role.add", "role.remove", "disable", "enable", "session.end", "sessions.end",
	"link.invitation", "link.reset", "reset.request", "setup", "identity",
	"password.invitation", "password.reset", "password.change", "password.rehash",
	"factor.add", "factor.remove", "factor.reset", "recovery.renew", "calendar.link", "calendar.unlink", "retry", "verify",
}

// actsAtOnce is how many acts a page shows.
const actsAtOnce = 50

// listAudit shows what was done, the newest first.
func (s *site) listAudit(r *request) error {
	filter, wrong := r.auditFilter()
	p := auditPage{
		workPage: r.workPage(r.T("work.nav.audit")), Problems: wrong, Nouns: auditNouns, Actions: auditActions,
		Filter: auditFilter{r.Query("noun"), r.Query("record"), r.Query("action"), r.Query("user"), r.Query("from"), r.Query("to"), r.Query("text")},
		Query:  r.without("before", "lang"),
	}
	if len(wrong) > 0 {
		return r.render(http.StatusUnprocessableEntity, "audit/list", p)
	}
	var err error
	if p.Head, err = audit.ReadHead(r.Request.Context(), s.DB); err != nil {
		return err
	}
	filter.Limit = actsAtOnce + 1
	acts, err := audit.List(r.Request.Context(), s.DB, filter)
	if err != nil {
		return err
	}
	p.History = r.history(acts)
	return r.render(http.StatusOK, "audit/list", p)
}

// auditFilter reads the filter from the address.
func (r *request) auditFilter() (audit.Filter, problems) {
	var wrong problems
	unknown := func(field string) {
		wrong = append(wrong, problem{"f-" + field, r.T("filter.unknown", r.T("audit.filter."+field), r.Query(field))})
	}
	number := func(field string) int64 {
		n, err := strconv.ParseInt(r.Query(field), 10, 64)
		if r.Query(field) != "" && (err != nil || n < 1) {
			unknown(field)
		}
		return n
	}
	day := func(field string) time.Time {
		day, err := period.Day(r.Query(field))
		if r.Query(field) != "" && err != nil {
			unknown(field)
		}
		return period.Period(day).First()
	}
	f := audit.Filter{
		Noun: r.Query("noun"), Record: strings.TrimSpace(r.Query("record")), Action: r.Query("action"), User: number("user"),
		From: day("from"), To: day("to"), Text: strings.TrimSpace(r.Query("text")), Before: number("before"),
	}
	if f.Noun != "" && !slices.Contains(auditNouns, f.Noun) {
		unknown("noun")
	}
	if f.Action != "" && !slices.Contains(auditActions, f.Action) {
		unknown("action")
	}
	for _, field := range []string{"record", "text"} {
		if !storable(r.Query(field)) {
			unknown(field)
		}
	}
	if !f.To.IsZero() {
		f.To = f.To.AddDate(0, 0, 1) // the last day is meant
	}
	return f, wrong
}

// storable reports whether a text can be in the database, which PostgreSQL will
// not even compare with others.
func storable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// without is the query of the address without some of its fields, with the
// question mark; empty when nothing is left.
func (r *request) without(fields ...string) string {
	query := r.Request.URL.Query()
	for name, values := range query {
		if slices.Contains(fields, name) || strings.Join(values, "") == "" {
			query.Del(name)
		}
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

// showAuditRecord shows what was done with one record.
func (s *site) showAuditRecord(r *request) error {
	noun, record := r.Param("noun"), strings.TrimPrefix(r.Param("record"), "/")
	if !storable(noun + record) {
		return notFound("nothing is called %q", noun+record)
	}
	before, err := r.before()
	if err != nil {
		return err
	}
	acts, err := audit.List(r.Request.Context(), s.DB, audit.Filter{Noun: noun, Record: record, Before: before, Limit: actsAtOnce + 1})
	if err != nil {
		return err
	}
	if len(acts) == 0 {
		return notFound("nothing is on record of %s %s", noun, record)
	}
	heading := r.noun(noun) + " " + record
	return r.render(http.StatusOK, "audit/history", historyPage{workPage: r.workPage(r.T("audit.history", heading)), Heading: heading, History: r.history(acts)})
}

// downloadAudit answers audit.jsonl and audit.csv.
func (s *site) downloadAudit(format audit.Format, mediaType string) handler {
	return func(r *request) error {
		filter, wrong := r.auditFilter()
		if len(wrong) > 0 {
			return notFound("the audit log has no such part: %v", wrong)
		}
		r.Header("Content-Type", mediaType)
		r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
		r.Header("Content-Disposition", `attachment; filename="audit.`+string(format)+`"`)
		return audit.Export(r.Request.Context(), s.DB, r.Writer, format, filter)
	}
}
