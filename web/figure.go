package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"html/template"
	"slices"
	"strconv"
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
	WideSpots    string // where the values stand in it: "x,y x,y"
	NarrowSpots  string
	Words        string // what stands there: a list of [series, label, text], as JSON
	Heads        []string
	Rows         []chartRow
	Unit         string
	Open         bool // the figures are shown at once: a map cannot name all, a comparison has them nowhere else
	Truncated    bool // the value axis does not begin at zero
	Loose        bool // a value is a bound or an estimate
	Gaps         bool // a value is missing
	Aims         bool // targets are drawn beside the values
	Breaks       bool // values are made in another way from some place on
	Map          bool
	OffMap       []string // countries that the map has no place for, with their values
}

// chartRow is a line of the figures of a picture: a period or a category, and a
// cell for each series.
type chartRow struct {
	Label string
	Cells []string
}

// figure draws an indicator; nil when it is not charted.
func (r *request) figure(ind indicators.Indicator, v indicators.View) (*figure, error) {
	c, err := r.picture(ind, v)
	if errors.Is(err, indicators.ErrNoPicture) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.figureOf(c, ind.Code), nil
}

// figureOf draws a chart; the name is its own on the page.
func (r *request) figureOf(c chart.Chart, name string) *figure {
	f := noted(c)
	wide, narrow := c.Draw(wideChart, chart.NotoSans), c.Draw(narrowChart, chart.NotoSans)
	f.Wide, f.Narrow = pageSVG(c, wide, "wide-"+name), pageSVG(c, narrow, "narrow-"+name)
	f.WideSpots, f.NarrowSpots, f.Words = spots(wide), spots(narrow), said(c, wide)
	f.Heads, f.Rows = figureTable(c)
	f.Open = f.Map
	return &f
}

// noted says of a chart what a reader must know of it.
func noted(c chart.Chart) figure {
	f := figure{Title: c.Title, Unit: c.Unit, Truncated: c.Truncated(), Breaks: len(c.Breaks) > 0, Map: c.Kind == chart.Map}
	for _, s := range c.Series {
		f.Aims = f.Aims || s.Aim
		for _, p := range s.Points {
			f.Loose = f.Loose || p.Loose
			f.Gaps = f.Gaps || p.Missing
		}
	}
	for _, p := range c.OffMap() {
		f.OffMap = append(f.OffMap, p.Label+" – "+p.Text)
	}
	return f
}

// spots are the places of values in a drawing, in tenths of a point.
func spots(d chart.Drawing) string {
	var list []string
	for _, s := range d.Spots {
		list = append(list, strconv.FormatFloat(s.X, 'f', 1, 64)+","+strconv.FormatFloat(s.Y, 'f', 1, 64))
	}
	return strings.Join(list, " ")
}

// said is what stands at the spots: the series' number, its name where there are
// several, the label and the value.
func said(c chart.Chart, d chart.Drawing) string {
	list := [][]any{}
	for _, s := range d.Spots {
		name := ""
		if len(c.Series) > 1 {
			name = c.Series[s.Series].Name
		}
		list = append(list, []any{s.Series, name, s.Label, s.Text})
	}
	b, _ := json.Marshal(list) // numbers and texts
	return string(b)
}

// figureTable is a chart as a table: a line for each period or category.
func figureTable(c chart.Chart) (heads []string, rows []chartRow) {
	type line struct {
		at  float64
		row chartRow
	}
	var lines []line
	for n, s := range c.Series {
		head := c.Unit
		if len(c.Series) > 1 {
			head = s.Name
		}
		heads = append(heads, head)
		for _, p := range s.Points {
			i := slices.IndexFunc(lines, func(l line) bool { return l.row.Label == p.Label && l.row.Cells[n] == "" })
			if i < 0 {
				lines = append(lines, line{p.At, chartRow{p.Label, make([]string, len(c.Series))}})
				i = len(lines) - 1
			}
			lines[i].row.Cells[n] = p.Text
		}
	}
	if c.Kind == chart.Line || c.Kind == chart.Columns {
		slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	}
	for _, l := range lines {
		rows = append(rows, l.row)
	}
	return heads, rows
}

// remarks are what a page says below a chart, for a file of it.
func (r *request) remarks(c chart.Chart) []string {
	var list []string
	f := noted(c)
	for _, one := range []struct {
		said bool
		key  string
	}{{f.Truncated, "chart.truncated"}, {f.Loose, "chart.loose"}, {f.Gaps && !f.Map, "chart.gaps"}, {f.Aims, "chart.targets"}, {f.Breaks, "chart.breaks"}, {f.Map, "picture.map.how"}, {f.Map, "picture.map.opinion"}} {
		if one.said {
			list = append(list, r.T(one.key))
		}
	}
	if len(f.OffMap) > 0 {
		list = append(list, r.T("picture.map.off")+" "+strings.Join(f.OffMap, "; "))
	}
	return list
}

func pageSVG(c chart.Chart, d chart.Drawing, id string) template.HTML {
	return template.HTML(chart.SVG(d, id, c.Title, inWords(c))) // SVG escapes every text
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

func (r *request) card(ind indicators.Standing) indicatorCard {
	card := indicatorCard{Indicator: ind.Indicator, Headline: headline(ind.Observations), Values: ind.Values}
	if a := ind.Assess(); a.Trend != indicators.NotEnoughData {
		card.Trend = a.Trend
	}
	picture := ind.Once(cardIn(r.p.Lang()), func() any {
		c, ok := indicators.ChartOf(r.p, ind.Indicator)
		if !ok {
			return cardPicture{}
		}
		return cardPicture{pageSVG(c, c.Draw(cardChart, chart.NotoSans), "card-"+ind.Code), c.Scope}
	}).(cardPicture)
	card.Chart, card.Scope = picture.chart, picture.scope
	return card
}

// cardPicture is the chart on a card, and cardIn the key under which a standing
// keeps that of a language: pages have dozens of cards, which change with the data.
type (
	cardPicture struct {
		chart template.HTML
		scope string
	}
	cardIn string
)

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
