package pdf

import "gcm/reports"

// section sets a section's heading, its blocks and the sections in it. Its level
// is less than its depth where a section around it has no title.
func (c *composer) section(s *reports.Section, depth, level int, across bool, parent element) {
	across = across || s.Landscape // a section across has its parts across
	c.turn(s, depth, across)
	elem := c.tree.add(rolePart, parent)
	if c.heading(s, depth, headingRole(level), elem) {
		level++
	}
	at := &spot{width: c.flow.geo.textWidth(), elem: elem, lang: c.doc.Lang, level: level, base: bodyStyle}
	if c.doc.Short {
		at.base = shortStyle
	}
	c.blocks(s.Blocks, at)
	for i := range s.Sections {
		c.section(&s.Sections[i], depth+1, level, across, elem)
	}
}

// turn begins a new page where the section asks for one, or lies across.
func (c *composer) turn(s *reports.Section, depth int, across bool) {
	want := portrait
	switch {
	case across:
		want = landscape
	case c.doc.Short:
		want = narrow
	}
	if s.NewPage || want != c.flow.geo {
		c.flow.eject()
	} else if depth == 1 {
		c.flow.commit()
	}
	c.flow.geo = want
}

// heading sets number and title, and says whether there are any; the anchor, the
// bookmark and the running head hang on the first line.
func (c *composer) heading(s *reports.Section, depth int, r role, elem element) bool {
	look := depth
	if c.doc.Short { // its title stands above it
		look++
	}
	st := headingStyle(look)
	h := c.tree.add(r, elem)
	width := c.flow.geo.textWidth()
	at := &spot{width: width}
	lines := c.headingLines(s, depth, st, width, h)
	titled := len(lines) > 0
	if !titled {
		lines = []*slab{{}}
	}
	first := lines[0]
	if s.ID != "" {
		first.anchors = append(first.anchors, s.ID)
	}
	first.mark = &bookmark{title: title(s), level: depth - 1, anchor: s.ID}
	if depth == 1 {
		first.chapter = clean(s.Short)
		if s.Short == "" {
			first.chapter = clean(s.Title)
		}
	}
	if look == 1 {
		lines = append(lines, &slab{height: 9, items: []item{rule(0, 7, 46, 2, accent)}})
	}
	keepAll(lines)
	before := [...]float64{36, 24, 18, 14}[min(look, 4)-1]
	if c.doc.Short && depth == 1 {
		before = 14
	}
	if c.used && depth > 1 {
		before = max(before-c.gap, before*0.75)
	}
	c.used = false
	c.put(at, before, lines...)
	c.after([...]float64{16, 6, 4, 3}[min(look, 4)-1])
	c.headed = true
	return titled
}

// headingLines sets a chapter's number above its title, and that of a smaller
// part before it with the title hanging.
func (c *composer) headingLines(s *reports.Section, depth int, st style, width float64, h element) []*slab {
	if s.Number == "" {
		return c.lines(reports.Text(s.Title), st, c.doc.Lang, width, width, h)
	}
	number := st
	number.color = accent
	if depth == 1 {
		number.family, number.size, number.leading = sans, 15, 20
		return append(spaced(c.lines(reports.Text(s.Number), number, "", width, width, h)),
			c.lines(reports.Text(s.Title), st, c.doc.Lang, width, width, h)...)
	}
	mark := spaced(c.lines(reports.Text(s.Number), number, "", width, width, h))
	inset := st.size * 0.75
	if len(mark) > 0 {
		inset += mark[0].extent
	}
	if len(mark) != 1 || width-inset < leastWidth {
		return append(mark, c.lines(reports.Text(s.Title), st, c.doc.Lang, width, width, h)...)
	}
	lines := c.lines(reports.Text(s.Title), st, c.doc.Lang, width-inset, width, h)
	for i, l := range lines {
		l.shift(inset, 0)
		if i == 0 {
			l.begin(mark[0], 0, 0)
		}
	}
	if len(lines) == 0 {
		return mark
	}
	return lines
}

// spaced ends lines with a space that is not seen: who hears them read with what
// follows should hear two words.
func spaced(lines []*slab) []*slab {
	if len(lines) > 0 {
		items := lines[len(lines)-1].items
		if t, ok := items[len(items)-1].(*text); ok {
			t.space()
		}
	}
	return lines
}

// title is a section's name as bookmarks and contents have it.
func title(s *reports.Section) string {
	if s.Number == "" {
		return clean(s.Title)
	}
	return clean(s.Number) + "  " + clean(s.Title)
}
