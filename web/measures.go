package web

import (
	"net/http"
	"slices"
	"strconv"

	"gcm/indicators"
	"gcm/objectives"
)

// measuresPage is pages/measures/list.html.
type measuresPage struct {
	page
	Filter     measureFilter
	Problems   []string      // filters that were asked for and do not exist
	Measures   []measureLine // of this page
	Found      int           // by the filter, on all pages
	Total      int
	Older      string // address of the page before; empty on the first
	Newer      string // of the page after
	Statuses   []objectives.Status
	Bases      []objectives.Basis
	Objectives []objectives.Objective
	Agencies   []objectives.Agency
}

// publicSize is how many measures a page of the public list shows.
const publicSize = 100

// measureFilter is what the list's form sends; empty fields filter nothing.
type measureFilter struct{ Status, Objective, Agency, Basis string }

func (s *site) listMeasures(r *request) error {
	ctx := r.Request.Context()
	all, err := r.measuresInShort()
	if err != nil {
		return err
	}
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	p := measuresPage{
		page: r.page(r.T("nav.measures"), r.T("measures.description")), Total: len(all),
		Filter:   measureFilter{r.Query("status"), r.Query("objective"), r.Query("agency"), r.Query("basis")},
		Statuses: objectives.Statuses, Bases: []objectives.Basis{objectives.Stated, objectives.Inferred},
	}
	if p.Objectives, err = s.objectives.ShortTitles(ctx); err != nil {
		return err
	}
	agencies, err := s.objectives.Agencies(ctx)
	if err != nil {
		return err
	}
	p.Agencies = r.active(agencies, all)
	p.Problems = p.check(r)
	if len(p.Problems) > 0 {
		return r.render(http.StatusUnprocessableEntity, "measures/list", p)
	}
	for _, line := range lines(all, cutoff) {
		if p.Filter.keeps(line) {
			p.Measures = append(p.Measures, line)
		}
	}
	number := r.pageNumber()
	p.Found = len(p.Measures)
	p.Older, p.Newer = r.pages(number, publicSize, p.Found)
	p.Measures = p.Measures[min(number*publicSize, p.Found):min((number+1)*publicSize, p.Found)]
	return r.render(http.StatusOK, "measures/list", p)
}

// check names the filters whose value does not exist.
func (p measuresPage) check(r *request) []string {
	var problems []string
	problem := func(field, value string, known bool) {
		if value != "" && !known {
			problems = append(problems, r.T("filter.unknown", r.T("filter."+field), value))
		}
	}
	f := p.Filter
	problem("status", f.Status, slices.Contains(p.Statuses, objectives.Status(f.Status)))
	problem("basis", f.Basis, slices.Contains(p.Bases, objectives.Basis(f.Basis)))
	problem("objective", f.Objective, f.Objective == "all" || slices.ContainsFunc(p.Objectives, func(o objectives.Objective) bool { return strconv.Itoa(o.Number) == f.Objective }))
	problem("agency", f.Agency, slices.ContainsFunc(p.Agencies, func(a objectives.Agency) bool { return a.Code == f.Agency }))
	return problems
}

// keeps reports whether a measure passes the filter.
func (f measureFilter) keeps(m measureLine) bool {
	number, _ := strconv.Atoi(f.Objective)
	return (f.Status == "" || string(m.StatusNow) == f.Status) &&
		(f.Basis == "" || string(m.Basis()) == f.Basis) &&
		(f.Objective == "" || f.Objective == "all" && m.CrossCutting() || serves(m.Measure, number)) &&
		(f.Agency == "" || leads(m.Measure, f.Agency) || partners(m.Measure, f.Agency))
}

func leads(m objectives.Measure, agency string) bool {
	return m.LeadAgency != nil && m.LeadAgency.Code == agency
}

func partners(m objectives.Measure, agency string) bool {
	return slices.ContainsFunc(m.Partners, func(p objectives.MeasurePartner) bool { return p.Agency.Code == agency })
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
	all, err := r.indicators()
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
	return r.render(http.StatusOK, "measures/show", p)
}
