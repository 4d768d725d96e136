package indicators

import (
	"maps"
	"slices"
	"strings"

	"gcm/internal/i18n"
)

// BreakdownLabel names a cell by its values, "Afghanistan", "Labour · 2020";
// the total is called so. A code that the dimensions do not hold names itself.
func (i Indicator) BreakdownLabel(p *i18n.Printer, b Breakdown) string {
	if len(b) == 0 {
		return p.T("breakdown.total")
	}
	var names []string
	for _, dim := range i.dimensionOrder(b) {
		names = append(names, i.CodeName(p, dim, b[dim]))
	}
	return strings.Join(names, " · ")
}

// dimensionOrder lists the dimensions of b as the indicator declares them, what
// it does not declare after them.
func (i Indicator) dimensionOrder(b Breakdown) []string {
	var order []string
	for _, d := range i.Dimensions {
		if _, ok := b[d.Dimension.Code]; ok {
			order = append(order, d.Dimension.Code)
		}
	}
	for _, dim := range slices.Sorted(maps.Keys(b)) {
		if !slices.Contains(order, dim) {
			order = append(order, dim)
		}
	}
	return order
}

// CodeName names a value of a dimension.
func (i Indicator) CodeName(p *i18n.Printer, dim, code string) string {
	for _, d := range i.Dimensions {
		if d.Dimension.Code != dim {
			continue
		}
		for _, c := range d.Dimension.Codes {
			if c.Code == code {
				return p.In(c.Name)
			}
		}
	}
	return code
}

// BrokenDownBy returns the dimensions by which there are observations, in the
// order in which the indicator declares them.
func (i Indicator) BrokenDownBy() []IndicatorDimension {
	return slices.DeleteFunc(slices.Clone(i.Dimensions), func(d IndicatorDimension) bool {
		return !slices.ContainsFunc(i.Observations, func(o Observation) bool {
			_, broken := o.Breakdown[d.Dimension.Code]
			return broken
		})
	})
}
