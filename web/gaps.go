package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/period"
	"gcm/objectives"
)

// gapsView is the register of data gaps, on the public page and on that of the work.
type gapsView struct {
	Filter *filter
	Rows   []gapRow
	Found  string // how many of how many
	Sums   []gapSum
	File   string // address of the same as a spreadsheet
	Day    string // on which it was looked
	Years  int    // after which a value without a frequency is old
	Plans  bool   // the person may plan
}

// gapRow is a gap in the register.
type gapRow struct {
	indicators.Gap
	What  string // which breakdown is missing, or which value is the latest
	Name  phrase // of the objective or the indicator
	URL   string
	Owner phrase
	Plan  phrase
	Due   period.Period
}

// Numbers are those of the objectives that the gap concerns.
func (g gapRow) Numbers() []int {
	var list []int
	for _, o := range g.Objectives {
		list = append(list, o.Number)
	}
	return list
}

// gapSum is how far figures reach of one objective.
type gapSum struct {
	indicators.Coverage
	Kinds []int // gaps by kind, in their order
}

// gapsPage is pages/gaps/list.html, gapsPublicPage pages/gaps/show.html.
type gapsPage struct {
	workPage
	gapsView
}

type gapsPublicPage struct {
	page
	gapsView
}

// listGaps shows the register to those who work on it.
func (s *site) listGaps(r *request) error {
	v, err := s.gapsView(r, "/work/data/gaps.xlsx")
	if err != nil {
		return err
	}
	v.Plans = r.reachable("/work/data/gaps/:gap") != ""
	return r.render(v.Filter.status(), "gaps/list", gapsPage{r.workPage(r.T("gaps.title")), v})
}

// showGaps shows the register to everybody.
func (s *site) showGaps(r *request) error {
	v, err := s.gapsView(r, r.url("/data/gaps.xlsx"))
	if err != nil {
		return err
	}
	return r.render(v.Filter.status(), "gaps/show", gapsPublicPage{r.page(r.T("gaps.title"), r.T("gaps.lead")), v})
}

// status is that of a page with the filter: what was asked for may not exist.
func (f *filter) status() int {
	if len(f.Problems) > 0 {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// gaps finds the gaps in what the public may see, as of today.
func (r *request) gaps() ([]indicators.Gap, []indicators.Coverage, error) {
	all, err := r.site.standings(r.Request.Context())
	if err != nil {
		return nil, nil, err
	}
	of, err := r.site.objectives.Objectives(r.Request.Context())
	if err != nil {
		return nil, nil, err
	}
	plans, err := r.site.indicators.GapPlans(r.Request.Context())
	gaps := indicators.GapsIn(all, of, plans, r.site.Now())
	return gaps, indicators.Compare(all, of, gaps), err
}

func (s *site) gapsView(r *request, file string) (gapsView, error) {
	v := gapsView{Filter: r.filter(), Day: r.day(s.Now()), Years: indicators.OldAfter}
	of, err := r.objectiveOptions()
	if err != nil {
		return v, err
	}
	agencies, err := r.agencyOptions()
	if err != nil {
		return v, err
	}
	var kinds []option
	for _, k := range indicators.GapKinds {
		kinds = append(kinds, option{Value: string(k), Label: r.T("gap.kind." + string(k))})
	}
	kind, objective, agency := v.Filter.pick(r, "kind", kinds), v.Filter.pick(r, "objective", of), v.Filter.pick(r, "agency", agencies)
	gaps, sums, err := r.gaps()
	if err != nil {
		return v, err
	}
	number, _ := strconv.Atoi(objective)
	text := strings.ToLower(v.Filter.Text)
	for _, g := range gaps {
		row := r.gapRow(g)
		owner := g.Owner()
		if (kind == "" || string(g.Kind) == kind) && (number == 0 || slices.Contains(row.Numbers(), number)) &&
			(agency == "" || owner != nil && owner.Code == agency) && strings.Contains(strings.ToLower(row.Name.Text), text) {
			v.Rows = append(v.Rows, row)
		}
	}
	for _, c := range sums {
		sum := gapSum{Coverage: c}
		for _, k := range indicators.GapKinds {
			sum.Kinds = append(sum.Kinds, c.Gaps[k])
		}
		v.Sums = append(v.Sums, sum)
	}
	v.Found = r.T("gaps.found", len(v.Rows), len(gaps))
	v.File = file
	if query := r.Request.URL.RawQuery; query != "" {
		v.File += "?" + query
	}
	return v, nil
}

func (r *request) gapRow(g indicators.Gap) gapRow {
	row := gapRow{Gap: g}
	if g.Indicator == nil {
		o := g.Objectives[0]
		row.Name, row.URL = phraseOf(r.p, o.ShortTitle), r.url("/objectives/"+strconv.Itoa(o.Number))
	} else {
		row.Name, row.URL = phraseOf(r.p, g.Indicator.Name), r.url("/indicators/"+g.Indicator.Code)
	}
	switch {
	case g.Dimension != nil:
		row.What = r.in(g.Dimension.Name)
	case g.Latest != "":
		row.What = r.T("gap.latest", r.p.Period(g.Latest))
	}
	if owner := g.Owner(); owner != nil {
		row.Owner = phraseOf(r.p, owner.Name)
	}
	if g.Plan != nil {
		row.Plan, row.Due = phraseOf(r.p, g.Plan.Plan), g.Plan.Due
	}
	return row
}

// objectiveNumbers prints numbers as a list.
func objectiveNumbers(of []objectives.Objective) string {
	var list []string
	for _, o := range of {
		list = append(list, strconv.Itoa(o.Number))
	}
	return strings.Join(list, ", ")
}
