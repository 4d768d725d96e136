package web

import (
	"net/http"
	"slices"
	"strconv"

	"gcm/indicators"
	"gcm/objectives"
)

// indicatorsPage is pages/indicators/list.html.
type indicatorsPage struct {
	page
	Filter      indicatorFilter
	Problems    []string
	Cards       []indicatorCard
	Total       int
	FigureTypes []indicators.FigureType
	Objectives  []objectives.Objective
}

// indicatorFilter is what the list's form sends; empty fields filter nothing.
type indicatorFilter struct{ Type, Objective string }

var figureTypes = []indicators.FigureType{indicators.Statistic, indicators.ServiceStandard, indicators.LegalParameter, indicators.ExternalContext}

func (s *site) listIndicators(r *request) error {
	all, err := r.indicators()
	if err != nil {
		return err
	}
	p := indicatorsPage{
		page: r.page(r.T("nav.indicators"), r.T("indicators.description")), Total: len(all),
		Filter: indicatorFilter{r.Query("type"), r.Query("objective")}, FigureTypes: figureTypes,
	}
	if p.Objectives, err = s.objectives.Objectives(r.Request.Context()); err != nil {
		return err
	}
	number, _ := strconv.Atoi(p.Filter.Objective)
	if f := p.Filter; f.Type != "" && !slices.Contains(figureTypes, indicators.FigureType(f.Type)) {
		p.Problems = append(p.Problems, r.T("filter.unknown", r.T("filter.type"), f.Type))
	}
	if f := p.Filter; f.Objective != "" && !slices.ContainsFunc(p.Objectives, func(o objectives.Objective) bool { return strconv.Itoa(o.Number) == f.Objective }) {
		p.Problems = append(p.Problems, r.T("filter.unknown", r.T("filter.objective"), f.Objective))
	}
	if len(p.Problems) > 0 {
		return r.render(http.StatusUnprocessableEntity, "indicators/list", p)
	}
	for _, ind := range all {
		if (p.Filter.Type == "" || string(ind.FigureType) == p.Filter.Type) &&
			(p.Filter.Objective == "" || measures(ind, number)) {
			p.Cards = append(p.Cards, r.card(ind))
		}
	}
	return r.render(http.StatusOK, "indicators/list", p)
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
	Heads    []string
	Rows     []observationRow
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
	if view, p.Problems = r.view(ind); len(p.Problems) > 0 {
		view = indicators.View{}
	}
	if p.Figure, err = r.figure(ind, view); err != nil {
		return err
	}
	if p.Figure != nil {
		p.Choose = r.pictureForm(ind, view)
		p.Files = pictureFiles(r.url("/indicators/"+ind.Code), viewQuery(view))
	}
	p.Cite = r.cite(ind)
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
	for _, o := range ind.Observations {
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
		switch {
		case o.Hidden:
			p.Hidden++
		case o.Value == nil:
			p.Missing++
		default:
			row.Words = r.statusWords(o.ObsStatus, o.ConfStatus)
		}
		p.Noted = p.Noted || r.in(o.Note) != ""
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
