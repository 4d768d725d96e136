package indicators_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
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
	if err := objectives.NewStore(db).SyncCompact(t.Context()); err != nil {
		t.Fatal(err)
	}
	store := indicators.NewStore(db)
	for _, code := range codes {
		if _, err := store.Register().Create(t.Context(), coordinator, code, content(code)); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func TestPassportIsCheckedFieldByField(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
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

func TestMergedIndicatorHandsOverObservationsWherePlaceIsFree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
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
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
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
