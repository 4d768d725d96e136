package quality

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"gcm/indicators"
	"gcm/internal/i18n"
)

// hint is what a word in a name tells of the figure. The words themselves are
// those of the languages: quality.hint.NAME.
type hint string

const (
	shareHint    hint = "share"
	growthHint   hint = "growth"
	declineHint  hint = "decline"
	rateHint     hint = "rate"
	numberHint   hint = "number"
	percentHint  hint = "percent"
	durationHint hint = "duration"
	fillerHint   hint = "filler" // says nothing of what is measured
	thousandHint hint = "thousand"
	millionHint  hint = "million"
	billionHint  hint = "billion"
	trillionHint hint = "trillion"
	restHint     hint = "rest"  // a part that takes in what no other does
	totalHint    hint = "total" // a part that is the whole
)

// lexicons reads the hints of each language once.
var lexicons = sync.OnceValue(func() map[string]map[hint][]string {
	all := map[string]map[hint][]string{}
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			continue // a language without a catalogue has no hints
		}
		words := map[hint][]string{}
		for _, h := range []hint{shareHint, growthHint, declineHint, rateHint, numberHint, percentHint, durationHint, fillerHint, thousandHint, millionHint, billionHint, trillionHint, restHint, totalHint} {
			words[h] = strings.Fields(p.T("quality.hint." + string(h)))
		}
		all[lang] = words
	}
	return all
})

// hinted reports whether a word of the language begins as one of the hint's; a
// hint that ends in "." is a whole word.
func hinted(lang string, h hint, word string) bool {
	return slices.ContainsFunc(lexicons()[lang][h], func(beginning string) bool {
		whole, isWhole := strings.CutSuffix(beginning, ".")
		return isWhole && word == whole || !isWhole && strings.HasPrefix(word, beginning)
	})
}

// hintedAnywhere is hinted for a word whose language is unknown.
func hintedAnywhere(h hint, word string) bool {
	return slices.ContainsFunc(i18n.Languages, func(lang string) bool { return hinted(lang, h, word) })
}

var (
	aside = regexp.MustCompile(`\([^)]*\)|«|»|“|”`)
	year  = regexp.MustCompile(`^(19|20)\d\d$`)
)

// wordsOf splits a text into lower-case words.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// vocabulary is what the words of an indicator tell of it.
type vocabulary struct {
	hints map[hint]bool
	stems map[string][]string // by language, of what is measured
}

// vocabularyOf reads the name, and the hints of the name alone. What stands in
// brackets is an aside: who counted, or in what.
func vocabularyOf(ind *indicators.Indicator) *vocabulary {
	v := &vocabulary{hints: map[hint]bool{}, stems: map[string][]string{}}
	for lang, name := range ind.Name {
		for _, word := range wordsOf(aside.ReplaceAllString(name, " ")) {
			for _, h := range []hint{shareHint, growthHint, declineHint, rateHint, numberHint, percentHint, durationHint} {
				v.hints[h] = v.hints[h] || hinted(lang, h, word)
			}
		}
		v.stems[lang] = stemsOf(lang, name)
	}
	return v
}

// has reports whether the name holds one of the hints.
func (v *vocabulary) has(any ...hint) bool {
	return slices.ContainsFunc(any, func(h hint) bool { return v.hints[h] })
}

// stemsOf returns the beginnings of the words that say what is measured.
func stemsOf(lang, text string) []string {
	var stems []string
	for _, word := range wordsOf(aside.ReplaceAllString(text, " ")) {
		if year.MatchString(word) || slices.ContainsFunc([]hint{shareHint, growthHint, declineHint, rateHint, numberHint, percentHint, fillerHint}, func(h hint) bool { return hinted(lang, h, word) }) {
			continue
		}
		letters := []rune(word)
		if len(letters) < 3 && !unicode.IsDigit(letters[0]) {
			continue
		}
		if len(letters) > 4 { // endings differ
			letters = letters[:min(5, len(letters)-1)]
		}
		if stem := string(letters); !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	return stems
}

// sameStem reports whether two stems are of one word: endings are cut by length,
// so that one can be the beginning of the other.
func sameStem(a, b string) bool {
	short, long := a, b
	if len(a) > len(b) {
		short, long = b, a
	}
	return a == b || len([]rune(short)) >= 4 && strings.HasPrefix(long, short)
}

func hasStem(all []string, stem string) bool {
	return slices.ContainsFunc(all, func(s string) bool { return sameStem(s, stem) })
}

// common counts the stems of a that b has too.
func common(a, b []string) int {
	n := 0
	for _, stem := range a {
		if hasStem(b, stem) {
			n++
		}
	}
	return n
}

// stemSet is the stems of a thing by language.
type stemSet map[string][]string

// without takes out the stems that other has.
func (s stemSet) without(other stemSet) stemSet {
	left := stemSet{}
	for lang, stems := range s {
		left[lang] = slices.DeleteFunc(slices.Clone(stems), func(stem string) bool { return hasStem(other[lang], stem) })
	}
	return left
}

// and adds the stems of other.
func (s stemSet) and(other stemSet) stemSet {
	both := stemSet{}
	for lang, stems := range s {
		both[lang] = slices.Concat(stems, other[lang])
	}
	return both
}

// shared lists the languages that both have words of.
func (s stemSet) shared(other stemSet) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s)), func(lang string) bool { return len(s[lang]) == 0 || len(other[lang]) == 0 })
}

// same reports whether both say the same in each language that they share.
func (s stemSet) same(other stemSet) bool {
	return s.within(other, 0) && other.within(s, 0)
}

// within reports whether other has all stems of s but as many as may be missing,
// in each language that they share; languages are witnesses that must agree.
func (s stemSet) within(other stemSet, missing int) bool {
	langs := s.shared(other)
	for _, lang := range langs {
		n := common(s[lang], other[lang])
		if n == 0 || n < len(s[lang])-missing || n < len(s[lang]) && n < 2 { // one word alone is no likeness
			return false
		}
	}
	return len(langs) > 0
}

// likeness is how much both have in common, from 0 to 1, in the language in which
// it is least.
func (s stemSet) likeness(other stemSet) float64 {
	least, langs := 1.0, s.shared(other)
	for _, lang := range langs {
		n := common(s[lang], other[lang])
		least = min(least, float64(n)/float64(max(1, len(s[lang])+len(other[lang])-n)))
	}
	if len(langs) == 0 {
		return 0
	}
	return least
}

// labelStems are the stems of the names of a cell.
func labelStems(ind *indicators.Indicator, cell indicators.Breakdown) stemSet {
	all := stemSet{}
	for _, d := range ind.Dimensions {
		for _, c := range d.Dimension.Codes {
			if cell[d.Dimension.Code] == c.Code && c.Code != "" {
				for lang, t := range c.Name {
					all[lang] = append(all[lang], stemsOf(lang, t)...)
				}
			}
		}
	}
	return all
}

// dimensionStems are the stems of the names of the indicator's dimensions.
func dimensionStems(ind *indicators.Indicator) stemSet {
	all := stemSet{}
	for _, d := range ind.Dimensions {
		for lang, t := range d.Dimension.Name {
			all[lang] = append(all[lang], stemsOf(lang, t)...)
		}
	}
	return all
}
