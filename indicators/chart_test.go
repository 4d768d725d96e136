package indicators

import (
	"strconv"
	"strings"
	"testing"

	"gcm/internal/chart"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// obs reads "period breakdown value qualifier"; "-" stands for nothing.
func obs(t *testing.T, unit Unit, lines ...string) []Observation {
	t.Helper()
	var list []Observation
	for _, line := range lines {
		f := strings.Fields(line)
		o := Observation{Unit: unit, Qualifier: Exact}
		if f[0] != "-" {
			o.Period = period.Period(f[0])
		}
		if f[1] != "-" {
			b, err := ParseBreakdown(f[1])
			if err != nil {
				t.Fatal(err)
			}
			o.Breakdown = b
		}
		if v, err := strconv.ParseFloat(f[2], 64); err == nil {
			o.Value = &v
		} else {
			o.Qualifier = Missing
		}
		list = append(list, o)
	}
	return list
}

var citizenship = []IndicatorDimension{{Dimension: Dimension{Code: "citizenship", Codes: []DimensionCode{
	{Code: "AF", Name: i18n.Text{"en": "Afghanistan"}}, {Code: "SY", Name: i18n.Text{"en": "Syria"}}, {Code: "other", Name: i18n.Text{"en": "Other countries"}},
}}}}

func TestChartShowsWhatIsComparable(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		figure FigureType
		unit   Unit
		obs    []string
		want   string // kind, unit, title, then label=text of each point
	}{
		{"three periods are columns", Statistic, Persons, []string{"2016 - 33700", "2020 - 13000", "2019 - 17700"}, "columns persons N 2016=33,700 2019=17,700 2020=13,000"},
		{"more are a line, a missing one a gap", Statistic, Persons, []string{"2016 - 5", "2017 - missing", "2018 - 7", "2019 - 8"}, "line persons N 2016=5 2017=no data! 2018=7 2019=8"},
		{"time goes before categories", Statistic, Persons, []string{"2016 - 1", "2017 - 2", "2018 - 3", "2018 citizenship=AF 1", "2018 citizenship=SY 1", "2018 citizenship=other 1"}, "columns persons N 2016=1 2017=2 2018=3"},
		{"categories by size, other last", Statistic, Percent, []string{"2021 citizenship=other 16", "2021 citizenship=SY 14", "2021 citizenship=AF 90"}, "bars % N, 2021 Afghanistan=90% Syria=14% Other countries=16%"},
		{"one breakdown names itself", Statistic, "KZT", []string{"2019 - 290200000000", "2017 citizenship=AF 25880000000", "2018 citizenship=AF 56800000000", "2020 citizenship=AF 56800000000"}, "columns billion tenge N: Afghanistan 2017=25.88 2018=56.8 2020=56.8"},
		{"two values are no chart", Statistic, Persons, []string{"2016 - 1", "2017 - 2", "2018 - missing"}, ""},
		{"bounds of a range are no categories", Statistic, Persons, []string{"- estimate_bound=lower 1", "- estimate_bound=upper 2", "- estimate_bound=x 2"}, ""},
		{"intervals are no points in time", Statistic, Persons, []string{"2016/2017 - 1", "2017/2018 - 2", "2018/2019 - 3"}, ""},
		{"external context is not drawn", ExternalContext, Persons, []string{"2016 - 1", "2017 - 2", "2018 - 3"}, ""},
		{"a legal parameter is not drawn", LegalParameter, Persons, []string{"2016 - 1", "2017 - 2", "2018 - 3"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ind := Indicator{Name: i18n.Text{"en": "N"}, Unit: c.unit, FigureType: c.figure, Dimensions: citizenship, Observations: obs(t, c.unit, c.obs...)}
			got, ok := ChartOf(p, ind)
			if ok != (c.want != "") {
				t.Fatalf("drawn: %v", ok)
			}
			if ok && strings.ReplaceAll(words(got), "\u00a0", " ") != c.want {
				t.Errorf("%q\nwant %q", words(got), c.want)
			}
		})
	}
}

