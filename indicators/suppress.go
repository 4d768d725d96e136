package indicators

import (
	"cmp"
	"math"
	"slices"
	"time"

	"gcm/internal/period"
)

// smallCell is how many persons a value counts at least before it is made public,
// where nobody has set another threshold.
const smallCell = 5

// Threshold returns the value below which a cell of the indicator is too small to
// be made public; 0 when every value may be. Only statistics count people: a fee
// of three units or a term of two years is nobody's secret.
func (i Indicator) Threshold() float64 {
	switch {
	case i.FigureType != Statistic:
		return 0
	case i.SmallCell != nil:
		return float64(*i.SmallCell)
	case i.Unit == Persons:
		return smallCell
	}
	return 0
}

// Fate says what the public knows of a cell.
type Fate int

// The fates.
const (
	Open      Fate = iota // it is to be decided
	Published             // a release has made it public, which cannot be taken back
	KeptBack              // a release has kept it back, and so it stays
)

// Cell is a value for as long as it stood, as suppression sees it.
type Cell struct {
	Period       period.Period
	Breakdown    Breakdown
	Value        float64
	Unit         Unit
	Since, Until time.Time // Until is zero for what stands
	Secret       bool      // it may not be public, whatever its size
	Fate         Fate
}

// small reports whether a value counts so few that they could be known by it. A
// total is a cell like any other: a total of three people is three people. Zero
// is not small: it counts nobody, and a table in which zeros are hidden says less
// than one that is not printed.
func small(value, threshold float64) bool {
	return value != 0 && math.Abs(value) < threshold
}

// Suppress decides which cells of one indicator are hidden from the public, so
// that none that is small or secret can be read or computed from those that are
// shown: from totals, from the margins of tables, from the months of a year and
// from what stood at the given moments, which are those of releases. Without
// moments all times count at which something changed.
//
// The attacker whom it withstands takes every sum for complete and solves the
// equations. Where a cell has been published already, nothing withstands him.
func Suppress(cells []Cell, threshold float64, moments []time.Time) []bool {
	hidden := make([]bool, len(cells))
	vars := variables(cells, threshold)
	if !slices.ContainsFunc(vars, func(v *variable) bool { return v.hidden }) {
		return hidden
	}
	for _, cluster := range clusters(vars) {
		if slices.ContainsFunc(cluster, func(v *variable) bool { return v.hidden }) {
			newSystem(cluster, threshold, moments).solve()
		}
	}
	for _, v := range vars {
		for _, c := range v.cells {
			hidden[c] = v.hidden
		}
	}
	return hidden
}

// variable is a value that one place had without a change, in one cell or in
// several that follow each other.
type variable struct {
	cells        []int
	period       period.Period
	breakdown    Breakdown
	place        string
	value        float64
	since, until time.Time
	fate         Fate
	primary      bool // to be protected: small, or secret
	hidden       bool
	number       int // in its system
}

// known reports whether the public knows the value, shown now or not.
func (v *variable) known() bool { return v.fate == Published || !v.hidden }

func (v *variable) standsAt(t time.Time) bool {
	return !v.since.After(t) && (v.until.IsZero() || v.until.After(t))
}

func variables(cells []Cell, threshold float64) []*variable {
	var all []*variable
	wholes := map[period.Period][]Cell{}
	for _, c := range cells {
		if c.Unit != Percent && len(c.Breakdown.apart()) == 0 {
			wholes[c.Period] = append(wholes[c.Period], c)
		}
	}
	for n, c := range cells {
		v := &variable{cells: []int{n}, period: c.Period, breakdown: c.Breakdown.apart(), value: c.counted(wholes[c.Period]), since: c.Since, until: c.Until, fate: c.Fate}
		v.place = c.Breakdown.String() // as given: a total that is written out is a place of its own
		v.primary = c.Secret || small(v.value, threshold)
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b *variable) int {
		return cmp.Or(cmp.Compare(a.period, b.period), cmp.Compare(a.place, b.place), a.since.Compare(b.since))
	})
	merged := all[:0]
	for _, v := range all {
		if last := len(merged) - 1; last >= 0 && merged[last].continuedBy(v) {
			merged[last].join(v)
			continue
		}
		merged = append(merged, v)
	}
	for _, v := range merged {
		v.hidden = v.primary || v.fate == KeptBack
	}
	return merged
}

func (v *variable) continuedBy(next *variable) bool {
	return v.period == next.period && v.place == next.place && v.value == next.value
}

func (v *variable) join(next *variable) {
	v.cells = append(v.cells, next.cells...)
	v.until, v.primary = next.until, v.primary || next.primary
	if v.fate != Published {
		v.fate = max(v.fate, next.fate)
	}
	if next.fate == Published {
		v.fate = Published
	}
}

// counted returns how many a cell counts: a share next to the total that it is a
// share of counts as much as the count it stands for.
func (c Cell) counted(wholes []Cell) float64 {
	if c.Unit != Percent {
		return c.Value
	}
	for _, whole := range wholes {
		if whole.Until.Equal(c.Until) {
			return c.Value / 100 * whole.Value
		}
	}
	return c.Value
}

// totals are codes by which tables write out that a dimension is not broken down.
var totals = []string{"_T", "_Z", "T", "TOTAL", "total", "all"}

// apart returns the breakdown without the dimensions that it does not break down.
func (b Breakdown) apart() Breakdown {
	out := Breakdown{}
	for dimension, code := range b {
		if !slices.Contains(totals, code) {
			out[dimension] = code
		}
	}
	return out
}

// clusters parts the variables by time: what has no day in common cannot add up.
func clusters(vars []*variable) [][]*variable {
	vars = slices.Clone(vars)
	slices.SortStableFunc(vars, func(a, b *variable) int { return a.period.First().Compare(b.period.First()) })
	var list [][]*variable
	var last time.Time
	for n, v := range vars {
		if n == 0 || v.period.First().After(last) {
			list = append(list, nil)
			last = v.period.Last()
		}
		if v.period.Last().After(last) {
			last = v.period.Last()
		}
		list[len(list)-1] = append(list[len(list)-1], v)
	}
	return list
}
