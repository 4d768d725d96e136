package chart

import (
	"cmp"
	"math"
	"slices"
)

// The plane that a map shows a part of, without the Antarctic.
const (
	worldWidth, worldTop, worldBottom = 10000.0, 0.0, 4350.0
	leastView                         = 1900.0 // the narrowest part: a continent
	largestCircle                     = 0.05   // its radius by the map's width
)

// drawMap draws the land of the part of the world in which the countries lie, and
// on each a circle whose area is the value. There are no borders. Values below
// zero have no area: such a point is drawn as a missing one, with its text.
func (c Chart) drawMap(cv *canvas) {
	y := 0.0
	if c.Unit != "" {
		y = 14
		cv.text(Text{X: 0, Y: 10, Size: smallSize, Anchor: Start, Fill: Muted, Text: cv.clip(c.Unit, smallSize, cv.width, false)})
	}
	points := c.onMap()
	r := circles{most: min(largestCircle*cv.width, 20)}
	flattest, highest := 0.4, 0.52 // height by width
	if cv.width < 300 {
		flattest, highest = 0.55, 0.75 // where labels need the room
	}
	v := viewOf(points, c.Home, flattest, highest)
	v.k, v.top = cv.width/(v.x1-v.x0), y
	cv.height = y + round((v.y1-v.y0)*v.k)
	c.drawLand(cv, v)
	c.drawHome(cv, v)
	for _, pt := range points {
		r.value = max(r.value, pt.Value)
	}
	for _, pt := range points {
		r.draw(cv, v, pt)
	}
	c.drawLegend(cv, r)
	cv.strict = true
	for _, pt := range points {
		r.label(cv, v, pt)
	}
	if at, ok := theWorld().places[c.Home]; ok {
		x, y := v.at(at)
		cv.place(c.HomeName, x, y, 6, true, Muted)
	}
}

// onMap are the points that have a place, the largest first, missing ones last.
func (c Chart) onMap() []Point {
	var points []Point
	if len(c.Series) > 0 {
		for _, pt := range c.Series[0].Points {
			if OnMap(pt.Place) {
				pt.Missing = !pt.drawn() || pt.Value < 0
				if pt.Missing {
					pt.Value = 0
				}
				points = append(points, pt)
			}
		}
	}
	slices.SortStableFunc(points, func(a, b Point) int { return cmp.Compare(b.Value, a.Value) })
	return points
}

// OffMap are the points that a map has no place for.
func (c Chart) OffMap() []Point {
	var points []Point
	for _, s := range c.Series {
		for _, pt := range s.Points {
			if c.Kind == Map && !OnMap(pt.Place) {
				points = append(points, pt)
			}
		}
	}
	return points
}

// view is a part of the plane, and how it lies in the drawing.
type view struct {
	box
	k, top float64 // points to the unit, and where the map begins
}

func (v view) at(p XY) (x, y float64) { return (p.X - v.x0) * v.k, v.top + (p.Y-v.y0)*v.k }

// viewOf finds the part in which the points lie, with room around them; its height
// lies between two parts of its width.
func viewOf(points []Point, home string, flattest, highest float64) view {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	take := func(code string) {
		if at, ok := theWorld().places[code]; ok {
			b = box{min(b.x0, at.X), min(b.y0, at.Y), max(b.x1, at.X), max(b.y1, at.Y)}
		}
	}
	for _, pt := range points {
		take(pt.Place)
	}
	take(home)
	if b.x0 > b.x1 {
		b = box{0, worldTop, worldWidth, worldBottom}
	}
	width := max((b.x1-b.x0)*1.3, (b.y1-b.y0)*1.45/highest, leastView)
	width = min(width, worldWidth/(1-2*largestCircle))
	height := min(max((b.y1-b.y0)*1.45, width*flattest), width*highest)
	edge := width * largestCircle // a circle at the world's edge is whole
	x := min(max((b.x0+b.x1-width)/2, -edge), worldWidth+edge-width)
	y := min(max((b.y0+b.y1-height)/2, worldTop-edge), worldBottom+edge-height)
	return view{box: box{x, y, x + width, y + height}}
}

