package indicators

import (
	"cmp"
	"slices"

	"gcm/internal/period"
	"gcm/objectives"
)

// comparableTotal returns the values of the total that can be compared with the
// latest one, by time, and the period of the series break from which they can;
// empty without one. Bounds and forecasts are no values, and of periods of several
// lengths those are taken that there are most of.
func (i Indicator) comparableTotal() (points []Point, since period.Period) {
	count := map[int]int{} // by length
	var rows []Observation
	var lengths []int // of their periods
	for _, o := range i.Observations {
		exact := o.Qualifier == Exact || o.Qualifier == Approximate
		if len(o.Breakdown) > 0 || o.Value == nil || o.Period == "" || !exact || o.State != objectives.Released || o.ObsStatus == "F" {
			continue
		}
		n := days(o.Period)
		rows, lengths = append(rows, o), append(lengths, n)
		count[n]++
	}
	length := 0
	for d, n := range count {
		if n > count[length] || n == count[length] && d > length {
			length = d
		}
	}
	since = i.lastBreak(rows)
	for n, o := range rows {
		if lengths[n] == length && !o.Period.First().Before(since.First()) {
			points = append(points, Point{o.Period, *o.Value, o.Decimals})
		}
	}
	slices.SortStableFunc(points, func(a, b Point) int {
		return cmp.Or(a.Period.Last().Compare(b.Period.Last()), cmp.Compare(a.Period, b.Period))
	})
	return points, since
}

// lastBreak returns the period of the last break of the series, by the passport or
// by the mark of a value; empty without one.
func (i Indicator) lastBreak(rows []Observation) period.Period {
	var since period.Period
	for _, b := range i.Breaks {
		if b.Kind == SeriesBreak && !b.Period.First().Before(since.First()) {
			since = b.Period
		}
	}
	for _, o := range rows {
		if o.ObsStatus == "B" && !o.Period.First().Before(since.First()) {
			since = o.Period
		}
	}
	return since
}

// days is about how long a period is; months and years count alike however many
// days they have.
func days(p period.Period) int {
	n := int(p.Last().AddDate(0, 0, 1).Sub(p.First()).Hours() / 24)
	if n >= 28 {
		n = (n + 15) / 30 * 30
	}
	return n
}

// targetFor returns the target that is next after the latest value, or the last
// one when all are past; nil when there is none.
func (i Indicator) targetFor(latest period.Period) *Point {
	var found *Point
	targets := slices.SortedFunc(slices.Values(i.Targets), func(a, b Target) int { return a.Period.Last().Compare(b.Period.Last()) })
	for _, t := range targets {
		found = &Point{t.Period, t.Value, t.Decimals}
		if !t.Period.Last().Before(latest.Last()) {
			break
		}
	}
	return found
}

// baselineOf returns the passport's baseline, unless the series broke after it,
// else the first comparable value. It is nil when nothing is left to compare.
func (i Indicator) baselineOf(values []Point, since period.Period) *Point {
	if len(values) == 0 {
		return nil
	}
	latest := values[len(values)-1]
	if i.BaselineValue != nil && i.BaselinePeriod != "" && !i.BaselinePeriod.First().Before(since.First()) {
		given := Point{i.BaselinePeriod, *i.BaselineValue, i.BaselineDecimals}
		if latest.years(given) > 0 {
			return &given
		}
	}
	if latest.years(values[0]) <= 0 {
		return nil
	}
	return &values[0]
}
