// Package hyphen says where a word may be broken at the end of a line, in
// Kazakh, Russian and English. Kazakh and Russian follow a rule of syllables,
// English the patterns of TeX (english.txt, licence in LICENSE-english.txt).
//
// It knows letters and languages; it does not know widths, lines or hyphens
// that the text already has.
package hyphen

import (
	"strings"
	"unicode"
)

// Points returns the places where word may be broken, as numbers of runes from
// its beginning, in rising order. The language is a BCP 47 tag; an unknown one,
// an abbreviation and a word with anything but letters have no places.
func Points(lang, word string) []int {
	letters := []rune(word)
	if len(letters) < 4 || !plain(letters) {
		return nil
	}
	for i, r := range letters {
		letters[i] = unicode.ToLower(r)
	}
	tag, _, _ := strings.Cut(lang, "-")
	switch tag {
	case "kk":
		return kazakh.points(letters)
	case "ru":
		return russian.points(letters)
	case "en":
		return english().points(letters)
	}
	return nil
}

// plain says whether all of a word are letters and none but the first is a
// capital: an abbreviation is never broken.
func plain(letters []rune) bool {
	for i, r := range letters {
		if !unicode.IsLetter(r) || i > 0 && unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
