package web

import (
	"time"

	"gcm/internal/period"
)

// today is the day in the State, as dates are kept.
func (r *request) today() string { return r.site.Now().In(r.site.Zone).Format(time.DateOnly) }

// day prints the day of a moment, as days are counted in the State.
func (r *request) day(at time.Time) string {
	return r.p.Period(period.Period(at.In(r.site.Zone).Format(time.DateOnly)))
}
