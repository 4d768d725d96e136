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
	t, err := time.Parse("2006-01-02"[:len(from)], string(from))
	if err != nil || from == "" {
		return time.Time{}
	}
	return t
}

// Last returns the last day that p covers, in UTC; the zero time for no period.
func (p Period) Last() time.Time {
	_, to := p.Ends()
	t, err := time.Parse("2006-01-02"[:len(to)], string(to))
	if err != nil || to == "" {
		return time.Time{}
	}
	switch len(to) {
	case len("2006"):
		return t.AddDate(1, 0, -1)
	case len("2006-01"):
		return t.AddDate(0, 1, -1)
	}
	return t
}

// Year returns p's place on a time axis in decimal years: the year itself for
// whole years, else the middle of what it covers. It is 0 for no period.
func (p Period) Year() float64 {
	if p == "" {
		return 0
	}
	if len(p) == len("2006") {
		return float64(p.First().Year())
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
