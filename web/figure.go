package web

import (
	"html/template"
	"strings"

	"gcm/indicators"
	"gcm/internal/chart"
)

// Widths of charts in points: for wide screens, for phones, for cards.
const (
	wideChart   = 500
	narrowChart = 212
	cardChart   = 226
)

// figure is a chart drawn for a page, for both kinds of screen.
type figure struct {
	Title        string
	Wide, Narrow template.HTML
	Truncated    bool // the value axis does not begin at zero
	Loose        bool // a value is a bound or an estimate
	Gaps         bool // a value is missing
	Aims         bool // targets are drawn beside the values
	Breaks       bool // values are made in another way from some place on
}

// figure draws an indicator; nil when it is not charted.
func (r *request) figure(ind indicators.Indicator) *figure {
	c, ok := indicators.ChartOf(r.p, ind)
	if !ok {
		return nil
	}
	f := &figure{
		Title: c.Title, Truncated: c.Truncated(),
		Wide:   r.svg(c, wideChart, "wide-"+ind.Code),
		Narrow: r.svg(c, narrowChart, "narrow-"+ind.Code),
	}
	f.Breaks = len(c.Breaks) > 0
	for _, s := range c.Series {
		f.Aims = f.Aims || s.Aim
		for _, p := range s.Points {
			f.Loose = f.Loose || p.Loose
			f.Gaps = f.Gaps || p.Missing
		}
	}
	return f
}

func (r *request) svg(c chart.Chart, width float64, id string) template.HTML {
	return template.HTML(chart.SVG(c.Draw(width, chart.NotoSans), id, c.Title, inWords(c))) // SVG escapes every text
}

// inWords says what a chart shows: every label with its value.
func inWords(c chart.Chart) string {
	var parts []string
	for _, s := range c.Series {
		var values []string
		for _, p := range s.Points {
			values = append(values, p.Label+" – "+p.Text)
		}
		line := strings.Join(values, "; ")
		if len(c.Series) > 1 {
			line = s.Name + ": " + line
		}
		parts = append(parts, line)
	}
	return strings.Join(parts, ". ") + "."
}

// indicatorCard is an indicator in a list, with its headline value or picture.
type indicatorCard struct {
	indicators.Indicator
	Headline *indicators.Observation // nil when no single value speaks for it
	Chart    template.HTML           // empty when it is not charted
	Scope    string                  // which part of the figures the chart shows
	Trend    indicators.Trend        // empty when there is not enough data for one
	Values   int                     // how many there are
}

// standingCard is the card of an indicator of which only that is known which
// speaks for the whole.
func (r *request) standingCard(s indicators.Standing) indicatorCard {
	card := r.card(s.Indicator)
	card.Values = s.Values
	return card
}

func (r *request) card(ind indicators.Indicator) indicatorCard {
	card := indicatorCard{Indicator: ind, Headline: headline(ind.Observations), Values: len(ind.Observations)}
	if a := ind.Assess(); a.Trend != indicators.NotEnoughData {
		card.Trend = a.Trend
	}
	if c, ok := indicators.ChartOf(r.p, ind); ok {
		card.Chart, card.Scope = r.svg(c, cardChart, "card-"+ind.Code), c.Scope
	}
	return card
}

// headline returns the latest value of the total, or the only observation.
func headline(all []indicators.Observation) *indicators.Observation {
	if len(all) == 1 {
		return &all[0]
	}
	var best *indicators.Observation
	for i, o := range all {
		if len(o.Breakdown) == 0 && o.Value != nil && (best == nil || o.Period.Last().After(best.Period.Last())) {
			best = &all[i]
		}
	}
	return best
}
