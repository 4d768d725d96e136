package web

import (
	"gcm/indicators"
	"gcm/internal/chart"
	"gcm/objectives"
)

// drawing collects the marks of a picture that is more than a chart.
type drawing struct{ shapes []chart.Shape }

func (d *drawing) add(s ...chart.Shape) { d.shapes = append(d.shapes, s...) }

func (d *drawing) text(x, y, size float64, bold bool, fill chart.Paint, words string) {
	if words != "" {
		d.add(chart.Text{X: x, Y: y, Size: size, Anchor: chart.Start, Bold: bold, Fill: fill, Text: words})
	}
}

func (d *drawing) line(stroke chart.Paint, width float64, dash []float64, points ...chart.XY) {
	d.add(chart.Polyline{Points: points, Stroke: stroke, LineWidth: width, Dash: dash})
}

// inkOf is the colour of a status.
func inkOf(s objectives.Status) chart.Paint {
	switch s {
	case objectives.Completed:
		return chart.Series1
	case objectives.InProgress:
		return chart.Series3
	case objectives.Delayed:
		return chart.Series2
	}
	return chart.Muted
}

// side is that of a square in points.
const side = 7.0

// square is a measure: full when it is completed, half full in progress, striped
// when delayed, empty when planned, crossed out when dropped.
func (d *drawing) square(s objectives.Status, x, y float64) {
	d.bar(s, x, y, side, side)
}

// bar is a measure over time, with the filling of its square.
func (d *drawing) bar(s objectives.Status, x, y, w, h float64) {
	ink := inkOf(s)
	outline := chart.Rect{X: x, Y: y, W: w, H: h, Stroke: ink, LineWidth: 1}
	switch s {
	case objectives.Completed:
		outline.Fill = ink
	case objectives.InProgress:
		d.add(chart.Rect{X: x, Y: y + h/2, W: w, H: h / 2, Fill: ink})
	case objectives.Delayed:
		for at := 0.0; at < w; at += h / 2 {
			d.line(ink, .9, nil, chart.XY{X: x + at, Y: y + h}, chart.XY{X: min(x+at+h, x+w), Y: y + h - min(h, w-at)})
		}
	case objectives.Dropped:
		d.line(ink, 1, nil, chart.XY{X: x, Y: y}, chart.XY{X: x + w, Y: y + h})
		d.line(ink, 1, nil, chart.XY{X: x, Y: y + h}, chart.XY{X: x + w, Y: y})
	}
	d.add(outline)
}

// squares are rows of them within a width.
func (d *drawing) squares(counts []statusCount, x, y, width float64) {
	left, top := x, y
	for _, c := range counts {
		for range c.Count {
			if left+side > x+width {
				left, top = x, top+side+3
			}
			d.square(c.Status, left, top)
			left += side + 3
		}
	}
}

// arrow is a trend, as the pages draw it, eight points wide.
func (d *drawing) arrow(t indicators.Trend, x, y float64) {
	lines := map[indicators.Trend][][]chart.XY{
		indicators.TargetAchieved:  {{{X: 1, Y: 6.5}, {X: 4.5, Y: 10.5}, {X: 11, Y: 2}}},
		indicators.OnTrack:         {{{X: 6, Y: 11}, {X: 6, Y: 1.5}}, {{X: 2, Y: 5.5}, {X: 6, Y: 1.5}, {X: 10, Y: 5.5}}},
		indicators.ProgressTooSlow: {{{X: 2, Y: 10}, {X: 10, Y: 2}}, {{X: 4.5, Y: 2}, {X: 10, Y: 2}, {X: 10, Y: 7.5}}},
		indicators.NoProgress:      {{{X: 1, Y: 6}, {X: 10.5, Y: 6}}, {{X: 6.5, Y: 2}, {X: 10.5, Y: 6}, {X: 6.5, Y: 10}}},
		indicators.Deteriorating:   {{{X: 6, Y: 1}, {X: 6, Y: 10.5}}, {{X: 2, Y: 6.5}, {X: 6, Y: 10.5}, {X: 10, Y: 6.5}}},
	}[t]
	ink := map[indicators.Trend]chart.Paint{
		indicators.TargetAchieved: chart.Series1, indicators.OnTrack: chart.Series1, indicators.ProgressTooSlow: chart.Series3, indicators.Deteriorating: chart.Series2,
	}[t]
	if ink == chart.None {
		ink = chart.Muted
	}
	for _, points := range lines {
		moved := make([]chart.XY, len(points))
		for i, p := range points {
			moved[i] = chart.XY{X: x + p.X*8/12, Y: y + p.Y*8/12}
		}
		d.line(ink, 1.4, nil, moved...)
	}
}

// age is how old figures are: a full disc, a ring, or a ring that is struck out.
func (d *drawing) age(f indicators.Freshness, x, y float64) {
	switch f {
	case indicators.Fresh:
		d.add(chart.Circle{X: x, Y: y, R: 3, Fill: chart.Series1, Stroke: chart.Series1, LineWidth: 1.2})
	case indicators.Old:
		d.add(chart.Circle{X: x, Y: y, R: 3, Stroke: chart.Series2, LineWidth: 1.2})
	default:
		d.add(chart.Circle{X: x, Y: y, R: 3, Stroke: chart.Muted, LineWidth: 1.2})
		d.line(chart.Muted, 1.2, nil, chart.XY{X: x - 3, Y: y + 3}, chart.XY{X: x + 3, Y: y - 3})
	}
}
