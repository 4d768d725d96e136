package indicators

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// system is what a reader can compute with: the values of a cluster and the
// equations between them. Numbers beyond the variables are those of values that
// no table prints.
type system struct {
	vars      []*variable
	threshold float64
	moments   []time.Time // nil for all
	unprinted map[string]int
	all       []sum
	in        [][]int // variable → equations that it stands in
	seen      map[string]bool
}

func newSystem(vars []*variable, threshold float64, moments []time.Time) *system {
	s := &system{vars: vars, threshold: threshold, moments: moments, unprinted: map[string]int{}, in: make([][]int, len(vars)), seen: map[string]bool{}}
	for n, v := range vars {
		v.number = n
	}
	s.sums()
	return s
}

// mostUnknown is up to how many unknowns a system is solved; beyond, all of its
// values are hidden. The work grows with the third power.
const mostUnknown = 400

// solve hides values until no primary one can be computed.
func (s *system) solve() {
	for {
		s.hideBesides()
		unknown := s.unknown()
		if len(unknown) > mostUnknown {
			for _, v := range s.vars {
				v.hidden = v.hidden || v.fate == Open
			}
			return
		}
		if !s.hideAgainst(s.found(unknown)) {
			return
		}
	}
}

// hideBesides gives every hidden value of a sum company, which is all that most
// tables need, and settles what the solver would find one by one.
func (s *system) hideBesides() {
	for again := true; again; {
		again = false
		for _, one := range s.all {
			hidden := s.hiddenIn(one)
			if len(hidden) == 0 || s.enough(one, hidden) {
				continue
			}
			if v := s.best(hidden[0], one.members()); v != nil {
				v.hidden, again = true, true
			}
		}
	}
}

func (one sum) members() []int { return append([]int{one.whole}, one.parts...) }

// hiddenIn returns what the public does not know of a sum.
func (s *system) hiddenIn(one sum) []*variable {
	var list []*variable
	for _, n := range one.members() {
		if n < len(s.vars) && !s.vars[n].known() {
			list = append(list, s.vars[n])
		}
	}
	return list
}

// enough reports whether the unknown values of a sum hide each other.
func (s *system) enough(one sum, hidden []*variable) bool {
	for _, n := range one.members() {
		if n >= len(s.vars) {
			return true // the solver judges it
		}
	}
	if len(hidden) == 1 {
		return hidden[0].fate == KeptBack && !hidden[0].primary // it was hidden for another's sake
	}
	return hidden[0].number == one.whole || !s.tight(hidden)
}

// tight reports whether values of which the sum is known can be guessed from it:
// who knows that each counts somebody reads one and one from two.
func (s *system) tight(list []*variable) bool {
	total, primary := 0.0, false
	for _, v := range list {
		total += math.Abs(v.value)
		primary = primary || v.primary
	}
	return primary && s.threshold > 0 && (total < s.threshold || total <= float64(len(list)))
}

// best returns the value among these that is best hidden beside another; nil
// when none can be. A value that came later than the one it protects was never
// seen beside it; zeros protect nothing; parts are hidden rather than the whole,
// those that leave no other sum with one hidden value first, then the smallest.
func (s *system) best(beside *variable, among []int) *variable {
	var best *variable
	for _, n := range among {
		if n >= len(s.vars) {
			continue
		}
		if v := s.vars[n]; !v.hidden && v.fate == Open && (best == nil || s.compare(beside, v, best) < 0) {
			best = v
		}
	}
	return best
}

func (s *system) compare(beside, a, b *variable) int {
	order := func(bad bool) int {
		if bad {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(order(a.value == 0), order(b.value == 0)),
		cmp.Compare(order(a.since.Before(beside.since)), order(b.since.Before(beside.since))),
		-cmp.Compare(len(a.breakdown), len(b.breakdown)),
		cmp.Compare(s.alone(a), s.alone(b)),
		cmp.Compare(math.Abs(a.value), math.Abs(b.value)),
		cmp.Compare(a.number, b.number),
	)
}

// alone counts the sums in which a value would be the only one that is hidden.
func (s *system) alone(v *variable) int {
	n := 0
	for _, e := range s.in[v.number] {
		if len(s.hiddenIn(s.all[e])) == 0 {
			n++
		}
	}
	return n
}

func (s *system) valueOf(number int) float64 {
	if number < len(s.vars) {
		return s.vars[number].value
	}
	return 0
}

// hideAgainst hides one more value beside each that was found, and reports
// whether there was any that helps.
func (s *system) hideAgainst(found []*variable) bool {
	hid := false
	for _, v := range found {
		var near []int
		for _, e := range s.in[v.number] {
			near = append(near, s.all[e].members()...)
		}
		next := s.best(v, near)
		if next == nil && !s.lost(v) {
			next = s.best(v, s.everything())
		}
		if next != nil {
			next.hidden, hid = true, true
		}
	}
	return hid
}

// lost reports whether a value is given away by what was published before,
// whatever is hidden now.
func (s *system) lost(v *variable) bool {
	var shown []*variable
	for _, other := range s.vars {
		if other.fate == Open && !other.hidden {
			shown = append(shown, other)
			other.hidden = true
		}
	}
	unknown := s.unknown()
	lost := len(unknown) <= mostUnknown && slices.Contains(s.found(unknown), v)
	for _, other := range shown {
		other.hidden = false
	}
	return lost
}

// everything returns the variables that stand in an equation.
func (s *system) everything() []int {
	var list []int
	for n := range s.vars {
		if len(s.in[n]) > 0 {
			list = append(list, n)
		}
	}
	return list
}
