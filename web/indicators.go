package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"gcm/indicators"
)

// indicatorsPage is pages/indicators/list.html.
type indicatorsPage struct {
	page
	Filter *facetForm
	Cards  []indicatorCard // of this page
	Older  string
	Newer  string
}

// cardsSize is how many indicators a page of the list shows, valuesSize how many
// values the page of an indicator does.
const (
	cardsSize  = 24
	valuesSize = 200
)

var figureTypes = []indicators.FigureType{indicators.Statistic, indicators.ServiceStandard, indicators.LegalParameter, indicators.ExternalContext}

func (s *site) listIndicators(r *request) error {
	all, err := s.standings(r.Request.Context())
	if err != nil {
		return err
	}
	facets, err := r.indicatorFacets()
	if err != nil {
		return err
	}
	p := indicatorsPage{page: r.page(r.T("nav.indicators"), r.T("indicators.description"))}
	var found []indicators.Standing
	found, p.Filter, err = sift(r, all, facets, findIndicator, func(i indicators.Standing) string { return "/indicators/" + i.Code })
	if err != nil {
		return err
	}
	if len(p.Filter.Problems) > 0 {
		return r.render(http.StatusBadRequest, "indicators/list", p)
	}
	if found, p.Older, p.Newer, err = cut(r, found, cardsSize); err != nil {
		return err
	}
	for _, i := range found {
		p.Cards = append(p.Cards, r.card(i))
	}
	return r.render(http.StatusOK, "indicators/list", p)
}

// What indicators are without, besides agencies and indicators.
const (
	withoutMeasure   = "measure"
	withoutTarget    = "target"
	withoutRecent    = "recent"
	withoutObjective = "objective"
)

// indicatorFacets are the filters of the list of indicators.
func (r *request) indicatorFacets() ([]facet[indicators.Standing], error) {
	ctx, s := r.Request.Context(), r.site
	objectiveList, err := r.objectiveOptions()
	if err != nil {
		return nil, err
	}
	agencies, err := s.objectives.Agencies(ctx)
	if err != nil {
		return nil, err
	}
	codes := map[int64]string{}
	for _, a := range agencies {
		codes[a.ID] = a.Code
	}
	tables, tableOfObjective, err := r.roundTableOptions()
	if err != nil {
		return nil, err
	}
	measures, err := s.measureList(ctx)
	if err != nil {
		return nil, err
	}
	today := s.Now().In(s.Zone)
	numbers := func(i indicators.Standing) (list []int) {
		for _, o := range i.Objectives {
			list = append(list, o.Objective.Number)
		}
		return list
	}
	without := func(i indicators.Standing) (list []string) {
		if i.FreshOn(today) != indicators.Fresh {
			list = append(list, withoutRecent)
		}
		if len(i.Targets) == 0 {
			list = append(list, withoutTarget)
		}
		if !slices.ContainsFunc(i.Measures, func(m indicators.IndicatorMeasure) bool { return measures.ids[m.MeasureID] }) {
			list = append(list, withoutMeasure)
		}
		if i.AgencyID == nil {
			list = append(list, withoutLead)
		}
		return list
	}
	return []facet[indicators.Standing]{
		{name: "objective", options: objectiveList, of: func(i indicators.Standing) (list []string) {
			for _, n := range numbers(i) {
				list = append(list, strconv.Itoa(n))
			}
			return list
		}},
		{name: "trend", options: choices(r, "trend.level.", indicators.Trends), of: func(i indicators.Standing) []string { return []string{string(i.Assess().Trend)} }},
		{name: "fresh", options: choices(r, "facet.fresh.", indicators.Freshnesses), of: func(i indicators.Standing) []string { return []string{string(i.FreshOn(today))} }},
		{name: "without", options: choices(r, "facet.without.indicator.", []string{withoutRecent, withoutTarget, withoutMeasure, withoutLead}), of: without},
		{name: "type", options: choices(r, "indicator.figure_type.", figureTypes), more: true, of: func(i indicators.Standing) []string { return []string{string(i.FigureType)} }},
		{name: "agency", options: r.agencyNames(agencies), more: true, of: func(i indicators.Standing) []string {
			if i.AgencyID == nil {
				return nil
			}
			return []string{codes[*i.AgencyID]}
		}},
		{name: "table", options: tables, more: true, of: func(i indicators.Standing) []string { return tableOf(numbers(i), tableOfObjective) }},
	}, nil
}

