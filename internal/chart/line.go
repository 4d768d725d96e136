package chart

import (
	"cmp"
	"slices"
)

// drawLine draws one series; a missing value and a series break part the line.
func (c Chart) drawLine(cv *canvas, p plot, s Series, st style) {
	var run []XY
	var last Point
	flush := func() {
		if len(run) > 1 {
			cv.line(st.paint, 2, st.dash, run...)
			for i := 1; i < len(run); i++ {
				cv.lines = append(cv.lines, [2]XY{run[i-1], run[i]})
			}
		}
		run = nil
	}
	for _, pt := range s.sorted() {
		if !pt.drawn() {
			flush()
			continue
		}
		if len(run) > 0 && c.parted(s, last, pt) {
			flush()
		}
		last = pt
		run = append(run, XY{p.x(pt.At), p.y(pt.Value)})
	}
	flush()
	for _, pt := range s.Points {
		if !pt.drawn() {
			continue
		}
		x, y := p.x(pt.At), p.y(pt.Value)
		fill := st.paint
		if pt.Loose {
			fill = Paper
		}
		cv.circle(x, y, 3.2, fill, st.paint)
		cv.marks = append(cv.marks, box{x - 4, y - 4, x + 4, y + 4})
	}
}

func (s Series) sorted() []Point {
	points := slices.Clone(s.Points)
	slices.SortStableFunc(points, func(a, b Point) int { return cmp.Compare(a.At, b.At) })
	return points
}
