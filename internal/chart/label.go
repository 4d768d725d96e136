package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// labelPeriods writes the period under each place of the time axis. A label
// that meets its neighbour moves to a lower row; where no row is free it is
// left out, the ends last of all.
func (c Chart) labelPeriods(cv *canvas, p plot) {
	places := c.places()
	room := p.right - p.left
	for i := 1; i < len(places); i++ {
		room = min(room, p.x(places[i].At)-p.x(places[i-1].At))
	}
	room = min(max(room-4, 44), 90)
	first := p.bottom + 5 + textSize
	cv.height = first + 0.25*textSize + 1
	for _, i := range endsFirst(len(places)) {
		words := cv.widest(strings.Split(places[i].Label, " "), textSize, false)
		lines := cv.wrap(places[i].Label, textSize, min(max(room, words+0.01), 90), false, 3)
		w := cv.widest(lines, textSize, false)
		x := p.x(places[i].At)
		x = max(min(x, cv.width-w/2), w/2)
		for row := range 3 {
			t := Text{X: x, Y: first + float64(row)*lineStep*textSize, Size: textSize, Anchor: Middle, Fill: Ink}
			if cv.covered(cv.boxes(t, lines)) {
				continue
			}
			cv.line(Muted, 1, nil, XY{p.x(places[i].At), p.bottom}, XY{p.x(places[i].At), p.bottom + 3})
			cv.block(t, lines)
			break
		}
	}
	for _, b := range cv.texts {
		cv.height = max(cv.height, b.y1+1)
	}
}

// endsFirst orders n places: the last, the first, then the others.
func endsFirst(n int) []int {
	var order []int
	for i := range n {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(endRank(a, n), endRank(b, n))
	})
	return order
}

func endRank(i, n int) int {
	switch i {
	case n - 1:
		return 0
	case 0:
		return 1
	}
	return 2
}

// labelEnds names each line at its last value, moved apart where lines meet.
func (c Chart) labelEnds(cv *canvas, p plot) {
	if !c.endLabels(cv) {
		return
	}
	x := p.right + 8
	for i, s := range c.Series {
		points := slices.DeleteFunc(s.sorted(), func(pt Point) bool { return !pt.drawn() })
		if len(points) == 0 {
			continue
		}
		last := points[len(points)-1]
		t := Text{X: x, Size: textSize, Anchor: Start, Bold: true, Fill: styleOf(i).paint, Text: cv.clip(s.Name, textSize, cv.width-x, true)}
		for _, shift := range []float64{0, -12, 12, -24, 24, -36, 36, -48, 48} {
			t.Y = p.y(last.Value) + 3 + shift
			if t.Y < p.bottom && !cv.covered([]box{cv.box(t)}) {
				cv.text(t)
				break
			}
		}
	}
}

// labelMissing marks the place of each missing value: a dashed stem at the foot
// of the plot and the words, so that nobody reads a zero.
func (c Chart) labelMissing(cv *canvas, p plot) {
	for _, s := range c.Series {
		for _, pt := range s.Points {
			if pt.drawn() {
				continue
			}
			x := p.x(pt.At)
			base := p.bottom
			cv.line(Muted, 1, []float64{2, 2}, XY{x, base}, XY{x, base - 18})
			lines := cv.wrap(pt.Text, smallSize, 60, false, 3)
			t := Text{Y: base - 22 - float64(len(lines)-1)*lineStep*smallSize, Size: smallSize, Anchor: Middle, Fill: Muted}
			w := cv.widest(lines, smallSize, false)
			t.X = max(min(x, cv.width-w/2), w/2)
			if !cv.covered(cv.boxes(t, lines)) {
				cv.block(t, lines)
			}
		}
	}
}

// labelValues writes each value at its mark: above it, else where least is
// hidden. Where every place is taken the value is left to the table.
func (c Chart) labelValues(cv *canvas, p plot) {
	for i, s := range c.Series {
		points := slices.DeleteFunc(s.sorted(), func(pt Point) bool { return !pt.drawn() })
		for _, k := range endsFirst(len(points)) {
			pt := points[k]
			fill := Ink
			if len(c.Series) > 1 && c.Kind == Line {
				fill = styleOf(i).paint
			}
			x, reach := p.x(pt.At), 7.0
			if c.Kind != Line {
				x, reach = c.column(p, pt, i)+p.bar/2, 3.0
			}
			down := pt.Value < 0 || c.Kind == Line && valley(points, k)
			cv.place(pt.Text, x, p.y(pt.Value), reach, down, fill)
		}
	}
}

// valley reports whether a value lies below both neighbours, or below the one
// it has.
func valley(points []Point, k int) bool {
	lower := func(j int) bool { return j < 0 || j >= len(points) || points[k].Value < points[j].Value }
	return len(points) > 1 && lower(k-1) && lower(k+1)
}

// place writes a value label at the best free place near a mark, on one line or
// on two, and reports whether there was one.
func (cv *canvas) place(text string, x, y, reach float64, down bool, fill Paint) bool {
	if strings.TrimSpace(text) == "" {
		return false
	}
	var best Text
	var bestLines []string
	bestCost := math.MaxInt
	var room [2]box // a candidate's boxes, of which there are many
	for penalty, lines := range [][]string{{cv.clip(text, textSize, cv.width*0.6, true)}, cv.fold(text)} {
		if len(lines) == 0 {
			continue
		}
		widths := cv.widths(Text{Size: textSize, Bold: true}, lines)
		half := slices.Max(widths) / 2
		inside := max(min(x, cv.width-half), half)
		for i, t := range candidates(x, inside, y, reach, down, float64(len(lines)-1)*lineStep*textSize) {
			if i+penalty*2 >= bestCost {
				continue // whatever it hides
			}
			t.Fill = fill
			boxes := boxesOf(t, widths, room[:0])
			if cv.strict && i >= nearby || len(boxes) == 0 || cv.covered(boxes) || boxes[len(boxes)-1].y1 > cv.height {
				continue
			}
			if cost := cv.cost(boxes)*10 + i + penalty*2; cost < bestCost {
				best, bestLines, bestCost = t, lines, cost
			}
		}
	}
	cv.block(best, bestLines)
	return len(bestLines) > 0
}

// nearby is how many of the candidates stand at the mark, where no other can be meant.
const nearby = 10

// candidates are the places of a label around a mark, the best first: inside is
// the nearest middle that keeps the label in the drawing, extra the height of
// its further lines.
func candidates(x, inside, y, reach float64, down bool, extra float64) [12]Text {
	above, below, beside := y-reach-extra, y+reach+0.8*textSize, y+3-extra/2
	list := [...]Text{
		{X: x, Y: above, Anchor: Middle}, {X: x, Y: below, Anchor: Middle},
		{X: x + 3, Y: above, Anchor: Start}, {X: x - 3, Y: above, Anchor: End},
		{X: x + 3, Y: below, Anchor: Start}, {X: x - 3, Y: below, Anchor: End},
		{X: x + reach + 2, Y: beside, Anchor: Start}, {X: x - reach - 2, Y: beside, Anchor: End},
		{X: inside, Y: above, Anchor: Middle}, {X: inside, Y: below, Anchor: Middle},
		{X: inside, Y: above - 11, Anchor: Middle}, {X: inside, Y: above - 22, Anchor: Middle},
	}
	if down {
		list[0], list[1] = list[1], list[0]
	}
	for i := range list {
		list[i].Size, list[i].Bold = textSize, true
	}
	return list
}
