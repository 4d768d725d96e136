package pdf

import (
	"cmp"

	"gcm/reports"
)

// furnish prints what could not be known while pages were filled: page numbers
// in the contents and the text, running heads and folios.
func (c *composer) furnish() {
	for i, p := range c.flow.pages {
		for _, it := range p.items {
			if t, ok := it.(*text); ok && t.ref != nil {
				c.number(t)
			}
		}
		if !p.bare {
			c.runningHead(p)
			c.folio(p, i+1)
		}
	}
}

// runningHead names the document on the left and the chapter on the right.
func (c *composer) runningHead(p *page) {
	y := p.top - 38
	right := c.short(p.chapter, p.textWidth()*0.55)
	for _, l := range right {
		l.shift(p.width-p.right-l.extent, y)
		p.items = append(p.items, l.items...)
	}
	room := p.textWidth() - 24
	if len(right) > 0 {
		room -= right[0].extent
	}
	left := cmp.Or(clean(c.doc.Running), clean(c.doc.Title))
	for _, l := range c.short(left, room) {
		l.shift(p.left, y)
		p.items = append(p.items, l.items...)
	}
	p.items = append(p.items, rule(p.left, y+14, p.textWidth(), 0.4, hairline))
}

// short sets a text on one line, with an ellipsis where it is too long.
func (c *composer) short(s string, width float64) []*slab {
	letters := []rune(s)
	for n := len(letters); n > 0; n-- {
		cut := string(letters[:n])
		if n < len(letters) {
			cut += "…"
		}
		if c.measure(cut, runningStyle.size, false) <= width {
			return c.lines(reports.Text(cut), runningStyle, "", width+1, width, 0)
		}
	}
	return nil
}

// folio is the page's number at the foot.
func (c *composer) folio(p *page, n int) {
	term := cmp.Or(c.doc.Terms.Page, "%d / %d")
	st := runningStyle
	for _, l := range c.lines(reports.Text(count(clean(term), n, len(c.flow.pages))), st, "", p.textWidth(), p.textWidth(), 0) {
		l.shift(p.width-p.right-l.extent, p.height-p.bottom+30)
		p.items = append(p.items, l.items...)
	}
}
