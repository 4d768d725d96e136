package indicators_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// put writes values of an indicator: "2020", "2020 flow=in".
func put(t *testing.T, store *indicators.Store, code string, values map[string]float64) {
	t.Helper()
	var rows []indicators.Observation
	for place, value := range values {
		at, cell, _ := strings.Cut(place, " ")
		o := observation(period.Period(at), value)
		o.Breakdown, _ = indicators.ParseBreakdown(cell)
		o.Note = i18n.Text{"en": fmt.Sprint("it was ", value)}
		o.ValueText = fmt.Sprint(value)
		o.Quotes = objectives.Quotes{{Source: "s", Text: fmt.Sprint(value, " persons")}}
		rows = append(rows, o)
	}
	if err := store.PutObservations(t.Context(), code, indicators.Made{MadeBy: "Aigerim", Reason: "a mistake of hers"}, rows); err != nil {
		t.Fatal(err)
	}
}

// seen reads what the public sees of an indicator: value by place, and in all as JSON.
func seen(t *testing.T, store *indicators.Store, code string) (map[string]string, string) {
	t.Helper()
	one, err := store.IndicatorByCode(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	list, err := store.Indicators(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(list, func(i indicators.Indicator) bool { return i.Code == code })
	whole, err := json.Marshal(one)
	again, errAgain := json.Marshal(list[at])
	if err != nil || errAgain != nil || string(whole) != string(again) {
		t.Errorf("the indicator and the list differ: %s, %s", whole, again)
	}
	if part := inParts(t, store, code); part != inOrder(t, one.Observations) {
		t.Errorf("the indicator and the list of observations differ: %s\n%s", part, inOrder(t, one.Observations))
	}
	values := map[string]string{}
	for _, o := range one.Observations {
		key := strings.TrimSpace(string(o.Period) + " " + o.Breakdown.String())
		switch {
		case o.Hidden:
			values[key] = "hidden"
		case o.Value != nil:
			values[key] = fmt.Sprint(*o.Value)
		}
	}
	return values, string(whole)
}

// inParts reads an indicator's observations two by two, as JSON.
func inParts(t *testing.T, store *indicators.Store, code string) string {
	t.Helper()
	var all []indicators.Observation
	var after indicators.After
	for {
		part, err := store.Part(t.Context(), indicators.Search{Codes: []string{code}, Archived: true}, after, 2, func(indicators.Observation) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range part {
			all = append(all, p.Observation)
			after = indicators.After{Indicator: code, Breakdown: p.Breakdown, Period: string(p.Period)}
		}
		if len(part) < 2 {
			return inOrder(t, all)
		}
	}
}

// inOrder is JSON of observations by breakdown and period.
func inOrder(t *testing.T, list []indicators.Observation) string {
	t.Helper()
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b indicators.Observation) int {
		return cmp.Or(cmp.Compare(a.Breakdown.String(), b.Breakdown.String()), cmp.Compare(a.Period, b.Period))
	})
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPublicReadsOfSmallValuesOnlyThatTheyAreThere(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		i, few := arrivals(), 3.0
		i.BaselinePeriod, i.BaselineValue = "2018", &few
		if err := store.PutIndicators(t.Context(), []indicators.Indicator{i}); err != nil {
			t.Fatal(err)
		}
		put(t, store, "arrivals", map[string]float64{"2020": 741, "2020 flow=in": 3, "2020 flow=out": 738})
		values, whole := seen(t, store, "arrivals")
		if values["2020"] != "741" || values["2020 flow=in"] != "hidden" || values["2020 flow=out"] != "hidden" {
			t.Errorf("%v", values)
		}
		for _, word := range []string{"738", "it was 3", "3 persons", "Aigerim", "mistake", "BaselineValue\":3"} {
			if strings.Contains(whole, word) {
				t.Errorf("the public reads %q", word)
			}
		}
		if values, _ := seen(t, store.WithHidden(), "arrivals"); values["2020 flow=in"] != "3" {
			t.Errorf("who is entitled reads %v", values)
		}
	})
}

// A baseline is a value like any other, wherever it is read.
func TestBaselineGivesNothingAway(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		put(t, store, "arrivals", map[string]float64{"2018 flow=in": 3, "2018 flow=out": 738, "2020": 741, "2020 flow=in": 3, "2020 flow=out": 738})
		for _, c := range []struct {
			at    period.Period
			value float64
			shown bool
		}{{"2015", 600, true}, {"2015", 3, false}, {"2018", 741, false}, {"2017/2018", 1000, false}, {"2020", 741, true}, {"2020", 750, false}} {
			i := arrivals()
			i.BaselinePeriod, i.BaselineValue = c.at, &c.value
			if err := store.PutIndicators(t.Context(), []indicators.Indicator{i}); err != nil {
				t.Fatal(err)
			}
			whole, err := store.IndicatorByCode(t.Context(), "arrivals")
			if err != nil {
				t.Fatal(err)
			}
			list, err := store.Passports(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			alone := list[slices.IndexFunc(list, func(i indicators.Indicator) bool { return i.Code == "arrivals" })]
			for _, read := range []indicators.Indicator{whole, alone} {
				if (read.BaselineValue != nil) != c.shown || (read.BaselinePeriod != "") != c.shown {
					t.Errorf("%v of %s is shown: %v", c.value, c.at, read.BaselineValue != nil)
				}
			}
		}
	})
}

func TestPublicReadsNothingThatIsConfidentialOrNotReleased(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		secret, draft := observation("2021", 600), observation("2022", 700)
		secret.ConfStatus, draft.State = indicators.NotForPublication, objectives.Draft
		if err := store.PutObservations(t.Context(), "arrivals", indicators.Made{}, []indicators.Observation{secret, draft}); err != nil {
			t.Fatal(err)
		}
		if values, _ := seen(t, store, "arrivals"); values["2021"] != "hidden" || values["2022"] != "" || values["2019"] != "33700" {
			t.Errorf("%v", values)
		}
	})
}

