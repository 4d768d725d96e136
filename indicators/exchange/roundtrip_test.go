package exchange_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/indicators/intake"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// What is exported is taken in again by the program's own readers, and stands in
// the register as it did.
func TestWhatIsExportedIsImportedWithoutLoss(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store := indicators.NewStore(g).WithHidden()
		if err := store.PutDimensions(t.Context(), dimensions); err != nil {
			t.Fatal(err)
		}
		if err := store.PutIndicators(t.Context(), registered()); err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(3) {
			all := kept(rows(seed+40, 80))
			s := setOf(t, all)
			var dated []exchange.Row
			for _, r := range all {
				if r.Period != "" {
					dated = append(dated, r)
				}
			}
			for format, want := range map[string][]exchange.Row{"csv": all, "xlsx": all, "sdmx-csv": dated, "sdmx-csv-1.0": dated, "sdmx-json": dated, "datapackage": all} {
				if err := g.Exec("DELETE FROM observations").Error; err != nil {
					t.Fatal(err)
				}
				body := write(t, format, s)
				if format == "datapackage" {
					body = member(t, body, "data.csv")
				}
				takeIn(t, g, format, body)
				compare(t, format, stored(t, store), want)
			}
		}
	})
}

// kept are rows as a register has them: no text begins or ends with blanks, no code
// is what all of SDMX takes for the total, and no value has more digits than the 15
// that spreadsheets have.
func kept(all []exchange.Row) []exchange.Row {
	all = slices.DeleteFunc(all, func(r exchange.Row) bool { return r.Breakdown["sex"] == exchange.Total })
	for i := range all {
		if v := all[i].Value; v != nil {
			*v, _ = strconv.ParseFloat(strconv.FormatFloat(*v, 'g', 15, 64), 64)
		}
		all[i].ValueText = strings.TrimSpace(all[i].ValueText)
		for _, t := range []i18n.Text{all[i].Note, all[i].Source} {
			for lang, text := range t {
				t[lang] = strings.TrimSpace(text)
			}
		}
	}
	return all
}

// registered are the indicators as the register keeps them, each broken down by all.
func registered() []indicators.Indicator {
	all := passports()
	for i := range all {
		all[i].FigureType, all[i].Direction, all[i].State, all[i].Dimensions = indicators.Statistic, indicators.Neutral, objectives.Released, nil
		for n, d := range dimensions {
			all[i].Dimensions = append(all[i].Dimensions, indicators.IndicatorDimension{Dimension: d, Position: n})
		}
	}
	return all
}

func takeIn(t *testing.T, g *gorm.DB, format string, body []byte) {
	t.Helper()
	source := intake.Source{Name: format, File: bytes.NewReader(body), Size: int64(len(body))}
	report, err := intake.Import(t.Context(), g, auth.System("the test"), source, intake.Options{}, false, nil)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range report.Problems {
		t.Errorf("%s: %s %s %q: %s", format, problem.Place, problem.Column, problem.Value, p.T(problem.Key, problem.Args...))
	}
}

// stored is what the register holds.
func stored(t *testing.T, store *indicators.Store) []exchange.Row {
	t.Helper()
	var all []exchange.Row
	for _, i := range passports() {
		ind, err := store.IndicatorByCode(t.Context(), i.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range ind.Observations {
			all = append(all, exchange.Row{Indicator: i.Code, Observation: o})
		}
	}
	return all
}

func compare(t *testing.T, format string, got, want []exchange.Row) {
	t.Helper()
	said := func(rows []exchange.Row) []string {
		var all []string
		for _, r := range rows {
			all = append(all, say(r))
		}
		slices.Sort(all)
		return all
	}
	a, b := said(got), said(want)
	if len(a) != len(b) {
		t.Errorf("%s brings %d of %d values back", format, len(a), len(b))
		return
	}
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("%s makes\n%s of\n%s", format, a[i], b[i])
		}
	}
}
