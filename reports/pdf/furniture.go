package pdf

import (
	"cmp"

	"gcm/reports"
)

// furnish prints what could not be known while pages were filled: page numbers
// in the contents and the text, running heads and folios.
func (c *composer) furnish() {
	for i, p := range c.flow.pages {
		c.markDraft(p)
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
	right := c.short(p.chapter, runningStyle, p.textWidth()*0.55, pageHead)
	for _, l := range right {
		l.shift(p.width-p.right-l.extent, y)
		p.items = append(p.items, l.items...)
	}
	room := p.textWidth() - 24
	if len(right) > 0 {
		room -= right[0].extent
	}
	left := cmp.Or(c.doc.Running, c.doc.Title)
	for _, l := range c.short(left, runningStyle, room, pageHead) {
		l.shift(p.left, y)
		p.items = append(p.items, l.items...)
	}
	p.items = append(p.items, rule(p.left, y+14, p.textWidth(), 0.4, hairline))
}

// short sets a text on one line, with an ellipsis where it is too long. No line
// holds more than a few hundred letters, whatever it is given.
func (c *composer) short(s string, st style, width float64, elem element) []*slab {
	letters := []rune(clean(s))
	letters = letters[:min(len(letters), 400)]
	f, room := faceOf(st.family, st.bold, st.italic), int(width*1000/st.size)
	used, fit := 0, 0
	for i, a := range f.word(string(letters)).advances {
		used += int(a)
		if used <= room-f.metrics().width('…') {
			fit = i + 1
		}
	}
	if used > room {
		letters = append(letters[:fit], '…')
	}
	return c.lines(reports.Text(string(letters)), st, "", width+1, width, elem)
}

// folio is the page's number at the foot.
func (c *composer) folio(p *page, n int) {
	term := cmp.Or(c.doc.Terms.Page, "%d / %d")
	for _, l := range c.short(count(term, n, len(c.flow.pages)), runningStyle, p.textWidth(), pageFoot) {
		l.shift(p.width-p.right-l.extent, p.height-p.bottom+30)
		p.items = append(p.items, l.items...)
	}
}
