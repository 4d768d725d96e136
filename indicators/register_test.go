package indicators_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

var coordinator = auth.System("test")

func content(name string) indicators.Content {
	return indicators.Content{
		Name: i18n.Text{"en": name}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released,
		Objectives: []objectives.ObjectiveLink{{Number: 3}}, SDGTargets: objectives.Strings{"10.7"},
	}
}

// registered returns the store with indicators of these codes in the register.
func registered(t *testing.T, db *gorm.DB, codes ...string) *indicators.Store {
	t.Helper()
	store := indicators.NewStore(db)
	for _, code := range codes {
		if _, err := store.Register().Create(t.Context(), coordinator, code, content(code)); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func TestPassportIsCheckedFieldByField(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := registered(t, db)
		c := indicators.Content{
			Unit: "tenge", FigureType: "x", Direction: "y", State: "z", SDGTargets: objectives.Strings{"10"}, Dimensions: objectives.Strings{"none"},
			Objectives: []objectives.ObjectiveLink{{Number: 99}}, Measures: []indicators.MeasureLink{{Code: "none"}},
		}
		_, err := store.Register().Create(t.Context(), coordinator, "a", c)
		if problems := fault.ProblemsOf(err); len(problems) != 9 {
			t.Errorf("%v", err)
		}
	})
}

func TestCodeThatIsTheAddressOfAPageIsRefused(t *testing.T) {
	store := registered(t, compact.SQLite(t))
	for _, code := range []string{"new", "compare"} {
		_, err := store.Register().Create(t.Context(), coordinator, code, content("a"))
		if p := fault.ProblemsOf(err); len(p) != 1 || p[0].Key != "register.problem.code_page" {
			t.Errorf("%s: %v", code, err)
		}
	}
	if code, err := store.Register().Create(t.Context(), coordinator, "", content("Compare")); err != nil || code != "compare-2" {
		t.Errorf("a code was made: %q, %v", code, err)
	}
}

func TestMergedIndicatorHandsOverObservationsWherePlaceIsFree(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := registered(t, db, "old", "next", "money")
		value := 1.0
		observation := func(period string) indicators.Observation {
			return indicators.Observation{Period: "", Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released, Breakdown: indicators.Breakdown{"year": period}}
		}
		for code, years := range map[string][]string{"old": {"2019", "2020"}, "next": {"2020"}} {
			var rows []indicators.Observation
			for _, y := range years {
				rows = append(rows, observation(y))
			}
			if err := store.PutObservations(t.Context(), code, indicators.Made{MadeBy: "the test"}, rows); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.Register().Merge(t.Context(), coordinator, "old", "next", "the same"); err != nil {
			t.Fatal(err)
		}
		one, err := store.IndicatorByCode(t.Context(), "next")
		if err != nil || len(one.Observations) != 2 {
			t.Errorf("%+v, %v", one.Observations, err)
		}
		old, err := store.IndicatorByCode(t.Context(), "old")
		if err != nil || len(old.Observations) != 1 || old.ArchivedAt == nil {
			t.Errorf("%+v, %v", old, err)
		}
		if list, err := store.Indicators(t.Context()); err != nil || len(list) != 2 {
			t.Errorf("%d in use, %v", len(list), err)
		}
		seen, err := store.Register().Record(t.Context(), "money")
		if err != nil {
			t.Fatal(err)
		}
		seen.Content.Unit = "KZT"
		if err := store.Register().Change(t.Context(), coordinator, "money", seen.Revision, seen.Content); err != nil {
			t.Fatal(err)
		}
		if err := store.Register().Merge(t.Context(), coordinator, "money", "next", "x"); fault.ProblemsOf(err) == nil {
			t.Errorf("persons and tenge are joined: %v", err)
		}
	})
}

