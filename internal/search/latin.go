package search

import "strings"

// Kazakh and Russian are written in Latin letters in many ways: by the Kazakh
// alphabets of 2021 and before, and as keyboards and habits have it. Words are
// compared by what all these have in common, their skeleton: "Қазақстан",
// "Qazaqstan", "Kazakhstan" and "Kazakstan" are all "kazakstan".

// fromLatin reads Latin letters as Cyrillic ones, the longest first.
var fromLatin = strings.NewReplacer(
	"shch", "щ", "dzh", "дж", "iya", "ия", "iyu", "ию",
	"sch", "щ", "sh", "ш", "ch", "ч", "zh", "ж", "kh", "х", "gh", "г", "ts", "ц", "tz", "ц",
	"ia", "ия", "iu", "ию", "ya", "я", "yu", "ю", "yo", "ё", "ye", "е", "ıa", "ия", "ıu", "ию",
	"a", "а", "ä", "а", "á", "а", "b", "б", "c", "ц", "ç", "ч", "d", "д", "e", "е", "f", "ф", "g", "г", "ğ", "г", "ǵ", "г",
	"h", "х", "i", "и", "ı", "и", "j", "ж", "k", "к", "l", "л", "m", "м", "n", "н", "ñ", "н", "ń", "н", "o", "о", "ö", "о", "ó", "о",
	"p", "п", "q", "к", "r", "р", "s", "с", "ş", "ш", "t", "т", "u", "у", "ü", "у", "ū", "у", "ú", "у", "v", "в", "w", "у",
	"x", "х", "y", "ы", "ý", "у", "z", "з",
)

// toCyrillic guesses how a Latin word is written in Cyrillic letters without those
// that only Kazakh has.
func toCyrillic(word string) string { return fold(fromLatin.Replace(word)) }

// bone is what is left of a Cyrillic letter in a skeleton. Letters that are written
// alike, or that differ from one spelling to the next, are the same.
var bone = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "k", 'ц': "s", 'ч': "c", 'ш': "s", 'щ': "s",
	'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
}

// skeleton returns what all spellings of a word have in common.
func skeleton(word string) string {
	if latin(word) && !cyrillic(word) {
		word = toCyrillic(word)
	}
	var b []rune
	for _, r := range fold(word) {
		part, ok := bone[r]
		if !ok {
			part = string(r)
		}
		for _, c := range part {
			switch n := len(b); {
			case n > 0 && b[n-1] == c && (c < '0' || c > '9'): // doubled or not
			case c == 'g' && n > 0 && b[n-1] == 'n': // ң is n or ng
			default:
				b = append(b, c)
			}
		}
	}
	return string(b)
}
