package quality

import (
	"math"

	"gcm/indicators"
)

// interval is where the true value of a figure can lie: half a step of its
// rounding to each side, farther when it is said to be about, more or less.
type interval struct{ lo, hi float64 }

// vague is how far a value that is said to be "about" may be off.
const vague = 0.1

// interval is where the point's true value can lie when values are given in steps
// of grain.
func (p point) interval(grain float64) interval {
	half := math.Max(grain, math.Pow10(-p.decimals)) / 2
	switch {
	case p.missing:
		return interval{math.Inf(-1), math.Inf(1)}
	case p.qualifier == indicators.MoreThan:
		return interval{p.value - half, math.Inf(1)}
	case p.qualifier == indicators.LessThan:
		return interval{math.Inf(-1), p.value + half}
	case p.qualifier == indicators.Approximate:
		half = math.Max(half, math.Abs(p.value)*vague)
	}
	return interval{p.value - half, p.value + half}
}

func (i interval) plus(o interval) interval { return interval{i.lo + o.lo, i.hi + o.hi} }

// over divides positive intervals.
func (i interval) over(o interval) interval {
	if o.lo <= 0 {
		return interval{0, math.Inf(1)}
	}
	return interval{i.lo / o.hi, i.hi / o.lo}
}

// times multiplies by a positive number and adds another.
func (i interval) scaled(by, plus float64) interval { return interval{i.lo*by + plus, i.hi*by + plus} }

// meets reports whether both can be the same; numbers of a computer need a hair's
// breadth.
func (i interval) meets(o interval) bool {
	hair := 1e-9 * math.Max(1, math.Min(math.Abs(i.lo), math.Abs(o.lo)))
	return i.lo <= o.hi+hair && o.lo <= i.hi+hair
}

// grainOf is the largest power of ten of which all values are multiples: figures
// given in thousands end in three noughts. Percentages and the like are never
// given in tens.
func grainOf(all []series) float64 {
	grain := math.Inf(1)
	for _, s := range all {
		for _, p := range s.points {
			if p.missing || p.value == 0 {
				continue
			}
			step := math.Pow10(-p.decimals)
			if counted(p.unit) {
				for p.decimals == 0 && step < grain && math.Mod(math.Abs(p.value), step*10) == 0 {
					step *= 10
				}
			}
			if grain = math.Min(grain, step); grain < 1 || grain == 1 && !counted(p.unit) {
				return grain
			}
		}
	}
	if math.IsInf(grain, 1) {
		return 1
	}
	return grain
}

// counted reports whether parts of the unit can be added up.
func counted(u indicators.Unit) bool {
	return u == indicators.Persons || u == indicators.Count || u.Currency()
}

// whole reports whether the unit has no fractions.
func whole(u indicators.Unit) bool {
	return u == indicators.Persons || u == indicators.Count || u == indicators.Rank
}
