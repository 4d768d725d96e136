// Package cell keeps texts harmless in the cells of a spreadsheet. It knows no
// file format.
package cell

import "strings"

// Harmless keeps a spreadsheet from reading a text as a formula: one that begins
// like a formula gets an apostrophe before it.
func Harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
