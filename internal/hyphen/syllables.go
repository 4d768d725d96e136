package hyphen

import "strings"

// syllables is the rule that Kazakh and Russian share: each syllable has one
// vowel, and a syllable begins with one consonant, or with a cluster that a word
// may begin with. Where a rule splits a word against its parts, an exception
// says where the part begins.
type syllables struct {
	vowels string
	closed string   // letters that never leave the letter before them
	onsets []string // clusters that open a syllable when more consonants stand before them
	parts  []string // "транс|порт": the only break inside this stretch is at the bar
	glide  rune     // a vowel that is a consonant beside a vowel on its left (Kazakh у)
}

var kazakh = syllables{
	vowels: "аәеёиоөуұүыіэюя",
	closed: "ьъ",
	onsets: []string{"тр", "др", "кр", "гр", "пр", "бр", "фр", "кл", "гл", "пл", "бл", "фл"},
	parts: []string{
		"қ|стан", "к|стан", "ж|стан", "з|стан", "н|стан", "р|стан",
		"транс|порт", "экс|порт", "экс|перт", "ин|ститут", "ин|спек", "кон|сти", "кон|сул",
		"ин|стру", "ин|фра|құ", "пас|порт", "биз|нес", "ин|терн",
	},
	glide: 'у',
}

var russian = syllables{
	vowels: "аеёиоуыэюя",
	closed: "ьъй",
	onsets: []string{
		"ств", "стр", "скр", "спр", "здр", "ск", "ст", "тр", "др", "кр", "гр", "пр", "бр", "фр", "хр", "вр",
		"кл", "гл", "пл", "бл", "фл", "дв", "тв",
	},
	parts: []string{
		"меж|ду|на", "меж|ду", "без|опас", "раз|об", "под|об", "об|уч", "раз|уч", "пред|ос", "пред|ъ", "по|лу|ч",
		"транс|порт", "экс|порт", "экс|перт", "пас|порт", "биз|нес", "от|чёт", "от|чет",
	},
}

// points returns the breaks: by the rule, then mended by the parts.
func (s syllables) points(word []rune) []int {
	allowed := make([]bool, len(word))
	last := -1 // the vowel before
	for i := range word {
		if !s.vowel(word, i) {
			continue
		}
		if last >= 0 {
			allowed[s.split(word, last+1, i)] = true
		}
		last = i
	}
	s.mend(word, allowed)
	var at []int
	for i := 2; i <= len(word)-2; i++ {
		if allowed[i] && !strings.ContainsRune(s.closed, word[i]) && s.voiced(word[:i], 0) && s.voiced(word, i) {
			at = append(at, i)
		}
	}
	return at
}

// split finds where the syllable of the vowel at to begins; the consonants after
// the vowel before start at from.
func (s syllables) split(word []rune, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if strings.ContainsRune(s.closed, word[i]) {
			from = i + 1
			break
		}
	}
	if to-from < 2 {
		return from
	}
	if to-from > 2 {
		if word[from] == word[from+1] {
			return from + 1
		}
		cluster := string(word[from:to])
		for _, onset := range s.onsets {
			if strings.HasSuffix(cluster, onset) {
				return to - len([]rune(onset))
			}
		}
	}
	return to - 1
}

// mend applies the exceptions: inside a listed stretch only its bars break.
func (s syllables) mend(word []rune, allowed []bool) {
	text := string(word)
	for _, part := range s.parts {
		plain := strings.ReplaceAll(part, "|", "")
		found := strings.Index(text, plain)
		if found < 0 {
			continue
		}
		at := len([]rune(text[:found]))
		for i := range []rune(plain) {
			if i > 0 {
				allowed[at+i] = false
			}
		}
		for _, piece := range strings.SplitAfter(part, "|") {
			if !strings.HasSuffix(piece, "|") {
				break
			}
			at += len([]rune(piece)) - 1
			allowed[at] = true
		}
	}
}

// vowel says whether the letter at i carries a syllable.
func (s syllables) vowel(word []rune, i int) bool {
	if !strings.ContainsRune(s.vowels, word[i]) {
		return false
	}
	return word[i] != s.glide || i == 0 || !strings.ContainsRune(s.vowels, word[i-1])
}

// voiced says whether a vowel stands at or after from: a part without one
// cannot stand alone.
func (s syllables) voiced(word []rune, from int) bool {
	for i := from; i < len(word); i++ {
		if strings.ContainsRune(s.vowels, word[i]) {
			return true
		}
	}
	return false
}
