package progress

import (
	"slices"

	"gcm/indicators"
)

// Typed returns the observations of an indicator as they would stand with the
// figures of an entry, and those among them that the entry gives.
func (c Content) Typed(of indicators.Indicator) (all, given []indicators.Observation) {
	all = slices.Clone(of.Observations)
	if c.Values == nil {
		return all, nil
	}
	for _, f := range c.Values.Rows {
		n := slices.IndexFunc(all, func(o indicators.Observation) bool { return figureOf(o).key() == f.key() })
		if n < 0 {
			n, all = len(all), append(all, indicators.Observation{Unit: of.Unit})
		}
		all[n] = f.over(all[n])
		given = append(given, all[n])
	}
	return all, given
}

// Guarded returns the figure with the confidentiality of what stands in its place,
// for ways of entering that do not ask for it: a secret is not made public by who
// was not shown that it is one.
func (f Figure) Guarded(of indicators.Indicator) Figure {
	for _, o := range of.Observations {
		if was := figureOf(o); was.key() == f.key() {
			f.ConfStatus = was.ConfStatus
		}
	}
	return f
}
