package indicators

import (
	"slices"

	"gcm/internal/chart"
	"gcm/internal/i18n"
)

// mostSeries is how many series a chart tells apart.
const mostSeries = 4

// addGoals draws the way from the baseline to the targets, which are set for the
// total, as a series of its own beside that of the total.
func (i Indicator) addGoals(p *i18n.Printer, c *chart.Chart, step step, series [][]Observation) {
	if len(i.Targets) == 0 || len(series[0][0].Breakdown) > 0 || len(series) >= mostSeries {
		return
	}
	goals := chart.Series{Name: p.T("chart.target"), Aim: true}
	if v := i.BaselineValue; v != nil {
		from := step.point(p, Observation{Period: i.BaselinePeriod, Value: v, Decimals: i.BaselineDecimals, Unit: i.Unit, Qualifier: Exact}, p.Period(i.BaselinePeriod))
		if slices.ContainsFunc(series[0], func(o Observation) bool { return o.Period == i.BaselinePeriod && o.Value != nil }) {
			from.Text = "" // the observation says it
		}
		if from.Text != "" || c.Kind == chart.Line {
			goals.Points = append(goals.Points, from)
		}
	}
	for _, t := range i.Targets {
		goals.Points = append(goals.Points, step.point(p, Observation{Period: t.Period, Value: &t.Value, Decimals: t.Decimals, Unit: i.Unit, Qualifier: Exact}, p.Period(t.Period)))
	}
	if len(c.Series) == 1 {
		c.Series[0].Name = i.BreakdownLabel(p, nil)
	}
	c.Series = append(c.Series, goals)
}

// addBreaks marks where values begin to be made in another way, if there are
// values on both sides.
func (i Indicator) addBreaks(p *i18n.Printer, c *chart.Chart) {
	for _, b := range i.Breaks {
		at, before, after := b.Period.Year(), false, false
		for _, s := range c.Series {
			for _, pt := range s.Points {
				before, after = before || pt.At < at && !s.Aim, after || pt.At >= at && !s.Aim
			}
		}
		if before && after {
			c.Breaks = append(c.Breaks, chart.Break{At: at, Label: p.T("chart.break." + string(b.Kind)), Parts: b.Kind == SeriesBreak})
		}
	}
}
