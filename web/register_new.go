package web

import (
	"net/http"

	"gcm/internal/register"
	"gcm/objectives"
)

// askNew shows the form of a new record; with ?from=CODE one that takes the
// place of another.
func (g registerPages[C]) askNew(r *request) error {
	fields, err := g.fields(r)
	if err != nil {
		return err
	}
	p, base, err := g.fresh(r, r.Query("from"))
	if err != nil {
		return err
	}
	values, err := g.values(fields, base)
	if err != nil {
		return err
	}
	p.Inputs = r.inputs(withCode(fields), values, nil, "")
	return r.render(http.StatusOK, "registers/form", p)
}

// fresh is the page of a new record with what its form holds at first: of the
// record whose place it takes, when there is one.
func (g registerPages[C]) fresh(r *request, from string) (registerPage, C, error) {
	base := g.begin()
	if from != "" {
		old, err := g.Record(r.Request.Context(), from)
		if err != nil {
			return registerPage{}, base, err
		}
		base = old.Content
	}
	p := g.page(r, register.Record[C]{Content: base})
	p.From = from
	return p, base, nil
}

// withCode puts the code first, which is only asked for once.
func withCode(fields []field) []field {
	return append([]field{{Name: "code", Kind: fieldLine, Hint: true}}, fields...)
}

// create takes the form of a new record. Likely duplicates are shown once
// before it is written.
func (g registerPages[C]) create(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	fields, err := g.fields(r)
	if err != nil {
		return err
	}
	p, base, err := g.fresh(r, form.Get("from"))
	if err != nil {
		return err
	}
	d, err := g.read(r, fields, base)
	if err != nil {
		return err
	}
	p.Reason = form.Get("reason")
	if d.asked() {
		return g.again(r, http.StatusOK, p, withCode(fields), d, nil)
	}
	if form.Get("similar") == "" && p.From == "" {
		if p.Hints, err = g.similar(r, d.content); err != nil {
			return err
		}
		if len(p.Hints) > 0 {
			return g.again(r, http.StatusOK, p, withCode(fields), d, nil)
		}
	}
	code, err := g.write(r, p, d, form.Get("code"))
	if err == nil {
		return r.to("/work/"+g.name+"/"+code, r.T("register.created"))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return g.again(r, http.StatusUnprocessableEntity, p, withCode(fields), d, wrong)
}

func (g registerPages[C]) write(r *request, p registerPage, d draft[C], code string) (string, error) {
	switch {
	case d.wrong != nil:
		return "", d.wrong
	case p.From != "":
		return g.Succeed(r.Request.Context(), r.actor, p.From, code, d.content, p.Reason)
	}
	return g.Create(r.Request.Context(), r.actor, code, d.content)
}

// similar finds records that may be the same.
func (g registerPages[C]) similar(r *request, content C) ([]objectives.Hint, error) {
	lines, _, err := g.Lines(r.Request.Context(), register.Filter{})
	if err != nil {
		return nil, err
	}
	var among []objectives.Titled
	for _, l := range lines {
		among = append(among, objectives.Titled{Code: l.Code, Title: l.Name})
	}
	return objectives.Similar(g.Title(content), among), nil
}
