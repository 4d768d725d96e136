package search

import (
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
)

// stems returns by what keys a word meets other forms of itself in a language.
func stems(word, lang string) []string {
	switch lang {
	case "kk":
		return kazakhKeys(kazakhStems(word, true))
	case "ru":
		return []string{"ru:" + regular(withoutFleeting(fold(russian.Stem(fold(word), true))))}
	case "en":
		return []string{"en:" + regular(english.Stem(fold(word), true))}
	}
	return nil
}

// withoutFleeting leaves out the vowel that a Russian stem has in some forms only:
// беженец, беженца; рынок, рынка; проверок, проверка; китаец, китайца. Stems that
// keep it in all forms lose it in all. Short ones stay as they are.
func withoutFleeting(stem string) string {
	letters := []rune(stem)
	n := len(letters)
	if n < 5 {
		return stem
	}
	switch end := string(letters[n-2:]); {
	case end == "ец" && vowel(letters[n-3]):
		letters[n-2] = 'й'
	case end == "ец", (end == "ок" || end == "ек") && !vowel(letters[n-3]):
		letters = slices.Delete(letters, n-2, n-1)
	}
	return string(letters)
}

// irregular are stems of forms that no rule brings to that of their word.
var irregular = map[string]string{
	"гражданин": "граждан", "гражда": "граждан",
	"дет": "ребенк", "детьм": "ребенк", "люд": "человк", "людьм": "человк",
	"children": "child", "women": "woman", "men": "man", "peopl": "person",
}

func regular(stem string) string {
	if word, is := irregular[stem]; is {
		return word
	}
	return stem
}

func vowel(r rune) bool { return strings.ContainsRune("аеиоуыэюя", r) }

// keysOf returns by what a word of a text may be looked for: as it stands, in
// plain letters, by its stems in both, and by the skeletons of all.
func keysOf(word, lang string) []string {
	keys := []string{"=" + word, "~" + fold(word), "#" + skeleton(word)}
	list := stems(word, lang)
	if lang == "kk" {
		list = append(list, plainKeys(kazakhStems(word, true))...)
	}
	for _, stem := range list {
		keys = append(keys, stem, bare(stem))
	}
	return unique(keys)
}

// bare is the key of a stem's skeleton.
func bare(stem string) string { return "#" + stem[:len("kk:")] + skeleton(stem[len("kk:"):]) }

// How near a word of a text is to the one that was looked for.
const (
	exact     = 1.0
	folded    = 0.95
	inflected = 0.8
	spelled   = 0.7 // in another alphabet
	both      = 0.6 // in another alphabet and another form
	begun     = 0.35
	mistyped  = 0.3 // by one letter
	garbled   = 0.15
)

// wanted is a key to look under, and how near what stands there is.
type wanted struct {
	key  string
	near float64
}

// keysFor returns where to look for a word that somebody typed. What language it
// is in is not known. A word without any Kazakh letter may be a Kazakh one typed on
// a Russian keyboard.
func keysFor(word string) []wanted {
	keys := []wanted{{"=" + word, exact}, {"~" + fold(word), folded}}
	add := func(near float64, list ...string) {
		for _, key := range list {
			keys = append(keys, wanted{key, near})
		}
	}
	switch {
	case cyrillic(word):
		add(inflected, stems(word, "ru")...)
		add(inflected, stems(word, "kk")...)
		if fold(word) == word {
			add(spelled, plainKeys(kazakhStems(word, false))...)
		}
	case latin(word):
		add(inflected, stems(word, "en")...)
		add(spelled, "#"+skeleton(word))
		read := toCyrillic(word)
		for _, stem := range append(stems(read, "ru"), plainKeys(kazakhStems(read, false))...) {
			add(both, bare(stem))
		}
	}
	return keys
}

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// kazakhStops are words that stand everywhere and tell nothing.
var kazakhStops = strings.Fields("және мен бен пен үшін бойынша туралы бұл осы сол ол оның олар олардың да де та те ғана бар жоқ емес еді деп деген болып болды болған болса сондай ақ сондай-ақ әрі бірақ немесе арқылы кейін дейін бастап қатар ретінде тиіс мүмкін")

var englishStops = strings.Fields("a an the of and or in on at to for by with from as is are was were be been it its this that these those which not no")

// stop reports whether a word stands everywhere.
func stop(word string) bool {
	return russian.IsStopWord(word) || slices.Contains(englishStops, word) || slices.Contains(kazakhStops, word)
}
