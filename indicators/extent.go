package indicators

import (
	"slices"
	"sync"
	"time"

	"gcm/internal/period"
	"gcm/objectives"
)

// Extent is how far the released observations of an indicator reach.
type Extent struct {
	Latest  period.Period // of the latest value, also of one that is kept secret; empty without any
	Values  int           // observations, missing and hidden ones too
	Undated int           // of them without a period
	Series  bool          // a part of them can be drawn over time
	Drawn   bool          // they can be drawn at all
	Units   []Unit        // of the observations
	Newest  time.Time     // when the latest of them came to stand
	valued  bool          // one of them is a value, shown or hidden
	filled  map[string]bool
}

// extent looks through the observations of an indicator, of which some are drawn.
func (i Indicator) extent(drawn []Observation) Extent {
	e := Extent{filled: map[string]bool{}}
	for _, o := range i.Observations {
		if o.State != objectives.Released {
			continue
		}
		e.Values++
		if o.Period == "" {
			e.Undated++
		}
		if !slices.Contains(e.Units, o.Unit) {
			e.Units = append(e.Units, o.Unit)
		}
		if o.Since.After(e.Newest) {
			e.Newest = o.Since.UTC()
		}
		if o.Value == nil && !o.Hidden { // a value that is kept secret is there
			continue
		}
		e.valued = true
		if !o.Period.Last().Before(e.Latest.Last()) {
			e.Latest = o.Period
		}
		for dimension := range o.Breakdown {
			e.filled[dimension] = true
		}
	}
	e.Series = i.Charted() && len(i.CellsOverTime()) > 0
	e.Drawn = len(drawn) > 0
	return e
}

// Standings returns where indicators stand whose observations are all at hand.
func Standings(all []Indicator) []Standing {
	list := make([]Standing, len(all))
	for n, i := range all {
		list[n] = Standing{i, i.extent(i.drawn()), i.Assess(), new(sync.Map)}
	}
	return list
}

// ExtentOf returns how far the observations of several indicators reach together.
func ExtentOf(list []Standing) Extent {
	var sum Extent
	for _, one := range list {
		sum.Values += one.Values
		sum.Undated += one.Undated
		if !one.Latest.Last().Before(sum.Latest.Last()) {
			sum.Latest = one.Latest
		}
		if one.Newest.After(sum.Newest) {
			sum.Newest = one.Newest
		}
		sum.Units = append(sum.Units, one.Units...)
	}
	slices.Sort(sum.Units)
	sum.Units = slices.Compact(sum.Units)
	return sum
}
