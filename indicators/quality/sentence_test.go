package quality

import (
	"testing"

	"gcm/internal/i18n"
)

func TestSentenceEndsWithOneFullStop(t *testing.T) {
	many := make(list, listed+1)
	for n := range many {
		many[n] = when("2020")
	}
	for _, c := range []struct {
		lang    string
		finding Finding
		want    string
	}{
		{"ru", Finding{key: "overlap", args: []arg{when("2020"), when("2020-06")}}, "Периоды частично перекрываются: 2020 и июнь 2020\u00a0г."},
		{"ru", Finding{key: "overlap", args: []arg{when("2020-06"), when("2020-06-30")}}, "Периоды частично перекрываются: июнь 2020\u00a0г. и 30\u00a0июня 2020\u00a0г."},
		{"ru", Finding{key: "overlap", args: []arg{when("2020-06"), when("2020")}}, "Периоды частично перекрываются: июнь 2020\u00a0г. и 2020."},
		{"ru", Finding{key: "missing_periods", args: []arg{count(1), list{when("2020-06")}}}, "Нет значения за 1 период: июнь 2020\u00a0г."},
		{"ru", Finding{key: "missing_periods", args: []arg{count(9), many}}, "Нет значений за 9 периодов: 2020, 2020, 2020, 2020, 2020, 2020, 2020, 2020, …"},
		{"kk", Finding{key: "overlap", args: []arg{when("2020"), when("2020-06")}}, "Кезеңдер ішінара қабаттасады: 2020 және 2020 жылғы маусым."},
		{"en", Finding{key: "overlap", args: []arg{when("2020"), when("2020-06")}}, "The periods overlap in part: 2020 and June 2020."},
	} {
		p, err := i18n.New(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.finding.Message(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}
