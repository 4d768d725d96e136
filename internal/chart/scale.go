package chart

import (
	"fmt"
	"math"

	"gcm/internal/i18n"
)

// largest bounds the values that are drawn; no statistic reaches it.
const largest = 1e24

// drawn reports whether a point has a place on the value axis.
func (p Point) drawn() bool {
	return !p.Missing && !math.IsNaN(p.Value) && math.Abs(p.Value) <= largest
}

// Truncated reports whether the value axis does not start at zero. Only a line
// may do that, and only when its values lie so close together that a zero
// baseline would hide every change; who shows the chart should say so.
func (c Chart) Truncated() bool {
	if c.Kind != Line {
		return false
	}
	lo, hi := c.extent()
	return lo > 0 && hi > lo && hi < 1.25*lo
}

// extent returns the smallest and the largest value; zeros when there is none.
func (c Chart) extent() (lo, hi float64) {
	first := true
	for _, s := range c.Series {
		for _, p := range s.Points {
			if !p.drawn() {
				continue
			}
			if first {
				lo, hi, first = p.Value, p.Value, false
			}
			lo, hi = min(lo, p.Value), max(hi, p.Value)
		}
	}
	return lo, hi
}

// scale maps values to the unit interval.
type scale struct {
	lo, hi float64
	ticks  []float64
	labels []string
}

func (s scale) at(v float64) float64 { return (v - s.lo) / (s.hi - s.lo) }

// newScale chooses about four steps of 1, 2 or 5 times a power of ten.
func (c Chart) newScale() scale {
	lo, hi := c.extent()
	if !c.Truncated() {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	if hi-lo < 1e-9 {
		hi = lo + 1
	}
	step := niceStep((hi - lo) / 4)
	s := scale{lo: math.Floor(lo/step+1e-9) * step, hi: math.Ceil(hi/step-1e-9) * step}
	decimals := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	for i := 0; i <= int(math.Round((s.hi-s.lo)/step)); i++ {
		v := s.lo + float64(i)*step
		s.ticks = append(s.ticks, v)
		s.labels = append(s.labels, axisNumber(c.Lang, v, min(decimals, 9)))
	}
	return s
}

func niceStep(raw float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, f := range []float64{1, 2, 5} {
		if raw <= f*power*(1+1e-9) {
			return f * power
		}
	}
	return 10 * power
}

// axisNumber prints a number of the axis by the language's rules; in a language
// that has none here, by the English ones.
func axisNumber(lang string, v float64, decimals int) string {
	if math.Abs(v) >= 1e15 {
		return fmt.Sprintf("%.3g", v)
	}
	p, err := i18n.New(lang)
	if err != nil {
		p, err = i18n.New("en")
	}
	if err != nil { // the catalogue is part of the program
		panic(err)
	}
	return p.Number(v, decimals)
}
