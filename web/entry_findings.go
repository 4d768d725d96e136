package web

import (
	"slices"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/progress"
)

// entryFinding is what the rules say of a figure that was entered.
type entryFinding struct{ Rule, Place, Message string }

// entryFindings are what the rules find in the figures of an entry, set among
// those that stand. They advise and hold nothing up.
func (r *request) entryFindings(c progress.Content, of *indicators.Indicator) (list []entryFinding) {
	if of == nil {
		return nil
	}
	all, given := c.Typed(*of)
	for _, f := range quality.Check(*of, all, r.site.Now()) {
		if slices.ContainsFunc(given, func(o indicators.Observation) bool {
			return f.Period != "" && f.Period == o.Period && (len(f.Breakdown) == 0 || f.Breakdown.String() == o.Breakdown.String())
		}) {
			line := r.qualityLine(f, "")
			list = append(list, entryFinding{f.Rule, line.Place, line.Message})
		}
	}
	return list
}
