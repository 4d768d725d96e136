package quality_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/countries"
	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
)

// unseen stands in the labels where no rule can find what is wrong: it is in the
// words of the source.
const unseen = "-"

// labels reads what was found by hand in the pack: indicator, place, rule.
func labels(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/kazakhstan.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.TrimSuffix(line, "\n"))
		}
	}
	return all
}

func load(t *testing.T, db *gorm.DB) *countries.Pack {
	t.Helper()
	files, ok := countries.Embedded("kazakhstan")
	if !ok {
		t.Fatal("there is no such pack")
	}
	pack, err := countries.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := countries.Load(t.Context(), db, pack); err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestWhatIsWrongInThePackIsFoundAndNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		load(t, db)
		found, err := quality.NewStore(db).Findings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		known, right, seen := labels(t), 0, 0
		for _, f := range found {
			if line := fmt.Sprintf("%s\t%s\t%s", f.Indicator, f.Place(), f.Rule); slices.Contains(known, line) {
				right++
			} else {
				t.Errorf("a false alarm: %s", line)
			}
		}
		for _, line := range known {
			if strings.HasSuffix(line, "\t"+unseen) {
				continue
			}
			if seen++; !slices.ContainsFunc(found, func(f quality.Finding) bool { return fmt.Sprintf("%s\t%s\t%s", f.Indicator, f.Place(), f.Rule) == line }) {
				t.Errorf("missed: %s", line)
			}
		}
		t.Logf("%d found by hand, %d of them by the rules, %d false alarms", len(known), right, len(found)-right)
	})
}

func TestEveryFindingExplainsItselfInEachLanguage(t *testing.T) {
	db := dbtest.SQLite(t)
	load(t, db)
	found, err := quality.NewStore(db).Findings(t.Context())
	if err != nil || len(found) == 0 {
		t.Fatal(len(found), err)
	}
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if m := f.Message(p); strings.Contains(m, "quality.") || strings.Contains(m, "%!") {
				t.Errorf("%s in %s: %s", f.Rule, lang, m)
			}
		}
	}
}

func TestRemarksAreNotRead(t *testing.T) {
	v := 12.5
	o := indicators.Observation{Period: "2030", Value: &v, Decimals: 1, Unit: indicators.Persons, Qualifier: indicators.Exact}
	ind := indicators.Indicator{Code: "a", Unit: indicators.Persons, FigureType: indicators.Statistic}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	plain := quality.Check(ind, []indicators.Observation{o}, now)
	o.Note, ind.Note = i18n.Text{"en": "per cent, missing, same as 2019"}, i18n.Text{"en": "percent: the values contradict each other"}
	noted := quality.Check(ind, []indicators.Observation{o}, now)
	if len(plain) == 0 || len(plain) != len(noted) {
		t.Fatalf("%d findings without remarks, %d with", len(plain), len(noted))
	}
	for n := range plain {
		if plain[n].Mark != noted[n].Mark {
			t.Errorf("%s is another finding with a remark", plain[n].Rule)
		}
	}
}

func TestNoRuleNamesAnIndicator(t *testing.T) {
	pack := load(t, dbtest.SQLite(t))
	files, err := filepath.Glob("*.go")
	locales, err2 := filepath.Glob("../../internal/i18n/locales/*/quality.json")
	if err != nil || err2 != nil || len(locales) != 3 {
		t.Fatal(err, err2, locales)
	}
	for _, file := range append(files, locales...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range pack.Indicators {
			if strings.Contains(string(text), i.Code) {
				t.Errorf("%s names %s", file, i.Code)
			}
		}
	}
}
