package reports

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gcm/objectives"
)

// Number is a number that stands in a text as digits.
type Number struct {
	Text    string  // as it is written, with its scale and its per cent sign
	Value   float64 // "290,2 млрд" is 290.2e9
	Percent bool
	Label   bool // it names something and counts nothing: a year, a day, an article, an objective

	from, to int   // where it stands, in bytes
	tells    label // why it is a label
	plain    bool  // digits alone: no groups, fraction, scale or per cent sign
}

// label says by what a number is known to be a label.
type label int

const (
	byNothing      label = iota
	byItself             // 2021, 10.7.2, A/RES/73/195
	byWhatIsBefore       // objectives 4, 5 and 12
	byWhatFollows        // 4, 5 және 12-мақсаттар
)

// Numbers finds the numbers of a text in a language, in their order.
func Numbers(lang, s string) []Number {
	out := digitsOf(lang, s)
	for i := range out {
		out[i].name(lang, s)
	}
	spreadLabels(s, out)
	for i := range out {
		out[i].Label = out[i].tells != byNothing
	}
	return out
}

// digitsOf finds the numbers of a text without asking which are labels.
func digitsOf(lang, s string) []Number {
	var out []Number
	for at := 0; at < len(s); {
		if !digit(s, at) {
			at++
			continue
		}
		n := numberAt(lang, s, at)
		out = append(out, n)
		at = n.to
	}
	return out
}

func digit(s string, at int) bool { return at >= 0 && at < len(s) && s[at] >= '0' && s[at] <= '9' }

// digitsFrom returns where the digits that begin at a place end.
func digitsFrom(s string, at int) int {
	for digit(s, at) {
		at++
	}
	return at
}

// spaceAt returns the length of the space at a place, a thin or no-break one too.
func spaceAt(s string, at int) int {
	r, size := utf8.DecodeRuneInString(s[at:])
	if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' {
		return size
	}
	return 0
}

// numberAt reads the number that begins at a place.
func numberAt(lang, s string, at int) Number {
	n := Number{from: at, plain: true}
	end := digitsFrom(s, at)
	digits := s[at:end]
	for len(s[at:digitsFrom(s, at)]) <= 3 && s[at] != '0' { // groups of three
		size := 0
		if lang == "en" && end < len(s) && s[end] == ',' {
			size = 1
		} else if end < len(s) {
			size = spaceAt(s, end)
		}
		if size == 0 || digitsFrom(s, end+size)-(end+size) != 3 {
			break
		}
		digits += s[end+size : end+size+3]
		end, n.plain = end+size+3, false
	}
	mark, other := byte(','), byte('.')
	if lang == "en" {
		mark, other = '.', ','
	}
	if end < len(s) && (s[end] == mark || s[end] == other && lang != "en") && digit(s, end+1) {
		to := digitsFrom(s, end+1)
		digits += "." + s[end+1:to]
		if s[end] == other {
			n.tells = byItself // 10.7, 01.09 in a language with a decimal comma, unless a sign follows
		}
		end, n.plain = to, false
	}
	for end < len(s) && strings.IndexByte("./:,", s[end]) >= 0 && digit(s, end+1) {
		n.tells, end = byItself, digitsFrom(s, end+1) // 10.7.2, 01.09.2021, 10:30
	}
	n.Value, _ = strconv.ParseFloat(digits, 64)
	n.to = end
	n.sign(s)
	n.Text = s[n.from:n.to]
	return n
}

// scaleWords follow a number and multiply it.
var scaleWords = []struct {
	start string // of the word
	size  float64
}{
	{"трлн", 1e12}, {"триллион", 1e12}, {"trillion", 1e12}, {"млрд", 1e9}, {"миллиард", 1e9}, {"billion", 1e9},
	{"млн", 1e6}, {"миллион", 1e6}, {"million", 1e6}, {"мың", 1e3}, {"тыс", 1e3}, {"thousand", 1e3},
}

// percentWords stand for the sign.
var percentWords = []string{"per cent", "percent", "пайыз", "процент"}

// sign reads the scale and the per cent sign behind a number.
func (n *Number) sign(s string) {
	at := n.to
	if at < len(s) {
		at += spaceAt(s, at)
	}
	rest := strings.ToLower(s[at:min(len(s), at+40)])
	if strings.HasPrefix(rest, "%") {
		n.Percent, n.plain, n.tells, n.to = true, false, byNothing, at+1
		return
	}
	for _, w := range percentWords {
		if strings.HasPrefix(rest, w) {
			n.Percent, n.plain, n.tells, n.to = true, false, byNothing, at+len(w)
			return
		}
	}
	for _, w := range scaleWords {
		if strings.HasPrefix(rest, w.start) {
			n.Value, n.plain, n.tells, n.to = n.Value*w.size, false, byNothing, at+wordEnd(rest)
			return
		}
	}
}