func TestIndicatorFollowsItsMeasure(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := registered(t, db)
		measures := objectives.NewStore(db).MeasureRegister(indicators.FollowMeasure)
		for _, code := range []string{"old", "next"} {
			m := objectives.MeasureContent{Title: i18n.Text{"en": code}, Status: objectives.Planned, Category: "law", State: objectives.Released}
			if _, err := measures.Create(t.Context(), coordinator, code, m); err != nil {
				t.Fatal(err)
			}
		}
		c := content("a")
		c.Measures = []indicators.MeasureLink{{Code: "old"}, {Code: "next"}}
		if _, err := store.Register().Create(t.Context(), coordinator, "a", c); err != nil {
			t.Fatal(err)
		}
		if err := measures.Merge(t.Context(), coordinator, "old", "next", "the same"); err != nil {
			t.Fatal(err)
		}
		got, err := store.Register().Record(t.Context(), "a")
		if err != nil || len(got.Content.Measures) != 1 || got.Content.Measures[0].Code != "next" {
			t.Errorf("%+v, %v", got.Content, err)
		}
	})
}

func TestPassportIsKeptWhole(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := registered(t, db, "part", "whole")
		if err := objectives.NewStore(db).PutAgencies(t.Context(), []objectives.Agency{{Code: "board", Name: i18n.Text{"en": "Board"}, Kind: "committee"}}); err != nil {
			t.Fatal(err)
		}
		if err := store.PutDimensions(t.Context(), []indicators.Dimension{{Code: "sex", Codes: []indicators.DimensionCode{{Code: "F"}}}}); err != nil {
			t.Fatal(err)
		}
		c := content("whole")
		c.Computation, c.Limits, c.Agency, c.Frequency, c.Scope = i18n.Text{"kk": "Санақ"}, i18n.Text{"en": "Few."}, "board", indicators.Annual, indicators.Global
		c.SDGIndicators, c.Dimensions, c.Expected = objectives.Strings{"10.7.1"}, objectives.Strings{"sex"}, objectives.Strings{"sex"}
		c.BaselinePeriod, c.BaselineValue, c.Lowest, c.Highest, c.SmallCell = "2020", "1 000,50", "0", "1e9", "0"
		c.Targets = []indicators.TargetLine{{Period: "2025", Value: "2000", Source: i18n.Text{"ru": "Программа"}}}
		c.Breaks = []indicators.BreakLine{{Period: "2021", Kind: indicators.MethodChange, Note: i18n.Text{"en": "New."}}}
		c.FormulaKind, c.FormulaDecimals, c.Components = indicators.GrowthOf, "1", []indicators.ComponentLine{{Series: "part{sex=F}"}}
		change := func(c indicators.Content) error {
			seen, err := store.Register().Record(t.Context(), "whole")
			if err != nil {
				t.Fatal(err)
			}
			return store.Register().Change(t.Context(), coordinator, "whole", seen.Revision, c)
		}
		if problems := fault.ProblemsOf(change(c)); len(problems) != 1 || problems[0].Field != "highest" {
			t.Fatalf("a number with an exponent: %v", problems)
		}
		c.Highest = "90000.5"
		if err := change(c); err != nil {
			t.Fatal(err)
		}
		got, err := store.Register().Record(t.Context(), "whole")
		c.BaselineValue = "1000.50"
		if want, _ := register.RevisionOf(c); err != nil || got.Revision != want {
			t.Errorf("%+v\nwant %+v, %v", got.Content, c, err)
		}
		if i, err := store.IndicatorByCode(t.Context(), "whole"); err != nil || i.Agency.Code != "board" || i.BaselineDecimals != 2 || *i.SmallCell != 0 || !i.Dimensions[0].Expected {
			t.Errorf("%+v, %v", i, err)
		}
		c.Agency = "nobody"
		if problems := fault.ProblemsOf(change(c)); len(problems) != 1 || problems[0].Field != "agency" {
			t.Errorf("an agency that is not there: %v", problems)
		}
		if err := store.Register().Merge(t.Context(), coordinator, "part", "whole", "the same"); fault.ProblemsOf(err) == nil {
			t.Errorf("an indicator was merged into the one that is made of it: %v", err)
		}
	})
}
