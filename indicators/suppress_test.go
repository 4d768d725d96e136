package indicators_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gcm/indicators"
	"gcm/internal/period"
)

func cellOf(at, breakdown string, value float64) indicators.Cell {
	b, err := indicators.ParseBreakdown(breakdown)
	if err != nil {
		panic(err)
	}
	return indicators.Cell{Period: period.Period(at), Breakdown: b, Value: value, Unit: indicators.Persons}
}

// hiddenPlaces names the places that are hidden.
func hiddenPlaces(cells []indicators.Cell, threshold float64) []string {
	var list []string
	for n, hidden := range indicators.Suppress(cells, threshold, nil) {
		if c := cells[n]; hidden {
			list = append(list, string(c.Period)+" "+c.Breakdown.String())
		}
	}
	return list
}

func TestSmallValuesAreHiddenWithWhatWouldGiveThemAway(t *testing.T) {
	secret := cellOf("2020", "sex=F", 400)
	secret.Secret = true
	share := cellOf("2020", "sex=F", 2)
	share.Unit = indicators.Percent
	for name, c := range map[string]struct {
		cells []indicators.Cell
		want  []string
	}{
		"nothing small":      {[]indicators.Cell{cellOf("2020", "", 12), cellOf("2020", "sex=F", 5), cellOf("2020", "sex=M", 7)}, nil},
		"zero counts nobody": {[]indicators.Cell{cellOf("2020", "", 7), cellOf("2020", "sex=F", 0), cellOf("2020", "sex=M", 7)}, nil},
		"a small total":      {[]indicators.Cell{cellOf("2019", "", 3), cellOf("2020", "", 30)}, []string{"2019 "}},
		"a cell beside a total": {
			[]indicators.Cell{cellOf("2020", "", 33), cellOf("2020", "a=1", 3), cellOf("2020", "a=2", 20), cellOf("2020", "a=3", 10)},
			[]string{"2020 a=1", "2020 a=3"}},
		"a cell without a total": {[]indicators.Cell{cellOf("2020", "a=1", 3), cellOf("2020", "a=2", 20)}, []string{"2020 a=1"}},
		"a total that is written out": {
			[]indicators.Cell{cellOf("2020", "a=_T", 23), cellOf("2020", "a=1", 3), cellOf("2020", "a=2", 20)},
			[]string{"2020 a=1", "2020 a=2"}},
		"two that leave one and one": {
			[]indicators.Cell{cellOf("2020", "", 42), cellOf("2020", "a=1", 1), cellOf("2020", "a=2", 1), cellOf("2020", "a=3", 40)},
			[]string{"2020 a=1", "2020 a=2", "2020 a=3"}},
		"no other cell but the total": {
			[]indicators.Cell{cellOf("2020", "", 3), cellOf("2020", "a=1", 3), cellOf("2020", "a=2", 0)}, []string{"2020 ", "2020 a=1"}},
		"a table without its margins": {
			[]indicators.Cell{cellOf("2020", "", 63), cellOf("2020", "a=1;b=1", 3), cellOf("2020", "a=1;b=2", 20), cellOf("2020", "a=2;b=1", 30), cellOf("2020", "a=2;b=2", 10)},
			[]string{"2020 a=1;b=1", "2020 a=1;b=2"}},
		"a month of a year": {
			[]indicators.Cell{cellOf("2020", "", 43), cellOf("2020-01/2020-06", "", 40), cellOf("2020-07/2020-12", "", 3)},
			[]string{"2020-01/2020-06 ", "2020-07/2020-12 "}},
		"stocks that do not add up": {
			[]indicators.Cell{cellOf("2020", "", 40), cellOf("2020-01/2020-06", "", 40), cellOf("2020-07/2020-12", "", 3)},
			[]string{"2020-07/2020-12 "}},
		"a secret of any size": {[]indicators.Cell{cellOf("2020", "", 900), secret, cellOf("2020", "sex=M", 500)}, []string{"2020 sex=F", "2020 sex=M"}},
		"a share of a total":   {[]indicators.Cell{cellOf("2020", "", 100), share}, []string{"2020 ", "2020 sex=F"}},
	} {
		got := hiddenPlaces(c.cells, 5)
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q is hidden, want %q", name, got, c.want)
		}
	}
}

