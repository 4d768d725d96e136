package form

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"gcm/internal/period"
	"gcm/internal/sheet"
)

// figure reads a number as people write it in a language: spaces or apostrophes
// between thousands, a comma or a point before decimals, a percent sign after it.
// In English, one comma before three digits parts thousands; else it is decimal.
func figure(text, lang string) (value float64, decimals int, ok bool) {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\'', r == '’', r == '%':
			return -1
		case r == '\u2212':
			return '-'
		}
		return r
	}, text)
	comma, point := strings.LastIndexByte(text, ','), strings.LastIndexByte(text, '.')
	decimal := byte('.')
	switch {
	case comma > point && (point >= 0 || strings.Count(text, ",") == 1 && (lang != "en" || !grouped(text, ","))):
		decimal = ','
	case comma < 0 && strings.Count(text, ".") > 1, point < 0 && comma >= 0:
		decimal = 0 // thousands alone
	}
	whole, fraction := text, ""
	if decimal != 0 {
		whole, fraction, _ = strings.Cut(text, string(decimal))
	}
	for _, separator := range []string{",", "."} {
		if strings.Contains(whole, separator) && !grouped(whole, separator) {
			return 0, 0, false
		}
		whole = strings.ReplaceAll(whole, separator, "")
	}
	if !digits.MatchString(whole + "." + fraction) {
		return 0, 0, false
	}
	value, err := strconv.ParseFloat(whole+"."+fraction, 64)
	return value, len(fraction), err == nil
}

var digits = regexp.MustCompile(`^-?\d{1,15}\.\d{0,9}$`)

var groups = map[string]*regexp.Regexp{
	",": regexp.MustCompile(`^-?\d{1,3}(,\d{3})+$`),
	".": regexp.MustCompile(`^-?\d{1,3}(\.\d{3})+$`),
}

// grouped reports whether the separator parts thousands.
func grouped(text, separator string) bool { return groups[separator].MatchString(text) }

// number reads a cell as a number.
func number(given sheet.Given, lang string) (value float64, decimals int, ok bool) {
	if given.Form != sheet.Number {
		return figure(given.Text, lang)
	}
	value, err := strconv.ParseFloat(given.Text, 64)
	if err != nil {
		return 0, 0, false
	}
	return figure(strconv.FormatFloat(value, 'f', -1, 64), "") // the shortest that is the same number
}

var (
	dayFirst   = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	monthFirst = regexp.MustCompile(`^(\d{1,2})\.(\d{4})$`)
	twoYears   = regexp.MustCompile(`^(\d{4})\s*[-–—/]\s*(\d{4})$`)
)

// when reads a cell as a period: 2026, 2026-05, 05.2026, 31.12.2026, 2025–2026,
// or a day of the spreadsheet's own.
func when(given sheet.Given) (period.Period, bool) {
	text := given.Text
	if given.Form == sheet.Date {
		text = given.Day.Format("2006-01-02")
	}
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		text = m[3] + "-" + two(m[2]) + "-" + two(m[1])
	} else if m := monthFirst.FindStringSubmatch(text); m != nil {
		text = m[2] + "-" + two(m[1])
	} else if m := twoYears.FindStringSubmatch(text); m != nil {
		text = m[1] + "/" + m[2]
	}
	at, err := period.Parse(text)
	return at, err == nil && at != ""
}

func two(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}
