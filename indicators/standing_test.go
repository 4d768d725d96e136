package indicators_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/period"
	"gcm/objectives"
)

func TestStandingFollowsEveryChangeOfFigures(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := indicators.NewStore(db)
		enlist(t, store, "arrivals", indicators.IncreaseGood)
		standing := func() indicators.Standing {
			t.Helper()
			list, err := store.Standings(t.Context())
			if err != nil || len(list) != 1 {
				t.Fatalf("%d standings, %v", len(list), err)
			}
			return list[0]
		}
		today := time.Date(2022, 5, 1, 0, 0, 0, 0, time.UTC)
		if s := standing(); s.FreshOn(today) != indicators.NoFact || s.Assess().Trend != indicators.NotEnoughData {
			t.Errorf("without values it is %s, %s", s.FreshOn(today), s.Assess().Trend)
		}
		put := func(rows ...indicators.Observation) {
			t.Helper()
			if err := store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: "test"}, rows); err != nil {
				t.Fatal(err)
			}
		}
		put(total("2016", 100), total("2018", 200))
		if s := standing(); s.FreshOn(today) != indicators.Old || s.Latest != "2018" || s.Assess().Trend != indicators.OnTrack {
			t.Errorf("a value of 2018 is %s of %s, %s", s.FreshOn(today), s.Latest, s.Assess().Trend)
		}
		put(total("2021", 50))
		if s := standing(); s.FreshOn(today) != indicators.Fresh || s.Assess().Trend != indicators.Deteriorating || s.Values != 3 {
			t.Errorf("a value of 2021 is %s, %s, one of %d", s.FreshOn(today), s.Assess().Trend, s.Values)
		}
		put(total("2021", 3)) // too few to be told
		s := standing()
		if s.FreshOn(today) != indicators.Fresh || s.Assess().Trend != indicators.OnTrack {
			t.Errorf("a hidden value is %s and shows in the trend: %s", s.FreshOn(today), s.Assess().Trend)
		}
		for _, o := range s.Observations {
			if o.Period == "2021" && (!o.Hidden || o.Value != nil) {
				t.Errorf("a small value is shown: %+v", o)
			}
		}
		var of2021 int64
		if err := db.Model(&indicators.Observation{}).Where("period = '2021'").Pluck("id", &of2021).Error; err != nil {
			t.Fatal(err)
		}
		if err := store.TakeOut(t.Context(), indicators.Made{MadeBy: "test"}, []int64{of2021}); err != nil {
			t.Fatal(err)
		}
		if s := standing(); s.Latest != "2018" || s.Values != 2 {
			t.Errorf("what was taken out is there: %s, %d", s.Latest, s.Values)
		}
		if err := db.Exec("UPDATE indicators SET state = 'draft'").Error; err != nil {
			t.Fatal(err)
		}
		if list, err := store.Standings(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("a draft stands in the list: %v, %v", list, err)
		}
	})
}

// enlist puts an indicator of persons into the register.
func enlist(t *testing.T, store *indicators.Store, code string, d indicators.Direction) {
	t.Helper()
	err := store.PutIndicators(t.Context(), []indicators.Indicator{{
		Code: code, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: d, State: objectives.Released,
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func total(at period.Period, v float64) indicators.Observation {
	return indicators.Observation{Period: at, Value: &v, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released}
}
