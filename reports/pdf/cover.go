package pdf

import "gcm/reports"

// cover draws the first page: the State and the title on blue, below them the
// edition and what the reader must know first.
func (c *composer) cover() {
	g := portrait
	p := &page{geometry: g, bare: true}
	cv := c.doc.Cover
	elem := c.tree.add(roleDiv, 1)
	width := g.textWidth()
	const split = 520.0 // where the blue ends
	fill, bar := deep, accent
	p.under = append(p.under,
		&box{w: g.width, h: split, fill: &fill},
		&box{place: place{y: split}, w: g.width, h: 5, fill: &bar})

	state := style{family: sans, bold: true, size: 13, leading: 18, color: paper, align: ragged, whole: true}
	p.stack(c.fitted(cv.State, state, width, 2, c.tree.add(roleP, elem)), g.left, 110-state.leading)
	p.items = append(p.items, rule(g.left, 128, 46, 2, 0xE0A060))

	title := c.fitted(cv.Title, style{family: serif, bold: true, size: 34, leading: 42, color: paper, align: ragged, whole: true}, width, 5, c.tree.add(roleTitle, elem))
	sub := c.fitted(cv.Subtitle, style{family: serif, size: 15, leading: 21, color: pale, align: ragged, whole: true}, width, 4, c.tree.add(roleP, elem))
	y := split - 46 - heightOf(title) - heightOf(sub) - 14
	y = p.stack(title, g.left, y)
	p.stack(sub, g.left, y+14)

	y = split + 34
	edition := c.fitted(cv.Edition, style{family: sans, bold: true, size: 10.5, leading: 15, color: deep, align: ragged, whole: true}, width, 3, c.tree.add(roleP, elem))
	y = p.stack(edition, g.left, y)
	number := c.fitted(cv.Number, style{family: sans, size: 10.5, leading: 15, color: deep, align: ragged, whole: true}, width, 2, c.tree.add(roleP, elem))
	y = p.stack(number, g.left, y)
	erratum := c.fitted(cv.Erratum, style{family: sans, bold: true, size: 10.5, leading: 15, color: accent, align: ragged, whole: true}, width, 4, c.tree.add(roleP, elem))
	y = p.stack(erratum, g.left, y) + 12
	c.notice(p, cv.Notice, y, elem)
	c.flow.pages = append(c.flow.pages, p)
}

// notice sets the notice's paragraphs, smaller until they end above the margin.
func (c *composer) notice(p *page, paragraphs []string, y float64, elem element) {
	st := style{family: sans, size: 11, leading: 16, color: ink, align: ragged}
	width := p.textWidth()
	for {
		var lines []*slab
		for _, text := range paragraphs {
			set := c.lines(reports.Text(text), st, c.doc.Lang, width, width, c.tree.add(roleP, elem))
			if len(set) > 0 && len(lines) > 0 {
				set[0].before = st.leading * 0.5
			}
			lines = append(lines, set...)
		}
		if room := p.height - 48 - y; heightOf(lines) <= room || st.size < 5 {
			for heightOf(lines) > room {
				lines = lines[:len(lines)-1]
			}
			p.stack(lines, p.left, y)
			return
		}
		st.size, st.leading = st.size*0.92, st.leading*0.92
	}
}

// fitted sets a text smaller until it has no more than so many lines; what is
// too long even so, is cut off.
func (c *composer) fitted(s string, st style, width float64, most int, elem element) []*slab {
	for {
		lines := c.lines(reports.Text(s), st, c.doc.Lang, width, width, elem)
		if len(lines) <= most || st.size < 6 {
			return lines[:min(most, len(lines))]
		}
		st.size, st.leading = st.size*0.9, st.leading*0.9
	}
}

// stack puts lines below one another and returns where they end.
func (p *page) stack(lines []*slab, x, y float64) float64 {
	for _, l := range lines {
		y += l.before
		l.shift(x, y)
		p.items = append(p.items, l.items...)
		p.links = append(p.links, l.links...)
		y += l.height
	}
	return y
}

func heightOf(lines []*slab) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.before + l.height
	}
	return h
}
