package indicators

import (
	"encoding/json"
	"strings"
	"testing"

	"gcm/internal/i18n"
)

// passport is one with nothing against it, to be spoiled.
func passport() Content {
	return Content{
		Unit: Persons, Scope: National, Dimensions: []string{"sex"}, Expected: []string{"sex"},
		BaselinePeriod: "2020", BaselineValue: "445", Targets: []TargetLine{{Period: "2025", Value: "200"}, {Period: "2030", Value: "0"}},
		Lowest: "0", Highest: "1000", SmallCell: "10", Breaks: []BreakLine{{Period: "2021", Kind: SeriesBreak}},
		FormulaKind: RateOf, FormulaPer: "1000", FormulaDecimals: "1", Components: []ComponentLine{{"a{sex=F}"}, {"b"}},
	}
}

// formulas knows a and b, and c, which is made of itself, as no passport may be.
func formulas(code string) (Formula, bool) {
	switch code {
	case "a", "b":
		return Formula{}, true
	case "c":
		return Formula{Kind: SumOf, Components: []Component{{Indicator: "x"}, {Indicator: "c"}}}, true
	}
	return Formula{}, false
}

func TestPassportThatContradictsItselfIsToldFieldByField(t *testing.T) {
	if problems := passport().Faults("x", formulas); problems != nil {
		t.Fatalf("a sound passport: %v", problems)
	}
	if problems := (Content{}).Faults("x", formulas); problems != nil {
		t.Fatalf("an empty passport: %v", problems)
	}
	for want, spoil := range map[string]func(*Content){
		"expected: passport.problem.expected age":            func(c *Content) { c.Expected = []string{"age"} },
		"baseline_period: register.problem.missing":          func(c *Content) { c.BaselinePeriod = "" },
		"baseline_value: register.problem.missing":           func(c *Content) { c.BaselineValue = "" },
		"baseline_value: passport.problem.number many":       func(c *Content) { c.BaselineValue = "many" },
		"baseline_value: passport.problem.bounds 1001":       func(c *Content) { c.BaselineValue = "1001" },
		"targets.0.value: passport.problem.bounds -1":        func(c *Content) { c.Targets[0].Value, c.Lowest = "-1", "" },
		"targets.1.value: register.problem.missing":          func(c *Content) { c.Targets[1].Value = "" },
		"targets.1.period: register.problem.missing":         func(c *Content) { c.Targets[1].Period = "" },
		"targets.1.period: register.problem.twice 2025":      func(c *Content) { c.Targets[1].Period = "2025" },
		"targets.0.period: passport.problem.before_baseline": func(c *Content) { c.Targets[0].Period = "2020" },
		"highest: passport.problem.order": func(c *Content) {
			c.Lowest, c.Highest, c.Targets, c.BaselineValue, c.BaselinePeriod = "2", "1", nil, "", ""
		},
		"lowest: passport.problem.number low":                func(c *Content) { c.Lowest = "low" },
		"small_cell: passport.problem.whole":                 func(c *Content) { c.SmallCell = "2.5" },
		"breaks.0.period: register.problem.missing":          func(c *Content) { c.Breaks[0].Period = "" },
		"breaks.0.kind: register.problem.missing":            func(c *Content) { c.Breaks[0].Kind = "" },
		"formula_kind: register.problem.missing":             func(c *Content) { c.FormulaKind = "" },
		"formula_per: passport.problem.per":                  func(c *Content) { c.FormulaPer = "" },
		"formula_per: passport.problem.no_per":               func(c *Content) { c.FormulaKind = RatioOf },
		"formula_decimals: passport.problem.decimals":        func(c *Content) { c.FormulaDecimals = "10" },
		"components: passport.problem.components 2":          func(c *Content) { c.Components = c.Components[:1] },
		"components: passport.problem.components 1":          func(c *Content) { c.FormulaKind, c.FormulaPer = GrowthOf, "" },
		"components.1.series: register.problem.unknown d":    func(c *Content) { c.Components[1].Series = "d" },
		"components.1.series: passport.problem.series b{sex": func(c *Content) { c.Components[1].Series = "b{sex" },
		"components.1.series: passport.problem.series b{}":   func(c *Content) { c.Components[1].Series = "b{}" },
		"components.1.series: passport.problem.circle x":     func(c *Content) { c.Components[1].Series = "x" },
		"components.1.series: passport.problem.circle c":     func(c *Content) { c.Components[1].Series = "c{sex=M}" },
	} {
		c := passport()
		spoil(&c)
		if got := c.Faults("x", formulas).Error(); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
}

func TestNumberIsReadAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[Number]Number{
		" 13 000 ": "13000", "12,50": "12.50", "\u22123": "-3", "0,125": "0.125", "1\u00a0000,5": "1000.5",
		"13,000": "?", "1.2.3": "?", "1e5": "?", "": "?", "NaN": "?",
	} {
		v, decimals, ok := typed.Tidy().Parse()
		got := Number("?")
		if ok {
			got = NumberOf(v, decimals)
		}
		if got != want {
			t.Errorf("%q is read as %s, want %s", typed, got, want)
		}
	}
}

func TestContentSaysAllThatThePassportSays(t *testing.T) {
	c := passport()
	c.Agency, c.Frequency, c.SDGIndicators = "board", Annual, []string{"10.7.1"}
	c.Computation, c.Limits, c.Targets[0].Source = i18n.Text{"en": "Counted."}, i18n.Text{"en": "Few."}, i18n.Text{"en": "A law"}
	got := c.indicator("x").Content()
	if a, b := jsonText(t, got), jsonText(t, c); a != b {
		t.Errorf("got  %s\nwant %s", a, b)
	}
	if !strings.Contains(jsonText(t, got), `"components":[{"series":"a{sex=F}"},{"series":"b"}]`) {
		t.Errorf("%+v", got.Components)
	}
}

func TestBaselineTellsNothingThatIsKeptBack(t *testing.T) {
	for name, c := range map[string]struct {
		value  float64
		hidden bool
		shown  bool
	}{
		"a large value":          {445, false, true},
		"a small cell":           {3, false, false},
		"a value that is hidden": {445, true, false},
	} {
		i := Indicator{FigureType: Statistic, Unit: Persons, BaselinePeriod: "2020", BaselineValue: &c.value, Observations: []Observation{
			{Period: "2020", Value: &c.value, Hidden: c.hidden}, {Period: "2021", Hidden: true}, {Period: "2020", Breakdown: Breakdown{"sex": "F"}, Hidden: true},
		}}
		if i.concealBaseline(); (i.BaselineValue != nil) != c.shown || (i.BaselinePeriod != "") != c.shown {
			t.Errorf("%s: %v at %q", name, i.BaselineValue, i.BaselinePeriod)
		}
	}
}

func jsonText(t *testing.T, c Content) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
