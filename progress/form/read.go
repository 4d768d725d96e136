package form

import (
	"fmt"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/sheet"
	"gcm/objectives"
	"gcm/progress"
)

// Filled is a form that came back, before it is held against what is asked now.
type Filled struct {
	Round    string // code
	Agency   string // code
	Language string // of its texts
	book     *sheet.Workbook
	versions map[string]int // of the entries when the form was made, by kind and record
}

// Open reads of a file which form it is. A file that is none is a fault.Invalid
// whose key says why.
func Open(body []byte) (Filled, error) {
	f := Filled{versions: map[string]int{}}
	var err error
	if f.book, err = sheet.Open(body); err != nil {
		return f, err
	}
	known := ""
	for row, err := range f.book.Rows(keySheet) {
		if err != nil {
			return f, err
		}
		value := row.At(1).Text
		switch row.At(0).Text {
		case keyEdition:
			known = value
		case keyRound:
			f.Round = value
		case keyAgency:
			f.Agency = value
		case keyLanguage:
			f.Language = value
		case keyEntry:
			n, _ := strconv.Atoi(row.At(3).Text) // one that is unreadable counts as not begun
			f.versions[value+" "+row.At(2).Text] = n
		}
	}
	if _, err := i18n.New(f.Language); known == "" || err != nil {
		return f, fault.New(fault.Invalid, "spreadsheet.error.not_a_form", "the workbook has no key sheet, or one in language %q", f.Language)
	}
	if known != strconv.Itoa(edition) {
		return f, fault.New(fault.Invalid, "spreadsheet.error.edition", "a form of edition %q", known)
	}
	return f, nil
}

// BadCell is a cell that cannot be taken over, with the reason.
type BadCell struct {
	Sheet string
	Ref   string // "D7"
	Value string // as it stands there
	Key   string // of the reason in the catalogue
	Args  []any
}

// Change is what a cell would change.
type Change struct {
	Record        string // code of the measure or indicator
	Title         i18n.Text
	Field         string // key of the column's word in the catalogue
	Cell          string // of an indicator's figure: its period and breakdown, in words
	Sheet, Ref    string
	Before, After string
}

// Import is what a filled-in form would change.
type Import struct {
	Bad     []BadCell
	Changes []Change
	Savings []progress.Saving // one for each entry that changes; none are to be saved when a cell is bad
}

// Check holds the form against what the agency is asked now. An empty cell
// changes nothing. Words are those of the form's language; reader is who is told
// of periods and figures.
func (f Filled) Check(asked progress.Asked, reader *i18n.Printer) (Import, error) {
	own, err := i18n.New(f.Language)
	if err != nil {
		return Import{}, err
	}
	c := &check{Filled: f, asked: asked, p: own, reader: reader}
	if err := c.measures(); err != nil {
		return Import{}, err
	}
	return c.Import, c.indicators()
}

// check is a form that is being held against what is asked.
type check struct {
	Filled
	Import
	asked  progress.Asked
	p      *i18n.Printer // of the form
	reader *i18n.Printer
	sheet  string // that is being read
}

// cell is a cell with its place.
type cell struct {
	sheet.Given
	column, row int
}

func (c *check) at(row sheet.Row, column int) cell { return cell{row.At(column), column, row.Number} }

func (c cell) empty() bool { return c.Form == sheet.Empty }

// words returns a cell as a text, its lines ended as entries keep them.
func (c cell) words() string {
	if c.Form == sheet.Date {
		return c.Day.Format("2006-01-02")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(c.Text)
}

func (c *check) bad(at cell, key string, args ...any) {
	c.Bad = append(c.Bad, BadCell{c.sheet, sheet.Ref(at.column, at.row), at.Text, key, args})
}

// plain reports whether a cell holds a value; it is bad when it holds a formula,
// an error or a truth.
func (c *check) plain(at cell) bool {
	key := map[sheet.Form]string{sheet.Formula: "spreadsheet.error.formula", sheet.Failure: "spreadsheet.error.failure", sheet.Truth: "spreadsheet.error.truth"}[at.Form]
	if key != "" {
		c.bad(at, key)
	}
	return key == ""
}

// rows reads the records of a sheet; a sheet whose head is another one is not
// read, because its columns may have been moved.
func (c *check) rows(name string, columns []column, record func(sheet.Row)) error {
	c.sheet = c.p.T("spreadsheet.sheet." + name)
	head := 0
	for row, err := range c.book.Rows(c.sheet) {
		if err != nil {
			return err
		}
		switch {
		case row.Number == headRows-1:
			for i, column := range columns {
				if given := c.at(row, i); given.Text != heading(c.p, column) {
					c.bad(given, "spreadsheet.error.heading", heading(c.p, column))
					return nil
				}
			}
			head = 1
		case row.Number >= headRows && head == 1:
			record(row)
		}
	}
	if head == 0 {
		c.bad(cell{row: headRows - 1}, "spreadsheet.error.heading", heading(c.p, columns[0]))
	}
	return nil
}

// may reports whether an entry can be changed by the form; code is the cell that
// names its record.
func (c *check) may(kind progress.Kind, code cell, entry *progress.Entry) bool {
	made := c.versions[fmt.Sprintf("%s %s", kind, code.Text)]
	now := version(entry)
	switch {
	case entry != nil && entry.State != objectives.Draft:
		c.bad(code, "spreadsheet.error.state", c.reader.T("entry.state."+string(entry.State)))
		return false
	case now != made && (made != 0 || now != 1): // version 1 was only opened
		c.bad(code, "spreadsheet.error.changed")
		return false
	}
	return true
}

// first reports whether a record stands on the sheet for the first time.
func (c *check) first(seen map[string]bool, key string, at cell) bool {
	if seen[key] {
		c.bad(at, "spreadsheet.error.twice")
		return false
	}
	seen[key] = true
	return true
}
