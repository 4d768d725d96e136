package indicators

import (
	"cmp"
	"math"
	"slices"

	"gcm/internal/chart"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// comparable is how many values of one kind make a picture worth drawing.
const comparable = 3

// boundDimension tells the two ends of an estimated range apart.
const boundDimension = "estimate_bound"

// ChartOf returns the chart of an indicator, and whether there is one: three
// periods of one breakdown are drawn over time, else three categories of one
// period as bars. Only the State's own statistics are drawn. Missing values stay
// in the chart as gaps; bounds and inexact values are drawn hollow.
func ChartOf(p *i18n.Printer, ind Indicator) (chart.Chart, bool) {
	if !ind.Charted() {
		return chart.Chart{}, false
	}
	if series := overTime(ind.Observations); len(series) > 0 {
		return ind.timeChart(p, series), true
	}
	if bars := categories(ind.Observations); len(bars) > 0 {
		return ind.barChart(p, bars), true
	}
	return chart.Chart{}, false
}

// overTime returns the observations of each breakdown that has enough periods,
// by time, the total first. An interval is no point in time and not comparable.
func overTime(all []Observation) [][]Observation {
	groups := group(all, func(o *Observation) (string, bool) {
		return o.Breakdown.String(), o.Period != "" && !o.Period.IsInterval()
	})
	slices.SortStableFunc(groups, func(a, b []*Observation) int {
		return cmp.Compare(min(len(a[0].Breakdown), 1), min(len(b[0].Breakdown), 1))
	})
	var drawn [][]Observation
	for _, g := range groups[:min(len(groups), 4)] {
		slices.SortStableFunc(g, func(a, b *Observation) int { return cmp.Compare(a.Period.Year(), b.Period.Year()) })
		drawn = append(drawn, copied(g))
	}
	return drawn
}

// categories returns the observations of the one period and dimension with the
// most categories, the latest of equals; the largest value first, "other" and
// missing values last.
func categories(all []Observation) []Observation {
	groups := group(all, func(o *Observation) (string, bool) {
		for dim := range o.Breakdown {
			return string(o.Period) + " " + dim, len(o.Breakdown) == 1 && dim != boundDimension
		}
		return "", false
	})
	if len(groups) == 0 {
		return nil
	}
	best := copied(slices.MaxFunc(groups, func(a, b []*Observation) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a[0].Period, b[0].Period))
	}))
	byValue(best)
	return best
}

// byValue puts the largest value first, "other" and missing values last.
func byValue(list []Observation) {
	slices.SortStableFunc(list, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(value(b), value(a)))
	})
}

func last(o Observation) int {
	for _, code := range o.Breakdown {
		if code == "other" {
			return 1
		}
	}
	if o.Value == nil {
		return 2
	}
	return 0
}

func value(o Observation) float64 {
	if o.Value == nil {
		return 0
	}
	return *o.Value
}

// group puts observations of one key together, in the order in which the keys
// come, and keeps the groups with enough values.
func group(all []Observation, key func(*Observation) (string, bool)) [][]*Observation {
	at := map[string]int{}
	var groups [][]*Observation
	for n := range all {
		o := &all[n]
		k, ok := key(o)
		if !ok {
			continue
		}
		g, known := at[k]
		if !known {
			g, groups = len(groups), append(groups, nil)
			at[k] = g
		}
		groups[g] = append(groups[g], o)
	}
	return slices.DeleteFunc(groups, func(g []*Observation) bool {
		values := 0
		for _, o := range g {
			if o.Value != nil {
				values++
			}
		}
		return values < comparable
	})
}

func copied(group []*Observation) []Observation {
	list := make([]Observation, len(group))
	for n, o := range group {
		list[n] = *o
	}
	return list
}

func (i Indicator) timeChart(p *i18n.Printer, series [][]Observation) chart.Chart {
	c := chart.Chart{Kind: chart.Line, Lang: p.Lang(), Title: p.In(i.Name)}
	step := i.step(p, slices.Concat(series...))
	c.Unit = step.unit
	for _, obs := range series {
		s := chart.Series{Name: i.BreakdownLabel(p, obs[0].Breakdown)}
		for _, o := range obs {
			s.Points = append(s.Points, step.point(p, o, p.Period(o.Period)))
		}
		c.Series = append(c.Series, s)
	}
	if len(series) == 1 {
		if len(series[0][0].Breakdown) > 0 {
			c.Scope = c.Series[0].Name
			c.Title += ": " + c.Scope
		}
		if len(series[0]) <= comparable { // a line would say more than so few values know
			c.Kind = chart.Columns
		}
	}
	i.addGoals(p, &c, step, series)
	i.addBreaks(p, &c)
	return c
}

func (i Indicator) barChart(p *i18n.Printer, obs []Observation) chart.Chart {
	step := i.step(p, obs)
	when := PeriodName(p, obs[0].Period)
	c := chart.Chart{Kind: chart.Bars, Lang: p.Lang(), Title: p.In(i.Name) + ", " + when, Scope: when, Unit: step.unit, Series: []chart.Series{{}}}
	for _, o := range obs {
		c.Series[0].Points = append(c.Series[0].Points, step.point(p, o, i.BreakdownLabel(p, o.Breakdown)))
	}
	return c
}

// PeriodName prints a period, or says that the source gives none.
func PeriodName(p *i18n.Printer, at period.Period) string {
	if at == "" {
		return p.T("period.none")
	}
	return p.Period(at)
}

// step is the size of unit in which a chart's values are drawn: large amounts
// of money in millions, billions or trillions.
type step struct {
	size float64
	unit string
}

func (i Indicator) step(p *i18n.Printer, obs []Observation) step {
	largest := 0.0
	for _, o := range obs {
		largest = max(largest, math.Abs(value(o)))
	}
	if i.Unit.Currency() {
		for _, s := range scales {
			if largest >= s.size {
				return step{s.size, p.T(s.key) + "\u00a0" + UnitName(p, i.Unit)}
			}
		}
	}
	return step{1, UnitName(p, i.Unit)}
}

func (s step) point(p *i18n.Printer, o Observation, label string) chart.Point {
	pt := chart.Point{Label: label, At: o.Period.Year(), Text: Format(p, o)}
	if o.Value == nil {
		pt.Missing = true
		return pt
	}
	pt.Value = *o.Value / s.size
	_, bound := o.Breakdown[boundDimension]
	pt.Loose = o.Qualifier != Exact || bound
	if o.Unit.Currency() {
		decimals := o.Decimals
		if s.size > 1 {
			decimals = digitsNeeded(pt.Value)
		}
		pt.Text = qualified(p, o.Qualifier, p.Number(pt.Value, decimals))
	}
	return pt
}
