package pdf

import (
	"cmp"

	"gcm/internal/chart"
	"gcm/reports"
)

// figure sets caption, picture and remarks as one group, which may move to the
// top of the next page while the text goes on.
func (c *composer) figure(fig reports.Figure, at *spot) {
	group := c.tree.add(roleDiv, at.elem)
	caption := c.caption(c.doc.Terms.Figure, fig.Number, fig.Caption, group, at)
	elem := c.tree.add(roleFigure, group)
	c.tree[elem].Alt = cmp.Or(clean(fig.Alt), clean(fig.Chart.Title), "–")
	drawing := fig.Chart.Draw(at.width, measure)
	scaleDown(&drawing, c.flow.geo.textHeight()*0.8)
	pic := &slab{height: drawing.Height, items: []item{&area{place{elem: elem}, at.width, drawing.Height}}}
	c.drawShapes(pic, drawing, elem)
	if len(caption) > 0 {
		pic.before = 6
	}
	remarks := c.remarks(fig.Notes, fig.Source, at, group)
	if len(remarks) > 0 {
		remarks[0].before = 5
	}
	slabs := append(append(caption, pic), remarks...)
	keepAll(slabs[:len(slabs)-1])
	slabs[0].float = true
	slabs[0].anchors = anchored(fig.ID)
	waiting := len(c.flow.waiting)
	c.put(at, beforeFloat, slabs...)
	if len(c.flow.waiting) == waiting { // it stands here, not on the next page
		c.after(beforeFloat)
	}
}

// scaleDown makes a drawing no higher than a page has room for.
func scaleDown(d *chart.Drawing, most float64) {
	if d.Height <= most {
		return
	}
	k := most / d.Height
	d.Width, d.Height = d.Width*k, most
	for i, shape := range d.Shapes {
		switch sh := shape.(type) {
		case chart.Rect:
			sh.X, sh.Y, sh.W, sh.H = sh.X*k, sh.Y*k, sh.W*k, sh.H*k
			d.Shapes[i] = sh
		case chart.Polyline:
			for j, p := range sh.Points {
				sh.Points[j] = chart.XY{X: p.X * k, Y: p.Y * k}
			}
		case chart.Circle:
			sh.X, sh.Y, sh.R = sh.X*k, sh.Y*k, sh.R*k
			d.Shapes[i] = sh
		case chart.Text:
			sh.X, sh.Y, sh.Size = sh.X*k, sh.Y*k, sh.Size*k
			d.Shapes[i] = sh
		}
	}
}

// measure is the width of a chart's label in points. A chart tries each part of a
// label that is too long, so none is remembered.
func measure(s string, size float64, bold bool) float64 {
	sum := 0
	for _, w := range faceOf(sans, bold, false).words(clean(s)) {
		sum += w.width(0, len(w.codes))
	}
	return float64(sum) * size / 1000
}

// drawShapes turns a drawing's shapes into items.
func (c *composer) drawShapes(s *slab, d chart.Drawing, elem element) {
	for _, shape := range d.Shapes {
		switch sh := shape.(type) {
		case chart.Rect:
			s.items = append(s.items, &box{place: place{elem, sh.X, sh.Y}, w: sh.W, h: sh.H,
				fill: paint(sh.Fill), stroke: paint(sh.Stroke), line: sh.LineWidth, dash: sh.Dash})
		case chart.Polyline:
			if stroke := polyline(sh, elem); stroke != nil {
				s.items = append(s.items, stroke)
			}
		case chart.Circle:
			s.items = append(s.items, &disc{place: place{elem, sh.X, sh.Y}, r: sh.R,
				fill: paint(sh.Fill), stroke: paint(sh.Stroke), line: sh.LineWidth})
		case chart.Text:
			c.label(s, sh, elem)
		}
	}
}

func polyline(sh chart.Polyline, elem element) *stroke {
	c := paint(sh.Stroke)
	if c == nil || len(sh.Points) < 2 {
		return nil
	}
	out := &stroke{place: place{elem: elem}, color: *c, line: sh.LineWidth, dash: sh.Dash}
	for _, p := range sh.Points {
		out.points = append(out.points, point{p.X, p.Y})
	}
	return out
}

// label is one line of a chart's text.
func (c *composer) label(s *slab, sh chart.Text, elem element) {
	x := sh.X
	switch sh.Anchor {
	case chart.Middle:
		x -= measure(sh.Text, sh.Size, sh.Bold) / 2
	case chart.End:
		x -= measure(sh.Text, sh.Size, sh.Bold)
	}
	fill := paint(sh.Fill)
	if fill == nil {
		return
	}
	for _, w := range c.shaper.shape(faceOf(sans, sh.Bold, false), "", clean(sh.Text)) {
		t := &text{place: place{elem, x, sh.Y}, size: sh.Size, scale: 1, color: *fill}
		t.set(w)
		s.items = append(s.items, t)
		x += t.width()
	}
}

// set makes a word the whole of a text.
func (t *text) set(w *word) {
	t.face, t.codes, t.extra = w.face, w.codes, make([]int16, len(w.codes))
	m := w.face.metrics()
	for i, c := range w.codes {
		t.extra[i] = w.advances[i] - int16(m.width(c))
	}
}

// paint is the colour of a role in charts; nil draws nothing.
func paint(p chart.Paint) *color {
	c := ink
	switch p {
	case chart.None:
		return nil
	case chart.Muted:
		c = muted
	case chart.Grid:
		c = hairline
	case chart.Paper:
		c = paper
	case chart.Series1:
		c = seriesColors[0]
	case chart.Series2:
		c = seriesColors[1]
	case chart.Series3:
		c = seriesColors[2]
	case chart.Series4:
		c = seriesColors[3]
	}
	return &c
}
