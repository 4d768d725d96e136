package web

import (
	"net/url"
	"reflect"
	"testing"

	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

func printer(t testing.TB, lang string) *i18n.Printer {
	t.Helper()
	p, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func of(v float64) *float64 { return &v }

// contents are one of each kind with every field filled.
var contents = map[progress.Kind]progress.Content{
	progress.KindProgress: {Progress: &progress.Progress{
		Status: objectives.InProgress, Note: i18n.Text{"kk": "себебі"}, Narrative: i18n.Text{"kk": "бірінші\nекінші", "ru": "первое\nвторое"},
		Results: i18n.Text{"en": "<b>done</b>"}, Challenges: i18n.Text{"ru": "нет"}, NextSteps: i18n.Text{"kk": "әрі қарай"}, Support: i18n.Text{"en": "advice"},
	}},
	progress.KindValues: {Values: &progress.Values{Note: i18n.Text{"ru": "по данным ведомства"}, Rows: []progress.Figure{
		{Period: "2025", Value: of(13000), Qualifier: "more_than"},
		{Period: "2024/2025", Breakdown: "citizenship=UZ;sector=mining", Value: of(-1.25), Decimals: 2, Qualifier: "exact", Note: i18n.Text{"kk": "алдын ала"}},
		{Period: "2025-06", Qualifier: "missing"},
	}}},
	progress.KindMeasure: {Measure: &progress.Proposal{
		Title: i18n.Text{"kk": "Жаңа шара"}, Description: i18n.Text{"kk": "Сипаттама"}, Category: "programme", Status: objectives.Planned,
		Starts: "2026-03", Ends: "2027", Mapping: proposedMapping,
	}},
	progress.KindMapping: {Mapping: &proposedMapping},
}

var proposedMapping = progress.Mapping{
	Objectives: []progress.ObjectiveLink{{Number: 5, Rank: objectives.Primary, Reason: i18n.Text{"ru": "прямо"}}, {Number: 12, Rank: objectives.Secondary}},
	Actions:    []progress.ActionLink{{Ref: "21(d)", Reason: i18n.Text{"en": "visas"}}},
}

func TestFormGivesBackWhatItShows(t *testing.T) {
	for _, lang := range i18n.Languages {
		for kind, want := range contents {
			got, problems := formOf(printer(t, lang), want).content(kind, lang)
			if len(problems) > 0 || !reflect.DeepEqual(got, want) {
				t.Errorf("%s in %s comes back as %+v with %v", kind, lang, got, problems)
			}
		}
	}
}

func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		value      float64
		decimals   int
		ok         bool
	}{
		{"kk", "12,5", 12.5, 1, true}, {"ru", "12.50", 12.5, 2, true}, {"en", "12.5", 12.5, 1, true}, {"en", "12,5", 12.5, 1, true},
		{"ru", "13\u00a0000", 13000, 0, true}, {"kk", "1 234 567,8", 1234567.8, 1, true}, {"ru", "−5", -5, 0, true}, {"kk", "0", 0, 0, true},
		{"kk", "13,000", 13, 3, true}, {"en", "13,000", 0, 0, false}, {"en", "1,234,567", 0, 0, false},
		{"kk", "1.234.567", 0, 0, false}, {"kk", "1,2,3", 0, 0, false}, {"ru", "около 5", 0, 0, false}, {"en", "1e9", 0, 0, false},
		{"en", "NaN", 0, 0, false}, {"en", "0x10", 0, 0, false}, {"kk", "12345678901234567890", 0, 0, false}, {"en", "=1+1", 0, 0, false},
	} {
		value, decimals, ok := parseNumber(c.lang, c.text)
		if ok != c.ok || ok && (value != c.value || decimals != c.decimals) {
			t.Errorf("%q in %s is %v with %d decimals, %v", c.text, c.lang, value, decimals, ok)
		}
	}
}

func TestDatesAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]string{
		"2026": "2026", " 2026-05 ": "2026-05", "31.05.2026": "2026-05-31", "05.2026": "2026-05", "5.2026": "2026-05", "2024–2026": "2024/2026", "2024/2026": "2024/2026",
		"01.02.2024 – 03.2025": "2024-02-01/2025-03", "": "",
	} {
		c, problems := entryForm{url.Values{"measure.starts": {text}}}.content(progress.KindMeasure, "kk")
		if len(problems) > 0 || string(c.Measure.Starts) != want {
			t.Errorf("%q is %q, %v", text, c.Measure.Starts, problems)
		}
	}
	for _, text := range []string{"31.02.2026", "2026-13", "вчера", "2026–2024", "13.2026"} {
		_, problems := entryForm{url.Values{"measure.starts": {text}}}.content(progress.KindMeasure, "kk")
		if len(problems) != 1 || problems[0].Field != "measure.starts" {
			t.Errorf("%q is taken: %v", text, problems)
		}
	}
}

func TestRowsWithoutAnEntryAreLeftOut(t *testing.T) {
	form := entryForm{url.Values{
		"values.rows.0.breakdown.citizenship": {"UZ"}, "values.rows.0.qualifier": {"exact"}, "values.rows.0.value": {" "},
		"values.rows.7.period": {"2025"}, "values.rows.7.value": {"7"}, "values.rows.7.qualifier": {"exact"},
		"values.rows.999999.period": {"2025"}, "values.rows.-1.period": {"2025"}, "values.rows.x.period": {"2025"},
	}}
	c, problems := form.content(progress.KindValues, "kk")
	if len(problems) > 0 || len(c.Values.Rows) != 1 || *c.Values.Rows[0].Value != 7 {
		t.Errorf("the rows are %+v, %v", c.Values.Rows, problems)
	}
	c, _ = entryForm{url.Values{"mapping.objectives.0.rank": {"primary"}, "mapping.actions.0.rank": {"primary"}}}.content(progress.KindMapping, "kk")
	if len(c.Mapping.Objectives)+len(c.Mapping.Actions) != 0 {
		t.Errorf("an empty row is a mapping: %+v", c.Mapping)
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	form := entryForm{url.Values{
		"values.rows.0.period": {"2025"}, "values.rows.0.value": {"many"}, "values.rows.1.period": {"soon"}, "values.rows.1.value": {"1"},
	}}
	_, problems := form.content(progress.KindValues, "kk")
	if len(problems) != 2 || problems[0].Field != "values.rows.0.value" || problems[1].Field != "values.rows.1.period" {
		t.Errorf("the problems are %v", problems)
	}
	_, problems = entryForm{url.Values{"mapping.objectives.0.number": {"five"}}}.content(progress.KindMapping, "kk")
	if len(problems) != 1 || problems[0].Field != "mapping.objectives.0.number" {
		t.Errorf("the problems are %v", problems)
	}
}
