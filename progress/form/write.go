package form

import (
	"io"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/internal/sheet"
	"gcm/progress"
)

// Write writes the form in the printer's language, which is also the language of
// the texts to be filled in.
func Write(w io.Writer, p *i18n.Printer, f Form) error {
	return sheet.Write(w, sheet.Book{
		Title: f.title(p), Language: p.Lang(), Made: f.Made,
		Sheets: []sheet.Sheet{f.help(p), f.measures(p), f.indicators(p), f.key(p)},
	})
}

// FileName names the form's file.
func (f Form) FileName(lang string) string {
	return "form-" + f.Cycle.Code + "-" + f.Agency.Code + "-" + lang + ".xlsx"
}

func (f Form) title(p *i18n.Printer) string {
	name := p.In(f.Cycle.Name)
	if name == "" {
		name = f.Cycle.Code
	}
	return p.T("spreadsheet.title", name, p.In(f.Agency.Name))
}

func text(kind sheet.Kind, s string) sheet.Cell { return sheet.Cell{Value: s, Kind: kind} }

// helpLines is the number of the instructions' sentences.
const helpLines = "1 2 3 4 5 6 7"

func (f Form) help(p *i18n.Printer) sheet.Sheet {
	s := sheet.Sheet{Name: p.T("spreadsheet.sheet.help"), Locked: true, Columns: []sheet.Column{{Width: 110}}}
	add := func(kind sheet.Kind, words string) {
		s.Rows = append(s.Rows, []sheet.Cell{text(kind, words)})
	}
	add(sheet.Title, f.title(p))
	if due := f.due(); due != "" {
		add(sheet.Text, p.T("spreadsheet.due", p.Period(period.Period(due))))
	}
	for n := range strings.FieldsSeq(helpLines) {
		add(sheet.Text, n+". "+p.T("spreadsheet.help."+n))
	}
	return s
}

// due returns the earliest day by which something is due; empty when nothing is.
func (f Form) due() string {
	first := ""
	take := func(due string) {
		if first == "" || due < first {
			first = due
		}
	}
	for _, m := range f.Measures {
		take(m.Due)
	}
	for _, i := range f.Indicators {
		take(i.Due)
	}
	return first
}

// table begins a sheet with its title and the heads of its columns.
func (f Form) table(p *i18n.Printer, name string, columns []column) sheet.Sheet {
	s := sheet.Sheet{Name: p.T("spreadsheet.sheet." + name), Locked: true, Head: headRows, Fixed: 2}
	var heads []sheet.Cell
	for _, c := range columns {
		s.Columns = append(s.Columns, sheet.Column{Width: c.width, Hidden: c.word == "key"})
		heads = append(heads, text(sheet.Heading, heading(p, c)))
	}
	s.Rows = [][]sheet.Cell{{text(sheet.Title, f.title(p))}, heads}
	return s
}

func heading(p *i18n.Printer, c column) string { return p.T("spreadsheet.column." + c.word) }

func (f Form) measures(p *i18n.Printer) sheet.Sheet {
	s := f.table(p, "measures", measureColumns)
	for _, m := range f.Measures {
		now := progressOf(m)
		row := make([]sheet.Cell, len(measureColumns))
		row[measureCode] = text(sheet.Shown, m.Measure.Code)
		row[measureTitle] = text(sheet.Shown, p.In(m.Measure.Title))
		row[measureLastStatus] = text(sheet.Shown, statusWord(p, m.Measure.Status))
		row[measureLastNarrative] = text(sheet.Shown, "")
		if m.Last != nil {
			row[measureLastStatus] = text(sheet.Shown, statusWord(p, m.Last.Status))
			row[measureLastNarrative] = text(sheet.Shown, p.In(m.Last.Narrative))
		}
		row[measureStatus] = text(sheet.Input, statusWord(p, now.Status))
		for _, n := range narratives {
			row[n.column] = text(sheet.Input, (*n.text(&now))[p.Lang()])
		}
		s.Rows = append(s.Rows, row)
	}
	return withList(p, s, measureStatus, words(p, statusWord, statuses))
}

