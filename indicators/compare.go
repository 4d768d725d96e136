package indicators

import (
	"errors"
	"slices"

	"gcm/internal/chart"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Strand is what a comparison takes of an indicator: one breakdown over time.
type Strand struct {
	Indicator Indicator
	Cell      Breakdown // empty for the total
}

// Name is the indicator's name, with the part that is taken.
func (s Strand) Name(p *i18n.Printer) string {
	if len(s.Cell) == 0 {
		return p.In(s.Indicator.Name)
	}
	return p.In(s.Indicator.Name) + ": " + s.Indicator.BreakdownLabel(p, s.Cell)
}

// ErrNoBase says that strands of several units have no period in common in which
// each has a value above zero, so that no index can be made of them.
var ErrNoBase = errors.New("there is no period with a value of each")

// Together draws strands in one chart, in the order given, at most MostSeries. Those
// of one unit stand on its scale. Those of several units are drawn as an index, 100
// in the first period in which each has a value; that period is returned, empty
// without an index. A break of an indicator parts its own lines alone.
func Together(p *i18n.Printer, title string, strands []Strand) (chart.Chart, period.Period, error) {
	if len(strands) == 0 || len(strands) > MostSeries {
		return chart.Chart{}, "", ErrNoPicture
	}
	c := chart.Chart{Kind: chart.Line, Lang: p.Lang(), Title: title}
	rows := make([][]Observation, len(strands))
	same := true
	for n, s := range strands {
		if !slices.ContainsFunc(s.Indicator.CellsOverTime(), func(b Breakdown) bool { return b.String() == s.Cell.String() }) || !s.Indicator.Charted() {
			return chart.Chart{}, "", ErrNoPicture
		}
		rows[n] = s.Indicator.over(s.Cell)
		same = same && s.Indicator.Unit == strands[0].Indicator.Unit && s.Indicator.Unit != Other
	}
	var base period.Period
	draw := strands[0].Indicator.step(p, slices.Concat(rows...)).point
	if c.Unit = strands[0].Indicator.step(p, slices.Concat(rows...)).unit; !same && len(strands) > 1 {
		if base = commonBase(rows); base == "" {
			return chart.Chart{}, "", ErrNoBase
		}
		c.Unit = p.T("compare.index", p.Period(base))
	}
	for n, s := range strands {
		line := chart.Series{Name: s.Name(p)}
		point := draw
		if base != "" {
			point = indexed(rows[n], base)
		}
		for _, o := range rows[n] {
			line.Points = append(line.Points, point(p, o, p.Period(o.Period)))
		}
		c.Series = append(c.Series, line)
		own := chart.Chart{Series: []chart.Series{line}}
		s.Indicator.addBreaks(p, &own)
		for _, b := range own.Breaks {
			b.Of = line.Name
			c.Breaks = append(c.Breaks, b)
		}
	}
	return c, base, nil
}

// commonBase is the first period in which each has a value above zero.
func commonBase(rows [][]Observation) period.Period {
	has := func(at period.Period) bool {
		return !slices.ContainsFunc(rows, func(list []Observation) bool {
			return !slices.ContainsFunc(list, func(o Observation) bool { return o.Period == at && value(o) > 0 })
		})
	}
	for _, o := range rows[0] {
		if has(o.Period) {
			return o.Period
		}
	}
	return ""
}

// indexed draws values as parts of the one at base, which is 100.
func indexed(rows []Observation, base period.Period) func(*i18n.Printer, Observation, string) chart.Point {
	at := slices.IndexFunc(rows, func(o Observation) bool { return o.Period == base && value(o) > 0 })
	hundred := *rows[at].Value
	return func(p *i18n.Printer, o Observation, label string) chart.Point {
		pt := step{size: 1}.point(p, o, label)
		if o.Value != nil {
			pt.Value = *o.Value / hundred * 100
			pt.Text = qualified(p, o.Qualifier, p.Number(pt.Value, 1))
		}
		return pt
	}
}
