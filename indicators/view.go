package indicators

import (
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gcm/internal/chart"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// MostSeries is how many series a chart tells apart.
const MostSeries = mostSeries

// View says which picture of an indicator is wanted. The zero View is the one that
// ChartOf draws.
type View struct {
	Kind  chart.Kind    // Line for values over time, Bars, Map; empty for no choice
	By    string        // Bars and Map: the dimension
	At    period.Period // Bars and Map: the period; empty for values without one
	Cells []Breakdown   // Line: the series; none for those that ChartOf draws
}

// ErrNoPicture says that an indicator has no such picture.
var ErrNoPicture = errors.New("there is no such picture")

// String names the view without its series, as addresses do: "time",
// "bars:citizenship:2021", "map:citizenship:2021"; empty for no choice.
func (v View) String() string {
	switch v.Kind {
	case "":
		return ""
	case chart.Line, chart.Columns:
		return "time"
	}
	return string(v.Kind) + ":" + v.By + ":" + string(v.At)
}

// Views lists the pictures among which a reader can choose: values over time, then
// for each dimension the categories of each period, the latest first, as bars and,
// when they are countries, as a map. An indicator that ChartOf does not draw has none.
func (i Indicator) Views() []View {
	if i.DefaultView().Kind == "" {
		return nil
	}
	var views []View
	if len(i.CellsOverTime()) > 0 {
		views = append(views, View{Kind: chart.Line})
	}
	for _, d := range i.Dimensions {
		dim := d.Dimension.Code
		if dim == boundDimension {
			continue
		}
		for _, at := range i.periodsBy(dim) {
			views = append(views, View{Kind: chart.Bars, By: dim, At: at})
			if i.mappable(dim, at) {
				views = append(views, View{Kind: chart.Map, By: dim, At: at})
			}
		}
	}
	return views
}

// DefaultView is the view that ChartOf draws; the zero View when it draws none.
func (i Indicator) DefaultView() View {
	if !i.Charted() {
		return View{}
	}
	if series := overTime(i.Observations); len(series) > 0 {
		v := View{Kind: chart.Line}
		for _, s := range series {
			v.Cells = append(v.Cells, s[0].Breakdown)
		}
		return v
	}
	if rows := categories(i.Observations); len(rows) > 0 {
		for dim := range rows[0].Breakdown { // it has one
			return View{Kind: chart.Bars, By: dim, At: rows[0].Period}
		}
	}
	return View{}
}

// CellsOverTime lists the breakdowns that have values in two periods or more, in
// the order in which the source gives them, the total first.
func (i Indicator) CellsOverTime() []Breakdown {
	type span struct {
		cell  Breakdown
		first period.Period
		more  bool // there is another one
	}
	at := map[string]int{}
	var spans []span
	for _, o := range i.Observations {
		if o.Value == nil || o.Period == "" || o.Period.IsInterval() {
			continue
		}
		key := o.Breakdown.String()
		if n, known := at[key]; known {
			spans[n].more = spans[n].more || o.Period != spans[n].first
			continue
		}
		at[key] = len(spans)
		spans = append(spans, span{cell: o.Breakdown, first: o.Period})
	}
	var cells []Breakdown
	for _, s := range spans {
		if s.more {
			cells = append(cells, s.cell)
		}
	}
	slices.SortStableFunc(cells, func(a, b Breakdown) int { return cmp.Compare(min(len(a), 1), min(len(b), 1)) })
	return cells
}

// over returns what is known of one breakdown at points in time, by time.
func (i Indicator) over(cell Breakdown) []Observation {
	var list []Observation
	for _, o := range i.Observations {
		if o.Period != "" && !o.Period.IsInterval() && maps.Equal(o.Breakdown, cell) {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b Observation) int { return cmp.Compare(a.Period.Year(), b.Period.Year()) })
	return list
}

// at returns the categories of one dimension in one period.
func (i Indicator) at(dim string, at period.Period) []Observation {
	var list []Observation
	for _, o := range i.Observations {
		if o.Period == at && len(o.Breakdown) == 1 && o.Breakdown[dim] != "" {
			list = append(list, o)
		}
	}
	return list
}

// periodsBy lists the periods in which two categories of a dimension have values,
// the latest first.
func (i Indicator) periodsBy(dim string) []period.Period {
	values := map[period.Period]int{}
	for _, o := range i.Observations {
		if o.Value != nil && len(o.Breakdown) == 1 && o.Breakdown[dim] != "" {
			values[o.Period]++
		}
	}
	var list []period.Period
	for at, n := range values {
		if n > 1 {
			list = append(list, at)
		}
	}
	slices.SortFunc(list, func(a, b period.Period) int {
		return cmp.Or(b.Last().Compare(a.Last()), cmp.Compare(b, a))
	})
	return list
}

// country is the form of a code of ISO 3166-1 alpha-2.
var country = regexp.MustCompile(`^[A-Z]{2}$`)

// mappable reports whether the categories are countries of which two have values
// and places on a map, and none lies below zero, which a circle cannot show.
func (i Indicator) mappable(dim string, at period.Period) bool {
	places := 0
	for _, o := range i.at(dim, at) {
		code := o.Breakdown[dim]
		switch {
		case !country.MatchString(code):
			if code != strings.ToLower(code) {
				return false // neither a country nor a word such as "other"
			}
		case o.Value != nil && *o.Value < 0:
			return false
		case o.Value != nil && chart.OnMap(code):
			places++
		}
	}
	return places > 1
}

// Picture draws a view. It returns ErrNoPicture for a view that is not among Views
// or names more than MostSeries series or one that there is not.
func Picture(p *i18n.Printer, i Indicator, v View) (chart.Chart, error) {
	if v.Kind == "" && len(v.Cells) == 0 {
		if c, ok := ChartOf(p, i); ok {
			return c, nil
		}
		return chart.Chart{}, ErrNoPicture
	}
	known := slices.ContainsFunc(i.Views(), func(one View) bool { return one.String() == v.String() })
	if !known || len(v.Cells) > MostSeries {
		return chart.Chart{}, ErrNoPicture
	}
	if v.String() == "time" {
		return i.timePicture(p, v.Cells)
	}
	rows := i.at(v.By, v.At)
	byValue(rows)
	c := i.barChart(p, rows)
	if v.Kind == chart.Map {
		c.Kind = chart.Map
		for n := range rows {
			c.Series[0].Points[n].Place = rows[n].Breakdown[v.By]
		}
	}
	return c, nil
}

func (i Indicator) timePicture(p *i18n.Printer, cells []Breakdown) (chart.Chart, error) {
	all := i.CellsOverTime()
	if len(cells) == 0 {
		if series := overTime(i.Observations); len(series) > 0 {
			return i.timeChart(p, series), nil
		}
		cells = all[:min(len(all), MostSeries)]
	}
	var series [][]Observation
	for n, cell := range cells {
		same := func(b Breakdown) bool { return b.String() == cell.String() }
		if !slices.ContainsFunc(all, same) || slices.ContainsFunc(cells[:n], same) {
			return chart.Chart{}, ErrNoPicture
		}
		series = append(series, i.over(cell))
	}
	return i.timeChart(p, series), nil
}
