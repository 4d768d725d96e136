package web

import (
	"context"
	"net/http"

	"gcm/internal/audit"
	"gcm/internal/register"
)

// showHistory shows what was done with a record, and offers to bring back an
// earlier version.
func (g registerPages[C]) showHistory(r *request) error {
	ctx, code := r.Request.Context(), r.Param("code")
	record, err := g.Record(ctx, code)
	if err != nil {
		return err
	}
	before, err := r.before()
	if err != nil {
		return err
	}
	acts, err := audit.List(ctx, r.site.DB, audit.Filter{Noun: g.Noun, Record: code, Before: before, Limit: actsAtOnce + 1})
	if err != nil {
		return err
	}
	title := r.in(g.Title(record.Content))
	p := historyPage{workPage: r.workPage(r.T("audit.history", title)), Heading: title, Back: "/work/" + g.name + "/" + code, History: r.history(acts)}
	if r.actor.Can(g.May) && record.ArchivedAt == nil {
		p.History.Restore = string(record.Revision)
	}
	return r.render(http.StatusOK, "audit/history", p)
}

// revert writes an earlier version of a record anew.
func (g registerPages[C]) revert(r *request) error {
	return r.restore(func(ctx context.Context, code, version string, seq int64) error {
		return g.Revert(ctx, r.actor, code, register.Revision(version), seq)
	})
}
