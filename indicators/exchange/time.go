package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gcm/internal/period"
)

// TimePeriod writes a period as SDMX does, with the frequency that its form says:
// a quarter as 2020-Q3, a half-year as 2020-S1, any other interval as its first
// day and a duration in the unit of its ends, 2018-01-01/P3Y. There is none for
// no period.
func TimePeriod(p period.Period) (text, frequency string) {
	if !p.IsInterval() {
		return string(p), map[int]string{len("2006"): "A", len("2006-01"): "M", len("2006-01-02"): "D"}[len(p)]
	}
	from, to := p.Ends()
	start, after := p.First(), p.Last().AddDate(0, 0, 1)
	months := 12*(after.Year()-start.Year()) + int(after.Month()) - int(start.Month())
	part := (int(start.Month()) - 1) / max(months, 1)
	switch {
	case len(to) == len("2006") && len(from) == len(to):
		return fmt.Sprintf("%s-01-01/P%dY", from, after.Year()-start.Year()), other
	case len(to) != len("2006-01") || len(from) != len(to):
		return fmt.Sprintf("%s/P%dD", start.Format(time.DateOnly), int(after.Sub(start).Hours()/24)), other
	case months == 3 && part*3 == int(start.Month())-1:
		return fmt.Sprintf("%d-Q%d", start.Year(), part+1), "Q"
	case months == 6 && part*6 == int(start.Month())-1:
		return fmt.Sprintf("%d-S%d", start.Year(), part+1), "S"
	}
	return fmt.Sprintf("%s-01/P%dM", from, months), other
}

// other is the frequency of an interval that is none of the usual ones.
const other = "_O"

var (
	partOfYear = regexp.MustCompile(`^(\d{4})-([QS])([1-4])$`)
	span       = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})/P(\d{1,6})([YMD])$`)
)

// PeriodOf reads what TimePeriod writes.
func PeriodOf(text string) (period.Period, error) {
	if m := partOfYear.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[3])
		size := map[string]int{"Q": 3, "S": 6}[m[2]]
		if n*size > 12 {
			return "", fmt.Errorf("%q is no part of a year", text)
		}
		return period.Parse(fmt.Sprintf("%s-%02d/%s-%02d", m[1], (n-1)*size+1, m[1], n*size))
	}
	m := span.FindStringSubmatch(text)
	if m == nil {
		return period.Parse(text)
	}
	start, err := time.Parse(time.DateOnly, m[1])
	if err != nil {
		return "", fmt.Errorf("%q is not a day of the calendar", m[1])
	}
	n, _ := strconv.Atoi(m[2])
	form := map[string]string{"Y": "2006", "M": "2006-01", "D": time.DateOnly}[m[3]]
	end := map[string]time.Time{"Y": start.AddDate(n, 0, -1), "M": start.AddDate(0, n, -1), "D": start.AddDate(0, 0, n-1)}[m[3]]
	if start.Format(form) == end.Format(form) {
		return period.Parse(start.Format(form))
	}
	return period.Parse(strings.Join([]string{start.Format(form), end.Format(form)}, "/"))
}

// timeDetail returns an interval itself where its SDMX form leaves open how
// precise its ends are: 304 days from the first of January are ten months as well.
func timeDetail(p period.Period) string {
	if _, frequency := TimePeriod(p); frequency == other {
		return string(p)
	}
	return ""
}
