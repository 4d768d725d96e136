// Package cell keeps texts harmless in the cells of a spreadsheet. It knows no
// file format.
package cell

import "strings"

// Harmless keeps a spreadsheet from reading a text as a formula: one that begins
// like a formula gets an apostrophe before it, and so does one that looks as if
// it had got one, so that Bare brings each back.
func Harmless(text string) string {
	if dangerous(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// Bare takes away what Harmless has put before a text.
func Bare(text string) string {
	if bare, marked := strings.CutPrefix(text, "'"); marked && dangerous(strings.TrimLeft(bare, "'")) {
		return bare
	}
	return text
}

func dangerous(text string) bool {
	return text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0]))
}
