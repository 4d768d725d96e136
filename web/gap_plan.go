package web

import (
	"net/http"
	"net/url"
	"slices"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/period"
	"gcm/internal/register"
)

// gapPlanPage is pages/gaps/form.html.
type gapPlanPage struct {
	workPage
	Gap       gapRow
	Form      sheet
	Agency    selectField
	Languages []string
	Version   register.Revision
	Other     *gapRow // what somebody else wrote meanwhile
}

// askPlan brings the form for the plan of a gap.
func (s *site) askPlan(r *request) error {
	g, err := r.gap()
	if err != nil {
		return err
	}
	c := g.Plan.Content()
	form := sheet{Values: url.Values{"agency": {c.Agency}, "due": {string(c.Due)}}}
	form.setText("plan", c.Plan)
	return s.planForm(r, http.StatusOK, g, form.Values, nil)
}

// gap finds the gap that is asked for.
func (r *request) gap() (indicators.Gap, error) {
	all, _, err := r.gaps()
	if err != nil {
		return indicators.Gap{}, err
	}
	at := slices.IndexFunc(all, func(g indicators.Gap) bool { return g.Key() == r.Param("gap") })
	if at < 0 {
		return indicators.Gap{}, notFound("no data gap %q", r.Param("gap"))
	}
	return all[at], nil
}

func (s *site) planForm(r *request, status int, g indicators.Gap, typed url.Values, wrong problems) error {
	agencies, err := r.agencyOptions()
	if err != nil {
		return err
	}
	version, err := g.Plan.Content().Revision()
	if err != nil {
		return err
	}
	form := sheet{Values: typed, p: r.p, labels: "gap.field.", Problems: wrong}
	p := gapPlanPage{
		workPage: r.workPage(r.T("gap.plan.title")), Gap: r.gapRow(g), Form: form, Languages: r.languages(), Version: version,
		Agency: selectField{form.Control("agency"), []optionGroup{{Options: agencies}}},
	}
	if status == http.StatusConflict {
		p.Other = &p.Gap
	}
	return r.render(status, "gaps/form", p)
}

// takePlan writes the plan of a gap.
func (s *site) takePlan(r *request) error {
	g, err := r.gap()
	if err != nil {
		return err
	}
	values, err := r.form()
	if err != nil {
		return err
	}
	c := indicators.PlanContent{Agency: values.Get("agency"), Plan: sheet{Values: values}.text("plan", r.languages()), Due: period.Period(values.Get("due"))}
	err = s.indicators.PlanGap(r.Request.Context(), r.actor, g, register.Revision(values.Get("version")), c)
	switch {
	case err == nil:
		return r.to("/work/data/gaps", r.T("gap.plan.saved"))
	case fault.KeyOf(err) == "error.changed_meanwhile":
		return s.planForm(r, http.StatusConflict, g, values, nil)
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return s.planForm(r, http.StatusUnprocessableEntity, g, values, wrong)
}
