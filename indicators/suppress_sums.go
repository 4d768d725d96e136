package indicators

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

// sum is an equation that a reader can set up: the whole less its parts is zero.
type sum struct {
	whole int // a variable's number; that of an unknown one where no whole is given
	parts []int
}

// node is a place of a table: one that has values, or one that would have them if
// the table were printed whole. Its rows are its parts by each dimension.
type node struct {
	versions  []*variable
	breakdown Breakdown
	rows      map[string][]*node
}

// mostDimensions is up to how many dimensions of a cell all margins are looked at.
const mostDimensions = 6

// sums sets up the equations of a cluster at the moments that count.
func (s *system) sums() {
	byPeriod := map[string]map[string]*node{}
	for _, v := range s.vars {
		table := byPeriod[string(v.period)]
		if table == nil {
			table = map[string]*node{}
			byPeriod[string(v.period)] = table
		}
		n := grow(table, v.breakdown)
		n.versions = append(n.versions, v)
	}
	for _, at := range slices.Sorted(maps.Keys(byPeriod)) {
		table := byPeriod[at]
		for _, key := range slices.Sorted(maps.Keys(table)) {
			n := table[key]
			s.same(at+key, n)
			for _, dimension := range slices.Sorted(maps.Keys(n.rows)) {
				s.row(at, n, n.rows[dimension])
			}
		}
	}
	s.overTime(byPeriod)
}

// grow returns the node of a breakdown, with all margins above it.
func grow(table map[string]*node, b Breakdown) *node {
	key := b.String()
	if n := table[key]; n != nil {
		return n
	}
	n := &node{breakdown: b, rows: map[string][]*node{}}
	table[key] = n
	for dimension := range b {
		above := maps.Clone(b)
		delete(above, dimension)
		if len(b) > mostDimensions {
			above = Breakdown{}
		}
		parent := grow(table, above)
		parent.rows[dimension] = append(parent.rows[dimension], n)
	}
	return n
}

// row adds a node and its parts by one dimension.
func (s *system) row(at string, whole *node, parts []*node) {
	slices.SortFunc(parts, func(a, b *node) int { return cmp.Compare(a.breakdown.String(), b.breakdown.String()) })
	for _, t := range s.times(append([]*node{whole}, parts...)) {
		one := sum{whole: s.at(at, whole, t)}
		for _, part := range parts {
			if v := part.standing(t); v != nil {
				one.parts = append(one.parts, v.number)
			} else if len(part.rows) > 0 {
				one.parts = append(one.parts, s.at(at, part, t))
			}
		}
		if len(one.parts) > 0 {
			s.add(one)
		}
	}
}

// same adds that two values of one place are equal: a total and the total that is
// written out with a code.
func (s *system) same(key string, n *node) {
	for i, a := range n.versions {
		for _, b := range n.versions[i+1:] {
			if a.place != b.place && (a.standsAt(b.since) || b.standsAt(a.since)) {
				s.add(sum{a.number, []int{b.number}})
			}
		}
	}
}

func (n *node) standing(t time.Time) *variable {
	for _, v := range n.versions {
		if v.standsAt(t) {
			return v
		}
	}
	return nil
}

// at returns the number of the value that a node had; a new unknown where it has none.
func (s *system) at(period string, n *node, t time.Time) int {
	if v := n.standing(t); v != nil {
		return v.number
	}
	key := fmt.Sprint(period, " ", n.breakdown.String(), " ", t.UnixMicro())
	number, there := s.unprinted[key]
	if !there {
		number = len(s.vars) + len(s.unprinted)
		s.unprinted[key] = number
	}
	return number
}

// times returns when something of the nodes changed, or the moments that count,
// and now.
func (s *system) times(nodes []*node) []time.Time {
	list := slices.Clone(s.moments)
	if s.moments == nil {
		for _, n := range nodes {
			for _, v := range n.versions {
				list = append(list, v.since)
			}
		}
		slices.SortFunc(list, time.Time.Compare)
		list = slices.CompactFunc(list, time.Time.Equal)
	}
	return append(list, now)
}

// now is later than every change.
var now = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// overTime adds a year and its months, quarters or halves, and whatever else is
// whole in this way, where the values do add up: a stock at the end of each month
// is no part of the stock at the end of the year.
func (s *system) overTime(byPeriod map[string]map[string]*node) {
	var spans []span
	for at := range byPeriod {
		if at != "" {
			spans = append(spans, spanOf(at))
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.at, b.at)) })
	for _, whole := range spans {
		lengths := map[int][]span{}
		for _, part := range spans {
			if part.days < whole.days && !part.first.Before(whole.first) && !part.last.After(whole.last) {
				lengths[part.months()] = append(lengths[part.months()], part)
			}
		}
		for _, length := range slices.Sorted(maps.Keys(lengths)) {
			if tiles(whole, lengths[length]) {
				s.tiled(byPeriod, whole, lengths[length])
			}
		}
	}
}

func (s *system) tiled(byPeriod map[string]map[string]*node, whole span, parts []span) {
	table := byPeriod[whole.at]
	for _, key := range slices.Sorted(maps.Keys(table)) {
		nodes := []*node{table[key]}
		for _, part := range parts {
			if n := byPeriod[part.at][key]; n != nil {
				nodes = append(nodes, n)
			}
		}
		for _, t := range s.times(nodes) {
			one, rest := sum{}, 0.0
			for i, n := range nodes {
				v := n.standing(t)
				switch {
				case v == nil:
					rest = math.Inf(1)
				case i == 0:
					one.whole, rest = v.number, rest+v.value
				default:
					one.parts, rest = append(one.parts, v.number), rest-v.value
				}
			}
			if len(nodes) == len(parts)+1 && math.Abs(rest) <= 1e-6*max(1, math.Abs(s.valueOf(one.whole))) {
				s.add(one)
			}
		}
	}
}

// add keeps an equation, once.
func (s *system) add(one sum) {
	var key strings.Builder
	fmt.Fprint(&key, one.whole, one.parts)
	if s.seen[key.String()] {
		return
	}
	s.seen[key.String()] = true
	for _, v := range append([]int{one.whole}, one.parts...) {
		if v < len(s.vars) {
			s.in[v] = append(s.in[v], len(s.all))
		}
	}
	s.all = append(s.all, one)
}
