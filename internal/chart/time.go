package chart

import (
	"cmp"
	"math"
	"slices"
)

// plot is the place of the values of a Line or Columns chart.
type plot struct {
	left, right, top, bottom float64
	scale                    scale
	from, to                 float64 // decimal years at left and right
	bar                      float64 // width of a column
}

// style is how one series is told apart without its colour.
type style struct {
	paint Paint
	dash  []float64
}

var styles = []style{
	{Series1, nil}, {Series2, []float64{6, 3}}, {Series3, []float64{1.5, 2.5}}, {Series4, []float64{8, 3, 1.5, 3}},
}

func styleOf(i int) style { return styles[i%len(styles)] }

func (c Chart) drawTime(cv *canvas) {
	p := c.layout(cv)
	c.grid(cv, p)
	for i, s := range c.Series {
		if c.Kind == Line {
			c.drawLine(cv, p, s, styleOf(i))
		} else {
			c.drawColumns(cv, p, i)
		}
	}
	c.drawBreaks(cv, p)
	c.labelPeriods(cv, p)
	c.labelEnds(cv, p)
	c.labelMissing(cv, p)
	c.labelValues(cv, p)
	c.noteSpots(cv, p)
}

// noteSpots notes the place of each value; of a missing one, its stem.
func (c Chart) noteSpots(cv *canvas, p plot) {
	for i, s := range c.Series {
		for _, pt := range s.sorted() {
			x, y := p.x(pt.At), p.bottom
			if c.Kind != Line && pt.drawn() {
				x = c.column(p, pt, i) + p.bar/2
			}
			if pt.drawn() {
				y = p.y(pt.Value)
			}
			cv.spot(i, pt, x, y)
		}
	}
}

// layout finds the plot's edges: the words around it come first.
func (c Chart) layout(cv *canvas) plot {
	y := c.head(cv)
	p := plot{scale: c.newScale(), top: y + 1.9*textSize}
	p.bottom = p.top + min(max(0.4*cv.width, 110), 180)
	gutter := min(cv.widest(p.scale.labels, smallSize, false), 0.3*cv.width) + 6
	p.from, p.to = c.years()
	p.left, p.right = gutter+14, cv.width-8
	if c.endLabels(cv) {
		p.right -= min(cv.widest(c.names(), textSize, true)+10, 0.3*cv.width)
	}
	if c.Kind == Columns {
		p.bar = c.barWidth(p)
		pad := p.bar*float64(c.abreast())/2 + 2
		p.left, p.right = gutter+4+pad, p.right+4-max(pad, c.lastLabel(cv))
	}
	return p
}

// head writes the unit, and the names of the series when they do not fit at
// the lines' ends; it returns where the plot's own room begins.
func (c Chart) head(cv *canvas) float64 {
	y := 0.0
	if c.Unit != "" {
		y += 10
		cv.text(Text{X: 0, Y: y, Size: smallSize, Anchor: Start, Fill: Muted, Text: cv.clip(c.Unit, smallSize, cv.width, false)})
	}
	if len(c.Series) < 2 || c.endLabels(cv) {
		return y
	}
	for i, s := range c.Series {
		y += 13
		if c.Kind == Line {
			cv.line(styleOf(i).paint, 2, styleOf(i).dash, XY{0, y - 3}, XY{22, y - 3})
		} else {
			cv.rect(Rect{X: 6, Y: y - 7, W: 9, H: 9, Fill: styleOf(i).paint})
		}
		lines := cv.wrap(s.Name, textSize, cv.width-27, false, 3)
		cv.block(Text{X: 27, Y: y, Size: textSize, Anchor: Start, Fill: Ink}, lines)
		y += float64(max(len(lines)-1, 0)) * lineStep * textSize
	}
	return y
}

// endLabels reports whether the series are named at the ends of their lines.
func (c Chart) endLabels(cv *canvas) bool {
	return c.Kind == Line && len(c.Series) > 1 && len(c.Series) <= 4 && cv.width >= 320 &&
		cv.widest(c.names(), textSize, true)+10 <= 0.3*cv.width
}

func (c Chart) names() []string {
	var names []string
	for _, s := range c.Series {
		names = append(names, s.Name)
	}
	return names
}

// years returns the first and the last place on the time axis.
func (c Chart) years() (from, to float64) {
	all := c.places()
	if len(all) == 0 {
		return 0, 0
	}
	return all[0].At, all[len(all)-1].At
}

// places returns one point for each place on the time axis, in order.
func (c Chart) places() []Point {
	var all []Point
	for _, s := range c.Series {
		for _, p := range s.Points {
			if math.IsNaN(p.At) || math.Abs(p.At) > 1e6 {
				p.At = 0
			}
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b Point) int { return cmp.Compare(a.At, b.At) })
	return slices.CompactFunc(all, func(a, b Point) bool { return a.At == b.At })
}

func (p plot) x(at float64) float64 {
	if math.IsNaN(at) || math.Abs(at) > 1e6 {
		at = 0
	}
	if p.to <= p.from {
		return (p.left + p.right) / 2
	}
	return p.left + (at-p.from)/(p.to-p.from)*(p.right-p.left)
}

func (p plot) y(v float64) float64 { return p.bottom - p.scale.at(v)*(p.bottom-p.top) }

// zero is the baseline: the value zero, or the foot of a truncated axis.
func (p plot) zero() float64 { return p.y(min(max(0, p.scale.lo), p.scale.hi)) }

// grid draws fine lines at the ticks, the baseline, and a break in the axis
// when it does not start at zero.
func (c Chart) grid(cv *canvas, p plot) {
	gutter := min(cv.widest(p.scale.labels, smallSize, false), 0.3*cv.width)
	end := p.right + 8
	if c.Kind == Columns {
		end = cv.width
	}
	for i, v := range p.scale.ticks {
		y := p.y(v)
		if math.Abs(y-p.zero()) > 0.5 {
			cv.line(Grid, 0.5, nil, XY{gutter + 6, y}, XY{end, y})
		}
		label := cv.clip(p.scale.labels[i], smallSize, gutter, false)
		cv.text(Text{X: gutter, Y: y + 3, Size: smallSize, Anchor: End, Fill: Muted, Text: label})
	}
	cv.lines = append(cv.lines, [2]XY{{gutter + 6, p.zero()}, {end, p.zero()}})
	if !c.Truncated() {
		cv.line(Muted, 1, nil, XY{gutter + 6, p.zero()}, XY{end, p.zero()})
		return
	}
	x, y := gutter+6, p.bottom
	cv.line(Muted, 1, []float64{2, 2}, XY{x, y}, XY{end, y})
	cv.marks = append(cv.marks, box{x - 4 - touch, y - 14, x + 4 + touch, y}) // no text is to touch it
	cv.line(Muted, 1, nil, XY{x, y}, XY{x + 4, y - 3}, XY{x - 4, y - 7}, XY{x + 4, y - 11}, XY{x, y - 14})
}
