package search

import (
	"strings"
	"unicode"
)

// plain are the letters that people type for others: those of a Russian keyboard
// for Kazakh ones, plain Latin ones for those with marks.
var plain = map[rune]rune{
	'ә': 'а', 'ғ': 'г', 'қ': 'к', 'ң': 'н', 'ө': 'о', 'ұ': 'у', 'ү': 'у', 'һ': 'х', 'і': 'и', 'ё': 'е',
	'ä': 'a', 'á': 'a', 'à': 'a', 'â': 'a', 'ã': 'a', 'å': 'a', 'ā': 'a', 'ç': 'c', 'ć': 'c', 'č': 'c',
	'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e', 'ğ': 'g', 'ǵ': 'g', 'ı': 'i', 'í': 'i', 'ì': 'i', 'î': 'i', 'ï': 'i',
	'ñ': 'n', 'ń': 'n', 'ň': 'n', 'ö': 'o', 'ó': 'o', 'ò': 'o', 'ô': 'o', 'õ': 'o', 'ō': 'o', 'ş': 's', 'ś': 's', 'š': 's',
	'ü': 'u', 'ú': 'u', 'ù': 'u', 'û': 'u', 'ū': 'u', 'ÿ': 'y', 'ž': 'z', 'ź': 'z',
}

// fold returns a word with plain letters, as a Russian or an English keyboard has
// them.
func fold(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) { // the dot over a small Turkish i
			return -1
		}
		if p, ok := plain[r]; ok {
			return p
		}
		return r
	}, word)
}

// cyrillic reports whether a word has a Cyrillic letter.
func cyrillic(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

// latin reports whether a word has a Latin letter.
func latin(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}
