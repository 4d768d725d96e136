package pdf

import "math"

// The mark of a draft: light enough to read through, dark enough to be seen on a
// photocopy.
const (
	draftColor color = 0xE7EBF0
	stampColor color = 0xF0C48F // on the cover's blue
)

// markDraft prints across a page that it is of a draft; on the cover, whose
// title should stay free, in a box above it.
func (c *composer) markDraft(p *page) {
	if clean(c.doc.Draft) == "" {
		return
	}
	if p.bare {
		c.stamp(p)
		return
	}
	words := faceOf(sans, true, false).words(clean(c.doc.Draft))
	width := 0
	for _, w := range words {
		width += w.width(0, len(w.codes))
	}
	angle := math.Atan2(p.height, p.width)
	size := min(0.72*math.Hypot(p.width, p.height)*1000/float64(max(width, 1)), 84)
	along := -float64(width) * size / 2000
	for _, w := range words {
		t := &text{place: place{elem: draftsMark, x: p.width/2 + along*math.Cos(angle), y: p.height/2 - along*math.Sin(angle)},
			size: size, scale: 1, color: draftColor, angle: angle * 180 / math.Pi}
		t.set(w)
		// Letters stand on the line: half their height lower, it goes through them.
		t.x, t.y = t.x+0.36*size*math.Sin(angle), t.y+0.36*size*math.Cos(angle)
		p.under = append(p.under, t)
		along += float64(w.width(0, len(w.codes))) * size / 1000
	}
}

// stamp is the mark in a box at the cover's top.
func (c *composer) stamp(p *page) {
	st := style{family: sans, bold: true, size: 10.5, leading: 15, color: stampColor, align: ragged}
	for _, l := range c.short(c.doc.Draft, st, p.textWidth()-24, draftsMark) {
		const x, y = 12.0, 46.0
		frame, w := stampColor, l.extent+2*x
		l.shift(p.left+x, y+4)
		p.items = append(p.items, &box{place: place{elem: draftsMark, x: p.left, y: y}, w: w, h: l.height + 8, stroke: &frame, line: 1})
		p.items = append(p.items, l.items...)
	}
}
