package period

import (
	"fmt"
	"testing"
	"time"
)

func TestPeriodStaysAsPreciseAsItCame(t *testing.T) {
	for _, s := range []string{"", "2020", "2020-05", "2021-09-01", "2018/2020", "2014-01-01/2020-12", "2020-02-29"} {
		p, err := Parse(s)
		if err != nil || string(p) != s {
			t.Errorf("Parse(%q) = %q, %v", s, p, err)
		}
	}
}

func TestDateWrittenAsInALetterIsUnderstood(t *testing.T) {
	for s, want := range map[string]Period{
		"15.03.2027": "2027-03-15", "5.3.2027": "2027-03-05", "03.2027": "2027-03", "2026–2028": "2026/2028", "01.2026 — 15.03.2027": "2026-01/2027-03-15", "01.2026/15.03.2027": "2026-01/2027-03-15",
	} {
		if p, err := Parse(s); err != nil || p != want {
			t.Errorf("Parse(%q) = %q, %v", s, p, err)
		}
	}
}

func TestDayIsOneDay(t *testing.T) {
	for s, want := range map[string]string{
		"2027-03-15": "2027-03-15", " 15.03.2027 ": "2027-03-15",
		"": "", "2027": "", "03.2027": "", "31.02.2027": "", "2027-03-15/2027-03-16": "", "03/15/2027": "", "15.03.27": "",
	} {
		if day, err := Day(s); day != want || (err == nil) != (want != "") {
			t.Errorf("Day(%q) = %q, %v", s, day, err)
		}
	}
}

func TestImpossiblePeriodIsRefused(t *testing.T) {
	for _, s := range []string{"20", "2020-13", "2021-02-29", "2020/", "2020/2019", "1/2/3", "32.01.2020", "1.13.2020", "2020.05", "2020-5", "жыл", "2020-05-31 "} {
		if p, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %q, want an error", s, p)
		}
	}
}

func TestPeriodCoversItsDays(t *testing.T) {
	for _, c := range []struct {
		p           Period
		first, last string
		year        float64
	}{
		{"2020", "2020-01-01", "2020-12-31", 2020},
		{"2020-02", "2020-02-01", "2020-02-29", 2020 + 45.0/366},
		{"2021-09-01", "2021-09-01", "2021-09-01", 2021 + 243.0/366},
		{"2018/2020", "2018-01-01", "2020-12-31", 2019 + 182.0/366},
	} {
		if got := c.p.First().Format("2006-01-02"); got != c.first {
			t.Errorf("%s begins %s, want %s", c.p, got, c.first)
		}
		if got := c.p.Last().Format("2006-01-02"); got != c.last {
			t.Errorf("%s ends %s, want %s", c.p, got, c.last)
		}
		if got := c.p.Year(); got-c.year > 0.005 || c.year-got > 0.005 {
			t.Errorf("%s stands at %.3f, want %.3f", c.p, got, c.year)
		}
	}
}

func TestPeriodBeforeIsAsLong(t *testing.T) {
	for p, want := range map[Period]Period{
		"": "", "2020": "2019", "2020-01": "2019-12", "2020-03-01": "2020-02-29", "2020-01/2020-03": "2019-10/2019-12",
		"2018/2020": "2015/2017", "2020-07/2020-12": "2020-01/2020-06", "2020-01-08/2020-01-14": "2020-01-01/2020-01-07",
	} {
		if got := p.Before(); got != want {
			t.Errorf("%q comes before %q, want %q", got, p, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2018/2020")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Parse(s)
		if err == nil && p != "" && p.Last().Before(p.First()) {
			t.Errorf("%q ends before it begins", s)
		}
	})
}

func TestEndsAreThoseOfTheCalendar(t *testing.T) {
	ends := func(s string) (first, last time.Time) { // by the layouts of the standard library
		t, err := time.Parse("2006-01-02"[:min(len(s), 10)], s)
		if err != nil || s == "" {
			return time.Time{}, time.Time{}
		}
		switch len(s) {
		case 4:
			return t, t.AddDate(1, 0, -1)
		case 7:
			return t, t.AddDate(0, 1, -1)
		}
		return t, t
	}
	list := []string{"", "2", "20", "2020-", "2020-00", "2020-13", "2020-1", "2020-02-30", "2020-02-00", "2020-02-1", "202a", "2020-0a", "2020-02-0a", "2020x02", "2020-02x01", "2020-02-01 ", "жыл", "-200"}
	for year := 1896; year < 2105; year++ {
		list = append(list, fmt.Sprint(year))
		for month := 1; month <= 12; month++ {
			list = append(list, fmt.Sprintf("%d-%02d", year, month))
			for day := 27; day <= 32; day++ {
				list = append(list, fmt.Sprintf("%d-%02d-%02d", year, month, day))
			}
		}
	}
	for _, s := range list {
		if len(s) != 4 && len(s) != 7 && len(s) != 10 {
			continue // no layout is so long
		}
		first, last := ends(s)
		if p := Period(s); !p.First().Equal(first) || !p.Last().Equal(last) {
			t.Errorf("%q goes from %v to %v, want %v to %v", s, p.First(), p.Last(), first, last)
		}
	}
}
