package intake

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gcm/internal/period"
)

var errPeriod = errors.New("import.problem.period")

// forms of periods, beside those that the register itself has.
var (
	yearForm     = regexp.MustCompile(`^(\d{4})(?:\.0+)?$`)
	partForm     = regexp.MustCompile(`^(\d{4})[- ]?([QSTH])(\d)$`)
	partFirst    = regexp.MustCompile(`^(?:([1-4]|I{1,3}|IV)\s*(?:-?й?\s*)?(КВ|КВАРТАЛ|ТОҚСАН)\.?|Q([1-4]))[ ,]*(\d{4})$`)
	monthForm    = regexp.MustCompile(`^(\d{4})-?M(\d{1,2})$`)
	weekForm     = regexp.MustCompile(`^(\d{4})-?W(\d{1,2})$`)
	dayOfYear    = regexp.MustCompile(`^(\d{4})-D(\d{1,3})$`)
	dottedDay    = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	spacedMonth  = regexp.MustCompile(`^(\d{4}) (\d{2})$`)
	dottedMonth  = regexp.MustCompile(`^(\d{1,2})[./](\d{4})$`)
	twoYears     = regexp.MustCompile(`^(\d{4})\s*(?:-|–|—|/|TO)\s*(\d{4})$`)
	shortYears   = regexp.MustCompile(`^(\d{4})( ?[-–/] ?)(\d{2})$`)
	fiscalYears  = regexp.MustCompile(`^(\d{4})/(\d{2})\s*(?:-|–|TO)\s*(\d{4})/(\d{2})$`)
	durationForm = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{4})(?:T[0-9:.]+Z?)?/P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,6})D)?$`)
	timeForm     = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ][0-9:.]+(?:Z|[+-]\d\d:\d\d)?$`)
	yearWord     = regexp.MustCompile(`\s*(?:Ж|ЖЫЛ|ЖЫЛЫ|Г|ГОД)\.?$`)
)

// readPeriod reads a period in the forms that files have: ISO dates, quarters,
// half-years, weeks, intervals, durations. years says that the column is one of
// years, in which 2003-05 ends in 2005 and is no month, as 2003 - 05 is nowhere.
func readPeriod(text string, years bool) (period.Period, error) {
	s := strings.ToUpper(strings.TrimSpace(text))
	if len(s) > 64 {
		return "", errPeriod
	}
	if m := yearForm.FindStringSubmatch(s); m != nil {
		return checked(m[1])
	}
	if m := shortYears.FindStringSubmatch(s); m != nil && ((years || m[2] != "-") && m[3] > m[1][2:] || m[2] == "/" || m[3] > "12") {
		return yearPair(m[1], m[3])
	}
	if p, err := checked(s); err == nil {
		return p, nil
	}
	s = yearWord.ReplaceAllString(s, "")
	for _, form := range periodForms {
		if m := form.is.FindStringSubmatch(s); m != nil {
			return form.read(m)
		}
	}
	return "", errPeriod
}

func checked(s string) (period.Period, error) {
	p, err := period.Parse(s)
	if err != nil || p == "" || p.First().Year() < 1 {
		return "", errPeriod
	}
	return p, nil
}

// yearPair reads the second year by its last digits: 1999/00 ends in 2000.
func yearPair(first, second string) (period.Period, error) {
	from, _ := strconv.Atoi(first)
	to, _ := strconv.Atoi(second)
	to += from - from%100
	if to <= from {
		to += 100
	}
	return checked(fmt.Sprintf("%s/%04d", first, to))
}

var periodForms = []struct {
	is   *regexp.Regexp
	read func(m []string) (period.Period, error)
}{
	{yearForm, func(m []string) (period.Period, error) { return checked(m[1]) }},
	{partForm, func(m []string) (period.Period, error) { return part(m[1], m[2], m[3]) }},
	{partFirst, func(m []string) (period.Period, error) {
		number := m[1] + m[3]
		if roman := map[string]string{"I": "1", "II": "2", "III": "3", "IV": "4"}[number]; roman != "" {
			number = roman
		}
		return part(m[4], "Q", number)
	}},
	{monthForm, func(m []string) (period.Period, error) { return checked(m[1] + "-" + twoDigits(m[2])) }},
	{weekForm, func(m []string) (period.Period, error) { return week(m[1], m[2]) }},
	{dayOfYear, func(m []string) (period.Period, error) {
		day, err := time.Parse("2006-002", m[1]+"-"+fmt.Sprintf("%03s", m[2]))
		if err != nil {
			return "", errPeriod
		}
		return checked(day.Format(time.DateOnly))
	}},
	{dottedDay, func(m []string) (period.Period, error) {
		return checked(m[3] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[1]))
	}},
	{spacedMonth, func(m []string) (period.Period, error) { return checked(m[1] + "-" + m[2]) }},
	{dottedMonth, func(m []string) (period.Period, error) { return checked(m[2] + "-" + twoDigits(m[1])) }},
	{twoYears, func(m []string) (period.Period, error) { return checked(m[1] + "/" + m[2]) }},
	{fiscalYears, func(m []string) (period.Period, error) {
		last, err := yearPair(m[3], m[4])
		if err != nil {
			return "", err
		}
		_, to := last.Ends()
		return checked(m[1] + "/" + string(to))
	}},
	{timeForm, func(m []string) (period.Period, error) { return checked(m[1]) }},
	{durationForm, duration},
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// part reads a quarter, a third or a half of a year as its months.
func part(year, letter, number string) (period.Period, error) {
	months := map[string]int{"Q": 3, "T": 4, "S": 6, "H": 6}[letter]
	n, err := strconv.Atoi(number)
	if err != nil || months == 0 || n < 1 || n*months > 12 {
		return "", errPeriod
	}
	return checked(fmt.Sprintf("%s-%02d/%s-%02d", year, (n-1)*months+1, year, n*months))
}

// week reads a week by ISO 8601 as its days.
func week(year, number string) (period.Period, error) {
	y, _ := strconv.Atoi(year)
	n, _ := strconv.Atoi(number)
	fourth := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC) // is always in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+(n-1)*7)
	if isoYear, isoWeek := monday.ISOWeek(); n < 1 || isoYear != y || isoWeek != n {
		return "", errPeriod
	}
	return checked(monday.Format(time.DateOnly) + "/" + monday.AddDate(0, 0, 6).Format(time.DateOnly))
}

// duration reads a start with a length as the shortest form of what it covers.
func duration(m []string) (period.Period, error) {
	start, err := checked(m[1])
	if err != nil {
		return "", err
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+2])
	}
	from := start.First()
	last := from.AddDate(n[0], n[1], n[2]*7+n[3]-1)
	if last.Before(from) || last.Year() > 9999 {
		return "", errPeriod
	}
	return covering(from, last)
}

func covering(from, last time.Time) (period.Period, error) {
	wholeMonths := from.Day() == 1 && last.AddDate(0, 0, 1).Day() == 1
	form := time.DateOnly
	switch {
	case wholeMonths && from.Month() == 1 && last.Month() == 12:
		form = "2006"
	case wholeMonths:
		form = "2006-01"
	}
	a, b := from.Format(form), last.Format(form)
	if a == b {
		return checked(a)
	}
	return checked(a + "/" + b)
}
