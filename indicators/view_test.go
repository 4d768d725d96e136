package indicators

import (
	"errors"
	"strings"
	"testing"

	"gcm/internal/chart"
	"gcm/internal/i18n"
)

func printer(t *testing.T, lang string) *i18n.Printer {
	t.Helper()
	p, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// withParts has a total and two countries over time, and a part of the world in 2018.
func withParts(t *testing.T) Indicator {
	return Indicator{Name: i18n.Text{"en": "N"}, Unit: Persons, FigureType: Statistic, Dimensions: citizenship, Observations: obs(t, Persons,
		"2016 - 10", "2017 - 12", "2018 - 15",
		"2016 citizenship=AF 4", "2018 citizenship=AF 6", "2018 citizenship=SY 7", "2017 citizenship=SY missing", "2018 citizenship=other 2", "2017/2018 citizenship=AF 9")}
}

func TestReaderChoosesAmongThePicturesThereAre(t *testing.T) {
	ind := withParts(t)
	var names []string
	for _, v := range ind.Views() {
		names = append(names, v.String())
	}
	if got := strings.Join(names, " "); got != "time bars:citizenship:2018 map:citizenship:2018" {
		t.Errorf("views %s", got)
	}
	if cells := ind.CellsOverTime(); len(cells) != 2 || cells[0].String() != "" || cells[1].String() != "citizenship=AF" {
		t.Errorf("series %v", cells)
	}
	ind.FigureType = LegalParameter
	if len(ind.Views()) != 0 {
		t.Error("a parameter of the law has pictures")
	}
}

func TestAPictureShowsWhatWasChosen(t *testing.T) {
	p, ind := printer(t, "en"), withParts(t)
	for name, c := range map[string]struct {
		view View
		want string
	}{
		"no choice":      {View{}, "columns persons N 2016=10 2017=12 2018=15"},
		"by citizenship": {View{Kind: chart.Bars, By: "citizenship", At: "2018"}, "bars persons N, 2018 Syria=7 Afghanistan=6 Other countries=2"},
		"a map":          {View{Kind: chart.Map, By: "citizenship", At: "2018"}, "map persons N, 2018 Syria=7 Afghanistan=6 Other countries=2"},
		"one series":     {View{Kind: chart.Line, Cells: []Breakdown{{"citizenship": "AF"}}}, "columns persons N: Afghanistan 2016=4 2018=6"},
		"two series":     {View{Kind: chart.Line, Cells: []Breakdown{{"citizenship": "AF"}, {}}}, "line persons N 2016=4 2018=6 2016=10 2017=12 2018=15"},
	} {
		got, err := Picture(p, ind, c.view)
		if err != nil || words(got) != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, words(got), c.want)
		}
	}
	c, err := Picture(p, ind, View{Kind: chart.Map, By: "citizenship", At: "2018"})
	if err != nil || c.Series[0].Points[0].Place != "SY" || len(c.OffMap()) != 1 {
		t.Errorf("%v: the map's places: %+v", err, c.Series)
	}
}

func TestThereIsNoOtherPicture(t *testing.T) {
	p, ind := printer(t, "en"), withParts(t)
	for name, v := range map[string]View{
		"of a period without values": {Kind: chart.Bars, By: "citizenship", At: "2017"},
		"of an unknown dimension":    {Kind: chart.Bars, By: "sex", At: "2018"},
		"of an unknown series":       {Kind: chart.Line, Cells: []Breakdown{{"citizenship": "XX"}}},
		"of a series with one value": {Kind: chart.Line, Cells: []Breakdown{{"citizenship": "SY"}}},
		"of one series twice":        {Kind: chart.Line, Cells: []Breakdown{{}, {}}},
		"of too many series":         {Kind: chart.Line, Cells: make([]Breakdown, MostSeries+1)},
		"of another kind":            {Kind: "pie"},
	} {
		if _, err := Picture(p, ind, v); !errors.Is(err, ErrNoPicture) {
			t.Errorf("a picture %s: %v", name, err)
		}
	}
	if _, err := Picture(p, Indicator{FigureType: Statistic}, View{}); !errors.Is(err, ErrNoPicture) {
		t.Errorf("without values: %v", err)
	}
}

