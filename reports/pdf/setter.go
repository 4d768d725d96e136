package pdf

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gcm/reports"
)

// setter turns runs into lines. One setter serves one document.
type setter struct {
	doc     *reports.Document
	shaper  *shaper
	breaker breaker
	tree    tree
	anchors map[string]bool // all that the document declares
	notes   int             // footnotes numbered so far
	digits  int             // that a page number may have
	spare   []atom          // memory for the next paragraph's atoms
	stats   Stats
}

// look is what the letters of a run have in common.
type look struct {
	face  face
	size  float64
	color color
	rise  float64 // above the baseline
	elem  element
	link  link // its address or anchor; empty for plain text
}

// para is a paragraph on its way to lines.
type para struct {
	*setter
	style style
	lang  string
	elem  element
	room  float64 // width of footnotes that hang on it
	looks []look
	atoms []atom
	open  bool // a space is due before the next letters
}

// Widths of a word space: what it is, may grow and may shrink by, in parts of
// the face's own space.
const (
	spaceStretch = 0.5
	spaceShrink  = 0.33
)

// expansion is how much wider letters are set at a ratio of 1, and narrower at
// -1: too little to be seen, enough to spare many a wide space.
const expansion = 0.008

// The penalties of line ends that are possible and not welcome.
const (
	hyphenPenalty      = 110
	scrapPenalty       = 190 // a hyphen that leaves two letters on one side
	raggedHyphen       = 160
	wholeHyphen        = 3000
	afterHyphenPenalty = 25
	afterShortPenalty  = 35 // after a word of one letter, and between a number and its noun
)

// lines sets runs as lines of the width; each slab is one line. Footnotes get
// the width of room.
func (s *setter) lines(runs []reports.Run, st style, lang string, width, room float64, elem element) []*slab {
	p := s.begin(st, lang)
	defer p.end()
	p.elem, p.room = elem, room
	for _, r := range runs {
		p.run(r)
	}
	if len(p.atoms) == 0 {
		return nil
	}
	rag := st.align != justify
	broken := s.breaker.breakLines(p.atoms, width, rag)
	if broken == nil {
		p.loosen()
		broken = s.breaker.fill(p.atoms, width)
	}
	out := make([]*slab, len(broken))
	for i, b := range broken {
		out[i] = p.line(b, width)
	}
	if !rag {
		s.count(broken)
	}
	return out
}

// begin takes the spare memory for a paragraph, end gives it back; a footnote is
// set while its paragraph has it, and takes its own.
func (s *setter) begin(st style, lang string) *para {
	p := &para{setter: s, style: st, lang: lang, atoms: s.spare[:0]}
	s.spare = nil
	return p
}

func (p *para) end() { p.spare = p.atoms }

// count keeps the figures of justified lines; the last line of a paragraph is
// not stretched and not counted as gappy.
func (s *setter) count(lines []brokenLine) {
	s.stats.Lines += len(lines)
	for _, l := range lines[:len(lines)-1] {
		if l.ratio > gappy {
			s.stats.Gappy++
		}
	}
}

func (p *para) run(r reports.Run) {
	lk := look{
		face:  faceOf(p.style.family, p.style.bold || r.Bold, p.style.italic != r.Italic),
		size:  p.style.size,
		color: p.style.color,
		elem:  p.elem,
	}
	lang := p.lang
	if r.Lang != "" {
		lang = r.Lang
	}
	if anchor, ok := strings.CutPrefix(r.Link, "#"); ok && p.anchors[anchor] {
		lk.link.anchor = anchor
	} else if strings.HasPrefix(r.Link, "https://") {
		lk.link.url = webAddress(r.Link)
	}
	if lk.link != (link{}) {
		lk.color = deep
	}
	p.looks = append(p.looks, lk)
	if r.PageOf != "" && p.anchors[r.PageOf] {
		p.pageOf(r.PageOf)
	} else {
		p.text(clean(r.Text), lang)
	}
	if len(r.Note) > 0 {
		p.mark(r.Note, lk)
	}
}

// text adds letters and spaces of the newest look.
func (p *para) text(s, lang string) {
	for s != "" {
		at := strings.IndexAny(s, " \u200b")
		if at < 0 {
			p.letters(s, lang)
			return
		}
		if at > 0 {
			p.letters(s[:at], lang)
		}
		if s[at] == ' ' {
			p.open = true
			s = s[at+1:]
			continue
		}
		p.atoms = append(p.atoms, atom{kind: chance})
		s = s[at+len("\u200b"):]
	}
}

// letters adds a stretch without spaces, with the space that is due before it.
func (p *para) letters(s, lang string) {
	lk := int32(len(p.looks) - 1)
	if p.open {
		p.space(lk, s)
	}
	for i, part := range strings.Split(s, "\u00ad") {
		if i > 0 && len(p.atoms) > 0 {
			p.atoms = append(p.atoms, atom{kind: chance, hyphen: true, penalty: hyphenPenalty, width: p.hyphenWidth()})
		}
		if part != "" {
			for _, w := range p.shaper.shape(p.looks[lk].face, lang, part) {
				p.word(w, lk)
			}
		}
	}
}

