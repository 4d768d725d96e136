package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
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
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	p := measuresPage{
		page:     r.page(r.T("nav.measures"), r.T("measures.description")),
		Filter:   measureFilter{r.Query("status"), r.Query("objective"), r.Query("agency"), r.Query("basis")},
		Statuses: objectives.Statuses, Bases: []objectives.Basis{objectives.Stated, objectives.Inferred},
	}
	if p.Objectives, err = s.objectives.ShortTitles(ctx); err != nil {
		return err
	}
	if p.Agencies, err = s.objectives.ActiveAgencies(ctx); err != nil {
		return err
	}
	i18n.Sort(r.p, p.Agencies, func(a objectives.Agency) string { return r.in(a.Name) })
	if p.Problems = p.check(r); len(p.Problems) > 0 {
		return r.render(http.StatusUnprocessableEntity, "measures/list", p)
	}
	found, err := p.choose(r, cutoff)
	if err != nil {
		return err
	}
	p.Found = len(found)
	number, err := r.existingPage(publicSize, p.Found)
	if err != nil {
		return err
	}
	p.Older, p.Newer = r.pages(number, publicSize, p.Found)
	shown, err := s.objectives.MeasuresInShortByID(ctx, found[min(number*publicSize, p.Found):min((number+1)*publicSize, p.Found)])
	if err != nil {
		return err
	}
	p.Measures = lines(shown, cutoff)
	return r.render(http.StatusOK, "measures/list", p)
}

// choose returns the measures that pass the filter, and counts them all.
func (p *measuresPage) choose(r *request, cutoff time.Time) ([]int64, error) {
	ctx := r.Request.Context()
	counts, err := r.site.objectives.CountMeasures(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		p.Total += c.N
	}
	f := p.Filter
	outlines, err := r.site.objectives.Outlines(ctx, objectives.Choice{Objective: f.Objective, Agency: f.Agency, Basis: objectives.Basis(f.Basis)})
	var found []int64
	for _, o := range outlines {
		m := objectives.Measure{Status: o.Status, Ends: o.Ends}
		if f.Status == "" || string(m.StatusAt(cutoff)) == f.Status {
			found = append(found, o.ID)
		}
	}
	return found, err
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
	all, err := s.indicators.Standings(r.Request.Context())
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
			p.Indicators = append(p.Indicators, measureIndicator{r.standingCard(ind), ind.Measures[i].Mapping})
		}
	}
	if p.Rounds, err = r.releasedRounds(m); err != nil {
		return err
	}
	p.Course = r.course(m, cycle, p.Rounds)
	return r.render(http.StatusOK, "measures/show", p)
}
