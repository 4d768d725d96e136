package pdf

import (
	"strings"
	"unicode"

	"gcm/internal/hyphen"
)

// word is a stretch of one face without spaces, measured and kerned, with the
// places where it may be broken. Lengths are in thousandths of the type size.
type word struct {
	face     face
	codes    []uint16
	advances []int16 // of each glyph, the kerning with the next one included
	cuts     []cut
}

// cut is a place to break a word: before codes[at].
type cut struct {
	at     int
	hyphen bool  // a hyphen is printed there
	scrap  bool  // leaves only two letters or a number on a line
	width  int16 // what a line that ends here is longer by
}

// width of the part from one glyph to another.
func (w *word) width(from, to int) int {
	sum := 0
	for _, a := range w.advances[from:to] {
		sum += int(a)
	}
	return sum
}

type wordKey struct {
	face face
	lang string
	text string
}

// shaper measures words and remembers them: a text repeats most of its words.
type shaper struct {
	words map[wordKey][]*word
}

func newShaper() *shaper { return &shaper{words: make(map[wordKey][]*word, 1<<12)} }

// shape returns the words that a stretch of letters without spaces consists of:
// one, unless some letters come from another face.
func (s *shaper) shape(f face, lang, letters string) []*word {
	key := wordKey{f, lang, letters}
	if found, ok := s.words[key]; ok {
		return found
	}
	words := f.words(letters)
	for _, w := range words {
		w.divide(lang)
	}
	s.words[key] = words
	return words
}

// words measures letters in one face and, for those it lacks, in the one for
// signs.
func (f face) words(letters string) []*word {
	var words []*word
	var current *word
	for _, r := range letters {
		fc, code := choose(f, uint16(r))
		if current == nil || current.face != fc {
			current = &word{face: fc}
			words = append(words, current)
		}
		current.codes = append(current.codes, code)
	}
	for _, w := range words {
		w.measure()
	}
	return words
}

// word measures letters in one face, with the replacement for those it lacks.
func (f face) word(letters string) *word {
	w := &word{face: f}
	for _, r := range letters {
		code := uint16(r)
		if !f.metrics().has(code) {
			code = replacement
		}
		w.codes = append(w.codes, code)
	}
	w.measure()
	return w
}

func (w *word) measure() {
	m := w.face.metrics()
	w.advances = make([]int16, len(w.codes))
	for i, c := range w.codes {
		a := m.width(c)
		if i+1 < len(w.codes) {
			a += m.kerning(c, w.codes[i+1])
		}
		w.advances[i] = int16(a)
	}
}

// divide finds the cuts: syllables, after hyphens and dashes, and in web
// addresses after their punctuation.
func (w *word) divide(lang string) {
	letters := make([]rune, len(w.codes))
	for i, c := range w.codes {
		letters[i] = rune(c)
	}
	if strings.Contains(string(letters), "://") || strings.HasPrefix(string(letters), "www.") {
		w.divideAddress(letters)
		return
	}
	for from := 0; from < len(letters); {
		to := from
		for to < len(letters) && unicode.IsLetter(letters[to]) {
			to++
		}
		for _, at := range hyphen.Points(lang, string(letters[from:to])) {
			w.cut(from+at, true)
			w.cuts[len(w.cuts)-1].scrap = at < 3 || to-from-at < 3
		}
		if to+2 < len(letters) && strings.ContainsRune("-–—/", letters[to]) && unicode.IsLetter(letters[to+1]) {
			switch {
			case to > from+1:
				w.cut(to+1, false)
			case to > 0 && unicode.IsDigit(letters[to-1]): // "1954-жылғы"
				w.cut(to+1, false)
				w.cuts[len(w.cuts)-1].scrap = true
			}
		}
		from = to + 1
	}
}

func (w *word) divideAddress(letters []rune) {
	for i := 1; i < len(letters); i++ {
		if strings.ContainsRune("/.-_?&=#%:", letters[i-1]) && letters[i] != '/' {
			w.cut(i, false)
		}
	}
}

// cut adds a place to break, with the width of what is printed there.
func (w *word) cut(at int, hyphen bool) {
	m := w.face.metrics()
	before := w.codes[at-1]
	width := -m.kerning(before, w.codes[at])
	if hyphen {
		width += m.kerning(before, softHyphen) + m.width(softHyphen)
	}
	w.cuts = append(w.cuts, cut{at: at, hyphen: hyphen, width: int16(width)})
}
