package indicators_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// TestSeriesIsReadAsItsModelIs holds the hand-written scan against gorm's, with
// every column as it is mostly and as it is seldom.
func TestSeriesIsReadAsItsModelIs(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		seldom := observation("2020-05", 12.5)
		seldom.Breakdown, seldom.Decimals, seldom.ValueText, seldom.Qualifier = indicators.Breakdown{"flow": "in"}, 1, "12,5", indicators.Approximate
		seldom.Unit, seldom.ObsStatus, seldom.ConfStatus, seldom.State, seldom.Position = indicators.Percent, "E", indicators.Confidential, objectives.Draft, 7
		seldom.Note, seldom.Source = i18n.Text{"kk": "Ескерту"}, i18n.Text{"en": "A table"}
		seldom.Quotes, seldom.Origin = objectives.Quotes{{Source: "s", Offset: 3, Text: "12,5"}}, indicators.FromImport
		missing := observation("2021", 0)
		missing.Value, missing.Qualifier, missing.ObsStatus, missing.Breakdown = nil, indicators.Missing, "O", indicators.Breakdown{"flow": "in"}
		made := indicators.Made{MadeBy: "Aigerim", Reason: "a mistake of hers"}
		if err := store.PutObservations(t.Context(), "arrivals", made, []indicators.Observation{seldom, missing}); err != nil {
			t.Fatal(err)
		}
		var want []indicators.Observation
		if err := db.Order("position, id").Find(&want).Error; err != nil {
			t.Fatal(err)
		}
		got, err := store.WithHidden().IndicatorByCode(t.Context(), "arrivals")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := spelled(t, got.Observations), spelled(t, want); got != want || !strings.Contains(got, "a mistake of hers") {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

// spelled are observations with nothing for what is empty.
func spelled(t *testing.T, list []indicators.Observation) string {
	t.Helper()
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`"Note":{}`, `"Note":null`, `"Source":{}`, `"Source":null`, `"Quotes":[]`, `"Quotes":null`).Replace(string(b))
}

func TestIndicatorsInPartsAreAsOneByOne(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		var codes []string
		for n := range 45 { // more than two parts
			i := arrivals()
			i.Code = fmt.Sprintf("many-%02d", n)
			if n == 3 {
				i.Formula = indicators.Formula{Kind: indicators.SumOf, Components: []indicators.Component{{Indicator: "many-44"}, {Indicator: "arrivals"}}}
			}
			secret := observation("2020", float64(n))
			secret.ConfStatus = indicators.Confidential
			err := store.PutIndicators(t.Context(), []indicators.Indicator{i})
			if err == nil {
				err = store.PutObservations(t.Context(), i.Code, indicators.Made{MadeBy: "Aigerim"}, []indicators.Observation{observation("2019", 700), secret})
			}
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, i.Code)
		}
		for _, store := range []*indicators.Store{store, store.WithHidden()} {
			passports, err := store.Passports(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			err = store.Observed(t.Context(), passports, func(i indicators.Indicator) error {
				got = append(got, i.Code)
				one, err := store.IndicatorByCode(t.Context(), i.Code)
				if a, b := spelled(t, i.Observations), spelled(t, one.Observations); a != b || len(i.Observations) != 2 {
					t.Errorf("%s: %s, and alone %s", i.Code, a, b)
				}
				return err
			})
			if err != nil || !slices.Equal(got, append([]string{"arrivals"}, codes...)) {
				t.Errorf("%v: %v", got, err)
			}
		}
		broken := errors.New("broken")
		if err := store.Observed(t.Context(), make([]indicators.Indicator, 1), func(indicators.Indicator) error { return broken }); !errors.Is(err, broken) {
			t.Error(err)
		}
	})
}
