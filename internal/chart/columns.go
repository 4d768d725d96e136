package chart

// lastLabel returns half the width of the last column's value, which stands
// over the column where there is room: at most an eighth of the drawing.
func (c Chart) lastLabel(cv *canvas) float64 {
	all := c.places()
	if len(all) == 0 || !all[len(all)-1].drawn() {
		return 0
	}
	text := all[len(all)-1].Text
	lines := cv.fold(text)
	if lines == nil {
		lines = []string{text}
	}
	return min(cv.widest(lines, textSize, true)/2+1, cv.width/8)
}

// barWidth fits the columns of the two nearest places side by side.
func (c Chart) barWidth(p plot) float64 {
	gap := 1.0
	all := c.places()
	for i := 1; i < len(all); i++ {
		gap = min(gap, (all[i].At-all[i-1].At)/(p.to-p.from))
	}
	room := gap * (p.right - p.left)
	if len(all) > 1 { // half a group stands beyond each end
		room *= 0.8
	}
	n := float64(c.abreast())
	return min(max(room*0.55/n, 1.5), 32, (p.right-p.left)/(2*n))
}

// abreast is how many columns stand side by side at a place. An aim takes no
// room of its own: it is a stroke across the others.
func (c Chart) abreast() int {
	n := 0
	for _, s := range c.Series {
		if !s.Aim {
			n++
		}
	}
	return max(n, 1)
}

// drawColumns draws one series as columns that stand on zero.
func (c Chart) drawColumns(cv *canvas, p plot, i int) {
	for _, pt := range c.Series[i].Points {
		if !pt.drawn() {
			continue
		}
		x := c.column(p, pt, i)
		if c.Series[i].Aim {
			y := p.y(pt.Value)
			cv.rect(Rect{X: x - 2, Y: y - 1.5, W: p.bar + 4, H: 3, Fill: styleOf(i).paint})
			cv.marks = append(cv.marks, box{x - 2, y - 2, x + p.bar + 2, y + 2})
			continue
		}
		y0, y1 := min(p.y(pt.Value), p.zero()), max(p.y(pt.Value), p.zero())
		r := Rect{X: x + 0.5, Y: y0, W: max(p.bar-1, 1), H: y1 - y0, Fill: styleOf(i).paint}
		if pt.Loose {
			r.Fill, r.Stroke, r.LineWidth, r.Dash = Paper, styleOf(i).paint, 1.5, []float64{3, 2}
		}
		cv.rect(r)
		cv.marks = append(cv.marks, box{x, y0, x + p.bar, y1})
	}
}

// column returns the left edge of a series' column.
func (c Chart) column(p plot, pt Point, i int) float64 {
	n := c.abreast()
	if c.Series[i].Aim {
		i, n = 0, 1
	}
	return p.x(pt.At) + (float64(i)-float64(n)/2)*p.bar
}
