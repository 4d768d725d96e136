package web

import (
	"net/http"
	"slices"
	"time"

	"gcm/indicators"
	"gcm/objectives"
)

// measuresPage is pages/measures/list.html.
type measuresPage struct {
	page
	Filter   *facetForm
	Measures []measureLine // of this page
	Older    string        // address of the page before; empty on the first
	Newer    string        // of the page after
}

// publicSize is how many measures a page of the public list shows.
const publicSize = 100

func (s *site) listMeasures(r *request) error {
	ctx := r.Request.Context()
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	list, err := s.measureList(ctx)
	if err != nil {
		return err
	}
	facets, err := r.measureFacets(cutoff)
	if err != nil {
		return err
	}
	p := measuresPage{page: r.page(r.T("nav.measures"), r.T("measures.description"))}
	var found []listedMeasure
	found, p.Filter, err = sift(r, list.all, facets, findMeasure, func(m listedMeasure) string { return "/measures/" + m.Code })
	if err != nil {
		return err
	}
	if len(p.Filter.Problems) > 0 {
		return r.render(http.StatusBadRequest, "measures/list", p)
	}
	if found, p.Older, p.Newer, err = cut(r, found, publicSize); err != nil {
		return err
	}
	for _, m := range found {
		p.Measures = append(p.Measures, measureLine{Measure: m.Measure, StatusNow: m.StatusAt(cutoff)})
	}
	return r.render(http.StatusOK, "measures/list", p)
}

// The gaps by which measures are listed: what they are without.
const (
	withoutLead      = "lead"
	withoutIndicator = "indicator"
	withoutAction    = "action"
	withoutDates     = "dates"
)

// measureFacets are the filters of the list of measures. Statuses are judged at the
// cut-off.
func (r *request) measureFacets(cutoff time.Time) ([]facet[listedMeasure], error) {
	ctx, s := r.Request.Context(), r.site
	objectiveList, err := r.objectiveOptions()
	if err != nil {
		return nil, err
	}
	agencies, err := s.objectives.Agencies(ctx)
	if err != nil {
		return nil, err
	}
	tables, tableOfObjective, err := r.roundTableOptions()
	if err != nil {
		return nil, err
	}
	principles, err := r.principleOptions()
	if err != nil {
		return nil, err
	}
	actions, err := r.actionOptions()
	if err != nil {
		return nil, err
	}
	return []facet[listedMeasure]{
		{name: "status", options: choices(r, "measure.status.", objectives.Statuses), of: func(m listedMeasure) []string { return []string{string(m.StatusAt(cutoff))} }},
		{name: "objective", options: append(objectiveList, option{everyObjective, r.T("filter.cross")}), of: listedMeasure.objectives},
		{name: "agency", options: r.agencyNames(agencies), of: listedMeasure.agencies},
		{name: "without", options: choices(r, "facet.without.measure.", []string{withoutLead, withoutIndicator, withoutAction, withoutDates}), of: listedMeasure.without},
		{name: "kind", options: choices(r, "measure.category.", objectives.Categories), more: true, of: func(m listedMeasure) []string { return []string{m.Category} }},
		{name: "action", options: actions, more: true, of: func(m listedMeasure) []string { return m.actions }},
		{name: "principle", options: principles, more: true, of: func(m listedMeasure) []string { return m.principles }},
		{name: "table", options: tables, more: true, of: func(m listedMeasure) []string {
			if m.CrossCutting() {
				return nil
			}
			return tableOf(m.numbers(), tableOfObjective)
		}},
		{name: "basis", options: choices(r, "mapping.basis.", []objectives.Basis{objectives.Stated, objectives.Inferred}), more: true, of: func(m listedMeasure) []string { return []string{string(m.Basis())} }},
	}, nil
}

// measurePage is pages/measures/show.html.
type measurePage struct {
	page
	objectives.Measure
	StatusNow  objectives.Status
	Cutoff     string
	Quotes     []quote
	Marks      []quote // the source's own marks of objectives
	Indicators []measureIndicator
	Retired    *retired // nil when the measure is in use
	Rounds     []releasedRound
	Course     []courseStep // its dates, in the order of time
}

// measureIndicator is an indicator that measures or describes a measure.
type measureIndicator struct {
	indicatorCard
	Mapping objectives.Mapping
}

func (s *site) showMeasure(r *request) error {
	m, err := r.measure(r.Param("code"))
	if err != nil {
		return err
	}
	cycle, err := r.cycle()
	if err != nil {
		return err
	}
	sources, err := r.sourcesByCode()
	if err != nil {
		return err
	}
	all, err := s.standings(r.Request.Context())
	if err != nil {
		return err
	}
	p := measurePage{
		page: r.page(r.in(m.Title), r.in(m.Description)), Measure: m,
		StatusNow: m.StatusAt(cycle.Cutoff.Last()), Cutoff: r.p.Period(cycle.Cutoff), Quotes: quotesOf(m.Quotes, sources),
	}
	if p.Retired, err = r.retirement(m.ArchivedAt, "measures", m.Code, s.objectives.MeasureRegister().Successor); err != nil {
		return err
	}
	for _, o := range m.Objectives {
		for _, q := range quotesOf(o.Quotes, sources) {
			if !slices.ContainsFunc(p.Marks, func(known quote) bool { return known.Quote == q.Quote }) {
				p.Marks = append(p.Marks, q)
			}
		}
	}
	for _, ind := range all {
		i := slices.IndexFunc(ind.Measures, func(l indicators.IndicatorMeasure) bool { return l.MeasureID == m.ID })
		if i >= 0 {
			p.Indicators = append(p.Indicators, measureIndicator{r.card(ind), ind.Measures[i].Mapping})
		}
	}
	if p.Rounds, err = r.releasedRounds(m); err != nil {
		return err
	}
	p.Course = r.course(m, cycle, p.Rounds)
	return r.render(http.StatusOK, "measures/show", p)
}
