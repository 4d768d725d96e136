package indicators

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Series is what a formula reads of one of its components.
type Series struct {
	Cell         Breakdown // that the component names
	Observations []Observation
	Breaks       []Break
}

// Compute returns the values that the formula makes of its components, which come
// in the formula's order: one for each period and each breakdown that all of them
// have. Only released, dated observations are read. Where a component has no value
// the result is missing, and its note says why; a missing value is not zero.
func (f Formula) Compute(unit Unit, series []Series) []Observation {
	tables := make([]table, len(series))
	for i, s := range series {
		tables[i] = s.table()
	}
	var rows []Observation
	for _, at := range places(tables) {
		o, ok := f.at(at, tables)
		if !ok {
			continue
		}
		o.Period, o.Breakdown, o.Unit, o.Position = at.period, at.cell(), unit, len(rows)
		o.State, o.Origin = objectives.Released, FromFormula
		rows = append(rows, o)
	}
	return rows
}

// at computes one value; there is none where growth has no period before it.
func (f Formula) at(p place, tables []table) (Observation, bool) {
	if f.Kind == GrowthOf {
		return f.growth(p, tables[0])
	}
	parts := make([]Observation, len(tables))
	for i, t := range tables {
		parts[i] = t.values[p]
	}
	return f.value(parts), true
}

// growth sets a value against the one of the period before. The first period of a
// series has none; across a series break there is nothing to compare with.
func (f Formula) growth(p place, t table) (Observation, bool) {
	if p.period.Before() == "" || !t.begins(p) {
		return Observation{}, false
	}
	parts := []Observation{t.values[p], t.values[place{p.period.Before(), p.breakdown}]}
	if parts[0].ObsStatus == "B" || t.broken(p.period) {
		return missing(parts, "formula.note.break"), true
	}
	return f.value(parts), true
}

// value computes one value of what stands at its place in each component.
func (f Formula) value(parts []Observation) Observation {
	if slices.ContainsFunc(parts, func(o Observation) bool { return o.Value == nil }) {
		return missing(parts, "formula.note.component")
	}
	v, problem := f.arithmetic(parts)
	if problem != "" {
		return missing(parts, problem)
	}
	q := f.qualifier(parts)
	v = rounded(v, f.Decimals, q)
	return Observation{Value: &v, Decimals: f.Decimals, Qualifier: q, ObsStatus: status(parts), ConfStatus: conf(parts)}
}

// arithmetic does the sum; problem is the note of a result that there is not.
func (f Formula) arithmetic(parts []Observation) (v float64, problem string) {
	first, last := *parts[0].Value, *parts[len(parts)-1].Value
	switch f.Kind {
	case SumOf:
		for _, o := range parts {
			v += *o.Value
		}
	case RatioOf, RateOf:
		if last == 0 {
			return 0, "formula.note.zero"
		}
		v = first / last * f.factor()
	case GrowthOf:
		if last <= 0 {
			return 0, "formula.note.base"
		}
		v = (first/last - 1) * 100
	}
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, "formula.note.size"
	}
	return v, ""
}

// factor is what a ratio is multiplied by.
func (f Formula) factor() float64 {
	if f.Kind != RateOf {
		return 1
	}
	return cmp.Or(f.Per, 1)
}

func missing(parts []Observation, note string) Observation {
	return Observation{Qualifier: Missing, ObsStatus: "O", ConfStatus: conf(parts), Note: inAll(note)}
}

// inAll is a message in every language.
func inAll(key string) i18n.Text {
	text := i18n.Text{}
	for _, lang := range i18n.Languages {
		if p, err := i18n.New(lang); err == nil {
			text[lang] = p.T(key)
		}
	}
	return text
}

// place is where a value stands in a series, the component's own cell aside.
type place struct {
	period    period.Period
	breakdown string
}

func (p place) cell() Breakdown {
	b, _ := ParseBreakdown(p.breakdown) // it was made by String
	return b
}

// table is a component's values by their place.
type table struct {
	values map[place]Observation
	breaks []period.Period // from which values cannot be compared with earlier ones
}

func (s Series) table() table {
	t := table{values: map[place]Observation{}}
	for _, o := range s.Observations {
		rest, inCell := o.Breakdown.without(s.Cell)
		if inCell && o.Period != "" && o.State == objectives.Released {
			t.values[place{o.Period, rest.String()}] = o
		}
	}
	for _, b := range s.Breaks {
		if b.Kind == SeriesBreak {
			t.breaks = append(t.breaks, b.Period)
		}
	}
	return t
}

// broken reports whether the series breaks between a period and the one before.
func (t table) broken(at period.Period) bool {
	return slices.ContainsFunc(t.breaks, func(b period.Period) bool {
		return b.First().After(at.Before().First()) && !b.First().After(at.Last())
	})
}

// begins reports whether the series has something before the place, in a period
// of the same length.
func (t table) begins(p place) bool {
	for other := range t.values {
		if other.breakdown == p.breakdown && other.period.First().Before(p.period.First()) && len(other.period) == len(p.period) {
			return true
		}
	}
	return false
}

// without returns the breakdown less a cell, and whether it lies in that cell.
func (b Breakdown) without(cell Breakdown) (Breakdown, bool) {
	rest := maps.Clone(b)
	for dim, code := range cell {
		if b[dim] != code {
			return nil, false
		}
		delete(rest, dim)
	}
	return rest, true
}

// places lists where the formula has values: all periods that a component has in
// the breakdowns that all of them have, the total first. One without any values
// leaves its mark everywhere and takes no breakdown away.
func places(tables []table) []place {
	known := map[place]bool{}
	has := map[string]int{} // breakdown to how many components have it
	filled := 0
	for _, t := range tables {
		breakdowns := map[string]bool{}
		for p := range t.values {
			known[p], breakdowns[p.breakdown] = true, true
		}
		for b := range breakdowns {
			has[b]++
		}
		filled += min(1, len(t.values))
	}
	maps.DeleteFunc(known, func(p place, _ bool) bool { return has[p.breakdown] < filled })
	return slices.SortedFunc(maps.Keys(known), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.breakdown, b.breakdown), a.period.First().Compare(b.period.First()), cmp.Compare(a.period, b.period))
	})
}
