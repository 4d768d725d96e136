package pdf

import (
	"gcm/reports"
)

// contentsDepth is how deep the contents list goes; bookmarks go all the way.
const contentsDepth = 2

// contents sets the list of sections before the body. Its length does not depend
// on the page numbers, which are filled in when the body is placed.
func (c *composer) contents() {
	if len(c.doc.Sections) == 0 {
		return
	}
	elem := c.tree.add(roleTOC, 1)
	width := c.flow.geo.textWidth()
	head := c.lines(reports.Text(c.doc.Terms.Contents), headingStyle(1), c.doc.Lang, width, width, c.tree.add(headingRole(1), 1))
	keepAll(head)
	c.flow.add(append(head, &slab{height: 22, keep: true, items: []item{rule(0, 7, 46, 2, accent)}})...)
	for i := range c.doc.Sections {
		c.entry(&c.doc.Sections[i], 1, elem)
	}
	c.flow.eject()
}

// entry is a line of the contents, and those of the parts below it.
func (c *composer) entry(s *reports.Section, depth int, parent element) {
	st := style{family: serif, size: 9.5, leading: 12.5, color: ink, align: ragged, whole: true}
	before, inset, numbers := 2.0, 26.0, 32.0
	if depth == 1 {
		st.family, st.bold, st.color = sans, true, deep
		before, inset, numbers = 7, 0, 26
	}
	item := c.tree.add(roleTOCI, parent)
	elem := c.tree.add(roleReference, item)
	if s.ID != "" {
		elem = c.tree.add(roleLink, elem)
	}
	total := c.flow.geo.textWidth()
	width := total - inset - numbers - 40
	lines := c.lines(reports.Text(s.Title), st, c.doc.Lang, width, width, elem)
	if len(lines) > 0 {
		for _, l := range lines {
			l.shift(inset+numbers, 0)
		}
		for _, l := range spaced(c.lines(reports.Text(s.Number), st, "", numbers, numbers, elem)) {
			lines[0].begin(l, inset, 0)
		}
		c.leader(lines[len(lines)-1], s.ID, st, inset+numbers, total, elem)
		for _, l := range lines {
			if s.ID != "" {
				l.links = append(l.links, link{x: inset, w: total - inset, h: l.height, anchor: s.ID, elem: elem, says: title(s)})
			}
		}
		keepAll(lines[:len(lines)-1])
		lines[0].before = before
		lines[len(lines)-1].keep = depth == 1 && len(s.Sections) > 0
		c.flow.add(lines...)
	}
	if depth < contentsDepth && len(s.Sections) > 0 {
		list := c.tree.add(roleTOC, item)
		for i := range s.Sections {
			c.entry(&s.Sections[i], depth+1, list)
		}
	}
}

// leader is the row of dots and the page number.
func (c *composer) leader(l *slab, anchor string, st style, left, right float64, elem element) {
	if anchor == "" {
		return
	}
	spaced([]*slab{l})
	f := faceOf(st.family, st.bold, false)
	base := baseline(st)
	digits := float64(c.digits*f.metrics().width('0')) * st.size / 1000
	from, to := left+l.extent+6, right-digits-5
	// The dots of all lines stand in columns, counted from the right.
	if to-from > 8 {
		from = to - float64(int((to-from)/4))*4
		l.items = append(l.items, &stroke{place: place{x: from, y: base - 0.6}, points: []point{{}, {x: to - from}},
			color: muted, line: 0.75, dash: []float64{0, 4}, round: true})
	}
	l.items = append(l.items, &text{place: place{elem: elem, x: right, y: base}, face: f, size: st.size, scale: 1, color: st.color,
		ref: &pageRef{anchor: anchor, format: "%d"}})
}