func TestThresholdIsThatOfThePassportOrTheUnit(t *testing.T) {
	ten := 10
	for _, c := range []struct {
		indicator indicators.Indicator
		want      float64
	}{
		{indicators.Indicator{FigureType: indicators.Statistic, Unit: indicators.Persons}, 5},
		{indicators.Indicator{FigureType: indicators.Statistic, Unit: indicators.Percent}, 0},
		{indicators.Indicator{FigureType: indicators.Statistic, Unit: indicators.Count, SmallCell: &ten}, 10},
		{indicators.Indicator{FigureType: indicators.LegalParameter, Unit: indicators.Persons}, 0},
	} {
		if got := c.indicator.Threshold(); got != c.want {
			t.Errorf("%+v: %v", c.indicator, got)
		}
	}
}

// world is a population in the finest cells of a few dimensions, of which tables
// are published again and again.
type world struct {
	random *rand.Rand
	finest []indicators.Breakdown
	people []float64
	places []indicators.Breakdown // what the tables print
	covers [][]int                // place → finest cells
	cells  []indicators.Cell
	of     []int // cell → place
	start  time.Time
	round  int
}

func newWorld(random *rand.Rand) *world {
	w := &world{random: random, finest: []indicators.Breakdown{{}}, start: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
	dimensions := 1 + random.IntN(3)
	for d := range dimensions {
		var next []indicators.Breakdown
		for _, b := range w.finest {
			for c := range 2 + random.IntN(4-dimensions) {
				with := maps.Clone(b)
				with[string(rune('a'+d))] = fmt.Sprint(c)
				next = append(next, with)
			}
		}
		w.finest = next
	}
	for range w.finest {
		w.people = append(w.people, w.someone())
	}
	levels := 1 << dimensions
	for level := range levels {
		if level < levels-1 && random.IntN(3) == 0 || level == levels-1 && random.IntN(8) == 0 {
			continue
		}
		w.print(level)
	}
	return w
}

func (w *world) someone() float64 {
	if w.random.IntN(3) == 0 {
		return float64(w.random.IntN(6))
	}
	return float64(5 + w.random.IntN(40))
}

// print adds the places of one level, given as a set of dimensions.
func (w *world) print(level int) {
	at := map[string]int{}
	for n, b := range w.finest {
		place := maps.Clone(b)
		maps.DeleteFunc(place, func(d, _ string) bool { return level&(1<<(d[0]-'a')) == 0 })
		i, there := at[place.String()]
		if !there {
			i = len(w.places)
			at[place.String()] = i
			w.places, w.covers = append(w.places, place), append(w.covers, nil)
		}
		w.covers[i] = append(w.covers[i], n)
	}
}

// publish writes the tables of a round, suppresses them and releases them.
func (w *world) publish() {
	at := w.start.AddDate(0, 0, w.round)
	if w.round > 0 {
		for range 1 + w.random.IntN(3) {
			w.people[w.random.IntN(len(w.people))] = w.someone()
		}
	}
	for p := range w.places {
		value := 0.0
		for _, n := range w.covers[p] {
			value += w.people[n]
		}
		last := -1
		for c := range w.cells {
			if w.of[c] == p {
				last = c
			}
		}
		if last >= 0 && w.cells[last].Value == value {
			continue
		}
		if last >= 0 {
			w.cells[last].Until = at
		}
		w.cells = append(w.cells, indicators.Cell{Period: "2026", Breakdown: w.places[p], Value: value, Unit: indicators.Persons, Since: at})
		w.of = append(w.of, p)
	}
	var moments []time.Time
	for r := range w.round {
		moments = append(moments, w.start.AddDate(0, 0, r))
	}
	for c, hidden := range indicators.Suppress(w.cells, 5, append(moments, at)) {
		switch {
		case !w.cells[c].Until.IsZero() || w.cells[c].Fate == indicators.Published:
		case hidden:
			w.cells[c].Fate = indicators.KeptBack
		default:
			w.cells[c].Fate = indicators.Published
		}
	}
	w.round++
}

// row writes a cell at a round as the sum of its finest cells then.
func (w *world) row(cell, round int) []int64 {
	row := make([]int64, len(w.finest)*w.round)
	for _, n := range w.covers[w.of[cell]] {
		row[round*len(w.finest)+n] = 1
	}
	return row
}

func (w *world) stands(cell, round int) bool {
	at := w.start.AddDate(0, 0, round)
	return !w.cells[cell].Since.After(at) && (w.cells[cell].Until.IsZero() || w.cells[cell].Until.After(at))
}

// knowledge is all that an attacker can set up: what was published by the end of
// a round, and that a value which did not change between two rounds is the same.
func (w *world) knowledge(until int, public func(cell int) bool) *space {
	k := &space{}
	for c := range w.cells {
		first := -1
		for r := range until {
			if !w.stands(c, r) {
				continue
			}
			if public(c) {
				k.learn(w.row(c, r))
			}
			if first >= 0 {
				row := w.row(c, r)
				for i, x := range w.row(c, first) {
					row[i] -= x
				}
				k.learn(row)
			}
			first = r
		}
	}
	return k
}

// The attacker knows everything that was ever released and solves it as linear
// equations of the finest cells, which is another way than that of the program.
func TestNoSmallCellCanBeComputedFromWhatIsPublished(t *testing.T) {
	t.Parallel()
	attacked, hidden := 0, 0
	for seed := range uint64(1200) {
		w := newWorld(rand.New(rand.NewPCG(seed, 1)))
		for range 1 + seed%3 {
			w.publish()
		}
		known := w.knowledge(w.round, func(c int) bool { return w.cells[c].Fate == indicators.Published })
		for c, cell := range w.cells {
			if cell.Fate != indicators.Published {
				hidden++
			}
			if cell.Value == 0 || cell.Value >= 5 {
				continue
			}
			attacked++
			born := int(cell.Since.Sub(w.start).Hours() / 24)
			if cell.Fate == indicators.Published {
				t.Errorf("world %d: a small cell is published", seed)
			}
			if !known.has(w.row(c, born)) {
				continue
			}
			if !w.lost(c) {
				t.Errorf("world %d: %q of round %d can be computed (%d rounds)", seed, cell.Breakdown, born, w.round)
			}
		}
	}
	if attacked < 1000 || hidden > 10*attacked {
		t.Errorf("%d cells were attacked and %d hidden", attacked, hidden)
	}
	t.Logf("%d small cells attacked, %d cells hidden", attacked, hidden)
}

// lost reports whether a cell could be computed in some round whatever had been
// hidden in that round, from what was published before it.
func (w *world) lost(cell int) bool {
	for r := 1; r < w.round; r++ {
		earlier := w.knowledge(r+1, func(c int) bool {
			return w.cells[c].Fate == indicators.Published && w.cells[c].Since.Before(w.start.AddDate(0, 0, r))
		})
		if earlier.has(w.row(cell, int(w.cells[cell].Since.Sub(w.start).Hours()/24))) {
			return true
		}
	}
	return false
}

// space is what follows from some equations, in arithmetic modulo a prime.
type space struct{ rows [][]int64 }

const prime = 1_000_000_007

// reduce takes from a row what is known already.
func (s *space) reduce(row []int64) []int64 {
	for i := range row {
		row[i] = (row[i]%prime + prime) % prime
	}
	for _, known := range s.rows {
		lead := slices.IndexFunc(known, func(x int64) bool { return x != 0 })
		if f := row[lead]; f != 0 {
			for i := range row {
				row[i] = ((row[i]-f*known[i])%prime + prime) % prime
			}
		}
	}
	return row
}

func (s *space) has(row []int64) bool {
	return !slices.ContainsFunc(s.reduce(row), func(x int64) bool { return x != 0 })
}

func (s *space) learn(row []int64) {
	row = s.reduce(row)
	lead := slices.IndexFunc(row, func(x int64) bool { return x != 0 })
	if lead < 0 {
		return
	}
	inverse := power(row[lead], prime-2)
	for i := range row {
		row[i] = row[i] * inverse % prime
	}
	s.rows = append(s.rows, row)
}

func power(base, exponent int64) int64 {
	result := int64(1)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % prime
		}
		base = base * base % prime
	}
	return result
}
