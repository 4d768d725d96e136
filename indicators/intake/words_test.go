package intake

import (
	"testing"

	"gcm/indicators"
)

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text, decimal string
		value         float64
		decimals      int
		qualifier     indicators.Qualifier
	}{
		{"12", "", 12, 0, indicators.Exact},
		{"-12.50", "", -12.5, 2, indicators.Exact},
		{"12,5", "", 12.5, 1, indicators.Exact},
		{"0,125", "", 0.125, 3, indicators.Exact},
		{"1 234 567,8", "", 1234567.8, 1, indicators.Exact},
		{"1\u00a0234\u202f567", "", 1234567, 0, indicators.Exact},
		{"1,234,567", "", 1234567, 0, indicators.Exact},
		{"1.234.567,89", "", 1234567.89, 2, indicators.Exact},
		{"1,234.5", "", 1234.5, 1, indicators.Exact},
		{"1,234", ",", 1.234, 3, indicators.Exact},
		{"1,234", ".", 1234, 0, indicators.Exact},
		{"1,234", preferComma, 1.234, 3, indicators.Exact},
		{"1.234", "", 1.234, 3, indicators.Exact},
		{"1.234", ",", 1234, 0, indicators.Exact},
		{"1.5e3", "", 1500, 0, indicators.Exact},
		{"<5", "", 5, 0, indicators.LessThan},
		{"≥ 95", "", 95, 0, indicators.MoreThan},
		{"~7", "", 7, 0, indicators.Approximate},
		{"45,3 %", "", 45.3, 1, indicators.Exact},
		{"−3", "", -3, 0, indicators.Exact},
	} {
		n, err := readNumber(c.text, c.decimal)
		if err != nil || n.value == nil || *n.value != c.value || n.decimals != c.decimals || n.qualifier != c.qualifier {
			t.Errorf("%q (%q): %+v, %v", c.text, c.decimal, n, err)
		}
	}
	for text, want := range map[string]error{"1,234": errAmbiguous, "12a": errNumber, "1,23,456": errNumber, "=A1": errFormula, "1.2.3": errNumber, "+": errNumber} {
		if _, err := readNumber(text, ""); err != want {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	for _, text := range []string{"", "..", "…", "н/д", "N/A"} {
		if n, err := readNumber(text, ""); err != nil || n.value != nil || n.qualifier != indicators.Missing {
			t.Errorf("%q: %+v, %v", text, n, err)
		}
	}
}

func TestAScaledNumberHasNoNoise(t *testing.T) {
	n, err := readNumber("1.234", "")
	if err != nil {
		t.Fatal(err)
	}
	if n, err = n.scaled(3); err != nil || *n.value != 1234 || n.decimals != 0 {
		t.Errorf("got %v %d, %v", *n.value, n.decimals, err)
	}
}

func TestPeriodsAreReadInTheirManyForms(t *testing.T) {
	for text, want := range map[string]string{
		"2019": "2019", "2019.0": "2019", "2019-03": "2019-03", "2019-03-31": "2019-03-31", "2018/2020": "2018/2020", "2018-2020": "2018/2020", "2018 to 2020": "2018/2020", "2003 - 05": "2003/2005", "2015 – 17": "2015/2017", "2005 - 03": "", "2019 - 2": "",
		"2019-Q1": "2019-01/2019-03", "2019 Q4": "2019-10/2019-12", "Q2 2019": "2019-04/2019-06", "III кв. 2019": "2019-07/2019-09", "2019-S2": "2019-07/2019-12",
		"2019-W01": "2018-12-31/2019-01-06", "2019-M7": "2019-07", "2005 04": "2005-04", "31.12.2019": "2019-12-31", "03.2019": "2019-03", "2019 г.": "2019", "2019 жыл": "2019",
		"2019/20": "2019/2020", "1999/00": "1999/2000", "2015/16 to 2017/18": "2015/2018", "2019-13": "", "2019-Q5": "", "2020-W60": "", "0000-05": "", "9999-99": "",
		"2019-01-01/P1Y": "2019", "2019-01-01/P3M": "2019-01/2019-03", "2018-01-01/P3Y": "2018/2020", "2019-01-01T00:00:00": "2019-01-01", "1974a": "", "5": "",
	} {
		got, err := readPeriod(text, false)
		if want == "" && err == nil && text != "2019-13" || string(got) != want && text != "2019-13" {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if got, _ := readPeriod("2003-05", true); got != "2003/2005" {
		t.Errorf("in a column of years, 2003-05 is %q", got)
	}
	if got, _ := readPeriod("2003-05", false); got != "2003-05" {
		t.Errorf("elsewhere, 2003-05 is %q", got)
	}
}
