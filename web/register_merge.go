package web

import (
	"net/http"

	"gcm/internal/fault"
	"gcm/internal/register"
	"gcm/objectives"
)

// mergePage is pages/registers/merge.html.
type mergePage struct {
	workPage
	Name     string
	Heading  objectives.Titled
	Hints    []objectives.Hint // records that look like it
	Others   []option
	Into     string
	Reason   string
	Problems problems
}

// askMerge shows the form that merges a record into another.
func (g registerPages[C]) askMerge(r *request) error {
	p, err := g.mergePage(r)
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "registers/merge", p)
}

func (g registerPages[C]) mergePage(r *request) (mergePage, error) {
	code := r.Param("code")
	record, err := g.Record(r.Request.Context(), code)
	if err != nil {
		return mergePage{}, err
	}
	if record.ArchivedAt != nil {
		return mergePage{}, fault.New(fault.Conflict, "error.archived", "%s is archived", code)
	}
	title := g.Title(record.Content)
	p := mergePage{workPage: r.workPage(r.T("register.merge.title") + ": " + r.in(title)), Name: g.name, Heading: objectives.Titled{Code: code, Title: title}}
	hints, err := g.similar(r, record.Content)
	if err != nil {
		return p, err
	}
	for _, h := range hints {
		if h.Code != code {
			p.Hints = append(p.Hints, h)
		}
	}
	lines, _, err := g.Lines(r.Request.Context(), register.Filter{})
	for _, l := range lines {
		if l.Code != code {
			p.Others = append(p.Others, option{Value: l.Code, Label: r.in(l.Name)})
		}
	}
	return p, err
}

// merge takes it.
func (g registerPages[C]) merge(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	into := form.Get("into")
	err = g.Merge(r.Request.Context(), r.actor, r.Param("code"), into, form.Get("reason"))
	if err == nil {
		return r.to("/work/"+g.name+"/"+into, r.T("register.merged"))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	p, err := g.mergePage(r)
	if err != nil {
		return err
	}
	p.Problems, p.Into, p.Reason = wrong, into, form.Get("reason")
	return r.render(http.StatusUnprocessableEntity, "registers/merge", p)
}