func words(c chart.Chart) string {
	parts := []string{string(c.Kind), c.Unit, c.Title}
	for _, s := range c.Series {
		for _, pt := range s.Points {
			part := pt.Label + "=" + pt.Text
			if pt.Missing {
				part += "!"
			}
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

func TestInexactValueAndBoundAreLoose(t *testing.T) {
	p, _ := i18n.New("en")
	list := obs(t, Persons, "2016 estimate_bound=lower 1", "2017 estimate_bound=lower 2", "2018 estimate_bound=lower 3", "2019 estimate_bound=lower 3")
	c, ok := ChartOf(p, Indicator{FigureType: Statistic, Unit: Persons, Observations: list})
	if !ok || !c.Series[0].Points[0].Loose {
		t.Errorf("%v %+v", ok, c)
	}
}

func TestChartOfAPartNamesThePart(t *testing.T) {
	korea := Indicator{Name: i18n.Text{"en": "Remittances"}, Unit: "KZT", FigureType: Statistic, Dimensions: []IndicatorDimension{
		{Dimension: Dimension{Code: "source", Codes: []DimensionCode{{Code: "KR", Name: i18n.Text{"en": "Republic of Korea"}}}}},
	}}
	for i, at := range []period.Period{"2017", "2018", "2020"} {
		v := float64(i+1) * 1e9
		korea.Observations = append(korea.Observations, Observation{Period: at, Breakdown: Breakdown{"source": "KR"}, Value: &v, Unit: "KZT", Qualifier: Exact})
	}
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	c, ok := ChartOf(p, korea)
	if !ok || c.Scope != "Republic of Korea" || c.Title != "Remittances: Republic of Korea" {
		t.Errorf("drawn %v: title %q, scope %q", ok, c.Title, c.Scope)
	}
}

func TestChartShowsTheWayToTheTargetsAndMarksBreaks(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	base, goal := 8.0, 2.0
	ind := Indicator{
		Name: i18n.Text{"en": "N"}, Unit: Persons, FigureType: Statistic, BaselinePeriod: "2016", BaselineValue: &base,
		Targets:      []Target{{Period: "2025", Value: 4}, {Period: "2030", Value: goal}},
		Breaks:       []Break{{Period: "2018", Kind: SeriesBreak}, {Period: "2019", Kind: MethodChange}, {Period: "2016", Kind: SeriesBreak}, {Period: "2026", Kind: SeriesBreak}},
		Observations: obs(t, Persons, "2016 - 8", "2017 - 7", "2018 - 9", "2019 - 5"),
	}
	c, _ := ChartOf(p, ind)
	if got, want := words(c), "line persons N 2016=8 2017=7 2018=9 2019=5 2016= 2025=4 2030=2"; got != want {
		t.Errorf("drawn: %s\nwant   %s", got, want)
	}
	if len(c.Series) != 2 || c.Series[0].Name != "total" || c.Series[1].Name != "target" || !c.Series[1].Aim {
		t.Errorf("series %+v", c.Series)
	}
	if len(c.Breaks) != 2 || !c.Breaks[0].Parts || c.Breaks[1].Parts || c.Breaks[0].At != 2018 {
		t.Errorf("breaks %+v", c.Breaks)
	}
	ind.Observations = obs(t, Persons, "2017 - 7", "2018 - 9", "2019 - 5")
	if c, _ = ChartOf(p, ind); words(c) != "columns persons N 2017=7 2018=9 2019=5 2016=8 2025=4 2030=2" {
		t.Errorf("drawn: %s", words(c))
	}
	ind.Dimensions, ind.Observations = citizenship, obs(t, Persons, "2016 citizenship=AF 1", "2017 citizenship=AF 2", "2018 citizenship=AF 3")
	if c, _ = ChartOf(p, ind); len(c.Series) != 1 {
		t.Error("the target of the whole is drawn beside a part")
	}
}
