package exchange_test

import (
	"regexp"
	"testing"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

var (
	componentForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)
	codeForm      = regexp.MustCompile(`^[A-Za-z0-9_@$-]+$`)
)

func TestIDsAreThoseOfSDMXAndComeBackAsOurCodes(t *testing.T) {
	for code, want := range map[string]string{
		"source_country": "SOURCE_COUNTRY", "sex": "SEX", "age-group": "AGEx2DxGROUP", "Sex": "x53x" /* and more */, "15plus": "d15PLUS",
		"freq": "dFREQ", "note_kk": "dNOTE_KK", "жас": "dx436xx430xx441x", "x": "X", "d": "D", "_t": "d_T", "obs_value": "dOBS_VALUE", "unit": "dUNIT",
	} {
		id := exchange.ComponentID(code)
		if back, ok := exchange.DimensionOf(id); !ok || back != code || !componentForm.MatchString(id) {
			t.Errorf("the dimension %q is %q and comes back as %q", code, id, back)
		}
		if want != id && code != "Sex" {
			t.Errorf("the dimension %q is %q, not %q", code, id, want)
		}
	}
	for code, want := range map[string]string{
		"UZ": "UZ", "non_AF": "non_AF", "15+": "15$2B$", "_T": "$5F$T", "-5": "$2D$5", "ерлер": "$435$$440$$43B$$435$$440$", "a$b": "a$24$b", "0-14": "0-14",
	} {
		id := exchange.CodeID(code)
		if back, ok := exchange.CodeOf(id); id != want || !ok || back != code || !codeForm.MatchString(id) {
			t.Errorf("the code %q is %q, not %q, and comes back as %q", code, id, want, back)
		}
	}
	for _, id := range []string{"x", "AxZZx", "dSEX", "sex", "d"} {
		if code, ok := exchange.DimensionOf(id); ok && exchange.ComponentID(code) != id {
			t.Errorf("%q is taken for the dimension %q", id, code)
		}
	}
}

func TestPeriodsComeBackAsPreciseAsTheyWere(t *testing.T) {
	for p, want := range map[period.Period][2]string{
		"2020": {"2020", "A"}, "2020-05": {"2020-05", "M"}, "2021-09-01": {"2021-09-01", "D"},
		"2020-07/2020-09": {"2020-Q3", "Q"}, "2020-01/2020-06": {"2020-S1", "S"}, "2020-07/2020-12": {"2020-S2", "S"},
		"2018/2020": {"2018-01-01/P3Y", "_O"}, "2020-02/2020-04": {"2020-02-01/P3M", "_O"}, "2020-04/2020-09": {"2020-04-01/P6M", "_O"},
		"2019-11/2020-01": {"2019-11-01/P3M", "_O"}, "2020-01/2020-12": {"2020-01-01/P12M", "_O"}, "2021-01-01/2021-10-31": {"2021-01-01/P304D", "_O"},
	} {
		text, frequency := exchange.TimePeriod(p)
		if text != want[0] || frequency != want[1] {
			t.Errorf("%s is written %s (%s), not %s (%s)", p, text, frequency, want[0], want[1])
		}
		if back, err := exchange.PeriodOf(text); err != nil || back != p {
			t.Errorf("%s is written %s and read as %s (%v)", p, text, back, err)
		}
	}
	for _, wrong := range []string{"2020-Q5", "2020-S3", "2020-13", "2020-02-30/P1D", "yesterday"} {
		if p, err := exchange.PeriodOf(wrong); err == nil {
			t.Errorf("%q is read as %s", wrong, p)
		}
	}
}

func TestEveryComponentAndCodeHasItsNameInEveryLanguage(t *testing.T) {
	s := exchange.NewStructure(
		objectives.Country{Code: "XXA", Name: i18n.Text{"kk": "Ел", "ru": "Страна", "en": "Country"}, Languages: []string{"kk", "ru", "en"}},
		[]indicators.Dimension{{Code: "sex", Name: i18n.Text{"kk": "Жынысы", "ru": "Пол", "en": "Sex"}, Codes: []indicators.DimensionCode{
			{Code: "F", Name: i18n.Text{"kk": "Әйелдер", "ru": "Женщины", "en": "Women"}},
		}}},
		nil,
	)
	if s.Agency != "XXA_GCM" || s.Version != "1.1.0" {
		t.Errorf("the structure is %s %s", s.Agency, s.Version)
	}
	for _, c := range append(s.Components(), exchange.Measure) {
		for _, lang := range i18n.Languages {
			if c.Name[lang] == "" {
				t.Errorf("%s has no name in %s", c.ID, lang)
			}
			for _, code := range c.Codes {
				if code.Name[lang] == "" {
					t.Errorf("%s %s has no name in %s", c.List(), code.ID, lang)
				}
			}
		}
	}
}

func TestUnitsComeBack(t *testing.T) {
	for _, u := range append([]indicators.Unit{"KZT", "USD"}, indicators.Units...) {
		if back, ok := exchange.UnitOf(exchange.UnitID(u)); !ok || back != u {
			t.Errorf("%s is %s and comes back as %s", u, exchange.UnitID(u), back)
		}
	}
}

func TestColumnsOfDimensionsAreToldFromTheOthers(t *testing.T) {
	var dimensions []indicators.Dimension
	for _, code := range []string{"sex", "unit", "dimension_unit", "note_kk", "indicator"} {
		dimensions = append(dimensions, indicators.Dimension{Code: code})
	}
	seen := map[string]bool{}
	for _, c := range exchange.NewStructure(objectives.Country{Code: "XXA", Languages: []string{"kk", "en"}}, dimensions, nil).Columns() {
		if seen[c.Name] {
			t.Errorf("the column %s stands there twice", c.Name)
		}
		seen[c.Name] = true
	}
}