func TestOnlyCountriesAreMapped(t *testing.T) {
	ind := withParts(t)
	for code, want := range map[string]bool{"DE": true, "stateless": true, "M": false, "FR-75": false} {
		other := ind
		other.Observations = append(obs(t, Persons, "2018 citizenship="+code+" 3"), ind.Observations...)
		if other.mappable("citizenship", "2018") != want {
			t.Errorf("%s: a map is %v", code, !want)
		}
	}
	ind.Observations = append(ind.Observations, obs(t, Persons, "2018 citizenship=KG -3")...)
	if ind.mappable("citizenship", "2018") {
		t.Error("a value below zero has a circle")
	}
}

func TestHiddenValuesAreInNoPicture(t *testing.T) {
	p, ind := printer(t, "en"), withParts(t)
	for n := range ind.Observations {
		if ind.Observations[n].Breakdown["citizenship"] == "SY" && ind.Observations[n].Value != nil {
			ind.Observations[n].hide()
		}
	}
	for _, v := range append(ind.Views(), View{}) {
		c, err := Picture(p, ind, v)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.Series {
			for _, pt := range s.Points {
				if pt.Value == 7 || strings.Contains(pt.Text, "7") {
					t.Errorf("%s shows %+v", v, pt)
				}
				if pt.Label == "Syria" && (!pt.Missing || pt.Text != p.T("observation.hidden")) {
					t.Errorf("%s does not say that a value is hidden: %+v", v, pt)
				}
			}
		}
	}
}

func TestStrandsOfOneUnitStandOnOneScale(t *testing.T) {
	p, ind := printer(t, "en"), withParts(t)
	other := Indicator{Name: i18n.Text{"en": "M"}, Unit: Persons, FigureType: Statistic, Observations: obs(t, Persons, "2017 - 3", "2018 - 4")}
	c, base, err := Together(p, "T", []Strand{{ind, Breakdown{"citizenship": "AF"}}, {other, nil}})
	if err != nil || base != "" || words(c) != "line persons T 2016=4 2018=6 2017=3 2018=4" || c.Series[0].Name != "N: Afghanistan" {
		t.Errorf("%v %q %s", err, base, words(c))
	}
}

func TestStrandsOfSeveralUnitsAreAnIndex(t *testing.T) {
	p, ind := printer(t, "en"), withParts(t)
	rate := Indicator{Name: i18n.Text{"en": "R"}, Unit: Percent, FigureType: Statistic, Observations: obs(t, Percent, "2016 - 0", "2017 - 40", "2018 - 50"),
		Breaks: []Break{{Period: "2018", Kind: SeriesBreak}}}
	c, base, err := Together(p, "T", []Strand{{ind, nil}, {rate, nil}})
	if err != nil || base != "2017" || words(c) != "line index, 2017 = 100 T 2016=83.3 2017=100.0 2018=125.0 2016=0.0 2017=100.0 2018=125.0" {
		t.Errorf("%v %q %s", err, base, words(c))
	}
	if len(c.Breaks) != 1 || c.Breaks[0].Of != "R" {
		t.Errorf("the break is of all: %+v", c.Breaks)
	}
	rate.Observations = obs(t, Percent, "2019 - 40", "2020 - 50")
	if _, _, err := Together(p, "T", []Strand{{ind, nil}, {rate, nil}}); !errors.Is(err, ErrNoBase) {
		t.Errorf("an index without a common period: %v", err)
	}
	for name, list := range map[string][]Strand{
		"none": nil, "too many": make([]Strand, MostSeries+1), "without values": {{Indicator{FigureType: Statistic}, nil}}, "of a law": {{Indicator{FigureType: LegalParameter, Observations: ind.Observations}, nil}},
	} {
		if _, _, err := Together(p, "T", list); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