func TestWhatIsCalculatedFromHiddenValuesIsHidden(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		for code, formula := range map[string]indicators.Formula{
			"rate":   {Kind: indicators.RateOf, Per: 100, Components: []indicators.Component{{Indicator: "arrivals", Breakdown: indicators.Breakdown{"flow": "in"}}, {Indicator: "arrivals"}}},
			"growth": {Kind: indicators.GrowthOf, Components: []indicators.Component{{Indicator: "arrivals", Breakdown: indicators.Breakdown{"flow": "in"}}}},
			"nested": {Kind: indicators.GrowthOf, Components: []indicators.Component{{Indicator: "rate"}}},
			"circle": {Kind: indicators.SumOf, Components: []indicators.Component{{Indicator: "circle"}, {Indicator: "none"}}},
		} {
			i := arrivals()
			i.Code, i.Unit, i.Formula = code, indicators.Percent, formula
			if err := store.PutIndicators(t.Context(), []indicators.Indicator{i}); err != nil {
				t.Fatal(err)
			}
			put(t, store, code, map[string]float64{"2019": 11, "2020": 12, "2021": 13})
		}
		put(t, store, "arrivals", map[string]float64{"2019 flow=in": 33000, "2019 flow=out": 700, "2020": 741, "2020 flow=in": 3, "2020 flow=out": 738, "2021 flow=in": 9})
		for code, want := range map[string][3]string{"rate": {"11", "hidden", "13"}, "growth": {"11", "hidden", "hidden"}, "nested": {"11", "hidden", "hidden"}, "circle": {"11", "12", "13"}} {
			values, _ := seen(t, store, code)
			if got := [3]string{values["2019"], values["2020"], values["2021"]}; got != want {
				t.Errorf("%s: %v, want %v", code, got, want)
			}
		}
	})
}

func TestEarlierValuesDoNotGiveAwayWhatIsHidden(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		clock := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		db.NowFunc = func() time.Time { return clock }
		store := filled(t, db)
		put(t, store, "arrivals", map[string]float64{"2020": 741, "2020 flow=in": 3, "2020 flow=out": 738, "2021": 50})
		first := release(t, store, "first")
		clock = clock.Add(time.Hour)
		put(t, store, "arrivals", map[string]float64{"2020": 749, "2020 flow=in": 11, "2021": 60})
		// Who knows that 741 were in all and that the 738 still are reads the 3: 749 − 11 may not both be shown.
		if values, _ := seen(t, store, "arrivals"); values["2020"] != "749" || values["2020 flow=in"] != "hidden" || values["2020 flow=out"] != "hidden" {
			t.Errorf("%v", values)
		}
		list, err := store.Vintages(t.Context(), "arrivals")
		if err != nil || len(list) != 3 {
			t.Fatalf("%+v, %v", list, err)
		}
		for _, v := range list {
			if v.MadeBy+v.EndedBy+v.Reason+v.EndedReason != "" || !v.Until.Equal(clock) {
				t.Errorf("the public reads of %+v", v)
			}
			if hidden := v.Breakdown.String() == "flow=in"; v.Hidden != hidden || hidden != (v.Value == nil) {
				t.Errorf("%s of %s is hidden: %v", v.Breakdown, v.Period, v.Hidden)
			}
		}
		if all, err := store.WithHidden().Vintages(t.Context(), "arrivals"); err != nil || *all[1].Value != 3 || all[1].EndedBy != "Aigerim" {
			t.Errorf("%+v, %v", all, err)
		}
		if frozen := file(t, store, first.At); strings.Contains(frozen, "738") || !strings.Contains(frozen, "741") {
			t.Errorf("the release shows %s", frozen)
		}
	})
}

// What nobody has released protects nothing: the public does not miss it.
func TestDraftsDoNotDecideWhatEarlierValuesShow(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		put(t, store, "arrivals", map[string]float64{"2020": 741, "2020 flow=in": 3, "2020 flow=out": 738})
		put(t, store, "arrivals", map[string]float64{"2020": 751, "2020 flow=out": 748})
		shown := func() (list []string) {
			t.Helper()
			vintages, err := store.Vintages(t.Context(), "arrivals")
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range vintages {
				list = append(list, fmt.Sprint(v.Period, v.Breakdown, v.Hidden))
			}
			return list
		}
		before := shown()
		draft := observation("2020", 100)
		draft.Breakdown, draft.State = indicators.Breakdown{"flow": "transit"}, objectives.Draft
		if err := store.PutObservations(t.Context(), "arrivals", indicators.Made{}, []indicators.Observation{draft}); err != nil {
			t.Fatal(err)
		}
		if after := shown(); !slices.Equal(before, after) {
			t.Errorf("%q, with a draft %q", before, after)
		}
	})
}

// A later release does not show what would open an earlier one.
func TestReleasesTogetherGiveNothingAway(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		put(t, store, "arrivals", map[string]float64{"2020": 741, "2020 flow=in": 3, "2020 flow=out": 738})
		release(t, store, "first")
		put(t, store, "arrivals", map[string]float64{"2020": 838, "2020 flow=in": 100})
		if second := file(t, store, release(t, store, "second").At); strings.Contains(second, "738") || strings.Count(second, `"value":100`)+strings.Count(second, `"value":838`) != 1 {
			t.Errorf("738 = 838 − 100, and 3 = 741 − 738: %s", second)
		}
	})
}
