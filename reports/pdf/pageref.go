package pdf

import (
	"math"
	"strings"
)

// number fills in a page reference; what its line has too much room for goes to
// the line's spaces, or to its end.
func (c *composer) number(t *text) {
	to, ok := c.flow.dests[t.ref.anchor]
	if !ok {
		return
	}
	t.set(t.face.word(glued(count(t.ref.format, to.page+1))))
	spare := t.ref.room - t.width()
	if t.ref.line == nil { // the contents: the number ends at the margin
		t.x += spare
		return
	}
	t.ref.closeUp(t, spare)
}

// closeUp moves the texts of the line after number has taken less room than was
// reserved.
func (r *pageRef) closeUp(number *text, spare float64) {
	moved, each := 0.0, 0.0
	switch r.align {
	case flushRight:
		moved = spare
	case centered:
		moved = spare / 2
	case justify:
		if spaces := r.spaces(); spaces > 0 {
			each = spare / float64(spaces)
		}
	}
	for _, t := range r.line {
		t.x += moved
		if t == number {
			moved -= spare
			continue
		}
		moved += t.widen(each)
	}
}

// spaces counts the word spaces of the line.
func (r *pageRef) spaces() int {
	n := 0
	for _, t := range r.line {
		for j, code := range t.codes {
			if code == ' ' && !t.unseen(j) {
				n++
			}
		}
	}
	return n
}

// widen adds to each of a text's spaces and returns how much longer it became.
func (t *text) widen(each float64) float64 {
	if each == 0 {
		return 0
	}
	before := t.width()
	extra := int16(math.Round(each * 1000 / t.size / t.scale))
	for i, code := range t.codes {
		if code == ' ' && !t.unseen(i) {
			t.extra[i] += extra
		}
	}
	return t.width() - before
}

// glued is a text with spaces that neither break nor stretch.
func glued(s string) string { return strings.ReplaceAll(clean(s), " ", "\u00a0") }
