package indicators

import (
	"strings"
	"testing"

	"gcm/internal/i18n"
)

func TestValueIsWordedAsAReportWouldWordIt(t *testing.T) {
	for _, c := range []struct {
		value     float64
		decimals  int
		unit      Unit
		qualifier Qualifier
		kk, ru,
		en string
	}{
		{13000, 0, Persons, MoreThan, "13 000-нан астам|13 000 адамнан астам", "более 13 000|более 13 000 человек", "more than 13,000|more than 13,000 persons"},
		{83.3, 1, Percent, Exact, "83,3%|83,3%", "83,3 %|83,3 %", "83.3%|83.3%"},
		{10, 0, Percent, LessThan, "10%-дан кем|10%-дан кем", "менее 10 %|менее 10 %", "less than 10%|less than 10%"},
		{290200000000, 0, "KZT", Exact, "290,2 млрд теңге|290,2 млрд теңге", "290,2 млрд тенге|290,2 млрд тенге", "290.2 billion tenge|290.2 billion tenge"},
		{25880000000, 0, "KZT", MoreThan, "25,88 млрд теңгеден астам|25,88 млрд теңгеден астам", "более 25,88 млрд тенге|более 25,88 млрд тенге", "more than 25.88 billion tenge|more than 25.88 billion tenge"},
		{1234567, 0, "USD", Exact, "1 234 567 USD|1 234 567 USD", "1 234 567 USD|1 234 567 USD", "1,234,567 USD|1,234,567 USD"},
		{3, 0, Ratio, MoreThan, "3-тен астам|3 еседен астам", "более 3|более 3 раз", "more than 3|more than 3 times"},
		{3.2, 1, Ratio, Exact, "3,2|3,2 есе", "3,2|3,2 раза", "3.2|3.2 times"},
		{12000, 0, Persons, Approximate, "шамамен 12 000|шамамен 12 000 адам", "около 12 000|около 12 000 человек", "about 12,000|about 12,000 persons"},
		{5, 0, Years, LessThan, "5-тен кем|5 жылдан кем", "менее 5|менее 5 лет", "less than 5|less than 5 years"},
		{2, 0, Rank, Exact, "2|2-орын", "2|2-е место", "2|rank 2"},
		{36, 0, Count, Exact, "36|36", "36|36", "36|36"},
		{0.43, 2, Percent, Approximate, "шамамен 0,43%|шамамен 0,43%", "около 0,43 %|около 0,43 %", "about 0.43%|about 0.43%"},
	} {
		o := Observation{Value: &c.value, Decimals: c.decimals, Unit: c.unit, Qualifier: c.qualifier}
		for lang, want := range map[string]string{"kk": c.kk, "ru": c.ru, "en": c.en} {
			p, err := i18n.New(lang)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(Format(p, o)+"|"+FormatWithUnit(p, o), "\u00a0", " ")
			if got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}

func TestMissingValueIsSaidAndNeverZero(t *testing.T) {
	for lang, want := range map[string]string{"kk": "дерек жоқ", "ru": "нет данных", "en": "no data"} {
		p, _ := i18n.New(lang)
		o := Observation{Unit: Persons, Qualifier: Missing}
		if got := Format(p, o); got != want || FormatWithUnit(p, o) != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