// indicatorPage is pages/indicators/show.html.
type indicatorPage struct {
	page
	indicators.Indicator
	Passport []passportRow
	Problems []string // with the picture that was asked for
	Figure   *figure
	Choose   *pictureForm
	Files    []pictureFile // of the picture
	Cite     string
	Embed    snippet
	Heads    []string
	Rows     []observationRow // of this page
	Older    string
	Newer    string
	Quotes   []quote // of the observations, each once
	Missing  int
	Hidden   int // values that are kept from the public
	Earlier  []earlierValue
	Noted    bool     // an observation has a note
	Retired  *retired // nil when the indicator is in use
	Formula  *formulaView
	Trend    *trendView
}

// observationRow is one observation with the names of its cell.
type observationRow struct {
	indicators.Observation
	Cells []string // one for each dimension; empty where it is not broken down
	Refs  []int    // numbers of its quotes on the page
	Words []string // what is unusual about it
}

func (s *site) showIndicator(r *request) error {
	if _, _, _, isFile := fileName(r.Param("code")); isFile {
		return s.downloadIndicator(r)
	}
	ind, err := r.indicator(r.Param("code"))
	if err != nil {
		return err
	}
	sources, err := r.sourcesByCode()
	if err != nil {
		return err
	}
	p := indicatorPage{page: r.page(r.in(ind.Name), r.in(ind.Definition)), Indicator: ind, Passport: r.passport(ind), Trend: r.trend(ind)}
	var view indicators.View
	view, p.Problems = r.view(ind)
	if p.Figure, err = r.figure(ind, view); err != nil {
		return err
	}
	if p.Figure != nil {
		p.Choose = r.pictureForm(ind, view)
		p.Files = pictureFiles(r.url("/indicators/"+ind.Code), viewQuery(view))
	}
	p.Cite = r.cite(ind)
	name := r.in(ind.Name)
	p.Embed = r.snippet("/indicators/"+ind.Code, name, 600)
	p.Description = cmp.Or(p.Description, r.T("share.indicator.description", name, indicators.UnitName(r.p, ind.Unit)))
	p.Head.Data = r.indicatorData(ind)
	p.Head.Picture = r.sharedPicture("/indicators/"+ind.Code, r.shareIndicatorWords(ind))
	if p.Retired, err = r.retirement(ind.ArchivedAt, "indicators", ind.Code, s.indicators.Register().Successor); err != nil {
		return err
	}
	if p.Formula, err = r.formula(ind); err != nil {
		return err
	}
	dimensions := ind.BrokenDownBy()
	for _, d := range dimensions {
		p.Heads = append(p.Heads, r.in(d.Dimension.Name))
	}
	shown, older, newer, err := cut(r, ind.Observations, valuesSize)
	if err != nil {
		return err
	}
	if older != "" {
		p.Older = older + "#values"
	}
	if newer != "" {
		p.Newer = newer + "#values"
	}
	for _, o := range ind.Observations {
		p.Noted = p.Noted || r.in(o.Note) != ""
		if o.Hidden {
			p.Hidden++
		} else if o.Value == nil {
			p.Missing++
		}
	}
	for _, o := range shown {
		row := observationRow{Observation: o}
		for _, d := range dimensions {
			cell := ""
			if code, ok := o.Breakdown[d.Dimension.Code]; ok {
				cell = ind.CodeName(r.p, d.Dimension.Code, code)
			}
			row.Cells = append(row.Cells, cell)
		}
		for _, q := range quotesOf(o.Quotes, sources) {
			i := slices.IndexFunc(p.Quotes, func(known quote) bool { return known.Quote == q.Quote })
			if i < 0 {
				p.Quotes, i = append(p.Quotes, q), len(p.Quotes)
			}
			row.Refs = append(row.Refs, i+1)
		}
		if o.Value != nil && !o.Hidden {
			row.Words = r.statusWords(o.ObsStatus, o.ConfStatus)
		}
		p.Rows = append(p.Rows, row)
	}
	earlier, err := s.indicators.Vintages(r.Request.Context(), ind.Code)
	if err != nil {
		return err
	}
	p.Earlier = r.earlierValues(ind, earlier, r.day)
	status := http.StatusOK
	if len(p.Problems) > 0 {
		status = http.StatusBadRequest
	}
	return r.render(status, "indicators/show", p)
}

// cite says how the indicator is to be cited.
func (r *request) cite(ind indicators.Indicator) string {
	by := r.in(r.country.Name)
	if ind.Agency != nil {
		by = r.in(ind.Agency.Name)
	}
	return r.T("picture.cite.text", by, r.in(ind.Name), indicators.UnitName(r.p, ind.Unit), r.absolute(r.url("/indicators/"+ind.Code)))
}