// wordEnd is where the word that begins a text ends.
func wordEnd(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}

// cases are the endings that Kazakh puts behind a number with a hyphen and that
// leave it a number: "26 000-нан астам".
var cases = strings.Fields("ға ге қа ке на не нан нен дан ден тан тен да де та те нда нде ның нің дың дің тың тің ны ні ды ді ты ті ы і сы сі ын ін ына іне ында інде ынан інен ының інің сын сін сына сіне сында сінде сынан сінен сының сінің мен пен бен еу")

// named are words that stand before a number which they name.
var named = regexp.MustCompile(`^(?i:no\.|arts?\.|articles?|objectives?|goals?|targets?|indicator|paragraphs?|para\.?|sections?|chapters?|tables?|figures?|annex(?:es)?|pages?|resolution|principles?|items?|part|version|edition|ст\.|п\.|стать[а-яё]*|цел[а-яё]*|задач[а-яё]*|пункт[а-яё]*|раздел[а-яё]*|глав[а-яё]*|таблиц[а-яё]*|рисун[а-яё]*|приложени[а-яё]*|страниц[а-яё]*|част[а-яё]*|принцип[а-яё]*|резолюци[а-яё]*|бап|тармақ|кесте|сурет|қосымша|мақсат|бет)$`)

// namedBy reports whether a text ends with a word, or a sign, that names the
// number behind it: "objective ", "№", "(art. ".
func namedBy(head string) bool {
	head = strings.TrimRightFunc(strings.TrimRight(head, "(\"«"), unicode.IsSpace)
	if sign, _ := utf8.DecodeLastRuneInString(head); sign == '№' || sign == '§' || sign == '#' {
		return true
	}
	stem := strings.TrimSuffix(head, ".")
	before := strings.TrimRightFunc(stem, unicode.IsLetter)
	return named.MatchString(head[len(before):])
}

// theObjectives follows the number of the Compact's objectives.
var theObjectives = regexp.MustCompile(`(?i)^[\s\x{00a0}]*(?:objectives|gcm objectives|цел|мақсат)`)

// months are the beginnings of months, and of the word for a year.
var months = regexp.MustCompile(`(?i)^[\s\x{00a0}]*(?:january|february|march|april|may|june|july|august|september|october|november|december|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)`)

// monthBefore is a month at the end of what stands before a number: "March 26".
var monthBefore = regexp.MustCompile(`(?i)(?:january|february|march|april|may|june|july|august|september|october|november|december) $`)

// name finds out whether a number is a label.
func (n *Number) name(lang, s string) {
	before, _ := utf8.DecodeLastRuneInString(s[:n.from])
	farther, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(s[:n.from], "-"))
	after, size := utf8.DecodeRuneInString(s[n.to:])
	head := s[max(0, n.from-60):n.from]
	switch {
	case n.Percent || n.tells != byNothing:
		return
	case n.plain && n.Value == objectives.Total && theObjectives.MatchString(s[n.to:]), // the Compact has so many
		unicode.IsLetter(before) || before == '/' || before == '_' || before == '-' && unicode.IsLetter(farther),
		after == '/' || after == '_' || unicode.IsLetter(after) && n.plain,
		n.plain && n.to-n.from == 4 && n.Value >= 1900 && n.Value < 2100:
		n.tells = byItself
	case after == '-' || after == '\u2011':
		suffix := s[n.to+size:]
		suffix = strings.ToLower(suffix[:wordEnd(suffix)])
		if suffix != "" && (lang != "kk" || !slices.Contains(cases, suffix)) {
			n.tells = byWhatFollows
		}
	case n.plain && months.MatchString(s[n.to:]), n.plain && n.Value <= 31 && monthBefore.MatchString(head):
		n.tells = byWhatFollows
	case namedBy(s[:n.from]):
		n.tells = byWhatIsBefore
	}
}

// between joins the numbers of a list.
var between = regexp.MustCompile(`(?i)^[\s\x{00a0}]*(?:[,;–-]|and|or|to|и|или|по|және|немесе|мен|пен|бен|, and)?[\s\x{00a0}]*$`)

// spreadLabels makes labels of what stands in a list with one: "objectives 4, 5".
func spreadLabels(s string, all []Number) {
	joined := func(i int) bool {
		a, b := all[i], all[i+1]
		return a.plain && b.plain && between.MatchString(s[a.to:b.from])
	}
	for i := 0; i+1 < len(all); i++ {
		if all[i].tells == byWhatIsBefore && all[i+1].tells == byNothing && joined(i) {
			all[i+1].tells = byWhatIsBefore
		}
	}
	for i := len(all) - 2; i >= 0; i-- {
		if all[i+1].tells == byWhatFollows && all[i].tells == byNothing && joined(i) {
			all[i].tells = byWhatFollows
		}
	}
}

// sameValue reports whether two values are the same number.
func sameValue(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b))
}
