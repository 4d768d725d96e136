package pdf

import (
	"cmp"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"gcm/reports"
)

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
	scrapPenalty       = 190 // a break that leaves two letters or a number on one side
	raggedHyphen       = 160
	wholeHyphen        = 3000
	afterHyphenPenalty = 25
	afterShortPenalty  = 35 // after a word of one letter, and between a number and its noun
)

func (p *para) run(r reports.Run) {
	lk := look{
		face:  faceOf(p.style.family, p.style.bold || r.Bold, p.style.italic != r.Italic),
		size:  p.style.size,
		color: p.style.color,
		elem:  p.elem,
	}
	lang := cmp.Or(r.Lang, p.lang)
	if anchor, ok := strings.CutPrefix(r.Link, "#"); ok && p.anchors[anchor] {
		lk.link.anchor = anchor
	} else if strings.HasPrefix(r.Link, "https://") {
		lk.link.url = webAddress(r.Link)
	}
	if r.PageOf != "" && p.anchors[r.PageOf] {
		lk.link = link{anchor: r.PageOf}
	}
	switch {
	case p.elem <= artifact:
	case lk.link != (link{}):
		lk.color = deep
		lk.link.says = says(r, lk.link)
		lk.elem = p.tree.addIn(lang, p.lang, roleLink, p.elem)
	case lang != p.lang && languageTag(lang) != "":
		lk.elem = p.tree.addIn(lang, p.lang, roleSpan, p.elem)
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

// says words where a link leads: its text, and an address that the text is not.
func says(r reports.Run, l link) string {
	text := strings.TrimSpace(clean(r.Text))
	if l.url != "" && text != r.Link {
		text = strings.TrimSpace(text + " " + l.url)
	}
	return text
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
		}
		p.atoms[len(p.atoms)-1].note = a.note // once, at the end of its mark
	}
}