func (f Form) indicators(p *i18n.Printer) sheet.Sheet {
	s := f.table(p, "indicators", indicatorColumns)
	for _, asked := range f.Indicators {
		labels, _ := choices(p, asked.Indicator)
		for _, r := range figureRows(p, f.Cycle.Covers, asked) {
			s.Rows = append(s.Rows, r.cells(p, asked.Indicator))
		}
		s.Lists = append(s.Lists, sheet.List{Column: indicatorBreakdown, First: len(s.Rows) - blankRows, Last: len(s.Rows) - 1, Choices: labels, Problem: p.T("spreadsheet.choose")})
	}
	return withList(p, s, indicatorQualifier, words(p, qualifierWord, qualifiers))
}

// withList lets people choose in a column, in all rows below the head.
func withList(p *i18n.Printer, s sheet.Sheet, column int, choices []string) sheet.Sheet {
	if len(s.Rows) > headRows {
		s.Lists = append(s.Lists, sheet.List{Column: column, First: headRows, Last: len(s.Rows) - 1, Choices: choices, Problem: p.T("spreadsheet.choose")})
	}
	return s
}

func (r figureRow) cells(p *i18n.Printer, i indicators.Indicator) []sheet.Cell {
	row := make([]sheet.Cell, len(indicatorColumns))
	row[indicatorCode] = text(sheet.Shown, i.Code)
	row[indicatorName] = text(sheet.Shown, p.In(i.Name))
	row[indicatorUnit] = text(sheet.Shown, indicators.UnitName(p, i.Unit))
	row[indicatorPeriod] = text(sheet.Shown, string(r.period))
	if r.period == "" {
		row[indicatorPeriod].Kind = sheet.Input
	}
	row[indicatorBreakdown], row[indicatorKey] = text(sheet.Input, ""), text(sheet.Shown, chosen)
	if !r.chosen {
		b, _ := indicators.ParseBreakdown(r.breakdown) // it is stored in this form
		row[indicatorBreakdown], row[indicatorKey] = text(sheet.Shown, i.BreakdownLabel(p, b)), text(sheet.Shown, fixed+r.breakdown)
	}
	row[indicatorLast] = text(sheet.Shown, r.last)
	row[indicatorValue] = sheet.Cell{Kind: sheet.InputNumber}
	row[indicatorQualifier], row[indicatorNote] = text(sheet.Input, ""), text(sheet.Input, "")
	if r.now != nil {
		if r.now.Value != nil {
			row[indicatorValue] = sheet.Cell{Value: *r.now.Value, Kind: sheet.InputNumber, Decimals: r.now.Decimals}
		}
		row[indicatorQualifier].Value, row[indicatorNote].Value = qualifierWord(p, r.now.Qualifier), r.now.Note[p.Lang()]
	}
	return row
}

// key is the hidden sheet by which an import knows the form again.
func (f Form) key(p *i18n.Printer) sheet.Sheet {
	s := sheet.Sheet{Name: keySheet, Hidden: true}
	add := func(cells ...any) {
		var row []sheet.Cell
		for _, c := range cells {
			row = append(row, sheet.Cell{Value: c})
		}
		s.Rows = append(s.Rows, row)
	}
	add(keyEdition, edition)
	add(keyRound, f.Cycle.Code)
	add(keyAgency, f.Agency.Code)
	add(keyLanguage, p.Lang())
	add(keyMade, f.Made.UTC().Format(time.RFC3339))
	for _, m := range f.Measures {
		add(keyEntry, string(progress.KindProgress), m.Measure.Code, version(m.Entry))
	}
	for _, i := range f.Indicators {
		add(keyEntry, string(progress.KindValues), i.Indicator.Code, version(i.Entry))
	}
	return s
}

// version returns an entry's version, 0 for one that was not begun.
func version(e *progress.Entry) int {
	if e == nil {
		return 0
	}
	return e.Version
}
