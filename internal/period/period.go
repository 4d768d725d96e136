// Package period keeps dates exactly as precise as they came: a year, a month, a
// day, or an interval of two of these. "2020" is a year and never becomes the
// first of January.
package period

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Period is a partial ISO date ("2020", "2020-05", "2021-09-01") or an interval
// of two ("2018/2020", "2014-01-01/2020-12"). The empty Period means that none
// was given.
type Period string

var (
	partial = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	dash    = regexp.MustCompile(`\s*[–—/]\s*`)                              // between the ends of an interval
	written = regexp.MustCompile(`^(?:(?:(\d{1,2})\.)?(\d{1,2})\.)(\d{4})$`) // as people write: 5.03.2027, 03.2027
)

// Parse checks s and returns it as a Period. A day or month that is written as in
// a letter, 15.03.2027, is brought into the form of the others, and so is an
// interval with a dash, 2026–2028. The empty string
// is valid.
func Parse(s string) (Period, error) {
	if s == "" {
		return "", nil
	}
	parts := strings.Split(dash.ReplaceAllString(s, "/"), "/")
	if len(parts) > 2 {
		return "", fmt.Errorf("%q is not a date: an interval has two ends", s)
	}
	for i, part := range parts {
		part = iso(part)
		parts[i] = part
		if !partial.MatchString(part) {
			return "", fmt.Errorf("%q is not a date: use 2020, 2020-05, 2020-05-31 or an interval 2018/2020", s)
		}
		if _, err := time.Parse("2006-01-02"[:len(part)], part); err != nil {
			return "", fmt.Errorf("%q is not a day of the calendar", s)
		}
	}
	p := Period(strings.Join(parts, "/"))
	if p.First().After(p.Last()) {
		return "", fmt.Errorf("%q ends before it begins", s)
	}
	return p, nil
}

// iso turns a date that is written as in a letter round.
func iso(s string) string {
	m := written.FindStringSubmatch(s)
	switch {
	case m == nil:
		return s
	case m[1] == "":
		return fmt.Sprintf("%s-%02s", m[3], m[2])
	}
	return fmt.Sprintf("%s-%02s-%02s", m[3], m[2], m[1])
}

// Day checks s, which is to be one day, and returns it as an ISO date.
func Day(s string) (string, error) {
	p, err := Parse(strings.TrimSpace(s))
	if err == nil && len(p) != len("2006-01-02") {
		err = fmt.Errorf("%q is not a day: use 2020-05-31 or 31.05.2020", s)
	}
	if err != nil {
		return "", err
	}
	return string(p), nil
}

// IsInterval reports whether p has two ends.
func (p Period) IsInterval() bool { return strings.Contains(string(p), "/") }

// Ends returns the two ends of an interval, or p twice.
func (p Period) Ends() (from, to Period) {
	a, b, ok := strings.Cut(string(p), "/")
	if !ok {
		return p, p
	}
	return Period(a), Period(b)
}

// First returns the first day that p covers, in UTC; the zero time for no period.
func (p Period) First() time.Time {
	from, _ := p.Ends()
	year, month, day, ok := from.parts()
	if !ok {
		return time.Time{}
	}
	return time.Date(year, time.Month(max(month, 1)), max(day, 1), 0, 0, 0, 0, time.UTC)
}

// Last returns the last day that p covers, in UTC; the zero time for no period.
func (p Period) Last() time.Time {
	_, to := p.Ends()
	year, month, day, ok := to.parts()
	switch {
	case !ok:
		return time.Time{}
	case month == 0:
		month, day = int(time.December), 31
	case day == 0:
		month++ // whose day 0 is the last one of the month before
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// parts returns the numbers of a partial date, 0 for those that it does not have;
// not ok when it is none. It is asked for each value of a page, so that it takes
// no layout: that would be ten times slower.
func (p Period) parts() (year, month, day int, ok bool) {
	number := func(from, to int) (n int) {
		for _, c := range []byte(p[from:to]) {
			if c < '0' || c > '9' {
				ok = false
			}
			n = 10*n + int(c-'0')
		}
		return n
	}
	ok = true
	switch len(p) {
	case len("2006"):
		year = number(0, 4)
	case len("2006-01"):
		year, month = number(0, 4), number(5, 7)
		ok = ok && p[4] == '-' && 1 <= month && month <= 12
	case len("2006-01-02"):
		year, month, day = number(0, 4), number(5, 7), number(8, 10)
		ok = ok && p[4] == '-' && p[7] == '-' && 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
	default:
		ok = false
	}
	return year, month, day, ok
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Year returns p's place on a time axis in decimal years: the year itself for
// whole years, else the middle of what it covers. It is 0 for no period.
func (p Period) Year() float64 {
	if p == "" {
		return 0
	}
	if year, month, _, ok := p.parts(); ok && month == 0 {
		return float64(year)
	}
	mid := p.First().Add(p.Last().AddDate(0, 0, 1).Sub(p.First()) / 2)
	return float64(mid.Year()) + float64(mid.YearDay()-1)/366
}

// Before returns the period of the same length that ends where p begins: the year
// before a year, the three months before a quarter. It is empty for no period.
func (p Period) Before() Period {
	from, to := p.Ends()
	first, next := p.First(), p.Last().AddDate(0, 0, 1)
	switch {
	case p == "":
		return ""
	case len(from) == len("2006-01-02") || len(to) == len("2006-01-02"):
		first = first.Add(first.Sub(next))
	default: // whole months
		first = first.AddDate(0, 12*(first.Year()-next.Year())+int(first.Month()-next.Month()), 0)
	}
	last := p.First().AddDate(0, 0, -1)
	before := Period(first.Format("2006-01-02"[:len(from)]))
	if !p.IsInterval() {
		return before
	}
	return before + "/" + Period(last.Format("2006-01-02"[:len(to)]))
}
