package web

import (
	"strconv"
	"time"

	"gcm/internal/period"
)

// today is the day in the State, as dates are kept.
func (r *request) today() string { return r.site.Now().In(r.site.Zone).Format(time.DateOnly) }

// day prints the day of a moment, as days are counted in the State.
func (r *request) day(at time.Time) string {
	return r.p.Period(period.Period(at.In(r.site.Zone).Format(time.DateOnly)))
}

// versionLabel names a version where there is little room, as in a list to choose
// from: its number, its day in digits, who made it.
func (r *request) versionLabel(number int, at time.Time, who string) string {
	const longest = 14
	if name := []rune(who); len(name) > longest {
		who = string(name[:longest-1]) + "…"
	}
	label := strconv.Itoa(number) + " · " + at.In(r.site.Zone).Format(r.T("date.layout"))
	if who != "" {
		label += " · " + who
	}
	return label
}
