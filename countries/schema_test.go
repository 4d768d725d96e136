package countries

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestAllowedWordsAreThoseOfTheSchema holds the lists in the one tags against the
// CHECKs of the migrations, so that what the reader lets through can be written.
func TestAllowedWordsAreThoseOfTheSchema(t *testing.T) {
	sql := ""
	for _, file := range []string{"00002_national.sql", "00003_indicators.sql", "00005_packs.sql", "00004_reviews.sql", "00011_passports.sql", "00012_vintages.sql", "00025_questions.sql"} {
		b, err := os.ReadFile("../migrations/" + file)
		if err != nil {
			t.Fatal(err)
		}
		sql += string(b)
	}
	for _, c := range []struct {
		record any
		table  string
	}{
		{Agency{}, "agencies"}, {LegalInstrument{}, "legal_instruments"}, {Measure{}, "measures"}, {Challenge{}, "challenges"},
		{Link{}, "measure_objectives"}, {Indicator{}, "indicators"}, {Observation{}, "observations"}, {Break{}, "indicator_breaks"}, {Cycle{}, "cycles"}, {Questionnaire{}, "questionnaires"},
	} {
		table := strings.Join(regexp.MustCompile(`(?s)CREATE TABLE `+c.table+` \(.*?\n\);|ALTER TABLE `+c.table+` ADD COLUMN .*?;`).FindAllString(sql, -1), "\n")
		for _, f := range reflect.VisibleFields(reflect.TypeOf(c.record)) {
			here := strings.Fields(f.Tag.Get("one"))
			if len(here) == 0 {
				continue
			}
			check := regexp.MustCompile(`CHECK \(` + fieldName(f) + ` IN \(([^)]*)\)\)`).FindStringSubmatch(table)
			if check == nil {
				t.Errorf("%s.%s has no CHECK", c.table, fieldName(f))
				continue
			}
			there := strings.Split(strings.ReplaceAll(check[1], "'", ""), ", ")
			there = slices.DeleteFunc(there, func(s string) bool { return s == "" }) // an empty rank is one left out
			if !slices.Equal(here, there) {
				t.Errorf("%s.%s allows %v, the schema %v", c.table, fieldName(f), here, there)
			}
		}
	}
}

func TestEveryCheckWordMeansSomething(t *testing.T) {
	known := []string{"required", "partial", "derived", "unit"}
	for word := range syntaxes {
		known = append(known, word)
	}
	for _, record := range []any{
		Country{}, Source{}, Agency{}, LegalInstrument{}, Term{}, Measure{}, Challenge{}, Link{},
		Indicator{}, Baseline{}, Target{}, Break{}, Formula{}, Component{}, Observation{}, Dimension{}, DimensionCode{}, Cycle{}, Review{}, Questionnaire{}, Question{},
	} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(record)) {
			for _, word := range strings.Fields(f.Tag.Get("check")) {
				if !slices.Contains(known, word) {
					t.Errorf("%T.%s has the unknown check %q", record, f.Name, word)
				}
			}
		}
	}
}

func TestGuideNamesEveryFieldAndWord(t *testing.T) {
	b, err := os.ReadFile("../docs/country-pack.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := regexp.MustCompile(`[A-Za-z0-9_]+`).FindAllString(string(b), -1)
	for _, record := range []any{
		Country{}, Source{}, Agency{}, LegalInstrument{}, Term{}, Measure{}, Challenge{}, Link{},
		Indicator{}, Baseline{}, Target{}, Break{}, Formula{}, Component{}, Observation{}, Dimension{}, DimensionCode{}, Cycle{}, Review{}, Questionnaire{}, Question{},
	} {
		for _, f := range fieldsOf(reflect.TypeOf(record)) {
			for _, word := range append(strings.Fields(f.Tag.Get("one")), fieldName(f)) {
				if !slices.Contains(guide, word) {
					t.Errorf("docs/country-pack.md does not tell of %s in %T", word, record)
				}
			}
		}
	}
}
