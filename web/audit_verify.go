package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// verifyPage is pages/audit/verify.html.
type verifyPage struct {
	workPage
	Head     audit.Head
	Noted    string
	Problems problems
	Last     *act // of a verification; nil before the first
	Report   audit.Report
}

// findingWords say what was found, in the reader's language.
func findingWords(p *i18n.Printer, f audit.Finding) string {
	return p.T("audit.finding."+string(f.Kind), strconv.FormatInt(f.Other, 10))
}

// showVerification shows the head of the log and how the last verification went.
func (s *site) showVerification(r *request) error { return r.verification(http.StatusOK, "", nil) }

func (r *request) verification(status int, noted string, wrong problems) error {
	p := verifyPage{workPage: r.workPage(r.T("audit.verify.title")), Noted: noted, Problems: wrong}
	ctx, conn := r.Request.Context(), r.site.DB
	var err error
	if p.Head, err = audit.ReadHead(ctx, conn); err != nil {
		return err
	}
	last, err := audit.List(ctx, conn, audit.Filter{Noun: "audit", Action: "verify", Limit: 1})
	if err != nil {
		return err
	}
	if len(last) > 0 {
		p.Last = new(r.act(last[0]))
		if err := json.Unmarshal([]byte(last[0].After), &p.Report); err != nil {
			return err
		}
	}
	return r.render(status, "audit/verify", p)
}

// verifyAudit walks through the log and puts on record what it found. One at a
// time: it reads everything.
func (s *site) verifyAudit(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	var noted []audit.Head
	for _, text := range strings.Fields(form.Get("head")) {
		head, err := audit.ParseHead(text)
		if err != nil {
			return r.verification(http.StatusUnprocessableEntity, form.Get("head"), problems{{"head", r.T(fault.KeyOf(err))}})
		}
		noted = append(noted, head)
	}
	if !s.verifying.TryLock() {
		return r.to("/work/audit/verify", r.T("audit.verify.running"))
	}
	defer s.verifying.Unlock()
	report, err := audit.Verify(r.Request.Context(), s.DB, noted...)
	if err != nil {
		return err
	}
	err = audit.Transact(r.Request.Context(), s.DB, r.actor.Who, func(_ *db.DB, log *audit.Log) error {
		log.Add(audit.Change{Action: "verify", Noun: "audit", Record: "log", After: report})
		return nil
	})
	if err != nil {
		return err
	}
	return r.to("/work/audit/verify", "")
}
