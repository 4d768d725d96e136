package pdf

import (
	"cmp"

	"gcm/reports"
)

// composer turns the document's sections and blocks into slabs and hands them
// to the flow in reading order.
type composer struct {
	*setter
	flow *flow
	gap  float64 // asked for by the block before, instead of the next one's own
	used bool    // gap counts

	headed bool // a heading stands right above
}

// spot is where a block stands: the stretch of the text's width that it has and
// what surrounds it.
type spot struct {
	x, width float64
	elem     element
	lang     string
	level    int // of the headings that stand here
	frame    *frame
	base     style // of running text
	label    *slab // a list's mark, put beside the next slab
}

// Space above blocks, in points.
const (
	beforeParagraph = 7.0
	beforeItem      = 3.5
	beforeFloat     = 16.0
	beforeBox       = 14.0
)

// leastWidth is how narrow lists and callouts inside one another may make their
// text; deeper ones stand below the outer, not further in.
const leastWidth = 120.0

// narrowed is the spot further in by left and right, where there is room for it.
func (at *spot) narrowed(left, right float64) spot {
	inner := *at
	if at.width-left-right >= leastWidth {
		inner.x, inner.width = at.x+left, at.width-left-right
	}
	return inner
}

// put adds slabs at a spot, the first with its space above.
func (c *composer) put(at *spot, before float64, slabs ...*slab) {
	for i, s := range slabs {
		s.shift(at.x, 0)
		s.frame = at.frame
		if i > 0 {
			continue
		}
		s.before = before
		if c.used {
			s.before, c.used = c.gap, false
		}
		if at.label != nil {
			s.begin(at.label, at.x, 0)
			at.label = nil
		}
	}
	c.flow.add(slabs...)
}

// after sets the space above the next block.
func (c *composer) after(gap float64) { c.gap, c.used = gap, true }

func (c *composer) blocks(blocks []reports.Block, at *spot) {
	for _, b := range blocks {
		headed := c.headed
		c.headed = false
		switch b := b.(type) {
		case reports.Paragraph:
			c.paragraph(b, at, headed)
		case reports.List:
			c.list(b, at)
		case reports.Table:
			c.table(b, at)
		case reports.Figure:
			c.figure(b, at)
		case reports.Callout:
			c.callout(b, at)
		case reports.Facts:
			c.facts(b, at)
		}
	}
}

// paragraph sets running text. A small remark between a heading and its text
// belongs to the heading and keeps with the text.
func (c *composer) paragraph(p reports.Paragraph, at *spot, headed bool) {
	st, before, r := at.base, beforeParagraph, roleP
	switch p.Style {
	case reports.Lead:
		st, before = leadStyle, 10
	case reports.Small:
		st, before = smallStyle, 5
	case reports.Subhead:
		st, before, r = subheadStyle, 13, headingRole(at.level)
	case reports.Label:
		st, before = labelStyle, 8
	}
	lang := cmp.Or(p.Lang, at.lang)
	elem := c.tree.addIn(lang, at.lang, r, at.elem)
	lines := c.lines(p.Runs, st, lang, at.width, c.flow.geo.textWidth(), elem)
	if len(lines) == 0 {
		return
	}
	keepTogether(lines)
	if p.Style == reports.Subhead || p.Style == reports.Label || headed && p.Style == reports.Small {
		keepAll(lines)
	}
	c.put(at, before, lines...)
	switch p.Style {
	case reports.Subhead:
		c.after(4)
	case reports.Lead:
		c.after(11)
	}
}

// list sets items with hanging marks.
func (c *composer) list(l reports.List, at *spot) {
	elem := c.tree.add(roleList, at.elem)
	c.tree[elem].Attr = attrBullets
	if l.Ordered {
		c.tree[elem].Attr = attrNumbers
	}
	inset := listInset(l, at.base)
	for i, item := range l.Items {
		li := c.tree.add(roleItem, elem)
		inner := at.narrowed(inset, 0)
		if at.label != nil && inner.x == at.x { // no room for two marks beside one another
			c.put(at, 0, &slab{height: at.base.leading, keep: true})
		}
		inner.elem = c.tree.add(roleBody, li)
		inner.label = c.listMark(l.Ordered, i+1, inset, at.base, c.tree.add(roleLabel, li))
		if at.label != nil {
			inner.label.begin(at.label, -inset, 0)
			at.label = nil
		}
		if !c.used {
			before := beforeItem
			if i == 0 {
				before = beforeParagraph - 1
			}
			c.after(before)
		}
		c.blocks(item, &inner)
	}
}

// listInset is the room for a list's marks.
func listInset(l reports.List, st style) float64 {
	if l.Ordered {
		digits := float64(len(count("%d", len(l.Items))))
		return st.size * (0.95 + 0.56*digits)
	}
	return st.size * 1.35
}

// listMark is a number or a bullet, left of where the item's text begins.
func (c *composer) listMark(ordered bool, n int, inset float64, st style, elem element) *slab {
	s := &slab{}
	st.align, st.color = ragged, accent
	mark, gap := "•", st.size*0.6
	if ordered {
		mark, gap = count("%d.", n), st.size*0.5
	}
	for _, l := range c.lines(reports.Text(mark), st, "", inset, inset, elem) {
		s.absorb(l, -gap-l.extent, 0)
	}
	return s
}

// callout sets blocks in a box, which may go on over pages.
func (c *composer) callout(b reports.Callout, at *spot) {
	const padding, side = 10.0, 15.0
	fr := &frame{x: at.x, w: at.width, padding: padding, fill: wash, bar: deep}
	if b.Tone == reports.Gap || b.Tone == reports.Invite {
		fr.fill, fr.bar = warm, accent
	}
	inner := at.narrowed(side, side)
	at.label = nil // inner has it, until something stands beside it
	inner.frame, inner.base = fr, calloutStyle
	inner.elem = c.tree.add(roleDiv, at.elem)
	title := boxTitle
	title.color = fr.bar
	lines := c.lines(reports.Text(b.Title), title, at.lang, inner.width, c.flow.geo.textWidth(), c.tree.add(roleP, inner.elem))
	keepAll(lines)
	before := beforeBox
	if c.used {
		before = max(c.gap, 6)
		c.used = false
	}
	if len(lines) > 0 {
		c.put(&inner, before, lines...)
		before = 3
	}
	c.after(before)
	c.blocks(b.Blocks, &inner)
	at.label = inner.label
	c.after(beforeBox)
}
