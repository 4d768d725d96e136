package search

import (
	"maps"
	"slices"
	"strings"
)

// A Kazakh noun grows from its stem outwards: plural, then whose it is, then the
// case, then the person. The first sound of an ending follows the last of what it
// joins, its vowel the vowels before it:
//
//	мақсат-тар-ымыз-дан    of our objectives
//	көш-іп кету-лер-і-нің  of their departures
//	ел-дегі-лер            those in the country
//
// kazakhStems takes the endings off in the reverse order. Where an ending may be
// read in two ways (кеңес-і, кеңе-сі) it goes both, and it keeps each step: a word
// meets another where they have one in common. Left alone are -ым and -ім (my),
// which nouns such as білім and келісім end in, and what makes other words:
// -лық, -шы, -у, and the forms of verbs.

// sound is a kind of last letter, by what follows it.
type sound string

const (
	vowelSound sound = "v" // а ә е о ө ұ ү ы і э я
	glide      sound = "j" // й у и ю
	erSound    sound = "r"
	elSound    sound = "l"
	nasal      sound = "n" // м н ң
	buzzing    sound = "z" // з ж
	voiceless  sound = "t" // and б в г д
)

var sounds = map[rune]sound{
	'а': vowelSound, 'ә': vowelSound, 'е': vowelSound, 'о': vowelSound, 'ө': vowelSound, 'ұ': vowelSound, 'ү': vowelSound,
	'ы': vowelSound, 'і': vowelSound, 'э': vowelSound, 'я': vowelSound, 'ё': vowelSound,
	'й': glide, 'у': glide, 'и': glide, 'ю': glide, 'р': erSound, 'л': elSound, 'м': nasal, 'н': nasal, 'ң': nasal, 'з': buzzing, 'ж': buzzing,
}

// soundOf returns the kind of a letter; voiceless for all that are not named.
func soundOf(r rune) sound {
	if s, ok := sounds[r]; ok {
		return s
	}
	return voiceless
}

// layer is how far out an ending stands. Inside one stand only those of lower
// layers.
type layer int

const (
	plural layer = iota + 1
	owner
	grammatical // the case
	person
)

// ending is a way to write an ending.
type ending struct {
	text  []rune
	after string // kinds of sounds that it may follow
	owned bool   // only after -ы, -і, -сы, -сі
	layer layer
	again bool // what is left may end in anything, as before -ғы
}

// endings are all of them; those of plain letters alone in the second list.
var kazakhEndings, plainEndings = listEndings()

func listEndings() (full, plain []ending) {
	add := func(l layer, after string, owned, again bool, forms string) {
		for _, f := range strings.Fields(forms) {
			full = append(full, ending{[]rune(f), after, owned, l, again})
			plain = append(plain, ending{[]rune(fold(f)), after, owned, l, again})
		}
	}
	add(plural, "vjr", false, false, "лар лер")
	add(plural, "lnz", false, false, "дар дер")
	add(plural, "t", false, false, "тар тер")

	add(owner, "v", false, false, "сы сі мыз міз ңыз ңіз")
	add(owner, "jrlnzt", false, false, "ы і ымыз іміз ыңыз іңіз")

	add(grammatical, "vn", false, false, "ның нің")
	add(grammatical, "jrlz", false, false, "дың дің")
	add(grammatical, "t", false, false, "тың тің")
	add(grammatical, "vjrlnz", false, false, "ға ге")
	add(grammatical, "t", false, false, "қа ке")
	add(grammatical, "v", false, false, "ны ні")
	add(grammatical, "jrlnz", false, false, "ды ді")
	add(grammatical, "t", false, false, "ты ті")
	add(grammatical, "vjrlnz", false, false, "да де")
	add(grammatical, "t", false, false, "та те")
	add(grammatical, "vjrlz", false, false, "дан ден")
	add(grammatical, "n", false, false, "нан нен")
	add(grammatical, "t", false, false, "тан тен")
	add(grammatical, "vjrln", false, false, "мен")
	add(grammatical, "z", false, false, "бен")
	add(grammatical, "t", false, false, "пен")
	add(grammatical, "v", true, false, "на не н нда нде нан нен")

	// that which is there, and that which is without: nouns and adjectives of
	// their own, which take all endings again
	add(plural, "vjrlnz", false, true, "дағы дегі")
	add(plural, "t", false, true, "тағы тегі")
	add(plural, "v", true, true, "ндағы ндегі")
	add(plural, "vjrlnzt", false, true, "сыз сіз")
	add(plural, "rlnz", false, true, "ғы гі") // of a time

	add(person, "vjrl", false, false, "мын мін мыз міз")
	add(person, "nz", false, false, "бын бін быз біз")
	add(person, "t", false, false, "пын пін пыз піз")
	add(person, "vjrlnzt", false, false, "сың сің")
	return full, plain
}

