package quality

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/period"
)

// boundDimension holds the ends of an estimated range, which are no parts.
const boundDimension = "estimate_bound"

// parting is a whole at a period with its parts by one dimension.
type parting struct {
	at    period.Period
	cell  indicators.Breakdown // of the whole
	dim   string
	whole *point // nil when there is none
	codes []string
	parts []point
}

// partings lays out each period of each whole with its parts, by whole, dimension
// and time; once, as several rules ask for it.
func (s *subject) partings() [][]*parting {
	if !s.laid {
		s.laid, s.tables = true, s.layOut()
	}
	return s.tables
}

func (s *subject) layOut() [][]*parting {
	type key struct{ whole, dim string }
	index := map[key]map[period.Period]*parting{}
	var order []key
	wholes := map[string]series{}
	for _, one := range s.series {
		wholes[one.cell.String()] = one
	}
	for _, one := range s.series {
		for _, dim := range slices.Sorted(maps.Keys(one.cell)) {
			if dim == boundDimension || isTotal(one.cell[dim]) {
				continue
			}
			rest := maps.Clone(one.cell)
			delete(rest, dim)
			k := key{rest.String(), dim}
			if index[k] == nil {
				index[k] = map[period.Period]*parting{}
				order = append(order, k)
			}
			for n := range one.points {
				p := one.points[n]
				at := index[k][p.at]
				if at == nil {
					at = &parting{at: p.at, cell: rest, dim: dim}
					index[k][p.at] = at
				}
				at.codes, at.parts = append(at.codes, one.cell[dim]), append(at.parts, p)
			}
		}
	}
	var all [][]*parting
	for _, k := range order {
		var rows []*parting
		for _, at := range slices.Sorted(maps.Keys(index[k])) {
			rows = append(rows, index[k][at])
		}
		for _, whole := range []string{k.whole, withTotal(rows[0], wholes)} {
			for n := range wholes[whole].points {
				p := &wholes[whole].points[n]
				if row := index[k][p.at]; row != nil && row.whole == nil {
					row.whole = p
				}
			}
		}
		all = append(all, rows)
	}
	return all
}

// withTotal is the key of the whole when it is written as a code of the dimension.
func withTotal(row *parting, wholes map[string]series) string {
	for _, code := range totals {
		cell := maps.Clone(row.cell)
		if cell == nil {
			cell = indicators.Breakdown{}
		}
		cell[row.dim] = code
		if _, ok := wholes[cell.String()]; ok {
			return cell.String()
		}
	}
	return "\x00"
}

// totals are codes that stand for all codes of a dimension.
var totals = []string{"_T", "T", "TOTAL", "Total", "total", "ALL", "all", "both_sexes", "BOTHSEX"}

func isTotal(code string) bool { return slices.Contains(totals, code) }

// isRest reports whether a code takes in what no other does.
func isRest(code string) bool {
	return slices.ContainsFunc(wordsOf(code), func(w string) bool { return hintedAnywhere(restHint, w) })
}

// sum adds the parts up; known is false when one of them has no value.
func (r *parting) sum(grain float64) (value float64, span interval, known bool) {
	known = true
	for _, p := range r.parts {
		if p.missing {
			known = false
			continue
		}
		value += p.value
		span = span.plus(p.interval(grain))
	}
	return value, span, known
}

// comparable reports whether all figures are in the unit of the passport.
func (r *parting) comparable(s *subject) bool {
	return (r.whole == nil || r.whole.unit == s.Unit) && !slices.ContainsFunc(r.parts, func(p point) bool { return p.unit != s.Unit })
}

// bySex reports whether the dimension is that of sex, whose two codes are a whole.
func bySex(dim string) bool {
	return slices.ContainsFunc(wordsOf(dim), func(w string) bool { return w == "sex" || w == "gender" })
}

// byAge reports whether the dimension is that of age.
func byAge(dim string) bool { return slices.Contains(wordsOf(dim), "age") }

var ages = regexp.MustCompile(`^\D*(\d+)(?:\D+(\d+))?\D*$`)

// allAges reports whether bands of age follow each other without a gap from the
// first year of life to the last, and apart whether two of them overlap.
func allAges(codes []string) (whole, overlap bool) {
	type band struct{ from, to int }
	var bands []band
	for _, code := range codes {
		m := ages.FindStringSubmatch(code)
		if m == nil {
			return false, false
		}
		from, _ := strconv.Atoi(m[1]) // digits only
		to, err := strconv.Atoi(m[2])
		switch {
		case err == nil:
		case strings.ContainsAny(code, "<") || strings.Contains(strings.ToLower(code), "lt"):
			from, to = 0, from-1
		default:
			to = 1000
		}
		bands = append(bands, band{from, to})
	}
	slices.SortFunc(bands, func(a, b band) int { return a.from - b.from })
	whole = len(bands) > 1 && bands[0].from == 0 && bands[len(bands)-1].to >= 99
	for n := 1; n < len(bands); n++ {
		whole = whole && bands[n].from == bands[n-1].to+1
		overlap = overlap || bands[n].from <= bands[n-1].to
	}
	return whole, overlap
}
