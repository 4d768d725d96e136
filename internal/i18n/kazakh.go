package i18n

import "strings"

// kazakhOnes and kazakhTens are the spoken words for the last digits of a number.
var (
	kazakhOnes = []string{"нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"}
	kazakhTens = []string{"", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"}
)

// Ablative returns the Kazakh ablative ending (-дан, -ден, -тан, -тен, -нан,
// -нен) for a text that ends in a word, a number or a percent sign, with the
// hyphen that stands after digits and signs: "13 000" takes "-нан" (мың),
// "теңге" takes "ден".
func Ablative(text string) string {
	text = strings.TrimSpace(text)
	word, hyphen := lastKazakhWord(text)
	return hyphen + ablativeEnding(word)
}

// lastKazakhWord returns the word that a reader speaks last.
func lastKazakhWord(text string) (word, hyphen string) {
	if strings.HasSuffix(text, "%") {
		return "пайыз", "-"
	}
	end := strings.TrimRight(text, "0123456789,\u00a0\u202f ")
	digits := text[len(end):]
	if strings.Trim(digits, "\u00a0\u202f ,") == "" {
		return text[strings.LastIndexAny(text, " \u00a0")+1:], ""
	}
	if _, fraction, ok := strings.Cut(digits, ","); ok {
		digits = fraction // "3,2": үш бүтін оннан екі
	}
	return kazakhNumber(strings.Map(keepDigits, digits)), "-"
}

func keepDigits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// kazakhNumber returns the last spoken word of a whole number.
func kazakhNumber(digits string) string {
	digits = strings.TrimLeft(digits, "0")
	zeros := len(digits) - len(strings.TrimRight(digits, "0"))
	switch {
	case digits == "":
		return kazakhOnes[0]
	case zeros >= 12:
		return "триллион"
	case zeros >= 9:
		return "миллиард"
	case zeros >= 6:
		return "миллион"
	case zeros >= 3:
		return "мың"
	case zeros == 2:
		return "жүз"
	case zeros == 1:
		return kazakhTens[digits[len(digits)-2]-'0']
	}
	return kazakhOnes[digits[len(digits)-1]-'0']
}

// ablativeEnding follows vowel harmony and the last sound of the word.
func ablativeEnding(word string) string {
	letters := []rune(strings.ToLower(word))
	vowel := "а"
	for i := len(letters) - 1; i >= 0; i-- {
		if strings.ContainsRune("әеіөүэ", letters[i]) {
			vowel = "е"
			break
		}
		if strings.ContainsRune("аоұыяё", letters[i]) {
			break
		}
	}
	first := "д"
	if len(letters) > 0 {
		switch last := letters[len(letters)-1]; {
		case strings.ContainsRune("мнң", last):
			first = "н"
		case strings.ContainsRune("пткқсшщфхцчбвгд", last):
			first = "т"
		}
	}
	return first + vowel + "н"
}
