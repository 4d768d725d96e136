package web

import (
	"fmt"
	"html/template"
	"strconv"
	"time"

	"gcm/internal/chart"
)

// Widths of the timeline in points, for wide screens and for phones.
const (
	timelineWide   = 760.0
	timelineNarrow = 260.0
	timelineMargin = 8.0 // half an event's number, or an arrow
)

// band lays a span of time out between two places.
type band struct {
	span
	left, right float64
}

// x is where a moment stands; what lies outside stands at the edge.
func (b band) x(at time.Time) float64 {
	whole, part := b.Last.Sub(b.First), at.Sub(b.First)
	return b.left + (b.right-b.left)*max(0, min(1, float64(part)/float64(whole)))
}

// drawTimeline draws the measures as bars over the years, with the forums and
// reviews as lines through all of them. On a phone the names stand above the bars.
func (r *request) drawTimeline(p timelinePage, width float64) template.HTML {
	d, names := drawing{}, 250.0
	row, nameSize := 17.0, 8.5
	if width < 400 {
		names, row, nameSize = 0, 29, 9.5
	}
	b := band{p.Cycle, names + timelineMargin, width - timelineMargin}
	levels, deepest := levelsOf(p.Events, b)
	top := 20.0 + float64(deepest)*eventStep
	height := top + float64(len(p.Measures))*row + 22
	d.years(b, top, height-18)
	d.events(p.Events, levels, b, height-18)
	for i, m := range p.Measures {
		y := top + float64(i)*row + 4
		name := r.in(m.Title)
		if names > 0 {
			d.text(0, y+8, nameSize, false, chart.Ink, chart.Clip(chart.NotoSans, name, nameSize, names, false))
		} else {
			d.text(b.left, y+7, nameSize, false, chart.Ink, chart.Clip(chart.NotoSans, name, nameSize, b.right-b.left, false))
			y += 12
		}
		d.measure(m, b, y)
	}
	title := r.T("timeline.picture", p.Cycle.Name())
	id := fmt.Sprint("timeline-", int(width))
	return template.HTML(chart.SVG(chart.Drawing{Width: width, Height: height, Shapes: d.shapes}, id, title, r.T("timeline.how"))) // SVG escapes every text
}

// measure draws one bar, its beginning and end as far as they are known, and the
// milestones on it.
func (d *drawing) measure(m timed, b band, y float64) {
	const high = 9.0
	from, to, _ := runs(m.Measure, b.span)
	x0, x1 := b.x(from), b.x(to.AddDate(0, 0, 1))
	x1 = max(x1, x0+high)
	if x1 > b.right {
		x0, x1 = min(x0, b.right-high), b.right
	}
	d.bar(m.StatusNow, x0, y, x1-x0, high)
	ink := inkOf(m.StatusNow)
	if from.Before(b.First) || m.Starts == "" {
		d.line(ink, 1.4, nil, chart.XY{X: x0 - 1.5, Y: y - 1}, chart.XY{X: x0 - 5, Y: y + high/2}, chart.XY{X: x0 - 1.5, Y: y + high + 1})
	}
	if to.After(b.Last) || m.Ends == "" && x1 == b.right {
		d.line(ink, 1.4, nil, chart.XY{X: x1 + 1.5, Y: y - 1}, chart.XY{X: x1 + 5, Y: y + high/2}, chart.XY{X: x1 + 1.5, Y: y + high + 1})
	}
	for _, step := range m.Steps {
		at, done := step.Due, step.Done != ""
		if done {
			at = step.Done
		}
		if at == "" || !b.touches(at.First(), at.Last()) {
			continue
		}
		mark := chart.Circle{X: b.x(at.Last()), Y: y + high/2, R: 3.4, Fill: chart.Paper, Stroke: chart.Ink, LineWidth: 1.4}
		if done {
			mark.Fill = chart.Ink
		}
		d.add(mark)
	}
}

// years draws the axis: a line at each new year, and its number, within the margins.
func (d *drawing) years(b band, top, bottom float64) {
	for year := b.First.Year() + 1; year <= b.Last.Year(); year++ {
		x := b.x(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))
		d.line(chart.Grid, .8, nil, chart.XY{X: x, Y: top - 2}, chart.XY{X: x, Y: bottom})
		number := strconv.Itoa(year)
		inside := chart.NotoSans(number, 8.5, false)/2 - timelineMargin
		d.add(chart.Text{X: max(b.left+inside, min(b.right-inside, x)), Y: bottom + 11, Size: 8.5, Anchor: chart.Middle, Fill: chart.Muted, Text: number})
	}
	d.line(chart.Muted, 1, nil, chart.XY{X: b.left, Y: bottom}, chart.XY{X: b.right, Y: bottom})
}

// eventStep is the distance from row to row of the events' numbers.
const eventStep = 14.0

// levelsOf puts the numbers of events that lie close together one under the other.
func levelsOf(events []milestone, b band) (levels []int, deepest int) {
	var taken [4]float64 // up to where each row is taken
	for i := range taken {
		taken[i] = -1
	}
	for _, e := range events {
		x, level := b.x(e.At.Last()), 0
		for level < len(taken)-1 && x-7 < taken[level] {
			level++
		}
		taken[level] = x + 7
		levels, deepest = append(levels, level), max(deepest, level)
	}
	return levels, deepest
}

// events draws forums, regional reviews and the State's reviews as dashed lines with
// numbers, which the table explains.
func (d *drawing) events(events []milestone, levels []int, b band, bottom float64) {
	for i, e := range events {
		x, y := b.x(e.At.Last()), 8+float64(levels[i])*eventStep
		ink := chart.Muted
		if e.Kind == "imrf" || e.Kind == "review" {
			ink = chart.Series2
		}
		d.line(ink, 1, []float64{3, 2}, chart.XY{X: x, Y: y + 7}, chart.XY{X: x, Y: bottom})
		d.add(chart.Circle{X: x, Y: y, R: 6.2, Fill: chart.Paper, Stroke: ink, LineWidth: 1.2})
		d.add(chart.Text{X: x, Y: y + 2.8, Size: 8, Anchor: chart.Middle, Bold: true, Fill: chart.Ink, Text: strconv.Itoa(i + 1)})
	}
}
