package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	noBreakSpace = 0xA0
	softHyphen   = 0xAD
	zeroSpace    = 0x200B // a place to break, without a mark
)

// clean makes any string fit for fpdf and the faces: composed letters of the
// Basic Multilingual Plane, spaces for line ends, no controls. Broken UTF-8 and
// runes above U+FFFF, on which fpdf would panic, become U+FFFD.
func clean(s string) string {
	if tidy(s) {
		return s
	}
	return strings.Map(cleanRune, norm.NFC.String(s))
}

// tidy says at once that most text needs no cleaning.
func tidy(s string) bool {
	for _, r := range s {
		if r < ' ' || r > 0x2026 || r >= 0x7F && r < 0xA0 || r >= 0x300 && r < 0x370 || r >= 0x2000 && r < 0x2010 || r == utf8.RuneError {
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
	case r >= 0x2000 && r <= 0x200A && r != 0x2009: // wide and narrow spaces but the thin one
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
