package web

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
)

// twoColumns is a table of a total and one cell, with a period in it.
func twoColumns() *table {
	t := &table{columns: []tableColumn{{"", "Барлығы"}, {"citizenship=UZ", "Өзбекстан"}}, codes: []string{"", "UZ"}}
	t.rows = append(t.rows, typedRow{"2025", []string{"7", ""}})
	return t
}

func TestBlockOfASpreadsheetIsTakenOverByItsHeadsAndMarks(t *testing.T) {
	for name, c := range map[string]struct {
		block string
		want  []string
	}{
		"in the order of the columns": {"2026\t1 234,5\t13 000\r\n2027\t…\t-\r\n", []string{"2025|7|", "2026|1 234,5|13 000", "2027|…|-"}},
		"by names, in another order":  {"жыл\tөзбекстан\tБарлығы\n2025\t3\t\n", []string{"2025|7|3"}},
		"by codes":                    {"\tUZ\n2026\t> 5\n\n", []string{"2025|7|", "2026||> 5"}},
	} {
		table, problems := twoColumns(), fault.Problems(nil)
		if !table.paste("kk", c.block, &problems) {
			t.Errorf("%s: %v", name, problems)
		}
		var got []string
		for _, row := range table.rows[:len(table.rows)-blankPeriods] {
			got = append(got, row.period+"|"+strings.Join(row.cells, "|"))
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestEveryBadCellOfABlockIsNamedAndNothingIsTaken(t *testing.T) {
	table, problems := twoColumns(), fault.Problems(nil)
	if table.paste("kk", "жыл\tФранция\n2026\tкөп\nкелесі\t1\t2\n", &problems) {
		t.Error("the block is taken over")
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.Key)
	}
	want := []string{"table.bad_head", "table.bad_pasted", "table.bad_period", "table.no_column"}
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(table, twoColumns()) {
		t.Errorf("%q, %+v", got, table)
	}
}

func TestFigureIsReadAsItIsShown(t *testing.T) {
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		value := -1234.5
		for _, f := range []progress.Figure{
			{Qualifier: indicators.Missing}, {Value: &value, Decimals: 2, Qualifier: indicators.Exact},
			{Value: &value, Decimals: 1, Qualifier: indicators.Approximate}, {Value: &value, Decimals: 1, Qualifier: indicators.MoreThan}, {Value: &value, Decimals: 1, Qualifier: indicators.LessThan},
		} {
			if got, ok := parseFigure(lang, figureText(p, f)); !ok || !reflect.DeepEqual(got, f) {
				t.Errorf("%s: %q is read as %+v", lang, figureText(p, f), got)
			}
		}
	}
}

func TestTableMakesNoSecretPublic(t *testing.T) {
	secret := indicators.Observation{Period: "2025", ConfStatus: indicators.NotForPublication}
	of := indicators.Indicator{Observations: []indicators.Observation{secret}}
	typed := []progress.Figure{{Period: "2025"}, {Period: "2026"}}
	got := merged(nil, typed, twoColumns(), of)
	if got[0].ConfStatus != indicators.NotForPublication || got[1].ConfStatus != "" {
		t.Errorf("%+v", got)
	}
	if got := merged([]progress.Figure{{Period: "2025"}}, typed, twoColumns(), of); got[0].ConfStatus != "" {
		t.Errorf("what the entry says already is overruled: %+v", got)
	}
}

func TestFiguresAreEnteredInATable(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		entry := r.contributor.begin(t, progress.KindValues, "refugees-registered")
		path := entry + "/table"
		must(t, r.contributor.get(entry), http.StatusOK, path)
		must(t, r.contributor.get(path), http.StatusOK, `name="rows.0.period"`, `name="paste"`)
		must(t, r.contributor.send(path, "version", "1", "rows", "1", "step", "take", "paste", "2026\tmany\n2027\t5"), http.StatusUnprocessableEntity, "«many»", "2027\t5")
		must(t, r.contributor.send(path, "version", "1", "rows", "1", "step", "take", "paste", "2026\t1 234\n2027\t…"), http.StatusOK, `value="1 234"`, `value="2027"`)
		must(t, r.contributor.send(path, "version", "1", "rows", "2", "step", "save", "rows.0.period", "2026", "rows.0.0", "x1", "rows.1.0", "5"), http.StatusUnprocessableEntity,
			`value="x1"`, `id="rows.0.0-problem"`, `id="rows.1.period-problem"`)
		must(t, r.contributor.send(path, "version", "1", "rows", "2", "step", "save", "rows.0.period", "2026", "rows.0.0", "1 234", "rows.1.period", "2027", "rows.1.0", "…"), http.StatusSeeOther)
		must(t, r.contributor.get(path), http.StatusOK, `value="1234"`, `value="…"`)
		must(t, r.contributor.send(path, "version", "1", "rows", "1", "step", "save", "rows.0.period", "2026", "rows.0.0", "9"), http.StatusUnprocessableEntity, `value="9"`)
		if got := r.approver.get(path).Code; got != http.StatusForbidden {
			t.Errorf("who only approves gets the table with %d", got)
		}
	})
}