// Vowels that say which others a word has. The rest, и у ю, stand in both kinds.
const (
	backVowels  = "аоұыяё"
	frontVowels = "әеөүіэ"
)

// kazakhStems returns the word and what is left of it without its endings. Without
// harmony the word is one of plain letters, in which vowels do not tell which
// others go with them.
func kazakhStems(word string, harmony bool) []string {
	found := map[string]bool{}
	list := kazakhEndings
	if !harmony {
		list = plainEndings
	}
	strip([]rune(word), person, list, harmony, found)
	return slices.Sorted(maps.Keys(found))
}

// strip takes the endings of the layers up to one off a word.
func strip(word []rune, upTo layer, list []ending, harmony bool, found map[string]bool) {
	if found[string(word)] && upTo < person {
		return
	}
	found[string(word)] = true
	for _, e := range list {
		rest := len(word) - len(e.text)
		if e.layer > upTo || rest < 2 || !slices.Equal(word[rest:], e.text) {
			continue
		}
		left := word[:rest]
		if !e.fits(left, harmony) {
			continue
		}
		if e.again {
			strip(left, grammatical, list, harmony, found)
		} else {
			strip(left, e.layer-1, list, harmony, found)
		}
	}
}

// fits reports whether an ending may stand after what is left of a word.
func (e ending) fits(left []rune, harmony bool) bool {
	last := left[len(left)-1]
	if !strings.Contains(e.after, string(soundOf(last))) && (last != 'и' || !strings.Contains(e.after, "v")) {
		return false
	}
	if e.owned && !strings.ContainsRune("ыіи", last) {
		return false
	}
	if len(left) < 3 && (soundOf(e.text[0]) == vowelSound || len(e.text) == 1) { // екі is not ек-і
		return false
	}
	if !slices.ContainsFunc(left, voiced) {
		return false
	}
	return !harmony || e.agrees(left)
}

// voiced reports whether a letter makes a syllable.
func voiced(r rune) bool {
	return soundOf(r) == vowelSound || r == 'и' || r == 'у' || r == 'ю'
}

// agrees reports whether the vowels of an ending are of the kind of the last one
// of the word. Words from other languages have both kinds, and -мен has one.
func (e ending) agrees(left []rune) bool {
	kind := kindOf(e.text)
	if kind == 0 || slices.Contains([]string{"мен", "бен", "пен"}, string(e.text)) {
		return true
	}
	own := kindOf(left)
	return own == 0 || own == kind
}

// kindOf returns the kind of the last vowel that tells: 'b' or 'f', 0 for none.
func kindOf(letters []rune) rune {
	for _, r := range slices.Backward(letters) {
		switch {
		case r == 'и' || r == 'ю': // says nothing, nor do those before it
			return 0
		case strings.ContainsRune(backVowels, r):
			return 'b'
		case strings.ContainsRune(frontVowels, r):
			return 'f'
		}
	}
	return 0
}

// kazakhKey makes the stem in all forms of a word the same: with the last consonant
// as it is at the end of a word (құқығы, құқық) and without the vowel that goes when
// an ending comes (халқы, халық).
func kazakhKey(stem, goes string) string {
	letters := []rune(stem)
	last := len(letters) - 1
	switch letters[last] {
	case 'ғ':
		letters[last] = 'қ'
	case 'г':
		letters[last] = 'к'
	case 'б':
		letters[last] = 'п'
	}
	if last >= 3 && strings.ContainsRune("қкнлр", letters[last]) && strings.ContainsRune(goes, letters[last-1]) && !voiced(letters[last-2]) {
		letters = slices.Delete(letters, last-1, last)
	}
	return string(letters)
}

// kazakhKeys are the keys of stems in Kazakh letters, and plainKeys in plain ones.
func kazakhKeys(stems []string) (keys []string) {
	for _, s := range stems {
		keys = append(keys, "kk:"+kazakhKey(s, "ыі"))
	}
	return unique(keys)
}

func plainKeys(stems []string) (keys []string) {
	for _, s := range stems {
		keys = append(keys, "kz:"+kazakhKey(fold(s), "ыи"))
	}
	return unique(keys)
}
