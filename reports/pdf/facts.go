package pdf

import (
	"slices"

	"gcm/reports"
)

// facts sets a strip of key numbers, up to four beside one another.
func (c *composer) facts(f reports.Facts, at *spot) {
	const gutter = 18.0
	elem := c.tree.add(roleList, at.elem)
	columns := perRow(len(f.Items))
	width := (at.width - gutter*float64(columns-1)) / float64(columns)
	for row := range slices.Chunk(f.Items, columns) {
		s := &slab{}
		for i, item := range row {
			c.fact(s, item, float64(i)*(width+gutter), width, at.lang, c.factBody(elem))
		}
		if s.height < c.flow.geo.textHeight()*0.8 {
			c.put(at, beforeBox, s)
			continue
		}
		for _, item := range row { // no strip: texts too long for it
			body := c.factBody(elem)
			c.put(at, beforeBox, append(c.lines(reports.Text(item.Value), boxTitle, at.lang, at.width, at.width, c.tree.add(roleP, body)),
				c.lines(reports.Text(item.Label), factLabel, at.lang, at.width, at.width, c.tree.add(roleP, body))...)...)
		}
	}
	c.after(beforeBox)
}

// factBody is the element of a fact in the list of facts.
func (c *composer) factBody(list element) element {
	return c.tree.add(roleBody, c.tree.add(roleItem, list))
}

// perRow is how many facts stand beside one another: five as three and two.
func perRow(facts int) int {
	if facts == 5 || facts == 6 || facts == 9 {
		return 3
	}
	return min(max(facts, 1), 4)
}

// fact sets one number over its label, under a short rule.
func (c *composer) fact(s *slab, item reports.Fact, x, width float64, lang string, elem element) {
	s.items = append(s.items, rule(x, 0, width, 0.8, accent))
	y := 7.0
	for _, l := range append(c.value(item.Value, width, lang, c.tree.add(roleP, elem)),
		c.lines(reports.Text(item.Label), factLabel, lang, width, width, c.tree.add(roleP, elem))...) {
		s.absorb(l, x, y)
		y += l.height
	}
	s.height = max(s.height, y+2)
}

// value sets a fact's number as large as goes on one line, or on two.
func (c *composer) value(v string, width float64, lang string, elem element) []*slab {
	st := factValue
	for {
		lines := c.lines(reports.Text(v), st, lang, width, width, elem)
		if len(lines) <= 1 || st.size <= 12 || len(lines) == 2 && st.size <= 15 {
			return lines
		}
		st.size *= 0.88
		st.leading *= 0.88
	}
}
