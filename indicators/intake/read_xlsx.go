package intake

import (
	"io"
	"slices"
	"strconv"
	"time"

	"gcm/internal/fault"
	"gcm/internal/sheet"
)

// ReadXLSX reads a table of a workbook: of the sheet that is named, else of the
// first one that has values.
func ReadXLSX(file io.ReaderAt, size int64, o Options) (*Reading, error) {
	book, err := sheet.OpenWithin(file, size, sheet.OfData)
	if err != nil {
		return nil, err
	}
	if o.Sheet != "" && !slices.Contains(book.Sheets(), o.Sheet) {
		return nil, fault.New(fault.Invalid, "import.no_sheet", "there is no sheet %q", o.Sheet)
	}
	for _, name := range book.Sheets() {
		if o.Sheet != "" && o.Sheet != name {
			continue
		}
		t, err := newTable(Place{Sheet: name}, sheetLines(book, name))
		if fault.KeyOf(err) == "import.no_head" && o.Sheet == "" {
			continue
		}
		if err != nil {
			return nil, err
		}
		columns, err := t.columnsFor(o)
		if err != nil {
			return nil, err
		}
		if o.Sheet == "" && !slices.ContainsFunc(columns, func(c Column) bool { return c.Role == OfValue || c.Role == Pivot }) {
			continue
		}
		return &Reading{Format: XLSX, Header: t.header, Columns: columns, table: t, Rows: t.rows(columns), decimal: "."}, nil
	}
	return nil, fault.New(fault.Invalid, "import.no_head", "no sheet has a table with values")
}

// sheetLines yields the rows of a sheet as text.
func sheetLines(book *sheet.Workbook, name string) lines {
	return func(yield func(line, error) bool) {
		var cells []string
		for row, err := range book.Rows(name) {
			if err != nil {
				yield(line{}, err)
				return
			}
			cells = cells[:0]
			for column := range row.Width() {
				cells = append(cells, cellText(row.At(column)))
			}
			if err := checkCells(cells); err != nil {
				yield(line{}, err)
				return
			}
			if !yield(line{row.Number + 1, cells}, nil) {
				return
			}
		}
	}
}

// cellText is a cell as a table in text would have it.
func cellText(c sheet.Given) string {
	switch c.Form {
	case sheet.Date:
		return c.Day.Format(time.DateOnly)
	case sheet.Number:
		// Spreadsheets keep 17 digits of 0.1+0.2 and show 15.
		if v, err := strconv.ParseFloat(c.Text, 64); err == nil && len(c.Text) > 15 {
			if v, err = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
				return strconv.FormatFloat(v, 'f', -1, 64)
			}
		}
	}
	return c.Text
}