func (c Chart) drawLand(cv *canvas, v view) {
	var rings [][]XY
	for _, ring := range theWorld().land {
		part := thinned(clipped(ring, v.box), v.k)
		if part == nil {
			continue
		}
		moved := make([]XY, len(part))
		for i, p := range part {
			x, y := v.at(p)
			moved[i] = XY{round(x), round(y)}
		}
		rings = append(rings, moved)
	}
	cv.shapes = append(cv.shapes, Polygon{Rings: rings, Fill: Grid})
}

// drawHome marks the country that the figures are of.
func (c Chart) drawHome(cv *canvas, v view) {
	at, ok := theWorld().places[c.Home]
	if !ok {
		return
	}
	x, y := v.at(at)
	cv.rect(Rect{X: x - 3.5, Y: y - 3.5, W: 7, H: 7, Fill: Paper, Stroke: Ink, LineWidth: 1.5})
	cv.marks = append(cv.marks, box{x - 5, y - 5, x + 5, y + 5})
}

// circles gives each value its circle: the largest value the largest.
type circles struct{ value, most float64 }

func (r circles) radius(v float64) float64 {
	if r.value <= 0 || v <= 0 {
		return 2.5
	}
	return max(r.most*math.Sqrt(v/r.value), 2.5)
}

func (r circles) draw(cv *canvas, v view, pt Point) {
	x, y := v.at(theWorld().places[pt.Place])
	x, y = round(x), round(y)
	circle := Circle{X: x, Y: y, R: round(r.radius(pt.Value)), Fill: Series1, Stroke: Paper, LineWidth: 1}
	switch {
	case pt.Missing:
		circle.R, circle.Fill, circle.Stroke, circle.LineWidth, circle.Dash = 4.5, Paper, Muted, 1.25, []float64{2, 2}
	case pt.Loose:
		circle.Fill, circle.Stroke, circle.LineWidth = Paper, Series1, 1.5
	}
	cv.shapes = append(cv.shapes, circle)
	cv.marks = append(cv.marks, box{x - circle.R, y - circle.R, x + circle.R, y + circle.R})
	cv.spot(0, pt, x, y)
}

// label names a country with its value where there is room, else by its name.
func (r circles) label(cv *canvas, v view, pt Point) {
	x, y := v.at(theWorld().places[pt.Place])
	reach := r.radius(pt.Value) + 2
	if pt.Missing {
		reach = 7
	}
	if !cv.place(pt.Label+" "+pt.Text, x, y, reach, false, Ink) {
		cv.place(pt.Label, x, y, reach, false, Ink)
	}
}

// drawLegend shows below the map what three circles stand for.
func (c Chart) drawLegend(cv *canvas, r circles) {
	if r.value <= 0 {
		return
	}
	first := below(r.value)
	x, base := 0.0, cv.height+8
	for _, v := range []float64{first, below(first / 4), below(first / 20)} {
		radius := r.radius(v)
		if radius <= 2.5 && v != first {
			break // smaller circles are all alike
		}
		t := Text{X: x + 2*radius + 5, Size: smallSize, Anchor: Start, Fill: Ink, Text: axisNumber(c.Lang, v, decimalsOf(v))}
		w := cv.measure(t.Text, smallSize, false)
		if t.X+w > cv.width {
			break
		}
		middle := round(base + r.radius(first))
		cv.shapes = append(cv.shapes, Circle{X: round(x + radius + 0.5), Y: middle, R: round(radius), Fill: Series1})
		t.Y = middle + 3
		cv.text(t)
		x = t.X + w + 16
		cv.height = max(cv.height, middle+r.radius(first)+1, t.Y+3)
	}
}

// below is the largest of 1, 2 and 5 times a power of ten that v reaches.
func below(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, f := range []float64{5, 2} {
		if v >= f*power {
			return f * power
		}
	}
	return power
}

func decimalsOf(v float64) int { return min(9, max(0, -int(math.Floor(math.Log10(v)+1e-9)))) }
