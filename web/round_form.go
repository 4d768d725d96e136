package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gcm/internal/period"
	"gcm/internal/register"
	"gcm/objectives"
	"gcm/progress"
)

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

func (r *request) roundSheet(values url.Values, wrong problems) sheet {
	return sheet{Values: values, p: r.p, labels: "round.field.", Problems: wrong}
}

func (s *site) askRound(r *request) error {
	return r.showRoundForm(http.StatusOK, "", r.roundSheet(url.Values{"cutoff_basis": {string(objectives.Inferred)}}, nil))
}

func (s *site) editRound(r *request) error {
	c, err := s.progress.Cycle(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	form, err := r.roundValues(c)
	if err != nil {
		return err
	}
	return r.showRoundForm(http.StatusOK, c.Code, form)
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
	for i := range milestones(form.Values) {
		p.Rows = append(p.Rows, milestoneRow(i))
	}
	return r.render(status, "rounds/form", p)
}

// roundValues is a round as it stands in the form.
func (r *request) roundValues(c progress.Cycle) (sheet, error) {
	f := r.roundSheet(url.Values{}, nil)
	seen, err := c.Revision()
	f.Set("version", string(seen))
	f.Set("covers", string(c.Covers))
	f.Set("cutoff", string(c.Cutoff))
	f.Set("cutoff_basis", string(c.CutoffBasis))
	f.setText("name", c.Name)
	f.setText("cutoff_reason", c.CutoffReason)
	for i, m := range c.Milestones {
		row := milestoneRow(i)
		f.Set(row+".code", m.Code)
		f.Set(row+".due", m.Due)
		f.setText(row+".name", m.Name)
		f.setText(row+".note", m.Note)
	}
	return f, err
}

func milestoneRow(i int) string { return "milestones." + strconv.Itoa(i) }

// roundOf reads the form.
func (r *request) roundOf(f sheet) progress.Cycle {
	c := progress.Cycle{
		Code: strings.TrimSpace(f.Get("code")), Covers: period.Period(f.Get("covers")), Cutoff: period.Period(f.Get("cutoff")),
		CutoffBasis: objectives.Basis(f.Get("cutoff_basis")), Name: f.text("name", r.languages()), CutoffReason: f.text("cutoff_reason", r.languages()),
	}
	for i := range milestones(f.Values) {
		row := milestoneRow(i)
		c.Milestones = append(c.Milestones, progress.CycleMilestone{
			Code: f.Get(row + ".code"), Due: f.Get(row + ".due"), Name: f.text(row+".name", r.languages()), Note: f.text(row+".note", r.languages()),
		})
	}
	return c
}

// createRound opens a new round to the agencies.
func (s *site) createRound(r *request) error { return r.takeRound("") }

// changeRound changes one.
func (s *site) changeRound(r *request) error { return r.takeRound(r.Param("code")) }

// takeRound takes the form of a round; the code is empty for a new one. The
// button that adds a row brings the form again, with one more.
func (r *request) takeRound(code string) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	f := r.roundSheet(form, nil)
	f.tidyMilestones()
	if form.Get("add") != "" {
		form.Set(milestoneRow(milestones(form))+".due", "")
		return r.showRoundForm(http.StatusOK, code, f)
	}
	c := r.roundOf(f)
	done := "round.created"
	if code == "" {
		c, err = r.site.progress.OpenCycle(r.Request.Context(), r.actor, c)
	} else {
		done, c.Code = "round.changed", code
		c, err = r.site.progress.ChangeCycle(r.Request.Context(), r.actor, register.Revision(form.Get("version")), c)
	}
	if err != nil {
		if f.Problems, err = r.wrong(err); err != nil {
			return err
		}
		return r.showRoundForm(http.StatusUnprocessableEntity, code, f)
	}
	return r.to("/work/rounds/"+c.Code, r.T(done))
}
