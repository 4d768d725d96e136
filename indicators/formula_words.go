package indicators

import (
	"strings"

	"gcm/internal/i18n"
)

// Words says in a sentence how the formula makes values.
func (f Formula) Words(p *i18n.Printer) string {
	if f.Kind == RateOf {
		return p.T("formula.words.rate", p.Number(f.factor(), digitsNeeded(f.factor())))
	}
	return p.T("formula.words." + string(f.Kind))
}

// Worked prints how the formula made its last value of the total: "2021: 300 ÷
// 1 200 × 100 = 25,0 %". It is empty when there is none, or when the reader does
// not see all that it is made of.
func (f Formula) Worked(p *i18n.Printer, result []Observation, series []Series) string {
	var last Observation
	for _, o := range result {
		if len(o.Breakdown) == 0 && o.Value != nil && o.Origin == FromFormula && !o.Period.Last().Before(last.Period.Last()) {
			last = o
		}
	}
	if last.Value == nil {
		return ""
	}
	at := place{period: last.Period}
	var parts []string
	read := func(t table, at place) bool {
		o, ok := t.values[at]
		if ok && o.Value != nil {
			parts = append(parts, Format(p, o))
		}
		return ok && o.Value != nil
	}
	for _, s := range series {
		t := s.table()
		if !read(t, at) || f.Kind == GrowthOf && !read(t, place{period: last.Period.Before()}) {
			return ""
		}
	}
	return p.Period(last.Period) + ": " + f.written(p, parts) + " = " + Format(p, last)
}

// written sets the parts into the formula's signs.
func (f Formula) written(p *i18n.Printer, parts []string) string {
	switch f.Kind {
	case SumOf:
		return strings.Join(parts, " + ")
	case GrowthOf:
		return "(" + strings.Join(parts, " ÷ ") + " − 1) × 100"
	case RateOf:
		return strings.Join(parts, " ÷ ") + " × " + p.Number(f.factor(), digitsNeeded(f.factor()))
	}
	return strings.Join(parts, " ÷ ")
}
