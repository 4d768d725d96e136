package chart

import "math"

// box is a rectangle by its edges.
type box struct{ x0, y0, x1, y1 float64 }

// overlaps reports whether two boxes share more than an edge.
func (b box) overlaps(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

// crossed reports whether the straight line from p to q enters the box
// (Liang and Barsky's clipping).
func (b box) crossed(p, q XY) bool {
	if max(p.X, q.X) < b.x0 || min(p.X, q.X) > b.x1 || max(p.Y, q.Y) < b.y0 || min(p.Y, q.Y) > b.y1 {
		return false // as nearly all lines
	}
	from, to := 0.0, 1.0
	for _, side := range [4][2]float64{
		{p.X - q.X, p.X - b.x0}, {q.X - p.X, b.x1 - p.X},
		{p.Y - q.Y, p.Y - b.y0}, {q.Y - p.Y, b.y1 - p.Y},
	} {
		step, room := side[0], side[1]
		switch {
		case step == 0 && room < 0:
			return false
		case step < 0:
			from = math.Max(from, room/step)
		case step > 0:
			to = math.Min(to, room/step)
		}
	}
	return from < to
}

// box returns where t stands, from the top of its capitals to the foot of its
// descenders.
func (cv *canvas) box(t Text) box {
	return boxOf(t, cv.measure(t.Text, t.Size, t.Bold))
}

// boxOf returns where a text of a known width stands.
func boxOf(t Text, w float64) box {
	x := t.X
	switch t.Anchor {
	case Middle:
		x -= w / 2
	case End:
		x -= w
	}
	return box{x, t.Y - 0.8*t.Size, x + w, t.Y + 0.25*t.Size}
}

// boxes returns where the lines of a block stand.
func (cv *canvas) boxes(t Text, lines []string) []box {
	return boxesOf(t, cv.widths(t, lines), nil)
}

// widths measures the lines of a block.
func (cv *canvas) widths(t Text, lines []string) []float64 {
	all := make([]float64, len(lines))
	for i, line := range lines {
		all[i] = cv.measure(line, t.Size, t.Bold)
	}
	return all
}

// boxesOf appends where the lines of a block of known widths stand.
func boxesOf(t Text, widths []float64, all []box) []box {
	for i, w := range widths {
		b := boxOf(t, w)
		b.y0 += float64(i) * lineStep * t.Size
		b.y1 += float64(i) * lineStep * t.Size
		all = append(all, b)
	}
	return all
}

// between is how far texts on one line stand from each other, so that two numbers
// are not read as one.
const between = 5.0

// covered reports whether any of the boxes covers a text that already stands, or
// a mark where none may be covered.
func (cv *canvas) covered(boxes []box) bool {
	for _, b := range boxes {
		if b.x0 < -0.01 || b.x1 > cv.width+0.01 || b.y0 < 0 {
			return true
		}
		for _, o := range cv.texts {
			if b.overlaps(box{o.x0 - between, o.y0, o.x1 + between, o.y1}) {
				return true
			}
		}
		for _, o := range cv.marks {
			if cv.strict && b.overlaps(o) {
				return true
			}
		}
	}
	return false
}

// touch is how far a text may reach into a mark without seeming to belong to it.
const touch = 2.5

// cost counts what the boxes would hide: marks weigh more than lines.
func (cv *canvas) cost(boxes []box) int {
	cost := 0
	for _, b := range boxes {
		for _, o := range cv.marks {
			if b.overlaps(box{o.x0 + touch, o.y0, o.x1 - touch, o.y1}) {
				cost += 3
			}
		}
		for _, l := range cv.lines {
			if b.crossed(l[0], l[1]) {
				cost++
			}
		}
	}
	return cost
}
