package search

import "slices"

// Piece is a part of a text; a marked one is a word that was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Extract is a part of a text around words that were looked for.
type Extract struct {
	Pieces []Piece
	Lang   string
	Before bool // there is text before it
	After  bool // and after it
}

// Title returns a document's title with the words of a hit marked. The language is
// that of the reader, if there is a title in it.
func (x *Index) Title(h Hit, lang string) Extract {
	d := x.documents[h.Document]
	if d.Title[lang] == "" {
		lang = h.Lang
	}
	return extract(Clean(d.Title[lang]), lang, h.words[lang], longest)
}

// Text returns about size characters of a document's text: where most of the words
// stand together, else its beginning. The language is that of the reader, unless the
// words stand only in the text in which the document was found.
func (x *Index) Text(h Hit, lang string, size int) Extract {
	in := func(lang string) Extract {
		return extract(Clean(x.documents[h.Document].Text[lang]), lang, h.words[lang], size)
	}
	readers, found := in(lang), in(h.Lang)
	if len(readers.Pieces) > 0 && (marks(readers) || !marks(found)) {
		return readers
	}
	return found
}

// marks reports whether a word in an extract is marked.
func marks(e Extract) bool {
	return slices.ContainsFunc(e.Pieces, func(p Piece) bool { return p.Marked })
}

// extract returns about size characters of a clean text, whole words, with the
// marked ones apart.
func extract(text, lang string, marked map[string]bool, size int) Extract {
	var all []word // without the wholes of words with hyphens, unless these are marked
	for w := range words(text) {
		if n := len(all); n > 0 && w.from < all[n-1].to { // a whole after its parts
			if !marked[w.text] {
				continue
			}
			for n > 0 && all[n-1].from >= w.from {
				n--
			}
			all = all[:n]
		}
		all = append(all, w)
	}
	if len(all) == 0 {
		return Extract{Lang: lang}
	}
	from, to := window(all, marked, bytesFor(text, size))
	e := Extract{Lang: lang, Before: from > 0, After: to < len(all)}
	at, end := all[from].from, len(text)
	if from == 0 {
		at = 0
	}
	if to < len(all) {
		end = all[to-1].to
	}
	for _, w := range all[from:to] {
		if !marked[w.text] {
			continue
		}
		switch n := len(e.Pieces); {
		case n > 0 && e.Pieces[n-1].Marked && text[at:w.from] == "-": // parts of one word
			e.Pieces[n-1].Text += text[at:w.to]
		case at < w.from:
			e.Pieces = append(e.Pieces, Piece{Text: text[at:w.from]}, Piece{Text: text[w.from:w.to], Marked: true})
		default:
			e.Pieces = append(e.Pieces, Piece{Text: text[w.from:w.to], Marked: true})
		}
		at = w.to
	}
	if at < end {
		e.Pieces = append(e.Pieces, Piece{Text: text[at:end]})
	}
	return e
}

// bytesFor is about how many bytes so many characters of a text take.
func bytesFor(text string, characters int) int { return len(firstRunes(text, characters)) }

// window returns the words of a part of a text: around the first place where the
// most different marked words stand together, a quarter of it before them.
func window(all []word, marked map[string]bool, size int) (from, to int) {
	if all[len(all)-1].to-all[0].from <= size {
		return 0, len(all)
	}
	best := 0
	for i, w := range all {
		if !marked[w.text] {
			continue
		}
		if n := different(all[i:], marked, size*3/4); n > best {
			best, from = n, i
		}
	}
	first := from
	for from > 0 && all[first].from-all[from-1].from <= size/4 {
		from--
	}
	for to = first + 1; to < len(all) && all[to].to-all[from].from <= size; to++ {
	}
	return from, to
}

// different counts the marked words within so many bytes, each once.
func different(all []word, marked map[string]bool, size int) int {
	seen := map[string]bool{}
	for _, w := range all {
		if w.to-all[0].from > size {
			break
		}
		if marked[w.text] {
			seen[w.text] = true
		}
	}
	return len(seen)
}
