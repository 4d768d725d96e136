package pdf

import (
	"strconv"

	"gcm/reports"
)

// mark adds a footnote's number, raised, and the footnote itself.
func (p *para) mark(runs []reports.Run, lk look) {
	p.notes++
	number := strconv.Itoa(p.notes)
	n := &note{lines: p.noteLines(number, runs, p.tree.add(roleNote, p.elem))}
	lk.size, lk.rise, lk.link = lk.size*0.62, lk.size*0.36, link{}
	lk.elem, lk.color = p.tree.add(roleReference, p.elem), accent
	p.looks = append(p.looks, lk)
	for _, w := range p.shaper.shape(lk.face, "", number) {
		p.part(w, 0, len(w.codes), int32(len(p.looks)-1))
	}
	p.atoms[len(p.atoms)-1].note = n
}

// noteLines sets a footnote: its number, then its text.
func (p *para) noteLines(number string, runs []reports.Run, elem element) []*slab {
	return p.setter.set(noteStyle, p.lang, p.room, p.room, elem, func(note *para) {
		note.elem = p.tree.add(roleLabel, elem)
		note.run(reports.Run{Text: number + "\u00a0", Bold: true})
		note.elem = elem
		for _, r := range plain(runs) {
			note.run(r)
		}
	})
}

// plain takes away the notes of notes, which paper has no place for.
func plain(runs []reports.Run) []reports.Run {
	out := make([]reports.Run, len(runs))
	for i, r := range runs {
		r.Note = nil
		out[i] = r
	}
	return out
}

// pageOf adds room for a page number that is known later.
func (p *para) pageOf(anchor string) {
	lk := &p.looks[len(p.looks)-1]
	widest := glued(count(p.doc.Terms.PageOf, pageDigits(p.digits)))
	w := lk.face.word(widest)
	width := float64(w.width(0, len(w.codes))) * lk.size / 1000
	if p.open {
		p.space(int32(len(p.looks)-1), widest)
	}
	ref := &pageRef{anchor: anchor, format: p.doc.Terms.PageOf, room: width}
	p.atoms = append(p.atoms, atom{kind: letters, width: width, look: int32(len(p.looks) - 1), ref: ref})
}
