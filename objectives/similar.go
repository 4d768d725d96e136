package objectives

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"gcm/internal/i18n"
)

// Titled is a record by what people call it.
type Titled struct {
	Code  string
	Title i18n.Text
}

// Hint says that a record looks like another one.
type Hint struct {
	Titled
	Likeness float64 // from 0 to 1: the same words
}

// Likeness from which on a record is worth a look, and how many are shown.
const (
	alike    = 0.5
	mostHint = 5
)

// Similar returns those of the records that may be what title names, the likest
// first. Wordings are compared within each language, letter by letter in threes,
// so that endings and the order of words matter little.
func Similar(title i18n.Text, among []Titled) []Hint {
	wanted := map[string]map[string]bool{}
	for lang, text := range title {
		wanted[lang] = trigrams(text)
	}
	var hints []Hint
	for _, other := range among {
		best := 0.0
		for lang, grams := range wanted {
			best = max(best, likeness(grams, trigrams(other.Title[lang])))
		}
		if best >= alike {
			hints = append(hints, Hint{other, best})
		}
	}
	slices.SortFunc(hints, func(a, b Hint) int { return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(a.Code, b.Code)) })
	return hints[:min(len(hints), mostHint)]
}

// trigrams returns the runs of three letters of each word of a text, its edges
// included: " ви", "виз", "иза", "за ".
func trigrams(text string) map[string]bool {
	text = strings.ReplaceAll(strings.ToLower(text), "ё", "е")
	grams := map[string]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letters := []rune(" " + word + " ")
		for i := range len(letters) - 2 {
			grams[string(letters[i:i+3])] = true
		}
	}
	return grams
}

// likeness is the share of common members of two sets (Dice).
func likeness(a, b map[string]bool) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for gram := range a {
		if b[gram] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
