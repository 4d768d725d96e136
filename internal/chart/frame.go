package chart

import "slices"

// Framed is the drawing with what a page says around it, for a file that is
// taken along: the title above, remarks and the source below.
func (d Drawing) Framed(title string, remarks []string, m Measure) Drawing {
	const margin, titleSize = 12.0, 12.0
	inner := d.Width
	cv := &canvas{width: inner + 2*margin, measure: m}
	lines := cv.wrap(title, titleSize, inner, true, 6)
	cv.block(Text{X: margin, Y: margin + titleSize, Size: titleSize, Anchor: Start, Bold: true, Fill: Ink}, lines)
	top := margin + float64(len(lines))*lineStep*titleSize + 8
	for _, shape := range d.Shapes {
		cv.shapes = append(cv.shapes, moved(shape, margin, top))
	}
	y := top + d.Height + 8
	for _, remark := range remarks {
		lines := cv.wrap(remark, smallSize, inner, false, 6)
		cv.block(Text{X: margin, Y: y + smallSize, Size: smallSize, Anchor: Start, Fill: Muted}, lines)
		y += float64(len(lines))*lineStep*smallSize + 2
	}
	return Drawing{Width: round(cv.width), Height: round(y + margin), Shapes: cv.shapes}
}

// Placed are the shapes of the drawing at a place of another one, scaled.
func (d Drawing) Placed(x, y, scale float64) []Shape {
	shapes := make([]Shape, len(d.Shapes))
	for i, shape := range d.Shapes {
		shapes[i] = placed(shape, x, y, scale)
	}
	return shapes
}

func moved(shape Shape, dx, dy float64) Shape { return placed(shape, dx, dy, 1) }

func placed(shape Shape, dx, dy, f float64) Shape {
	shift := func(points []XY) []XY {
		out := make([]XY, len(points))
		for i, at := range points {
			out[i] = XY{at.X*f + dx, at.Y*f + dy}
		}
		return out
	}
	dashes := func(lengths []float64) []float64 {
		out := slices.Clone(lengths)
		for i := range out {
			out[i] *= f
		}
		return out
	}
	switch s := shape.(type) {
	case Rect:
		s.X, s.Y, s.W, s.H = s.X*f+dx, s.Y*f+dy, s.W*f, s.H*f
		s.LineWidth, s.Dash = s.LineWidth*f, dashes(s.Dash)
		return s
	case Circle:
		s.X, s.Y, s.R, s.LineWidth = s.X*f+dx, s.Y*f+dy, s.R*f, s.LineWidth*f
		return s
	case Text:
		s.X, s.Y, s.Size = s.X*f+dx, s.Y*f+dy, s.Size*f
		return s
	case Polyline:
		s.Points, s.LineWidth, s.Dash = shift(s.Points), s.LineWidth*f, dashes(s.Dash)
		return s
	case Polygon:
		rings := make([][]XY, len(s.Rings))
		for i, ring := range s.Rings {
			rings[i] = shift(ring)
		}
		s.Rings = rings
		return s
	}
	return shape
}
