package quality

import (
	"maps"
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/internal/period"
)

// plain is a cell without codes that stand for all, in small letters: two cells
// that are the same in it are one.
func plain(cell indicators.Breakdown) string {
	bare := indicators.Breakdown{}
	for dim, code := range cell {
		if !isTotal(code) {
			bare[strings.ToLower(dim)] = strings.ToLower(code)
		}
	}
	return bare.String()
}

// duplicate finds one cell at one time that stands twice, written in two ways.
func duplicate(s *subject) {
	type spot struct {
		cell     string
		from, to int32
	}
	type seen struct {
		point
		cell indicators.Breakdown
	}
	first := map[spot]seen{}
	for _, one := range s.series {
		cell := plain(one.cell)
		for _, p := range one.points {
			if !p.dated() {
				continue
			}
			at := spot{cell, p.from, p.to}
			was, twice := first[at]
			switch {
			case !twice:
				first[at] = seen{p, one.cell}
			case was.at != p.at || was.cell.String() != one.cell.String():
				s.tell(p.at, one.cell, "duplicate", spotName(was.at, was.cell), was.amount(), spotName(p.at, one.cell), p.amount())
			}
		}
	}
}

// spotName names a period with its cell as they are written.
func spotName(at period.Period, cell indicators.Breakdown) quoted {
	return quoted(Finding{Period: at, Breakdown: cell}.Place())
}

// overlappingPeriods finds values whose times overlap without the one being part
// of the other, and sums over years that their years do not give.
func overlappingPeriods(s *subject) {
	for _, one := range s.series {
		spans := slices.DeleteFunc(slices.Clone(one.points), func(p point) bool { return !p.dated() || !p.at.IsInterval() && p.to-p.from < 360 })
		for n, a := range spans {
			for _, b := range spans[n+1:] {
				if b.from > a.to {
					break
				}
				if b.from > a.from && b.to > a.to {
					s.tell(b.at, one.cell, "overlap", when(a.at), when(b.at))
				}
			}
			s.sumOfYears(one, a)
		}
	}
}

// sumOfYears sets a count of several years against the counts of each of them.
func (s *subject) sumOfYears(one series, long point) {
	if long.year != 0 || long.missing || !counted(s.Unit) {
		return
	}
	var parts []point
	covered := int32(0)
	for _, p := range one.points {
		if p.dated() && !p.missing && p.from >= long.from && p.to <= long.to && p.at != long.at {
			parts, covered = append(parts, p), covered+p.to-p.from+1
		}
	}
	if len(parts) < 2 || covered != long.to-long.from+1 {
		return
	}
	row := parting{parts: parts}
	value, span, _ := row.sum(s.grain)
	mean := span.scaled(1/float64(len(parts)), 0)
	if whole := long.interval(s.grain); !span.meets(whole) && !mean.meets(whole) && !parts[len(parts)-1].interval(s.grain).meets(whole) {
		s.tell(long.at, one.cell, "years_sum", long.amount(), when(long.at), number(value, long.decimals))
	}
}

// mixedPeriods finds breakdowns one of whose parts is of another time than all
// others, so that they cannot be set side by side.
func mixedPeriods(s *subject) {
	if s.FigureType != indicators.Statistic {
		return
	}
	byDim := map[string]map[period.Period][]series{}
	for _, one := range s.series {
		if len(one.cell) != 1 {
			continue
		}
		for dim := range one.cell {
			if byDim[dim] == nil {
				byDim[dim] = map[period.Period][]series{}
			}
			for _, p := range one.points {
				if p.dated() && !p.missing {
					byDim[dim][p.at] = append(byDim[dim][p.at], one)
				}
			}
		}
	}
	for _, dim := range slices.Sorted(maps.Keys(byDim)) {
		at := byDim[dim]
		if len(at) < 2 {
			continue
		}
		common := slices.MaxFunc(slices.Sorted(maps.Keys(at)), func(a, b period.Period) int { return len(at[a]) - len(at[b]) })
		if len(at[common]) < 3 {
			continue
		}
		for _, when_ := range slices.Sorted(maps.Keys(at)) {
			if alone := at[when_]; len(alone) == 1 && len(alone[0].points) == 1 {
				s.tell(when_, alone[0].cell, "mixed_periods", cellName{s.Indicator, alone[0].cell}, when(when_), when(common))
			}
		}
	}
}
