package chart

import (
	"math"
	"strings"
)

// Type sizes in points, and the narrowest drawing that keeps them legible.
const (
	textSize  = 9.0
	smallSize = 8.0
	lineStep  = 1.25 // of the size, from line to line
	minWidth  = 120.0
)

// Draw lays the chart out at a width in points (at least 120); the height
// follows from the content. The same chart, width and measure give the same
// drawing. Values that are no finite number are treated as missing.
func (c Chart) Draw(width float64, m Measure) Drawing {
	if math.IsNaN(width) || width < minWidth {
		width = minWidth
	}
	cv := &canvas{width: math.Min(width, 4000), measure: m}
	switch c.Kind {
	case Bars:
		c.drawBars(cv)
	case Map:
		c.drawMap(cv)
	default:
		c.drawTime(cv)
	}
	return Drawing{Width: round(cv.width), Height: round(cv.height), Shapes: cv.shapes, Spots: cv.spots}
}

// canvas collects shapes and knows where text already stands.
type canvas struct {
	width, height float64
	measure       Measure
	shapes        []Shape
	spots         []Spot
	texts         []box   // no text may cover another
	marks         []box   // better left free by texts
	lines         [][2]XY // better not crossed by texts
	strict        bool    // marks are not to be covered at all
}

func (cv *canvas) rect(r Rect) {
	r.X, r.Y, r.W, r.H = round(r.X), round(r.Y), round(r.W), round(r.H)
	cv.shapes = append(cv.shapes, r)
}

func (cv *canvas) line(stroke Paint, width float64, dash []float64, points ...XY) {
	for i := range points {
		points[i] = XY{round(points[i].X), round(points[i].Y)}
	}
	cv.shapes = append(cv.shapes, Polyline{Points: points, Stroke: stroke, LineWidth: width, Dash: dash})
}

func (cv *canvas) circle(x, y, r float64, fill, stroke Paint) {
	cv.shapes = append(cv.shapes, Circle{X: round(x), Y: round(y), R: r, Fill: fill, Stroke: stroke, LineWidth: 1.5})
}

// spot notes where a value of a series stands.
func (cv *canvas) spot(series int, pt Point, x, y float64) {
	cv.spots = append(cv.spots, Spot{X: round(x), Y: round(y), Series: series, Label: pt.Label, Text: pt.Text})
}

// text writes t where it stands, whatever is there.
func (cv *canvas) text(t Text) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	t.X, t.Y = round(t.X), round(t.Y)
	cv.texts = append(cv.texts, cv.box(t))
	cv.shapes = append(cv.shapes, t)
}

// block writes lines of text downwards from the first baseline.
func (cv *canvas) block(t Text, lines []string) {
	for _, line := range lines {
		t.Text = line
		cv.text(t)
		t.Y += lineStep * t.Size
	}
}

func round(v float64) float64 { return math.Round(v*100) / 100 }
