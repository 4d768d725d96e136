package indicators

import (
	"slices"
	"time"

	"gcm/internal/period"
)

// span is the days of a period.
type span struct {
	at          string
	first, last time.Time
	days        int
}

func spanOf(at string) span {
	p := period.Period(at)
	return span{at, p.First(), p.Last(), int(p.Last().Sub(p.First()).Hours()/24) + 1}
}

// months is the length in months, so that a February is as long as a March; 0 for
// days and weeks.
func (s span) months() int { return (s.days + 3) / 30 }

// tiles reports whether the parts make up the whole, without a gap or an overlap.
func tiles(whole span, parts []span) bool {
	slices.SortFunc(parts, func(a, b span) int { return a.first.Compare(b.first) })
	next := whole.first
	for _, p := range parts {
		if !p.first.Equal(next) {
			return false
		}
		next = p.last.AddDate(0, 0, 1)
	}
	return len(parts) > 1 && next.Equal(whole.last.AddDate(0, 0, 1))
}
