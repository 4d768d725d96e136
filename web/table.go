package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// table holds figures as they are typed into a table.
type table struct {
	columns []tableColumn
	codes   []string // of the columns, as a spreadsheet may name them
	rows    []typedRow
}

// typedRow is a period and what stands in its cells.
type typedRow struct {
	period string
	cells  []string
}

// mostColumns bounds how many cells of a breakdown stand beside each other.
const mostColumns = 60

// newTable lays an indicator's figures out: the total, the codes of its one
// dimension, and every cell that has or had a value.
func newTable(r *request, ind indicators.Indicator, figures []progress.Figure) *table {
	t := &table{}
	t.column(r.p, ind, "")
	if len(ind.Dimensions) == 1 {
		for _, c := range ind.Dimensions[0].Dimension.Codes {
			t.column(r.p, ind, indicators.Breakdown{ind.Dimensions[0].Dimension.Code: c.Code}.String())
		}
	}
	for _, f := range figures {
		t.column(r.p, ind, f.Breakdown)
	}
	for _, o := range newest(ind.Observations) {
		t.column(r.p, ind, o.Breakdown.String())
	}
	for _, f := range figures {
		if c := t.at(f.Breakdown); c >= 0 {
			t.rows[t.row(string(f.Period))].cells[c] = figureText(r.p, f)
		}
	}
	slices.SortStableFunc(t.rows, func(a, b typedRow) int { return strings.Compare(a.period, b.period) })
	t.pad()
	return t
}

func (t *table) column(p *i18n.Printer, ind indicators.Indicator, breakdown string) {
	if t.at(breakdown) >= 0 || len(t.columns) == mostColumns {
		return
	}
	b, _ := indicators.ParseBreakdown(breakdown) // it is canonical
	t.columns = append(t.columns, tableColumn{breakdown, ind.BreakdownLabel(p, b)})
	_, code, _ := strings.Cut(breakdown, "=")
	t.codes = append(t.codes, code)
}

func (t *table) at(breakdown string) int {
	return slices.IndexFunc(t.columns, func(c tableColumn) bool { return c.Breakdown == breakdown })
}

// row returns the place of a period's row, a new one when there is none.
func (t *table) row(period string) int {
	n := slices.IndexFunc(t.rows, func(r typedRow) bool { return r.period == period })
	if n < 0 {
		n = len(t.rows)
		t.rows = append(t.rows, typedRow{period, make([]string, len(t.columns))})
	}
	return n
}

// pad leaves empty rows at the end.
func (t *table) pad() {
	for range blankPeriods {
		t.rows = append(t.rows, typedRow{"", make([]string, len(t.columns))})
	}
}

// fill takes what was typed into the fields.
func (t *table) fill(values url.Values, problems *fault.Problems) {
	count, _ := strconv.Atoi(values.Get("rows"))
	if count <= 0 || count > mostPeriods {
		problems.Add("", "table.rows", mostPeriods)
		return
	}
	t.rows = nil
	for n := range count {
		row := typedRow{strings.TrimSpace(values.Get(fmt.Sprintf("rows.%d.period", n))), make([]string, len(t.columns))}
		for c := range t.columns {
			row.cells[c] = strings.TrimSpace(values.Get(fmt.Sprintf("rows.%d.%d", n, c)))
		}
		t.rows = append(t.rows, row)
	}
}

// figures reads the table and names every cell that cannot be read.
func (t *table) figures(lang string, problems *fault.Problems) []progress.Figure {
	var list []progress.Figure
	seen := map[period.Period]bool{}
	for n, row := range t.rows {
		filled := slices.ContainsFunc(row.cells, func(text string) bool { return text != "" })
		if row.period == "" && !filled {
			continue
		}
		name := fmt.Sprintf("rows.%d", n)
		at := entryForm{url.Values{name + ".period": {row.period}}}.period(name+".period", problems)
		if filled && row.period == "" {
			problems.Add(name+".period", "entry.error.no_period")
		} else if at != "" && seen[at] {
			problems.Add(name+".period", "entry.error.twice")
		}
		seen[at] = true
		for c, text := range row.cells {
			if text == "" {
				continue
			}
			f, ok := parseFigure(lang, text)
			if !ok {
				problems.Add(fmt.Sprintf("%s.%d", name, c), "table.bad_cell", text)
			}
			f.Period, f.Breakdown = at, t.columns[c].Breakdown
			list = append(list, f)
		}
	}
	return list
}

// merged puts the figures of a table into those of the entry: what was said of a
// figure beside its value stays, as long as the value does; those that the table
// does not show stay as they are.
func merged(before, typed []progress.Figure, t *table, of indicators.Indicator) []progress.Figure {
	var list []progress.Figure
	for _, f := range before {
		if t.at(f.Breakdown) < 0 {
			list = append(list, f)
		}
	}
	for _, f := range typed {
		f = f.Guarded(of)
		for _, was := range before {
			if was.Period == f.Period && was.Breakdown == f.Breakdown {
				f.ConfStatus, f.Source, f.Note = was.ConfStatus, was.Source, was.Note
				if (was.Value == nil) == (f.Value == nil) {
					f.ObsStatus = was.ObsStatus
				}
			}
		}
		list = append(list, f)
	}
	return list
}

// label names a field of the table: "2026, Uzbekistan".
func (t *table) label(p *i18n.Printer, field string) string {
	parts := strings.Split(field, ".")
	if len(parts) != 3 {
		return ""
	}
	n, _ := strconv.Atoi(parts[1])
	words := []string{p.T("table.row", n+1)}
	if n < len(t.rows) && t.rows[n].period != "" {
		words = append(words, t.rows[n].period)
	}
	if c, err := strconv.Atoi(parts[2]); err == nil && c < len(t.columns) {
		words = append(words, t.columns[c].Label)
	}
	return strings.Join(words, ", ")
}
