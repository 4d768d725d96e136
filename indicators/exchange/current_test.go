package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// filled is a register with figures, one of which is secret and one a draft.
func filled(t *testing.T, g *gorm.DB) exchange.Stores {
	t.Helper()
	stores := exchange.NewStores(g)
	secret, plain, draft := 7654321.0, 1234567.0, 2345678.0
	values := []indicators.Observation{
		{Period: "2019", Value: &plain, Unit: "KZT", Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released},
		{Period: "2020", Value: &secret, Unit: "KZT", Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released, ConfStatus: indicators.Confidential, ValueText: "7654321 тг", Note: i18n.Text{"en": "7654321 exactly"}},
		{Period: "2021", Value: &draft, Unit: "KZT", Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Draft},
	}
	for _, err := range []error{
		stores.Objectives.PutCountry(t.Context(), country),
		stores.Indicators.PutDimensions(t.Context(), dimensions),
		stores.Indicators.PutIndicators(t.Context(), registered()),
		stores.Indicators.PutObservations(t.Context(), "indicator-2", indicators.Made{MadeBy: "Somebody", Reason: "secretly"}, values),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return stores
}

func TestNoFileSaysWhatIsHiddenOrNotReleased(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		stores := filled(t, g)
		actor := auth.System("the test")
		made, err := exchange.Publish(t.Context(), stores, actor, "2027-1", i18n.Text{"kk": "Деректер"}, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		now, err := exchange.Current(t.Context(), stores, "")
		if err != nil {
			t.Fatal(err)
		}
		frozen, err := exchange.Released(t.Context(), stores, made, "")
		if err != nil {
			t.Fatal(err)
		}
		if now.Count != 2 || frozen.Count != 2 || made.Observations != 2 {
			t.Errorf("%d stand now, %d in the release, which counts %d", now.Count, frozen.Count, made.Observations)
		}
		whole, err := stores.Indicators.IndicatorByCode(t.Context(), "indicator-2")
		if err != nil {
			t.Fatal(err)
		}
		one, err := exchange.Of(t.Context(), stores, whole, "")
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]exchange.Set{"now": now, "release": frozen, "one indicator": one} {
			body, _ := archive(t, s)
			for _, file := range []string{"data.csv", "data.sdmx-2.0.csv", "data.sdmx-1.0.csv", "data.sdmx.json", "README.txt", "datapackage.json"} {
				text := string(member(t, body, file))
				for _, hidden := range []string{"7654321", "2345678", "Somebody", "secretly"} {
					if strings.Contains(text, hidden) {
						t.Errorf("%s of %s says %s", file, name, hidden)
					}
				}
				if strings.HasPrefix(file, "data.s") && !strings.Contains(text, "1234567") {
					t.Errorf("%s of %s lacks what is public", file, name)
				}
			}
			sheet := string(member(t, member(t, body, "data.xlsx"), "xl/worksheets/sheet1.xml"))
			if strings.Contains(sheet, "7654321") || strings.Contains(sheet, "2345678") || !strings.Contains(sheet, "1234567") {
				t.Errorf("the workbook of %s says %q", name, sheet)
			}
		}
	})
}

// What is corrected after a release is in none of its files.
func TestReleaseKeepsItsFilesWhateverIsCorrected(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		stores := filled(t, g)
		made, err := exchange.Publish(t.Context(), stores, auth.System("the test"), "2027-1", i18n.Text{"kk": "Деректер"}, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		written := func() []byte {
			s, err := exchange.Released(t.Context(), stores, made, "")
			if err != nil {
				t.Fatal(err)
			}
			body, _ := archive(t, s)
			return body
		}
		before := written()
		corrected := 42.0
		err = stores.Indicators.PutObservations(t.Context(), "indicator-2", indicators.Made{}, []indicators.Observation{
			{Period: "2019", Value: &corrected, Unit: "KZT", Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released},
		})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(before, written()) {
			t.Error("the release became another one")
		}
		_, kept, err := stores.Indicators.Archive(t.Context(), made)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(kept); err != nil || !bytes.Equal(b.Bytes(), before) {
			t.Errorf("the kept archive is another one: %v", err)
		}
	})
}
