package quality

import (
	"math"
	"slices"

	"gcm/indicators"
)

// The pandemic closed borders: what fell in these years, and came back in the
// years to follow, fell in truth.
const shockFrom, shockTo = 2020, 2023

// beforeShock is the first year from which a fall can be set against it.
const beforeShock = shockFrom - 2

// deepest is how far figures fell in the pandemic; farther is a mistake.
var deepest = math.Log(60)

// course is the exact points of a series with one year or less each, which can be
// compared from one to the next.
func (s *subject) course(one series) []point {
	var points []point
	for _, p := range one.points {
		if p.missing || !p.dated() || p.at.IsInterval() && p.year == 0 || p.qualifier == indicators.LessThan || p.qualifier == indicators.MoreThan {
			continue
		}
		if n := len(points); n > 0 && points[n-1].to >= p.from { // a day within the year before
			continue
		}
		points = append(points, p)
	}
	return points
}

// breaks reports whether a break of the series is declared between two points.
func (s *subject) breaks(a, b point) bool {
	return b.status == "B" || slices.ContainsFunc(s.Breaks, func(br indicators.Break) bool {
		first := br.Period.First().Unix() / 86400
		return first > int64(a.from) && first <= int64(b.to)
	})
}

// The least steps that are told, as logarithms, and how many times the usual
// spread they must be.
const (
	tens       = 2.302585 // of ten
	spread     = 6.0
	tight      = 0.25 // how near a step must come to a power of ten
	fewest     = 5    // points of which a usual course can be told
	stillSteps = 0.08 // no course is steadier than this
)

// ladder is the course of a positive series in logarithms.
type ladder struct {
	points []point
	logs   []float64
	usual  float64 // median step
	loose  float64 // robust spread of the steps
}

func (s *subject) ladder(one series) (ladder, bool) {
	l := ladder{points: s.course(one)}
	if len(l.points) < 2 || s.FigureType != indicators.Statistic && s.FigureType != indicators.ExternalContext {
		return l, false
	}
	var steps []float64
	for n, p := range l.points {
		if p.value <= 0 {
			return l, false
		}
		l.logs = append(l.logs, math.Log(p.value))
		if n > 0 {
			steps = append(steps, l.logs[n]-l.logs[n-1])
		}
	}
	l.usual = median(steps)
	for n := range steps {
		steps[n] = math.Abs(steps[n] - l.usual)
	}
	l.loose = math.Max(1.4826*median(steps), stillSteps)
	return l, true
}

// noise is what chance does to small counts, on the scale of logarithms.
func noise(unit indicators.Unit, values ...float64) float64 {
	if !counted(unit) {
		return 0
	}
	return 2 / math.Sqrt(math.Max(1, slices.Min(values)))
}

// shocked reports whether the step up to n can be the pandemic's: a fall at its
// beginning, or a rise that leads back and not beyond.
func (l ladder) shocked(n int, step float64) bool {
	from, to := l.points[n-1].at.First().Year(), l.points[n].at.Last().Year()
	switch {
	case math.Abs(step) >= deepest:
		return false
	case step < 0:
		return from >= beforeShock && to >= shockFrom && to <= shockFrom+1
	case from < shockFrom || from >= shockTo:
		return false
	}
	before := math.Inf(-1)
	for k, p := range l.points[:n] {
		if p.at.First().Year() < shockFrom {
			before = math.Max(before, l.logs[k])
		}
	}
	return math.IsInf(before, -1) || l.logs[n] < before+math.Log(2)
}

// usualStep is how far a step may go before it is told.
func (l ladder) usualStep(n int) float64 {
	return spread*l.loose + spread/2*noise(l.points[n].unit, l.points[n].value, l.points[n-1].value)
}

