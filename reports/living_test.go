package reports_test

import (
	"strings"
	"testing"

	"gcm/internal/db/dbtest"
	"gcm/reports"
)

func TestLivingFiguresAreWordedByTheRulesOfTheLanguage(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	living, err := reports.ReadLiving(t.Context(), s, "2022")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ directive, kk, ru, en string }{
		{"{{figure indicator:refugees-registered@2017}}", "608 адам", "608 человек", "608 persons"},
		{"{{figure indicator:refugees-registered@2017 | bare}}", "608", "608", "608"},
		{"{{figure indicator:refugees-share-by-citizenship@2021-09-01{citizenship=AF}}}", "90%-дан астам", "более 90 %", "more than 90%"},
		{"{{growth indicator:refugees-registered@2017..2018}}", "-5,6%", "-5,6 %", "-5.6%"},
		{"{{change indicator:refugees-registered@2017..2018}}", "-34 адам", "-34 человека", "-34 persons"},
		{"{{figure count:indicators}}", "70", "70", "70"},
	} {
		d, ok := reports.ParseDirective(c.directive)
		if !ok || d.String() != c.directive {
			t.Errorf("%s is read as %s, %v", c.directive, d, ok)
		}
		for lang, want := range map[string]string{"kk": c.kk, "ru": c.ru, "en": c.en} {
			got, err := living.Print(lang, d)
			if got = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "−", "-").Replace(got); err != nil || got != want {
				t.Errorf("%s in %s is %q, %v", c.directive, lang, got, err)
			}
		}
	}
}

func TestNothingIsComputedThatTheFiguresDoNotSay(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	living, err := reports.ReadLiving(t.Context(), s, "2022")
	if err != nil {
		t.Fatal(err)
	}
	for directive, want := range map[string]string{
		"{{share indicator:refugees-share-by-citizenship@2021-09-01{citizenship=AF}}}": "no exact value",
		"{{figure indicator:refugees-registered@1999}}":                                "no observation",
		"{{figure indicator:nowhere@1999}}":                                            "no released indicator",
		"{{figure indicator:turkistan-region-migration-flows{flow=arrivals}}}":         "no value",
		"{{growth indicator:refugees-registered@2017}}":                                "two periods",
		"{{figure measure:e-visa}}":                                                    "no figure",
	} {
		d, ok := reports.ParseDirective(directive)
		if !ok {
			t.Errorf("%s is not read", directive)
			continue
		}
		if got, err := living.Print("en", d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is %q, %v", directive, got, err)
		}
	}
	for _, other := range []string{"{{figure}}", "{{ figure  }}", "{figure indicator:x}", "{{figure indicator:x", "{{say indicator:x}}", "{{figure indicator:x}} and more"} {
		if d, ok := reports.ParseDirective(other); ok {
			t.Errorf("%s is read as %s", other, d)
		}
	}
}

func TestReviewPrintsLivingFiguresTablesAndCharts(t *testing.T) {
	g := dbtest.SQLite(t)
	s := kazakhstan(t, g)
	body := "In 2017 **{{figure indicator:refugees-registered@2017}}** were registered.\n\n{{chart indicator:refugees-registered}}\n\n- {{table indicator:refugees-registered}}\n"
	if err := g.Exec("UPDATE review_sections SET body = ? WHERE section = 'methodology' AND language = 'en'", body).Error; err != nil {
		t.Fatal(err)
	}
	doc := compose(t, s, "en", reports.Full)
	blocks := find(t, doc, "methodology").Blocks
	runs := blocks[0].(reports.Paragraph).Runs
	if len(runs) < 4 || runs[1].Text != "608\u00a0persons" || !runs[1].Bold || runs[2].Note == nil {
		t.Errorf("got %+v", runs)
	}
	chart := blocks[1].(reports.Figure)
	table := blocks[2].(reports.List).Items[0][0].(reports.Table)
	if chart.Number != "1" || len(table.Rows) < 5 {
		t.Errorf("figure %s, %d rows", chart.Number, len(table.Rows))
	}
	numbers := map[string]bool{}
	walk(doc.Sections, func(_ reports.Section, b reports.Block) {
		if f, ok := b.(reports.Figure); ok {
			if numbers[f.Number] {
				t.Errorf("there are two figures %s", f.Number)
			}
			numbers[f.Number] = true
		}
	})
	if len(numbers) < 10 {
		t.Errorf("only %d figures", len(numbers))
	}
}

func TestDirectivesOfATextAreListed(t *testing.T) {
	got := reports.Directives("A {{figure indicator:a@2020{x=y}}} and {{figure count:measures}}.\n\n{{table indicator:b}}\n\n`{{figure indicator:code}}`\n")
	if len(got) != 3 || got[0].Target != "indicator:a@2020{x=y}" || got[2].Does != reports.PrintTable {
		t.Errorf("got %v", got)
	}
}
