package countries

import (
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// clip makes a value of the pack safe to print in one line.
func clip(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:60]) + "…"
	}
	return strconv.Quote(s)
}

func keyText(key *yaml.Node) string {
	if key.Kind != yaml.ScalarNode {
		return "?"
	}
	return strings.Trim(clip(key.Value), `"`)
}

func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, s)
}
