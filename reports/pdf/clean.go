package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	noBreakSpace = 0xA0
	softHyphen   = 0xAD
	zeroSpace    = 0x200B // a place to break, without a mark
)

// clean makes any string fit for fpdf and the faces: composed letters of the
// Basic Multilingual Plane, spaces for line ends, no controls. Forms of letters
// that no face has are spelt out, "ﬁ" as "fi". Broken UTF-8 and other runes above
// U+FFFF, on which fpdf would panic, become U+FFFD.
func clean(s string) string {
	if tidy(s) {
		return s
	}
	return strings.Map(cleanRune, norm.NFC.String(spellOut(s)))
}

// spellOut replaces a rune that no face has by the letters that Unicode calls
// compatible with it, where the faces have all of them.
func spellOut(s string) string {
	var b strings.Builder
	for _, r := range s {
		plain := ""
		if !printable(r) && !unicode.IsSpace(r) {
			plain = norm.NFKC.String(string(r))
		}
		if plain == "" || strings.IndexFunc(plain, func(r rune) bool { return !printable(r) }) >= 0 {
			b.WriteRune(r)
			continue
		}
		b.WriteString(plain)
	}
	return b.String()
}

// printable says whether a face has a rune; the faces for text all have the same.
func printable(r rune) bool {
	return r <= 0xFFFF && (face(0).metrics().has(uint16(r)) || signs.metrics().has(uint16(r)))
}

// tidy says at once that most text needs no cleaning.
func tidy(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x7F && r < 0xA0 || r >= 0x180 && r < 0x400 || r >= 0x530 && r < 0x2010 || r > 0x2026 {
			return false
		}
	}
	return true
}

func cleanRune(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 || r == 0x85:
		return ' '
	case r == 0x2007:
		return noBreakSpace
	case r >= 0x2000 && r <= 0x200A && r != 0x2009 || r == 0x3000: // wide and narrow spaces but the thin one
		return ' '
	case r == zeroSpace:
		return r
	case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != softHyphen || unicode.Is(unicode.Variation_Selector, r):
		return -1
	case r > 0xFFFF || r >= 0xE000 && r < 0xF900 || r >= 0xFFFE:
		return replacement
	}
	return r
}
