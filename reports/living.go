package reports

import (
	"fmt"
	"regexp"
	"slices"

	"gcm/indicators"
)

// living prints a directive that stands in running text: the value as the
// language words it, with a footnote that names its source unless it is bare.
func (c *composer) living(d Directive) ([]Run, error) {
	words, refs, err := c.value(d)
	words = beforeWord.ReplaceAllString(words, "$1\u00a0$2")
	if err != nil || d.Bare {
		return Text(words), err
	}
	note, err := c.citeAll(refs)
	if err != nil {
		return nil, err
	}
	if d.Does != PrintFigure {
		note = append(Text(c.p.T("review.computed."+string(d.Does))+" "), note...)
	}
	return []Run{{Text: words}, {Note: note}}, nil
}

// beforeWord is where a number and the word that it counts would part.
var beforeWord = regexp.MustCompile(`(\d) (\p{L})`)

// value words what a directive stands for, and names what it is made of.
func (c *composer) value(d Directive) (words string, refs []Reference, err error) {
	switch d.Does {
	case PrintFigure:
		ref, err := parseReference(d.Target)
		if err != nil {
			return "", nil, err
		}
		words, err := c.figureOf(ref, d.Bare)
		return words, []Reference{ref}, err
	case PrintShare:
		part, err := parseReference(d.Target)
		if err != nil {
			return "", nil, err
		}
		whole := part
		whole.Breakdown = nil
		_, a, err := c.exact(part)
		if err != nil {
			return "", nil, err
		}
		_, b, err := c.exact(whole)
		if err == nil && *b.Value == 0 {
			err = missing("zero_total", d.String())
		}
		if err != nil {
			return "", nil, err
		}
		return c.p.Percent(100**a.Value / *b.Value, 1), []Reference{part, whole}, nil
	case PrintChange, PrintGrowth:
		from, to, err := d.span()
		if err != nil {
			return "", nil, err
		}
		indicator, a, err := c.exact(from)
		if err != nil {
			return "", nil, err
		}
		_, b, err := c.exact(to)
		if err != nil {
			return "", nil, err
		}
		if parts := breakBetween(indicator, from, to); parts {
			return "", nil, missing("break", d.String())
		}
		refs = []Reference{from, to}
		if d.Does == PrintGrowth {
			if *a.Value == 0 {
				return "", nil, missing("zero_before", d.String())
			}
			return c.p.Percent(100*(*b.Value-*a.Value) / *a.Value, 1), refs, nil
		}
		difference := *b.Value - *a.Value
		b.Value, b.Decimals = &difference, max(a.Decimals, b.Decimals)
		if d.Bare {
			return indicators.Format(c.p, b), refs, nil
		}
		return indicators.FormatWithUnit(c.p, b), refs, nil
	}
	return "", nil, missing("alone", d.String())
}

// figureOf words one observation, or how many records there are.
func (c *composer) figureOf(ref Reference, bare bool) (string, error) {
	if ref.Kind == RefCount {
		n, err := c.count(ref)
		return c.p.Number(float64(n), 0), err
	}
	_, o, err := c.observed(ref)
	switch {
	case err != nil:
		return "", err
	case o.Value == nil:
		return "", missing("no_value", ref.String())
	case bare:
		return indicators.Format(c.p, o), nil
	}
	return indicators.FormatWithUnit(c.p, o), nil
}

// observed finds the observation that a reference names.
func (c *composer) observed(ref Reference) (indicators.Indicator, indicators.Observation, error) {
	if ref.Kind != RefIndicator {
		return indicators.Indicator{}, indicators.Observation{}, missing("no_figure", ref.String())
	}
	indicator, _, ok := cited(c.indicators, c.retired.indicators, ref.Code, func(i indicators.Indicator) string { return i.Code })
	if !ok {
		return indicator, indicators.Observation{}, missing("no_indicator", ref.Code)
	}
	i := slices.IndexFunc(indicator.Observations, func(o indicators.Observation) bool {
		return o.Period == ref.Period && o.Breakdown.String() == ref.Breakdown.String()
	})
	if i < 0 {
		return indicator, indicators.Observation{}, missing("no_observation", ref.Code, ref.String())
	}
	return indicator, indicator.Observations[i], nil
}

// exact is observed for what is computed with: a bound or an estimate of the text
// would make a result that nobody has said.
func (c *composer) exact(ref Reference) (indicators.Indicator, indicators.Observation, error) {
	indicator, o, err := c.observed(ref)
	switch {
	case err != nil:
	case o.Value == nil:
		err = missing("no_value", ref.String())
	case o.Qualifier != indicators.Exact:
		err = missing("not_exact", ref.String())
	}
	return indicator, o, err
}

// breakBetween reports whether a series break parts two periods.
func breakBetween(i indicators.Indicator, from, to Reference) bool {
	a, b := from.Period, to.Period
	if a > b {
		a, b = b, a
	}
	return slices.ContainsFunc(i.Breaks, func(x indicators.Break) bool {
		return x.Kind == indicators.SeriesBreak && a < x.Period && x.Period <= b
	})
}

// standingAlone prints the directive that has the n-th paragraph of its own in a
// section.
func (c *composer) standingAlone(section string, n int, d Directive) ([]Block, error) {
	ref, err := parseReference(d.Target)
	if err != nil {
		return nil, err
	}
	if ref.Kind != RefIndicator || ref.Period != "" {
		return nil, missing("period_given", d.String())
	}
	indicator, ok := record(c.indicators, ref.Code, func(i indicators.Indicator) string { return i.Code })
	if !ok {
		return nil, missing("no_indicator", ref.Code)
	}
	if d.Does == PrintTable {
		t := c.seriesTable(indicator)
		t.ID = fmt.Sprintf("%s-%d-%s", section, n, t.ID)
		return []Block{t}, nil
	}
	if _, drawn := indicators.ChartOf(c.p, indicator); !drawn {
		return nil, missing("no_chart", ref.Code)
	}
	f := c.figure(indicator)
	f.ID = fmt.Sprintf("%s-%d-%s", section, n, f.ID)
	f.Number = c.charts[toldChart{section, n}]
	return []Block{f}, nil
}

// toldChart is the place of a chart of the narrative: the n-th directive with a
// paragraph of its own in a section.
type toldChart struct {
	section string
	n       int
}
