package i18n

import "testing"

func TestNumberPicksTheWordingThatFitsIt(t *testing.T) {
	for _, c := range []struct {
		lang, key string
		v         float64
		decimals  int
		want      string
	}{
		{"ru", "unit.years.counted", 1, 0, "1 год"},
		{"ru", "unit.years.counted", 3, 0, "3 года"},
		{"ru", "unit.years.counted", 5, 0, "5 лет"},
		{"ru", "unit.years.counted", 21, 0, "21 год"},
		{"ru", "unit.years.counted", 14916000, 0, "14\u00a0916\u00a0000 лет"},
		{"ru", "unit.ratio.counted", 3.2, 1, "3,2 раза"},
		{"ru", "unit.years.bounded", 3, 0, "3 лет"},
		{"en", "unit.days.counted", 1, 0, "1 day"},
		{"en", "unit.ratio.counted", 1.4, 1, "1.4 times"},
		{"kk", "unit.persons.counted", 13000, 0, "13\u00a0000 адам"},
		{"en", "no.such.key", 1, 0, "no.such.key"},
	} {
		p, err := New(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Counted(c.key, c.v, c.decimals); got != c.want {
			t.Errorf("%s %s %v: %q, want %q", c.lang, c.key, c.v, got, c.want)
		}
	}
}
