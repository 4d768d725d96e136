package form_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
	"gcm/progress/form"
)

// asked is what an agency is asked about: two measures, of which the second has
// an entry, and an indicator with two cells.
func asked() progress.Asked {
	value := func(at period.Period, cell string, v float64) indicators.Observation {
		b, err := indicators.ParseBreakdown(cell)
		if err != nil {
			panic(err)
		}
		return indicators.Observation{Period: at, Breakdown: b, Value: &v, Unit: indicators.Persons, Qualifier: indicators.Exact}
	}
	return progress.Asked{
		Cycle:  progress.Cycle{Code: "2026", Covers: "2026", Name: i18n.Text{"kk": "2026 жылғы кезең", "en": "Round of 2026"}},
		Agency: objectives.Agency{Code: "mia", Name: i18n.Text{"kk": "Ішкі істер министрлігі", "en": "Ministry of Internal Affairs"}},
		Measures: []progress.AskedMeasure{
			{Measure: objectives.Measure{Code: "e-visa", Title: i18n.Text{"kk": "=Виза"}, Status: objectives.InProgress}, Due: "2027-01-15",
				Last: &progress.Progress{Status: objectives.Planned, Narrative: i18n.Text{"kk": "Былтырғы"}}},
			{Measure: objectives.Measure{Code: "hotline", Title: i18n.Text{"kk": "Желі"}, Status: objectives.Planned}, Due: "2027-01-15", Entry: &progress.Entry{
				State: objectives.Draft, Version: 3, Content: progress.Content{Progress: &progress.Progress{
					Status: objectives.InProgress, Narrative: i18n.Text{"kk": "Іске қосылды", "ru": "Запущено"},
				}},
			}},
		},
		Indicators: []progress.AskedIndicator{{Due: "2027-01-15", Indicator: indicators.Indicator{
			Code: "arrivals", Name: i18n.Text{"kk": "Келгендер"}, Unit: indicators.Persons,
			Dimensions: []indicators.IndicatorDimension{{Dimension: indicators.Dimension{Code: "flow", Codes: []indicators.DimensionCode{
				{Code: "in", Name: i18n.Text{"kk": "келу"}}, {Code: "out", Name: i18n.Text{"kk": "кету"}},
			}}}},
			Observations: []indicators.Observation{value("2024", "", 1), value("2025", "", 13000), value("2025", "flow=in", 7000)},
		}}},
	}
}

