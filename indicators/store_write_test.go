package indicators_test

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// compact is a database with the Compact in it.
var compact = dbtest.NewTemplate(func(g *gorm.DB) error { return objectives.NewStore(g).SyncCompact(context.Background()) })

func arrivals() indicators.Indicator {
	return indicators.Indicator{
		Code: "arrivals", Name: i18n.Text{"kk": "Келгендер"}, Unit: indicators.Persons, FigureType: indicators.Statistic,
		Direction: indicators.Neutral, State: objectives.Released,
		Dimensions: []indicators.IndicatorDimension{{Dimension: indicators.Dimension{Code: "flow"}}},
		Objectives: []indicators.IndicatorObjective{{Objective: objectives.Objective{Number: 1}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}},
	}
}

// filled returns a store with the Compact, a dimension, an indicator and two
// observations of it.
func filled(t *testing.T, db *gorm.DB) *indicators.Store {
	t.Helper()
	store := indicators.NewStore(db)
	for _, err := range []error{
		store.PutDimensions(t.Context(), []indicators.Dimension{{Code: "flow", Codes: []indicators.DimensionCode{{Code: "in"}, {Code: "out", Position: 1}}}}),
		store.PutIndicators(t.Context(), []indicators.Indicator{arrivals()}),
		store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: "the test"}, []indicators.Observation{observation("2019", 33700), observation("", 5)}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func observation(at period.Period, value float64) indicators.Observation {
	return indicators.Observation{Period: at, Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released}
}

func TestIndicatorWrittenAgainKeepsItsObservations(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		i := arrivals()
		i.Name, i.Objectives, i.Dimensions = i18n.Text{"kk": "Жаңа атау"}, nil, nil
		if err := store.PutIndicators(t.Context(), []indicators.Indicator{i}); err != nil {
			t.Fatal(err)
		}
		got, err := store.IndicatorByCode(t.Context(), "arrivals")
		if err != nil || got.Name["kk"] != "Жаңа атау" || len(got.Objectives)+len(got.Dimensions) != 0 || len(got.Observations) != 2 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestObservationIsReplacedByItsPeriodAndBreakdown(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		broken := observation("2019", 7)
		broken.Breakdown, broken.Position = indicators.Breakdown{"flow": "in"}, 2
		second := observation("", 6)
		second.Position = 1
		if err := store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: "the test"}, []indicators.Observation{observation("2019", 40000), second, broken}); err != nil {
			t.Fatal(err)
		}
		got, err := store.IndicatorByCode(t.Context(), "arrivals")
		if err != nil || len(got.Observations) != 3 {
			t.Fatalf("%+v, %v", got.Observations, err)
		}
		for i, want := range []float64{40000, 6, 7} {
			if *got.Observations[i].Value != want {
				t.Errorf("observation %d is %v, want %v", i, *got.Observations[i].Value, want)
			}
		}
	})
}

func TestDimensionWrittenAgainReplacesItsCodes(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		err := store.PutDimensions(t.Context(), []indicators.Dimension{{Code: "flow", Codes: []indicators.DimensionCode{{Code: "out"}}}})
		list, readErr := store.Dimensions(t.Context())
		if err != nil || readErr != nil || len(list) != 1 || len(list[0].Codes) != 1 || list[0].Codes[0].Code != "out" {
			t.Errorf("%+v, %v, %v", list, err, readErr)
		}
	})
}

func TestIndicatorWithUnknownLinkIsNotWritten(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		for want, spoil := range map[string]func(*indicators.Indicator){
			"indicator other: there is no dimension x":  func(i *indicators.Indicator) { i.Dimensions[0].Dimension.Code = "x" },
			"indicator other: there is no objective 24": func(i *indicators.Indicator) { i.Objectives[0].Objective.Number = 24 },
			"indicator other: there is no measure m": func(i *indicators.Indicator) {
				i.Measures = []indicators.IndicatorMeasure{{Measure: objectives.Measure{Code: "m"}}}
			},
		} {
			i := arrivals()
			i.Code = "other"
			spoil(&i)
			if err := store.PutIndicators(t.Context(), []indicators.Indicator{i}); fault.KindOf(err) != fault.Invalid || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		}
		if _, err := store.IndicatorByCode(t.Context(), "other"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the indicator is there: %v", err)
		}
		if err := store.PutObservations(t.Context(), "other", indicators.Made{MadeBy: "the test"}, []indicators.Observation{observation("", 1)}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("observations of no indicator give %v", err)
		}
	})
}
