package pdf

import "math"

// line draws one broken line as a slab of its own, from x = 0.
func (p *para) line(b brokenLine, width float64) *slab {
	d := &lineDraft{para: p, slab: &slab{height: p.style.leading}, base: baseline(p.style), scale: 1}
	if p.style.align == justify {
		d.share(b)
	}
	for i := b.from; i < b.to; i++ {
		a := &p.atoms[i]
		switch {
		case a.kind == space:
			d.space(a)
		case a.ref != nil:
			d.ref(a)
		case a.kind == letters:
			d.word(a)
		}
		if a.note != nil {
			d.slab.notes = append(d.slab.notes, a.note)
		}
	}
	if b.hyphen {
		d.hyphen()
	}
	d.slab.extent = d.x
	if d.text != nil && b.to < len(p.atoms) && p.atoms[b.to].kind == space {
		d.text.space()
	}
	d.finish()
	d.bindRefs(b)
	switch p.style.align {
	case centered:
		d.slab.shift((width-d.x)/2, 0)
	case flushRight:
		d.slab.shift(width-d.x, 0)
	}
	return d.slab
}

// baseline is how far below its top a line's letters stand.
func baseline(st style) float64 { return st.leading/2 + 0.357*st.size }

// lineDraft is a line being drawn from left to right.
type lineDraft struct {
	*para
	slab *slab
	base float64
	x    float64
	text *text // still growing
	look int32
	from float64 // x of the text

	scale float64 // of letters
	ratio float64 // of spaces
	refs  []*pageRef
}

// share divides what a line lacks, or has too much, between letters and spaces:
// letters change a little, spaces take the rest.
func (d *lineDraft) share(b brokenLine) {
	change, room, width := 0.0, 0.0, 0.0
	for _, a := range d.atoms[b.from:b.to] {
		by := a.stretch
		if b.ratio < 0 {
			by = a.shrink
		}
		switch a.kind {
		case space:
			room += by
			change += by * b.ratio
		case letters:
			change += by * b.ratio
			if a.word != nil {
				width += a.width
			}
		}
	}
	d.ratio = b.ratio
	if room == 0 {
		return
	}
	d.scale = 1 + expansion*min(max(b.ratio, -1), gappy)
	d.ratio = (change - (d.scale-1)*width) / room
}

// word appends letters, to the text before when they look alike.
func (d *lineDraft) word(a *atom) {
	if d.text == nil || d.look != a.look || d.text.face != a.word.face {
		d.begin(a.look, a.word.face)
	}
	lk := &d.looks[a.look]
	m := a.word.face.metrics()
	for i := a.from; i < a.to; i++ {
		code := a.word.codes[i]
		d.text.codes = append(d.text.codes, code)
		d.text.extra = append(d.text.extra, a.word.advances[i]-int16(m.width(code)))
	}
	d.x += float64(a.word.width(int(a.from), int(a.to))) * lk.size * d.scale / 1000
}

// space appends a word space, stretched or shrunk by the line's ratio.
func (d *lineDraft) space(a *atom) {
	width := a.width + d.ratio*a.shrink
	if d.ratio >= 0 {
		width = a.width + d.ratio*a.stretch
	}
	f := d.looks[a.look].face
	if d.text == nil || d.look != a.look || d.text.face != f {
		d.begin(a.look, f)
	}
	extra := math.Round((width/d.scale - a.width) * 1000 / d.text.size)
	d.text.codes = append(d.text.codes, ' ')
	d.text.extra = append(d.text.extra, int16(min(extra, math.MaxInt16)))
	d.x += width
}

// hyphen ends the line with a soft hyphen, which a search can read over.
func (d *lineDraft) hyphen() {
	if d.text == nil {
		return
	}
	m := d.text.face.metrics()
	last := len(d.text.codes) - 1
	d.text.extra[last] = int16(m.kerning(d.text.codes[last], softHyphen))
	d.text.codes = append(d.text.codes, softHyphen)
	d.text.extra = append(d.text.extra, 0)
	d.x = d.from + d.text.width()
}

// ref leaves room for a page number.
func (d *lineDraft) ref(a *atom) {
	d.begin(a.look, d.looks[a.look].face)
	d.text.ref = a.ref
	d.refs = append(d.refs, a.ref)
	d.x += a.width
	d.finish()
}

// bindRefs tells the page numbers of the line what stands beside them.
func (d *lineDraft) bindRefs(b brokenLine) {
	for _, ref := range d.refs {
		ref.align = d.style.align
		if ref.align == justify && b.to == len(d.atoms) {
			ref.align = ragged // the last line of a paragraph
		}
		for _, it := range d.slab.items {
			if t, ok := it.(*text); ok {
				ref.line = append(ref.line, t)
			}
		}
	}
}

func (d *lineDraft) begin(lk int32, f face) {
	d.finish()
	l := &d.looks[lk]
	d.look, d.from = lk, d.x
	d.text = &text{place: place{elem: l.elem, x: d.x, y: d.base - l.rise}, face: f, size: l.size, scale: d.scale, color: l.color}
}

// finish puts the text on the line and its link beside it.
func (d *lineDraft) finish() {
	t := d.text
	d.text = nil
	if t == nil || len(t.codes) == 0 && t.ref == nil {
		return
	}
	d.slab.items = append(d.slab.items, t)
	if l := d.looks[d.look].link; l != (link{}) {
		l.x, l.y, l.w, l.h = d.from, 0, d.x-d.from, d.slab.height
		l.elem = d.looks[d.look].elem
		d.slab.links = append(d.slab.links, l)
	}
}
