package objectives

import (
	"slices"
	"sync"

	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Event is a date in the Compact's life: a forum, a regional review, a report.
type Event struct {
	Code      string        `json:"code"`
	At        period.Period `json:"at"`
	Kind      string        `json:"kind"`      // conference, adoption, resolution, sg_report, regional_review, imrf
	Certainty string        `json:"certainty"` // published, recalled or derived
	Title     i18n.Text     `json:"title"`
	Source    string        `json:"source"`
}

// SDGIndicator is one of the global list that the Compact's objectives touch.
type SDGIndicator struct {
	Code       string          `json:"code"`     // "10.7.2"
	Target     string          `json:"target"`   // "10.7"
	Relation   string          `json:"relation"` // direct or related
	Objectives []int           `json:"objectives"`
	Custodian  string          `json:"custodian"` // who keeps it, by their short names
	Name       i18n.Text       `json:"name"`
	Published  map[string]bool `json:"published"` // languages in which Name is a published wording
}

// Calendar returns the dates of the Compact in the order of time. They are the
// same for every State and need no database.
func Calendar() ([]Event, error) {
	events, err := compactEvents()
	return slices.Clone(events), err
}

// SDGIndicators returns the indicators of the global list that are linked to an
// objective. The links are the program's own, not official.
func SDGIndicators(objective int) ([]SDGIndicator, error) {
	all, err := compactSDGIndicators()
	var list []SDGIndicator
	for _, i := range all {
		if slices.Contains(i.Objectives, objective) {
			list = append(list, i)
		}
	}
	return list, err
}

var compactEvents = sync.OnceValues(func() ([]Event, error) {
	var file struct {
		Events []Event `json:"events"`
	}
	err := readCompact("compact/calendar.json", &file)
	slices.SortStableFunc(file.Events, func(a, b Event) int { return a.At.First().Compare(b.At.First()) })
	return file.Events, err
})

var compactSDGIndicators = sync.OnceValues(func() ([]SDGIndicator, error) {
	var file struct {
		Indicators []SDGIndicator `json:"indicators"`
	}
	err := readCompact("compact/sdg_indicators.json", &file)
	return file.Indicators, err
})
