package indicators

import (
	"fmt"
	"slices"

	"gcm/internal/fault"
	"gcm/internal/period"
)

// Faults returns what the passport says against itself: bounds, baseline, targets
// and breaks that do not go together, a formula that cannot be computed. It takes
// tidied content; formula returns that of another indicator, and whether there is
// such an indicator.
func (c Content) Faults(code string, formula func(code string) (Formula, bool)) fault.Problems {
	f := faults{Content: c}
	for _, d := range c.Expected {
		if !slices.Contains(c.Dimensions, d) {
			f.Add("expected", "passport.problem.expected", d)
		}
	}
	f.bounds()
	f.baseline()
	f.targets()
	f.breaks()
	f.formula(code, formula)
	return f.Problems
}

// faults gathers them.
type faults struct {
	Content
	fault.Problems
}

// number finds what is no number.
func (f *faults) number(field string, n Number) (v float64, ok bool) {
	if v, _, ok = n.Parse(); !ok && n != "" {
		f.Add(field, "passport.problem.number", string(n))
	}
	return v, ok
}

// figure finds a value that the indicator cannot have.
func (f *faults) figure(field string, n Number) {
	v, ok := f.number(field, n)
	lowest, highest := f.Lowest.Float(), f.Highest.Float()
	if ok && (!f.Unit.Allows(v) || lowest != nil && v < *lowest || highest != nil && v > *highest) {
		f.Add(field, "passport.problem.bounds", string(n))
	}
}

// Allows reports whether a value can be measured in the unit: nothing is counted
// or lasts less than zero, and the first rank is 1.
func (u Unit) Allows(v float64) bool {
	switch u {
	case Persons, Count, Years, Months, Days, Hours:
		return v >= 0
	case Rank:
		return v >= 1
	}
	return true
}

func (f *faults) bounds() {
	lowest, low := f.number("lowest", f.Lowest)
	highest, high := f.number("highest", f.Highest)
	if low && high && lowest > highest {
		f.Add("highest", "passport.problem.order")
	}
	if n := f.SmallCell.whole(); f.SmallCell != "" && (n == nil || *n < 0) {
		f.Add("small_cell", "passport.problem.whole")
	}
}

func (f *faults) baseline() {
	f.figure("baseline_value", f.BaselineValue)
	if f.BaselineValue == "" && f.BaselinePeriod != "" {
		f.Add("baseline_value", "register.problem.missing")
	}
	if f.BaselineValue != "" && f.BaselinePeriod == "" {
		f.Add("baseline_period", "register.problem.missing")
	}
}

func (f *faults) targets() {
	seen := map[period.Period]bool{}
	for i, t := range f.Targets {
		at := row("targets", i)
		f.moment(at, t.Period, seen)
		if f.BaselinePeriod != "" && t.Period != "" && !t.Period.Last().After(f.BaselinePeriod.Last()) {
			f.Add(at+"period", "passport.problem.before_baseline")
		}
		if t.Value == "" {
			f.Add(at+"value", "register.problem.missing")
		}
		f.figure(at+"value", t.Value)
	}
}

func (f *faults) breaks() {
	seen := map[period.Period]bool{}
	for i, b := range f.Breaks {
		at := row("breaks", i)
		f.moment(at, b.Period, seen)
		if !slices.Contains(BreakKinds, b.Kind) {
			f.Add(at+"kind", "register.problem.missing")
		}
	}
}

// moment finds a row without a period, or with that of an earlier one.
func (f *faults) moment(row string, at period.Period, seen map[period.Period]bool) {
	switch {
	case at == "":
		f.Add(row+"period", "register.problem.missing")
	case seen[at]:
		f.Add(row+"period", "register.problem.twice", string(at))
	}
	seen[at] = true
}

// row is how a form begins the names of a row's fields.
func row(table string, i int) string { return fmt.Sprintf("%s.%d.", table, i) }
