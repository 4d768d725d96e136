package pdf

import "gcm/reports"

// head sets the cover of a short document above its text: the State, the title,
// the edition and what the reader must know first.
func (c *composer) head() {
	c.flow.geo = narrow
	cv := c.doc.Cover
	elem := c.tree.add(roleDiv, 1)
	state := style{family: sans, bold: true, size: 9.5, leading: 13, color: accent, align: ragged, whole: true}
	title := style{family: serif, bold: true, size: 19, leading: 24, color: deep, align: ragged, whole: true}
	c.headLines(cv.State, state, 0, roleP, elem)
	c.headLines(cv.Title, title, 2, roleTitle, elem)
	c.put(&spot{}, 5, &slab{height: 3, keep: true, items: []item{rule(0, 0, 46, 2, accent)}})
	c.headLines(cv.Subtitle, labelStyle, 6, roleP, elem)
	for _, text := range append([]string{cv.Edition, cv.Number, cv.Erratum}, cv.Notice...) {
		c.headLines(text, smallStyle, 1.5, roleP, elem)
	}
}

func (c *composer) headLines(s string, st style, before float64, r role, parent element) {
	width := c.flow.geo.textWidth()
	lines := c.lines(reports.Text(s), st, c.doc.Lang, width, width, c.tree.add(r, parent))
	keepAll(lines)
	c.put(&spot{width: width}, before, lines...)
}

// colophon says at the end of a short document which edition it belongs to.
func (c *composer) colophon() {
	m := c.doc.Imprint
	if m == nil {
		return
	}
	runs := []reports.Run{{Text: m.Hash + ": " + grouped(m.Snapshot)}}
	if webAddress(m.URL) != "" {
		runs = append(runs, reports.Run{Text: ". "}, reports.Run{Text: m.URL, Link: m.URL})
	}
	at := &spot{width: c.flow.geo.textWidth(), elem: c.tree.add(rolePart, 1), lang: c.doc.Lang, base: bodyStyle}
	c.paragraph(reports.Paragraph{Style: reports.Small, Runs: runs}, at, false)
}
