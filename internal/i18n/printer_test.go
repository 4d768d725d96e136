package i18n

import (
	"testing"

	"gcm/internal/period"
)

func printer(t *testing.T, lang string) *Printer {
	t.Helper()
	p, err := New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestNumbersFollowTheLanguage(t *testing.T) {
	for _, c := range []struct {
		lang     string
		value    float64
		decimals int
		want     string
	}{
		{"kk", 1234567.89, 2, "1\u00a0234\u00a0567,89"}, {"ru", 1234567.89, 2, "1\u00a0234\u00a0567,89"}, {"en", 1234567.89, 2, "1,234,567.89"},
		{"kk", 33700, 0, "33\u00a0700"}, {"ru", 33700, 0, "33\u00a0700"}, {"en", 33700, 0, "33,700"},
		{"en", 0, 0, "0"}, {"ru", -0.5, 1, "−0,5"}, {"en", 2.5, 3, "2.500"},
	} {
		if got := printer(t, c.lang).Number(c.value, c.decimals); got != c.want {
			t.Errorf("%s: %v with %d digits is %q, want %q", c.lang, c.value, c.decimals, got, c.want)
		}
	}
	for lang, want := range map[string]string{"kk": "83,3%", "ru": "83,3\u00a0%", "en": "83.3%"} {
		if got := printer(t, lang).Percent(83.3, 1); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestPeriodsArePrintedAsPreciseAsTheyAre(t *testing.T) {
	for _, c := range []struct {
		lang string
		at   period.Period
		want string
	}{
		{"en", "", ""}, {"en", "2020", "2020"}, {"kk", "2018/2020", "2018–2020"},
		{"en", "2020-05", "May 2020"}, {"ru", "2020-05", "май 2020 г."}, {"kk", "2020-05", "2020 жылғы мамыр"},
		{"en", "2021-09-01", "1 September 2021"}, {"ru", "2021-09-01", "1 сентября 2021 г."}, {"kk", "2021-09-01", "2021 жылғы 1 қыркүйек"},
	} {
		got := printer(t, c.lang).Period(c.at)
		if plainSpaces(got) != c.want {
			t.Errorf("%s: %s is %q, want %q", c.lang, c.at, got, c.want)
		}
	}
}

func plainSpaces(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r == '\u00a0' {
			out[i] = ' '
		}
	}
	return string(out)
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"ru", 1, "1 мера"}, {"ru", 3, "3 меры"}, {"ru", 5, "5 мер"}, {"ru", 21, "21 мера"}, {"ru", 0, "0 мер"},
		{"kk", 1, "1 шара"}, {"kk", 21, "21 шара"}, {"en", 1, "1 measure"}, {"en", 0, "0 measures"},
	} {
		if got := printer(t, c.lang).T("review.tally.measures", c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestKazakhSortsByItsOwnAlphabet(t *testing.T) {
	words := []string{"Ыбырай", "Ілияс", "Үміт", "Құрман", "Кенже", "Әлия", "Асан", "Өмір", "Орал", "Ұлан", "Науан", "Ғани", "Гүл", "Һарун"}
	Sort(printer(t, "kk"), words, func(s string) string { return s })
	want := []string{"Асан", "Әлия", "Гүл", "Ғани", "Кенже", "Құрман", "Науан", "Орал", "Өмір", "Ұлан", "Үміт", "Һарун", "Ыбырай", "Ілияс"}
	for i := range want {
		if words[i] != want[i] {
			t.Fatalf("got %v", words)
		}
	}
}

func TestUnknownLanguageNamesThoseThereAre(t *testing.T) {
	if _, err := New("fr"); err == nil || err.Error() != `unknown language "fr": use one of kk, ru, en` {
		t.Errorf("got %v", err)
	}
}

func TestTextFallsBackAndSaysSo(t *testing.T) {
	text := Text{"kk": "Шара", "ru": ""}
	if s, lang := text.Find("ru", "en"); s != "Шара" || lang != "kk" {
		t.Errorf("got %q in %q", s, lang)
	}
	if s, lang := (Text{}).Find("ru"); s != "" || lang != "" {
		t.Errorf("got %q in %q", s, lang)
	}
}