func printer(t testing.TB, lang string) *i18n.Printer {
	t.Helper()
	p, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// made returns a form as a file.
func made(t testing.TB, a progress.Asked, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := form.Write(&b, printer(t, lang), form.Form{Asked: a, Made: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// filled fills cells in as a person does: "Шаралар!E3" → a value, or a formula
// behind "formula:".
func filled(t testing.TB, body []byte, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, value := range cells {
		name, ref, _ := strings.Cut(at, "!")
		formula, ok := strings.CutPrefix(fmt.Sprint(value), "formula:")
		if err := f.SetCellValue(name, ref, value); err != nil {
			t.Fatal(err)
		}
		if ok {
			if err := f.SetCellFormula(name, ref, formula); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// check holds a file against what is asked, for a reader of Kazakh.
func check(t testing.TB, body []byte, a progress.Asked) form.Import {
	t.Helper()
	f, err := form.Open(body)
	if err != nil {
		t.Fatal(err)
	}
	if f.Round != "2026" || f.Agency != "mia" {
		t.Fatalf("the form is of %q, %q", f.Round, f.Agency)
	}
	i, err := f.Check(a, printer(t, "kk"))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestFormThatNobodyFilledInChangesNothing(t *testing.T) {
	for _, lang := range i18n.Languages {
		if i := check(t, made(t, asked(), lang), asked()); len(i.Bad)+len(i.Changes)+len(i.Savings) != 0 {
			t.Errorf("%s: %+v", lang, i)
		}
	}
}

func TestSameFormGivesSameBytes(t *testing.T) {
	if !bytes.Equal(made(t, asked(), "kk"), made(t, asked(), "kk")) {
		t.Error("two writings differ")
	}
}

func TestFilledInCellsBecomeEntries(t *testing.T) {
	body := filled(t, made(t, asked(), "kk"), map[string]any{
		"Шаралар!E3": "Аяқталған", "Шаралар!F3": "Себебі", "Шаралар!G3": "Бірінші жол\r\nекінші", // a measure not begun
		"Шаралар!G4": "", "Шаралар!H4": "Нәтиже", // an empty cell changes nothing
		"Көрсеткіштер!G3": "13 500,5", "Көрсеткіштер!I3": "шамалап", "Көрсеткіштер!H3": "шамамен",
		"Көрсеткіштер!H4": "дерек жоқ",
		"Көрсеткіштер!D5": "2026-05", "Көрсеткіштер!E5": "кету", "Көрсеткіштер!G5": 44.25,
	})
	i := check(t, body, asked())
	if len(i.Bad) != 0 || len(i.Savings) != 3 {
		t.Fatalf("%+v, %d savings", i.Bad, len(i.Savings))
	}
	visa, hotline, arrivals := i.Savings[0], i.Savings[1], i.Savings[2]
	if p := visa.Content.Progress; visa.Version != 0 || p.Status != objectives.Completed || p.Note["kk"] != "Себебі" || p.Narrative["kk"] != "Бірінші жол\nекінші" {
		t.Errorf("%+v %+v", visa, p)
	}
	if p := hotline.Content.Progress; hotline.Version != 3 || p.Narrative["kk"] != "Іске қосылды" || p.Narrative["ru"] != "Запущено" || p.Results["kk"] != "Нәтиже" {
		t.Errorf("%+v %+v", hotline, p)
	}
	var rows []string
	for _, f := range arrivals.Content.Values.Rows {
		value := "–"
		if f.Value != nil {
			value = fmt.Sprintf("%.*f", f.Decimals, *f.Value)
		}
		rows = append(rows, fmt.Sprint(f.Period, " ", f.Breakdown, " ", value, " ", f.Qualifier, " ", f.Note["kk"]))
	}
	want := "2026  13500.5 approximate шамалап|2026 flow=in – missing |2026-05 flow=out 44.25 exact "
	if got := strings.Join(rows, "|"); got != want {
		t.Errorf("the figures are %s, want %s", got, want)
	}
	var changes []string
	for _, c := range i.Changes {
		changes = append(changes, c.Ref)
	}
	if got := strings.Join(changes, " "); got != "E3 F3 G3 H4 G3 H3 I3 H4 G5 H5" {
		t.Errorf("the changes stand in %s", got)
	}
	if c := i.Changes[0]; c.Before == "" || c.After == "" || c.Title["kk"] != "=Виза" || c.Field != "spreadsheet.column.status" {
		t.Errorf("%+v", c)
	}
}

// The file was filled in and then saved by LibreOffice Calc 7.
func TestFormThatAnotherProgramSavedIsTakenOver(t *testing.T) {
	body, err := os.ReadFile("testdata/libreoffice.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	i := check(t, body, asked())
	if len(i.Bad) != 0 || len(i.Savings) != 2 {
		t.Fatalf("%+v, %d savings", i.Bad, len(i.Savings))
	}
	if p := i.Savings[0].Content.Progress; p.Status != objectives.Completed || p.Narrative["kk"] != "Екі\nжол" {
		t.Errorf("%+v", p)
	}
	if rows := i.Savings[1].Content.Values.Rows; len(rows) != 2 || *rows[0].Value != 13500.5 || rows[1].Period != "2026-05" || rows[1].Breakdown != "flow=out" {
		t.Errorf("%+v", rows)
	}
}

func TestEveryBadCellIsNamedAtOnce(t *testing.T) {
	a := asked()
	a.Measures = append(a.Measures, progress.AskedMeasure{Measure: objectives.Measure{Code: "sent", Status: objectives.Planned}, Entry: &progress.Entry{
		State: objectives.Submitted, Version: 2, Content: progress.Content{Progress: &progress.Progress{}},
	}}, progress.AskedMeasure{Measure: objectives.Measure{Code: "zz-changed", Status: objectives.Planned}, Entry: &progress.Entry{
		State: objectives.Draft, Version: 5, Content: progress.Content{Progress: &progress.Progress{}},
	}})
	body := made(t, a, "kk")
	a.Measures[3].Entry.Version = 6
	body = filled(t, body, map[string]any{
		"Шаралар!E3": "жасалуда", "Шаралар!G3": "formula:1+1", "Шаралар!H3": strings.Repeat("ұзын ", 4_001) + "!", "Шаралар!I3": true,
		"Шаралар!A4": "nobody", "Шаралар!G4": "x", "Шаралар!G5": "x", "Шаралар!G6": "x", "Шаралар!A7": "e-visa", "Шаралар!G7": "x",
		"Көрсеткіштер!G3": "он үш", "Көрсеткіштер!H4": "дәл",
		"Көрсеткіштер!D5": "былтыр", "Көрсеткіштер!G5": 1, "Көрсеткіштер!G6": 1, "Көрсеткіштер!E6": "барлығы да",
		"Көрсеткіштер!D7": "2026", "Көрсеткіштер!G7": "5", "Көрсеткіштер!H7": "дерек жоқ",
	})
	var got []string
	i := check(t, body, a)
	for _, b := range i.Bad {
		got = append(got, b.Ref+" "+strings.TrimPrefix(b.Key, "spreadsheet.error."))
	}
	want := "E3 list|G3 formula|H3 long|I3 truth|A4 record|A5 state|A6 changed|A7 twice|G3 number|G4 no_value|D5 period|D6 no_period|E6 list|D7 twice"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	for _, b := range i.Bad {
		if b.Sheet == "" || strings.Contains(printer(t, "kk").T(b.Key, b.Args...), "%!") || !printer(t, "ru").Has(b.Key) {
			t.Errorf("%+v", b)
		}
	}
}

func TestFormMakesNoSecretPublic(t *testing.T) {
	a := asked()
	known := a.Indicators[0].Indicator.Observations
	known[1].Period, known[1].ConfStatus, known[2].Period = "2026", indicators.NotForPublication, "2026"
	i := check(t, filled(t, made(t, a, "kk"), map[string]any{"Көрсеткіштер!G3": 13500, "Көрсеткіштер!G4": 7100}), a)
	if len(i.Savings) != 1 || len(i.Savings[0].Content.Values.Rows) != 2 {
		t.Fatalf("%+v", i)
	}
	if rows := i.Savings[0].Content.Values.Rows; rows[0].ConfStatus != indicators.NotForPublication || rows[1].ConfStatus != "" {
		t.Errorf("%+v", rows)
	}
}

func TestMissingFigureHasNoValue(t *testing.T) {
	body := filled(t, made(t, asked(), "kk"), map[string]any{"Көрсеткіштер!G3": 5, "Көрсеткіштер!H3": "дерек жоқ"})
	if i := check(t, body, asked()); len(i.Bad) != 1 || i.Bad[0].Key != "spreadsheet.error.missing" || i.Bad[0].Ref != "G3" {
		t.Errorf("%+v", i.Bad)
	}
}

func TestMovedColumnsAreNotRead(t *testing.T) {
	body := filled(t, made(t, asked(), "kk"), map[string]any{"Шаралар!G2": "Басқа", "Шаралар!G3": "x"})
	i := check(t, body, asked())
	if len(i.Bad) != 1 || i.Bad[0].Ref != "G2" || i.Bad[0].Key != "spreadsheet.error.heading" || len(i.Savings) != 0 {
		t.Errorf("%+v", i)
	}
}

func TestEntryThatWasOnlyOpenedMeanwhileIsNoClash(t *testing.T) {
	body := filled(t, made(t, asked(), "kk"), map[string]any{"Шаралар!G3": "x"})
	a := asked()
	a.Measures[0].Entry = &progress.Entry{State: objectives.Draft, Version: 1, Content: progress.Content{Progress: &progress.Progress{Status: objectives.InProgress}}}
	if i := check(t, body, a); len(i.Bad) != 0 || len(i.Savings) != 1 || i.Savings[0].Version != 1 {
		t.Errorf("%+v", i)
	}
	a.Measures[0].Entry.Version = 2
	if i := check(t, body, a); len(i.Bad) != 1 || i.Bad[0].Key != "spreadsheet.error.changed" || i.Bad[0].Ref != "A3" {
		t.Errorf("%+v", i)
	}
	a.Measures[0].Entry.Content.Progress.Narrative = i18n.Text{"kk": "x"}
	if i := check(t, body, a); len(i.Bad)+len(i.Savings) != 0 {
		t.Errorf("what says the same as the form is %+v", i)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	empty := excelize.NewFile()
	var b bytes.Buffer
	if err := empty.Write(&b); err != nil {
		t.Fatal(err)
	}
	for key, body := range map[string][]byte{
		"spreadsheet.error.not_a_form": b.Bytes(),
		"spreadsheet.error.edition":    filled(t, made(t, asked(), "kk"), map[string]any{"gcm!B1": 2}),
		"sheet.not_a_workbook":         []byte("code;value"),
	} {
		if _, err := form.Open(body); fault.KeyOf(err) != key || fault.KindOf(err) != fault.Invalid {
			t.Errorf("want %s, got %v", key, err)
		}
	}
}

func FuzzFilledForm(f *testing.F) {
	body := made(f, asked(), "kk")
	f.Add("Орындалды", "2026", "13 000,5")
	f.Add("=1+1", "31.12.2026", "1.2.3,4,5")
	f.Add("\x00_x0000_", "2026/2025", "-")
	f.Fuzz(func(t *testing.T, words, at, number string) {
		if len(words)+len(at)+len(number) > 30_000 {
			return
		}
		i := check(t, filled(t, body, map[string]any{"Шаралар!E3": words, "Шаралар!G3": words, "Көрсеткіштер!D5": at, "Көрсеткіштер!G5": number}), asked())
		for _, s := range i.Savings {
			if v := s.Content.Values; v != nil && v.Rows[0].Period == "" {
				t.Errorf("%q became no period", at)
			}
		}
	})
}
