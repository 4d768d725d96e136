package chart

import (
	"math"
	"slices"
)

// drawBreaks draws an upright before each place from which values are made in
// another way, with its label at the top where there is room.
func (c Chart) drawBreaks(cv *canvas, p plot) {
	for _, b := range c.Breaks {
		before := math.Inf(-1)
		for _, place := range c.places() {
			if place.At < b.At {
				before = place.At
			}
		}
		if math.IsInf(before, -1) || !(b.At <= p.to) {
			continue // nothing stands on one of its sides
		}
		x := (p.x(before) + p.x(b.At)) / 2
		top := p.top - 1.3*textSize
		cv.line(Muted, 1, []float64{5, 3}, XY{x, p.bottom}, XY{x, top})
		cv.lines = append(cv.lines, [2]XY{{x, p.bottom}, {x, top}})
		t := Text{X: x + 3, Y: p.top - 3, Size: smallSize, Anchor: Start, Fill: Muted, Text: b.Label}
		if box := cv.box(t); box.x1 > cv.width {
			t.X, t.Anchor = x-3, End
		}
		if !cv.covered([]box{cv.box(t)}) {
			cv.text(t)
		}
	}
}

// parted reports whether a break lies between two points of a series, so that no
// line may join them.
func (c Chart) parted(s Series, from, to Point) bool {
	return !s.Aim && slices.ContainsFunc(c.Breaks, func(b Break) bool {
		return b.Parts && (b.Of == "" || b.Of == s.Name) && from.At < b.At && b.At <= to.At
	})
}
