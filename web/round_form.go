package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"gcm/internal/fault"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// maxMilestones bounds the rows of the form.
const maxMilestones = 20

// roundFormPage is pages/rounds/form.html.
type roundFormPage struct {
	workPage
	Code   string // of the round that is changed; empty for a new one
	Action string // where the form is sent
	Back   string
	Form   sheet
	Rows   []string // names of the milestones' rows
	Bases  []objectives.Basis
}

func (r *request) roundSheet(values url.Values, wrong fault.Problems) sheet {
	return sheet{Values: values, p: r.p, labels: "round.field.", wrong: wrong}
}

func (s *site) askRound(r *request) error {
	c := progress.Cycle{CutoffBasis: objectives.Inferred, Milestones: progress.DefaultMilestones(s.Now().In(s.zone()))}
	return r.showRoundForm(http.StatusOK, "", r.roundSheet(r.roundValues(c), nil))
}

func (s *site) editRound(r *request) error {
	c, err := s.progress.CycleByCode(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	return r.showRoundForm(http.StatusOK, c.Code, r.roundSheet(r.roundValues(c), nil))
}

func (r *request) showRoundForm(status int, code string, form sheet) error {
	p := roundFormPage{
		workPage: r.workPage(r.T("rounds.new")), Code: code, Action: "/work/rounds", Back: "/work/rounds",
		Form: form, Bases: []objectives.Basis{objectives.Stated, objectives.Inferred},
	}
	if code != "" {
		p.Action, p.Back = "/work/rounds/"+code, "/work/rounds/"+code
		p.Title = r.T("round.edit.title", code)
	}
	for i := range rowsOf(form.Values) {
		p.Rows = append(p.Rows, fmt.Sprintf("milestones.%d", i))
	}
	return r.render(status, "rounds/form", p)
}

// rowsOf counts the milestones of a form: their days are sent even when empty.
func rowsOf(form url.Values) int {
	n := 0
	for n < maxMilestones && form.Has(fmt.Sprintf("milestones.%d.due", n)) {
		n++
	}
	return n
}

// roundValues is a round as it stands in the form.
func (r *request) roundValues(c progress.Cycle) url.Values {
	f := r.roundSheet(url.Values{}, nil)
	f.Set("version", c.Revision())
	f.Set("code", c.Code)
	f.Set("covers", string(c.Covers))
	f.Set("cutoff", string(c.Cutoff))
	f.Set("cutoff_basis", string(c.CutoffBasis))
	f.setText("name", c.Name)
	f.setText("cutoff_reason", c.CutoffReason)
	for i, m := range c.Milestones {
		row := "milestones." + strconv.Itoa(i)
		f.Set(row+".code", m.Code)
		f.Set(row+".due", m.Due)
		f.setText(row+".name", m.Name)
		f.setText(row+".note", m.Note)
	}
	return f.Values
}

// roundOf reads the form. Rows in which nothing was entered, and those that are
// to be dropped, are left out.
func (r *request) roundOf(f sheet) progress.Cycle {
	c := progress.Cycle{
		Code: f.Get("code"), Covers: period.Period(f.Get("covers")), Cutoff: period.Period(f.Get("cutoff")),
		CutoffBasis: objectives.Basis(f.Get("cutoff_basis")), Name: f.text("name", r.languages()), CutoffReason: f.text("cutoff_reason", r.languages()),
	}
	for i := range rowsOf(f.Values) {
		row := "milestones." + strconv.Itoa(i)
		m := progress.CycleMilestone{Code: f.Get(row + ".code"), Due: f.Get(row + ".due"), Name: f.text(row+".name", r.languages()), Note: f.text(row+".note", r.languages())}
		if f.Get(row+".drop") == "" && (m.Due != "" || len(m.Name) > 0) {
			c.Milestones = append(c.Milestones, m)
		}
	}
	return c
}

// createRound takes a new round; changeRound takes a change of one. The button
// that adds a row brings the form again, with one more.
func (s *site) createRound(r *request) error { return r.takeRound("") }

func (s *site) changeRound(r *request) error { return r.takeRound(r.Param("code")) }

func (r *request) takeRound(code string) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	f := r.roundSheet(form, nil)
	if form.Get("add") != "" {
		form.Set(fmt.Sprintf("milestones.%d.due", rowsOf(form)), "")
		return r.showRoundForm(http.StatusOK, code, f)
	}
	c := r.roundOf(f)
	done := "round.created"
	if code == "" {
		c, err = r.site.progress.CreateCycle(r.Request.Context(), r.actor, c)
	} else {
		done, c.Code = "round.changed", code
		c, err = r.site.progress.ChangeCycle(r.Request.Context(), r.actor, c, form.Get("version"))
	}
	if f.wrong = fault.ProblemsOf(err); f.wrong != nil {
		return r.showRoundForm(http.StatusUnprocessableEntity, code, f)
	}
	if err != nil {
		return err
	}
	return r.to("/work/rounds/"+c.Code, r.T(done))
}
