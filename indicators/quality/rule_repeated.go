package quality

import (
	"math"
	"strconv"
	"strings"

	"gcm/indicators"
)

// unlikely is how many values a figure must have had the choice of, for each step
// of its series, so that two are hardly the same by chance.
const unlikely = 40

// repeatedValue finds a value that stands at two periods although it moves by many
// steps of its rounding from one to the next: it was copied, or nobody counted.
func repeatedValue(s *subject) {
	if s.FigureType != indicators.Statistic || s.Unit == indicators.Rank {
		return
	}
	for _, one := range s.series {
		points := s.course(one)
		if len(points) < 3 {
			continue
		}
		var steps []float64
		same := 0
		for n := 1; n < len(points); n++ {
			step := math.Abs(points[n].value - points[n-1].value)
			if step == 0 {
				same++
				continue
			}
			steps = append(steps, step)
		}
		grain := grainOf([]series{one})
		if len(steps) == 0 || same == 0 || median(steps)/grain < unlikely*float64(len(points)-1) || same > len(steps) {
			continue
		}
		for n := 1; n < len(points); n++ {
			if a, b := points[n-1], points[n]; a.value == b.value && a.value != 0 {
				s.tell(b.at, one.cell, "repeated", b.amount(), when(a.at), when(b.at))
			}
		}
	}
}

// copied is how many values in a row two cells must have in common.
const copied = 3

// copiedSeries finds cells with the values of another cell, period by period.
func copiedSeries(s *subject) {
	if s.FigureType != indicators.Statistic {
		return
	}
	seen := map[string]int{}
	for n, one := range s.series {
		points := s.course(one)
		if len(points) < copied {
			continue
		}
		var b strings.Builder
		varied := 0
		for k, p := range points {
			b.WriteString(string(p.at) + "=" + strconv.FormatFloat(p.value, 'g', -1, 64) + ";")
			if k > 0 && math.Abs(p.value-points[k-1].value) >= math.Pow10(1-p.decimals) {
				varied++
			}
		}
		first, known := seen[b.String()]
		if !known {
			seen[b.String()] = n
			continue
		}
		if varied >= copied-1 && !s.contains(s.series[first].cell, one.cell) {
			s.tell("", one.cell, "copied", count(len(points)), cellName{s.Indicator, s.series[first].cell})
		}
	}
}

// contains reports whether the one cell is the other with a part more: an only
// part is the same as its whole.
func (s *subject) contains(outer, inner indicators.Breakdown) bool {
	for dim, code := range outer {
		if inner[dim] != code {
			return false
		}
	}
	return true
}
