package web

import (
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
)

// absent are the marks by which spreadsheets say that there is no value.
var absent = []string{"…", "...", "..", "-", "–", "—", ":", "x", "X", "х", "Х", "n/a", "N/A", "н/д", "ж/д"}

// marks stand before a value that is not exact.
var marks = []struct {
	mark      string
	qualifier indicators.Qualifier
}{{"≈", indicators.Approximate}, {"~", indicators.Approximate}, {">", indicators.MoreThan}, {"<", indicators.LessThan}}

// parseFigure reads a cell: a number as a spreadsheet of the language shows it, a
// number after ≈, > or <, or a mark that there is none.
func parseFigure(lang, text string) (f progress.Figure, ok bool) {
	text = strings.TrimSpace(text)
	if slices.Contains(absent, text) {
		f.Qualifier = indicators.Missing
		return f, true
	}
	f.Qualifier = indicators.Exact
	for _, m := range marks {
		if rest, found := strings.CutPrefix(text, m.mark); found {
			f.Qualifier, text = m.qualifier, strings.TrimSpace(rest)
			break
		}
	}
	value, decimals, ok := parseNumber(lang, text)
	f.Value, f.Decimals = &value, decimals
	return f, ok
}

// figureText is a figure as parseFigure reads it.
func figureText(p *i18n.Printer, f progress.Figure) string {
	if f.Value == nil {
		return absent[0]
	}
	text := typed(p, *f.Value, f.Decimals)
	for _, m := range marks {
		if m.qualifier == f.Qualifier {
			return m.mark + " " + text
		}
	}
	return text
}

// paste puts a block of a spreadsheet into the table: periods in its first
// column, and in its first row, if that names no period, the cells. A block that
// has anything in it that cannot be read changes nothing.
func (t *table) paste(lang, block string, problems *fault.Problems) bool {
	lines := strings.Split(strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(block), "\n"), "\n")
	var places []int
	if head := strings.Split(lines[0], "\t"); !t.dated(head[0]) {
		places = t.heads(head[1:], problems)
		lines = append([]string{""}, lines[1:]...)
	} else {
		for c := range min(len(head)-1, len(t.columns)) {
			places = append(places, c)
		}
	}
	next := &table{columns: t.columns, rows: slices.Clone(t.rows)}
	for n, line := range lines {
		if cells := strings.Split(line, "\t"); strings.TrimSpace(line) != "" {
			next.pasteLine(lang, n+1, cells, places, problems)
		}
	}
	if len(next.rows) > mostPeriods {
		problems.Add("paste", "table.rows", mostPeriods)
	}
	if len(*problems) > 0 {
		return false
	}
	next.rows = slices.DeleteFunc(next.rows, func(r typedRow) bool { return r.period == "" && strings.Join(r.cells, "") == "" })
	next.pad()
	t.rows = next.rows
	return true
}

func (t *table) dated(text string) bool {
	var problems fault.Problems
	form := entryForm{map[string][]string{"at": {strings.TrimSpace(text)}}}
	return form.period("at", &problems) != "" && len(problems) == 0
}

// heads finds the columns that the first row of a block names.
func (t *table) heads(names []string, problems *fault.Problems) []int {
	var places []int
	for i, name := range names {
		name = strings.TrimSpace(name)
		c := slices.IndexFunc(t.columns, func(c tableColumn) bool { return strings.EqualFold(c.Label, name) || c.Breakdown == name })
		if c < 0 && name != "" {
			c = slices.Index(t.codes, name)
		}
		if c < 0 {
			problems.Add("paste", "table.bad_head", i+2, name)
		}
		places = append(places, c)
	}
	return places
}

func (t *table) pasteLine(lang string, line int, cells []string, places []int, problems *fault.Problems) {
	at := strings.TrimSpace(cells[0])
	if !t.dated(at) {
		problems.Add("paste", "table.bad_period", line, at)
	}
	n := t.row(at)
	t.rows[n].cells = slices.Clone(t.rows[n].cells) // the table that was there stays as it is
	for i, text := range cells[1:] {
		text = strings.TrimSpace(text)
		switch {
		case text == "":
		case i >= len(places):
			problems.Add("paste", "table.no_column", line, i+2, text)
		default:
			if _, ok := parseFigure(lang, text); !ok {
				problems.Add("paste", "table.bad_pasted", line, i+2, text)
			}
			if places[i] >= 0 {
				t.rows[n].cells[places[i]] = text
			}
		}
	}
}
