package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many letters of a word count; what follows belongs to it
// but does not tell it from others.
const longestWord = 40

// word is a word of a text in small letters, with its place in bytes.
type word struct {
	text     string
	from, to int
}

// Clean returns a text as it is read and shown: composed letters, no broken
// bytes, no control characters, at most the first 40,000 characters.
func Clean(text string) string {
	apart := false // letters and the marks on them
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff':
			return -1 // inside words, unseen
		case r == utf8.RuneError || unicode.IsControl(r):
			return ' '
		}
		apart = apart || r > '\u02ff' && unicode.Is(unicode.Mn, r)
		return r
	}, firstRunes(text, longest))
	if apart {
		return norm.NFC.String(text)
	}
	return text
}

// firstRunes returns the first n characters of a text.
func firstRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}

// words yields the words of a clean text: runs of letters and digits. Of words
// with hyphens it yields the parts and then the whole without the hyphens, so that
// "e-visa" is found by "evisa" too.
func words(text string) iter.Seq[word] {
	return func(yield func(word) bool) {
		parts, from := 0, 0 // of the word with hyphens that is being read
		for at := 0; at < len(text); {
			w, ok := next(text, at)
			if !ok {
				return
			}
			if parts > 0 && w.from == at+1 && text[at] == '-' {
				parts++
			} else {
				parts, from = 1, w.from
			}
			if !yield(w) {
				return
			}
			at = w.to
			if parts > 1 && !strings.HasPrefix(text[at:], "-") {
				whole := shorten(strings.ReplaceAll(strings.ToLower(text[from:at]), "-", ""))
				if !yield(word{whole, from, at}) {
					return
				}
				parts = 0
			}
		}
	}
}

// next returns the first word from a place on.
func next(text string, at int) (word, bool) {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		at += size
	}
	from := at
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !belongs(r) {
			break
		}
		at += size
	}
	return word{shorten(strings.ToLower(text[from:at])), from, at}, from < at
}

// belongs reports whether a letter goes on with a word: marks over and under
// letters do, too.
func belongs(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func shorten(text string) string { return firstRunes(text, longestWord) }
