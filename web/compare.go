package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
)

// comparePath is where indicators stand side by side.
const comparePath = "/indicators/compare"

// comparePage is pages/indicators/compare.html.
type comparePage struct {
	page
	Chosen   []strandChoice
	More     []option // indicators that can be added
	Problems []string
	Figure   *figure
	Single   []figure // where no chart can hold all
	Files    []pictureFile
	Index    string // the period that is 100; empty without an index
	Links    []strandLink
	Save     string // where the comparison is saved as a view; empty when there is none
}

// strandChoice is a field of the form: which series of a chosen indicator.
type strandChoice struct {
	Label, Chosen string
	Options       []option
}

// strandLink leads to an indicator that is compared.
type strandLink struct {
	Name  string
	URL   string
	Notes []string // where its values begin to be made in another way
}

// strandName names a strand in addresses: CODE, or CODE:dimension=code.
func strandName(s indicators.Strand) string {
	if len(s.Cell) == 0 {
		return s.Indicator.Code
	}
	return s.Indicator.Code + ":" + s.Cell.String()
}

// compareParameter is that of the query that names a strand.
const compareParameter = "i"

// strands reads what the address compares, with what is wrong with it. An
// indicator without a series of its total stands for its first one.
func (r *request) strands() (list []indicators.Strand, problems []string, err error) {
	var names []string
	for _, name := range r.Request.URL.Query()["i"] {
		if name != "" && !slices.Contains(names, name) { // an empty field has nothing chosen
			names = append(names, name)
		}
	}
	if len(names) > indicators.MostSeries {
		names = names[:indicators.MostSeries]
		problems = append(problems, r.T("picture.most", strconv.Itoa(indicators.MostSeries)))
	}
	for _, name := range names {
		s, err := r.strand(name)
		switch {
		case fault.KindOf(err) == fault.NotFound, fault.KindOf(err) == fault.Invalid: // no letters of a code, by the database
			problems = append(problems, r.T("filter.unknown", r.T("compare.series"), name))
		case err != nil:
			return nil, nil, err
		case slices.ContainsFunc(list, func(known indicators.Strand) bool { return strandName(known) == strandName(s) }):
		default:
			list = append(list, s)
		}
	}
	return list, problems, nil
}

// strand finds what a name in an address stands for.
func (r *request) strand(name string) (indicators.Strand, error) {
	code, cell, chosen := strings.Cut(name, ":")
	ind, err := r.indicator(code)
	if err != nil {
		return indicators.Strand{}, err
	}
	cells := ind.CellsOverTime()
	n := slices.IndexFunc(cells, func(b indicators.Breakdown) bool { return b.String() == cell })
	if n < 0 && !chosen && len(cells) > 0 {
		n = 0
	}
	if n < 0 || !ind.Charted() {
		return indicators.Strand{}, notFound("indicator %s has no series %q", code, cell)
	}
	return indicators.Strand{Indicator: ind, Cell: cells[n]}, nil
}

// compareTitle names a comparison by what is in it.
func (r *request) compareTitle(list []indicators.Strand) string {
	var names []string
	for _, s := range list {
		names = append(names, s.Name(r.p))
	}
	return strings.Join(names, "; ")
}

func (s *site) compareIndicators(r *request) error {
	list, wrong, err := r.strands()
	if err != nil {
		return err
	}
	p := comparePage{page: r.page(r.T("compare.title"), r.T("compare.description")), Problems: wrong}
	if err := r.compareForm(&p, list); err != nil {
		return err
	}
	if len(p.Problems) > 0 {
		return r.render(http.StatusBadRequest, "indicators/compare", p)
	}
	if len(list) == 0 {
		return r.render(http.StatusOK, "indicators/compare", p)
	}
	p.Save = r.saving(compareParameter)
	query := url.Values{}
	for _, one := range list {
		query.Add("i", strandName(one))
		link := strandLink{one.Name(r.p), r.url("/indicators/" + one.Indicator.Code), nil}
		for _, b := range r.breaks(one.Indicator) {
			link.Notes = append(link.Notes, b.Text)
		}
		p.Links = append(p.Links, link)
	}
	c, base, err := indicators.Together(r.p, r.compareTitle(list), list)
	switch {
	case errors.Is(err, indicators.ErrNoBase):
		for n, one := range list {
			alone, _, err := indicators.Together(r.p, one.Name(r.p), []indicators.Strand{one})
			if err != nil {
				return err
			}
			f := r.figureOf(alone, "compare-"+strconv.Itoa(n))
			f.Open = true
			p.Single = append(p.Single, *f)
		}
	case err != nil:
		return err
	default:
		p.Figure = r.figureOf(c, "compare")
		p.Figure.Open = true
		p.Files = pictureFiles(r.url(comparePath), query)
		if base != "" {
			p.Index = r.p.Period(base)
		}
	}
	return r.render(http.StatusOK, "indicators/compare", p)
}

// compareForm offers the series of what was chosen, and what can be added.
func (r *request) compareForm(p *comparePage, list []indicators.Strand) error {
	for _, one := range list {
		choice := strandChoice{Label: r.in(one.Indicator.Name), Chosen: strandName(one)}
		for _, cell := range one.Indicator.CellsOverTime() {
			name := strandName(indicators.Strand{Indicator: one.Indicator, Cell: cell})
			choice.Options = append(choice.Options, option{name, one.Indicator.BreakdownLabel(r.p, cell)})
		}
		p.Chosen = append(p.Chosen, choice)
	}
	if len(list) >= indicators.MostSeries {
		return nil
	}
	all, err := r.site.standings(r.Request.Context())
	for _, ind := range all {
		if ind.Series {
			p.More = append(p.More, option{ind.Code, r.in(ind.Name) + ", " + indicators.UnitName(r.p, ind.Unit)})
		}
	}
	return err
}

// downloadComparison sends what the page of the same query shows.
func (s *site) downloadComparison(ending string) handler {
	return func(r *request) error {
		list, wrong, err := r.strands()
		if err != nil {
			return err
		}
		if len(wrong) > 0 || len(list) == 0 {
			return noPicture()
		}
		c, base, err := indicators.Together(r.p, r.compareTitle(list), list)
		if errors.Is(err, indicators.ErrNoBase) {
			return noPicture()
		}
		if err != nil {
			return err
		}
		remarks := r.remarks(c)
		if base != "" {
			remarks = append(remarks, r.T("compare.index.how", r.p.Period(base)))
		}
		return r.sendPicture("comparison", ending, c, remarks)
	}
}