func (p *para) hyphenWidth() float64 {
	lk := &p.looks[len(p.looks)-1]
	return float64(lk.face.metrics().width(softHyphen)) * lk.size / 1000
}

// space adds a word space; what follows may not stand alone at a line's
// beginning when it is a dash, nor be torn from a short word or a number.
func (p *para) space(lk int32, next string) {
	p.open = false
	if len(p.atoms) == 0 {
		return
	}
	w := float64(p.looks[lk].face.metrics().width(' ')) * p.looks[lk].size / 1000
	a := atom{kind: space, width: w, stretch: w * spaceStretch, shrink: w * spaceShrink, look: lk}
	first, size := utf8.DecodeRuneInString(next)
	switch {
	case (first == '—' || first == '–') && size == len(next):
		a.penalty = math.Inf(1)
	case p.endsShort() || p.endsInDigit() && unicode.IsLower(first):
		a.penalty = afterShortPenalty
	}
	p.atoms = append(p.atoms, a)
}

// endsShort says whether a word of a single letter stands last.
func (p *para) endsShort() bool {
	a := p.atoms[len(p.atoms)-1]
	if a.word == nil || len(a.word.codes) != 1 || !unicode.IsLetter(rune(a.word.codes[0])) {
		return false
	}
	return len(p.atoms) == 1 || p.atoms[len(p.atoms)-2].kind == space
}

func (p *para) endsInDigit() bool {
	a := p.atoms[len(p.atoms)-1]
	return a.word != nil && unicode.IsDigit(rune(a.word.codes[a.to-1]))
}

// word adds the parts of a word and the chances to break between them.
func (p *para) word(w *word, lk int32) {
	scale := p.looks[lk].size / 1000
	from := 0
	for _, c := range w.cuts {
		p.part(w, from, c.at, lk)
		a := atom{kind: chance, width: float64(c.width) * scale, hyphen: c.hyphen, look: lk, penalty: afterHyphenPenalty}
		switch {
		case p.style.whole:
			a.penalty = wholeHyphen
		case c.hyphen && p.style.align != justify:
			a.penalty = raggedHyphen
		case c.scrap:
			a.penalty = scrapPenalty
		case c.hyphen:
			a.penalty = hyphenPenalty
		}
		p.atoms = append(p.atoms, a)
		from = c.at
	}
	p.part(w, from, len(w.codes), lk)
}

func (p *para) part(w *word, from, to int, lk int32) {
	width := float64(w.width(from, to)) * p.looks[lk].size / 1000
	p.atoms = append(p.atoms, atom{kind: letters, width: width, stretch: width * expansion, shrink: width * expansion,
		look: lk, word: w, from: int32(from), to: int32(to)})
}

// loosen allows a break after every letter, for what is longer than a line.
func (p *para) loosen() {
	old := p.atoms
	p.atoms = make([]atom, 0, 2*len(old))
	for _, a := range old {
		if a.kind != letters || a.word == nil {
			p.atoms = append(p.atoms, a)
			continue
		}
		for i := a.from; i < a.to; i++ {
			if i > a.from {
				p.atoms = append(p.atoms, atom{kind: chance, look: a.look})
			}
			p.part(a.word, int(i), int(i+1), a.look)
			p.atoms[len(p.atoms)-1].note = a.note
		}
	}
}

// mark adds a footnote's number, raised, and the footnote itself.
func (p *para) mark(runs []reports.Run, lk look) {
	p.notes++
	number := strconv.Itoa(p.notes)
	elem := p.tree.add(roleNote, p.elem)
	n := &note{lines: p.noteLines(number, runs, elem)}
	lk.size, lk.rise, lk.link = lk.size*0.62, lk.size*0.36, link{}
	lk.elem, lk.color = p.tree.add(roleLabel, elem), accent
	p.looks = append(p.looks, lk)
	for _, w := range p.shaper.shape(lk.face, "", number) {
		p.part(w, 0, len(w.codes), int32(len(p.looks)-1))
	}
	p.atoms[len(p.atoms)-1].note = n
}

// noteLines sets a footnote: its number, then its text.
func (p *para) noteLines(number string, runs []reports.Run, elem element) []*slab {
	head := reports.Run{Text: number + "\u00a0", Bold: true}
	return p.setter.lines(append([]reports.Run{head}, plain(runs)...), noteStyle, p.lang, p.room, p.room, elem)
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
	lk.link = link{anchor: anchor}
	lk.color = deep
	widest := count(p.doc.Terms.PageOf, pageDigits(p.digits))
	width := 0.0
	for _, w := range p.shaper.shape(lk.face, "", strings.ReplaceAll(clean(widest), " ", "\u00a0")) {
		width += float64(w.width(0, len(w.codes))) * lk.size / 1000
	}
	if p.open {
		p.space(int32(len(p.looks)-1), widest)
	}
	ref := &pageRef{anchor: anchor, format: p.doc.Terms.PageOf, room: width}
	p.atoms = append(p.atoms, atom{kind: letters, width: width, look: int32(len(p.looks) - 1), ref: ref})
}
