package exchange

import (
	"io"

	"gcm/internal/fault"
	"gcm/internal/sheet"
)

// writeXLSX writes a workbook: the figures, the passports of the indicators, the
// notes with what the columns mean, and the codes with their names. The first
// line of each sheet names its columns.
func writeXLSX(w io.Writer, s Set) error {
	if s.Count >= sheet.MostRows {
		return fault.New(fault.Invalid, "exports.problem.rows", "%d observations do not fit a sheet of %d rows", s.Count, sheet.MostRows)
	}
	return sheet.Write(w, sheet.Book{
		Title: s.name(s.title()), Language: s.Languages[0], Made: s.At,
		Sheets: []sheet.Sheet{s.dataSheet(), s.sheet("passports", s.passportTable()), s.sheet("notes", s.notesTable()), s.sheet("codes", s.codeTable())},
	})
}

func (s Set) dataSheet() sheet.Sheet {
	columns := s.Columns()
	data := sheet.Sheet{Name: "data", Head: 1, Fixed: 2}
	var head []sheet.Cell
	for _, c := range columns {
		head = append(head, sheet.Cell{Value: c.Name, Kind: sheet.Heading})
		data.Columns = append(data.Columns, sheet.Column{Width: c.width()})
	}
	data.Rows = [][]sheet.Cell{head}
	data.More = func(write func([]sheet.Cell) error) error {
		line := make([]sheet.Cell, len(columns))
		return s.Rows(func(r Row) error {
			for i, c := range columns {
				line[i] = c.sheetCell(r)
			}
			return write(line)
		})
	}
	return data
}

func (c Column) width() float64 {
	switch {
	case c.Free || c.Name == "indicator":
		return 30
	case c.Number:
		return 14
	}
	return 12
}

// sheetCell is what the column holds in a spreadsheet: numbers as numbers. A text
// is one whatever it begins with, and yet has the mark that it has in CSV: people
// save workbooks as such.
func (c Column) sheetCell(r Row) sheet.Cell {
	switch {
	case c.Name == "value" && r.Value != nil:
		return sheet.Cell{Value: *r.Value, Decimals: r.Decimals}
	case c.Name == "decimals":
		return sheet.Cell{Value: r.Decimals}
	}
	return sheet.Cell{Value: c.cell(r)}
}

func (s Set) sheet(name string, lines [][]string) sheet.Sheet {
	out := sheet.Sheet{Name: name, Head: 1, Fixed: 1}
	for i, line := range lines {
		var row []sheet.Cell
		for _, text := range line {
			kind := sheet.Text
			if i == 0 {
				kind = sheet.Heading
				out.Columns = append(out.Columns, sheet.Column{Width: 30})
			}
			row = append(row, sheet.Cell{Value: text, Kind: kind})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