// misplacedScale finds values that are ten, a hundred or a thousand times what
// stands beside them: written in thousands, or with a lost digit.
func misplacedScale(s *subject) {
	if s.Unit == indicators.Rank {
		return
	}
	for _, one := range s.series {
		l, ok := s.ladder(one)
		if !ok || len(l.points) < 4 {
			continue
		}
		for n := range l.points {
			level, spreading := l.around(n)
			off := l.logs[n] - level
			power := math.Round(off / tens)
			switch {
			case power == 0 || math.Abs(off-power*tens) > tight+spreading || math.Abs(power) > 6:
			case spreading > 0.35 || math.Abs(off) < spread*spreading+noise(s.Unit, l.points[n].value, math.Exp(level)):
			case n > 0 && s.breaks(l.points[n-1], l.points[n]) || n > 0 && math.Abs(power) < 2 && l.shocked(n, off):
			case math.Abs(power) == 1 && (s.Unit == indicators.Percent || s.Unit == indicators.Ratio) && math.Max(l.points[n].value, math.Exp(level)) < 10:
			default:
				p := l.points[n]
				key := "scale_above"
				if power < 0 {
					key = "scale_below"
				}
				s.tell(p.at, one.cell, key, p.amount(), number(math.Pow(10, math.Abs(power)), 0), amount{value: roundLike(math.Exp(level), p), decimals: p.decimals, unit: p.unit})
			}
		}
	}
}

// around is the level of the points beside n, at most two on each side, and how
// far these are from it.
func (l ladder) around(n int) (level, spreading float64) {
	var beside []float64
	for k := max(0, n-2); k <= min(len(l.logs)-1, n+2); k++ {
		if k != n {
			beside = append(beside, l.logs[k])
		}
	}
	level = median(beside)
	if n == 0 || n == len(l.logs)-1 { // at an end the course goes on
		nearest := l.logs[min(n+1, len(l.logs)-1)]
		if n > 0 {
			nearest = l.logs[n-1]
		}
		level = nearest
	}
	for k, v := range beside {
		beside[k] = math.Abs(v - level)
	}
	return level, median(beside)
}

func roundLike(v float64, p point) float64 {
	scale := math.Pow10(p.decimals)
	return math.Round(v*scale) / scale
}

// outlier finds single values far off the course that goes on after them.
func outlier(s *subject) {
	for _, one := range s.series {
		l, ok := s.ladder(one)
		if !ok || len(l.points) < fewest {
			continue
		}
		for n := 1; n < len(l.points)-1; n++ {
			in, out := l.logs[n]-l.logs[n-1], l.logs[n+1]-l.logs[n]
			limit := math.Max(l.usualStep(n), l.usualStep(n+1))
			p := l.points[n]
			switch {
			case in*out > 0 || math.Min(math.Abs(in), math.Abs(out)) < math.Max(limit, math.Log(1.4)):
			case math.Abs(in+out) > math.Abs(in)/2: // it did not come back
			case s.breaks(l.points[n-1], p) || s.breaks(p, l.points[n+1]) || l.shocked(n, in) || in < 0 && l.shocked(n+1, out) && p.at.First().Year() < shockTo:
			case s.told(p.at, one.cell, "misplaced-scale", "unit-mismatch", "text-against-value"):
			default:
				s.tell(p.at, one.cell, "outlier", p.amount(), l.points[n-1].amount(), when(l.points[n-1].at), l.points[n+1].amount(), when(l.points[n+1].at))
			}
		}
	}
}

// jump finds steps to another level that no break of the series explains.
func jump(s *subject) {
	for _, one := range s.series {
		l, ok := s.ladder(one)
		if !ok {
			continue
		}
		for n := 1; n < len(l.points); n++ {
			a, b := l.points[n-1], l.points[n]
			step := l.logs[n] - l.logs[n-1]
			limit := math.Max(l.usualStep(n)+math.Abs(l.usual), math.Log(1.6))
			if len(l.points) < fewest { // nothing usual to go by: only what is hardly possible
				limit = tens + spread/2*noise(b.unit, a.value, b.value)
			}
			switch {
			case math.Abs(step) < limit || s.breaks(a, b) || l.shocked(n, step):
			case s.spike(l, n) || s.spike(l, n-1):
			case slices.ContainsFunc([]point{a, b}, func(p point) bool {
				return s.told(p.at, one.cell, "misplaced-scale", "outlier", "text-against-value")
			}):
			default:
				key := "jump_up"
				if step < 0 {
					key = "jump_down"
				}
				s.tell(b.at, one.cell, key, a.amount(), when(a.at), b.amount(), number(math.Exp(math.Abs(step)), 1))
			}
		}
	}
}

// spike reports whether the point stands alone between two like ones.
func (s *subject) spike(l ladder, n int) bool {
	return n > 0 && n < len(l.logs)-1 && math.Abs(l.logs[n+1]-l.logs[n-1]) < math.Abs(l.logs[n]-l.logs[n-1])/2
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
