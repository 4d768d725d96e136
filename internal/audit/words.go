package audit

import (
	"strings"
	"unicode"
)

// PieceKind says what became of a piece of text.
type PieceKind string

// The kinds of piece.
const (
	Same    PieceKind = "same"
	Added   PieceKind = "added"
	Removed PieceKind = "removed"
)

// Piece is a run of words of one kind.
type Piece struct {
	Kind PieceKind
	Text string
}

// mostCells bounds what one comparison costs: 1,000 words against 1,000.
const mostCells = 1_000_000

// Words compares two texts word by word: the pieces that are not Added make up
// the one before, those that are not Removed the one after. Texts that differ in
// too many words are told as one piece removed and one added.
func Words(before, after string) []Piece {
	b, a := split(before), split(after)
	head := 0
	for head < min(len(b), len(a)) && b[head] == a[head] {
		head++
	}
	tail := 0
	for tail < min(len(b), len(a))-head && b[len(b)-1-tail] == a[len(a)-1-tail] {
		tail++
	}
	var p pieces
	p.add(Same, b[:head]...)
	p.compare(b[head:len(b)-tail], a[head:len(a)-tail])
	p.add(Same, b[len(b)-tail:]...)
	return p
}

// pieces grow by words, joined to the last piece when it is of the same kind.
type pieces []Piece

func (p *pieces) add(kind PieceKind, words ...string) {
	text := strings.Join(words, "")
	switch last := len(*p) - 1; {
	case text == "":
	case last >= 0 && (*p)[last].Kind == kind:
		(*p)[last].Text += text
	default:
		*p = append(*p, Piece{kind, text})
	}
}

// compare finds the longest run of words that both have in this order.
func (p *pieces) compare(b, a []string) {
	if len(b)*len(a) > mostCells {
		p.add(Removed, b...)
		p.add(Added, a...)
		return
	}
	width := len(a) + 1
	longest := make([]uint16, (len(b)+1)*width) // of b[i:] and a[j:] at i*width+j
	for i := len(b) - 1; i >= 0; i-- {
		for j := len(a) - 1; j >= 0; j-- {
			if b[i] == a[j] {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(b) && j < len(a) {
		switch {
		case b[i] == a[j]:
			p.add(Same, b[i])
			i, j = i+1, j+1
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			p.add(Removed, b[i])
			i++
		default:
			p.add(Added, a[j])
			j++
		}
	}
	p.add(Removed, b[i:]...)
	p.add(Added, a[j:]...)
}

// split cuts a text into words and signs, each with the space after it.
func split(text string) []string {
	var words []string
	start, inWord, spaced := 0, false, false
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		space := unicode.IsSpace(r)
		if i > start && !space && (spaced || !letter || !inWord) {
			words = append(words, text[start:i])
			start = i
		}
		inWord, spaced = letter, space
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}
