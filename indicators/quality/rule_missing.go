package quality

import (
	"time"

	"gcm/indicators"
	"gcm/internal/period"
)

// missingValue finds places that promise a value and hold none.
func missingValue(s *subject) {
	for _, one := range s.series {
		for _, p := range one.points {
			if p.missing && !p.secret && p.status != "M" && p.status != "L" && p.status != "NA" {
				s.tell(p.at, one.cell, "missing_value", cellName{s.Indicator, one.cell}, when(p.at))
			}
		}
	}
}

// overdue says how long after the end of its period the newest value of a
// frequency may be the newest: its own length, and the time to count.
var overdue = map[indicators.Frequency]time.Duration{
	indicators.Annual: 730 * day, indicators.HalfYearly: 456 * day, indicators.Quarterly: 274 * day,
	indicators.Monthly: 124 * day, indicators.Weekly: 42 * day, indicators.Daily: 14 * day,
}

const day = 24 * time.Hour

// stale finds series that were to go on and did not.
func stale(s *subject) {
	limit, known := overdue[s.Frequency]
	if !known || s.FigureType != indicators.Statistic {
		return
	}
	var last point
	for _, one := range s.series {
		for _, p := range one.points {
			if !p.missing && p.dated() && p.to > last.to {
				last = p
			}
		}
	}
	if last.dated() && s.now.Sub(last.at.Last()) > limit {
		s.tell("", nil, "stale", when(last.at), frequencyName(s.Frequency))
	}
}

// futurePeriod finds values of a time that has not come, but for forecasts.
func futurePeriod(s *subject) {
	for _, one := range s.series {
		for _, p := range one.points {
			if p.dated() && !p.missing && p.status != "F" && p.at.First().After(s.now) {
				s.tell(p.at, one.cell, "future", p.amount(), when(p.at))
			}
		}
	}
}

// undated finds figures without a period. A law holds at any time; a count does
// not.
func undated(s *subject) {
	if s.FigureType != indicators.Statistic {
		return
	}
	n := 0
	for _, one := range s.series {
		for _, p := range one.points {
			if !p.dated() && !p.missing {
				n++
			}
		}
	}
	if n > 0 {
		s.tell("", nil, "undated", count(n))
	}
}

// missingBreakdown finds dimensions that figures are to be broken down by and are
// not, or no longer.
func missingBreakdown(s *subject) {
	last, values := newest(s.series, func(series) bool { return true })
	var never list
	for _, d := range s.Dimensions {
		if values == 0 || !d.Expected {
			continue
		}
		broken, parts := newest(s.series, func(one series) bool { return one.cell[d.Dimension.Code] != "" })
		switch {
		case parts == 0:
			never = append(never, dimensionName{s.Indicator, d.Dimension.Code})
		case broken != "" && last.First().After(broken.Last()):
			s.tell(last, nil, "breakdown_ended", dimensionName{s.Indicator, d.Dimension.Code}, when(broken), when(last))
		}
	}
	if len(never) > 0 {
		s.tell("", nil, "breakdown_never", count(len(never)), never)
	}
}

// newest is the last period with a value among some series, and how many values
// they have.
func newest(all []series, of func(series) bool) (last period.Period, values int) {
	for _, one := range all {
		if !of(one) {
			continue
		}
		for _, p := range one.points {
			if p.missing {
				continue
			}
			values++
			if p.dated() && p.at.Last().After(last.Last()) {
				last = p.at
			}
		}
	}
	return last, values
}
