package sheet

import (
	"encoding/xml"
	"errors"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gcm/internal/fault"
)

// Form says what a cell holds.
type Form int

// The forms of what a cell holds.
const (
	Empty   Form = iota
	Words        // a text
	Number       // a number as the file has it, in digits with a point
	Date         // a day, and perhaps a time of it
	Formula      // which is never worked out, nor is its last result believed
	Failure      // "#DIV/0!"
	Truth        // "TRUE", "FALSE"
)

// Given is a cell as it stands in a file.
type Given struct {
	Form Form
	Text string    // as it stands; of a formula, the formula
	Day  time.Time // of a Date, in UTC
}

// Row is a row that has something in it.
type Row struct {
	Number int // from 0
	cells  map[int]Given
}

// Width returns how many columns the row has, empty ones before its last included.
func (r Row) Width() int {
	width := 0
	for column := range r.cells {
		width = max(width, column+1)
	}
	return width
}

// At returns the cell of a column, from 0.
func (r Row) At(column int) Given { return r.cells[column] }

// Rows reads a sheet row by row; rows without anything are left out. A sheet that
// the workbook does not have is empty.
func (w *Workbook) Rows(sheet string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		read := rowReader{book: w, next: -1}
		err := w.each(w.paths[sheet], func(d *xml.Decoder, e xml.StartElement) error {
			if e.Name.Local != "row" {
				return nil
			}
			row, err := read.row(d, e)
			if err == nil && len(row.cells) > 0 && !yield(row, nil) {
				return errEnough
			}
			return err
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(Row{}, err)
		}
	}
}

// errEnough ends the reading of a part when nobody wants more.
var errEnough = fault.New(fault.Internal, "", "enough was read")

// rowReader remembers where it is: rows and cells may leave their places unsaid.
type rowReader struct {
	book *Workbook
	next int // number of the last row
	full int // rows with something in them
}

func (r *rowReader) row(d *xml.Decoder, e xml.StartElement) (Row, error) {
	r.next++
	if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
		r.next = n - 1
	}
	row := Row{r.next, map[int]Given{}}
	for column := -1; ; {
		token, err := d.Token()
		if err != nil {
			return row, broken("read row %d: %w", row.Number+1, err)
		}
		switch t := token.(type) {
		case xml.EndElement: // only the row's own: cells are read whole
			if len(row.cells) > 0 {
				r.full++
			}
			if r.full > r.book.limits.Rows {
				return row, fault.New(fault.Invalid, "sheet.too_large", "a sheet of more than %d rows", r.book.limits.Rows)
			}
			return row, nil
		case xml.StartElement:
			column = columnOf(attribute(t, "r"), column+1)
			given, err := r.book.cell(d, t)
			if err != nil {
				return row, err
			}
			if given.Form == Empty {
				continue
			}
			if column >= r.book.limits.Columns {
				return row, fault.New(fault.Invalid, "sheet.too_large", "a sheet of more than %d columns", r.book.limits.Columns)
			}
			row.cells[column] = given
		}
	}
}

// columnOf reads the column of a reference, "D" of "D7"; expected when it names none.
func columnOf(ref string, expected int) int {
	column := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' || column > 1<<20 {
			break
		}
		column = column*26 + int(r-'A') + 1
	}
	if column == 0 {
		return expected
	}
	return column - 1
}

// cell reads the cell that has begun, to its end.
func (w *Workbook) cell(d *xml.Decoder, e xml.StartElement) (Given, error) {
	var value, formula, inline string
	hasFormula := false
	for {
		token, err := d.Token()
		if err != nil {
			return Given{}, broken("read cell %s: %w", attribute(e, "r"), err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			if hasFormula {
				return Given{Form: Formula, Text: "=" + formula}, nil
			}
			return w.given(attribute(e, "t"), attribute(e, "s"), value, inline)
		case xml.StartElement:
			switch t.Name.Local {
			case "is":
				inline, err = plain(d)
			case "v":
				err = d.DecodeElement(&value, &t)
			case "f":
				hasFormula = true
				err = d.DecodeElement(&formula, &t)
			default:
				err = d.Skip()
			}
			if err != nil {
				return Given{}, broken("read cell %s: %w", attribute(e, "r"), err)
			}
		}
	}
}

// given makes out what a cell without a formula holds.
func (w *Workbook) given(kind, style, value, inline string) (Given, error) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(w.texts) {
			return Given{}, broken("there is no shared text %q", value)
		}
		return words(w.texts[n]), nil
	case "inlineStr":
		return words(inline), nil
	case "str":
		return words(unescape(value)), nil
	case "b":
		return Given{Form: Truth, Text: strings.ToUpper(strconv.FormatBool(isTrue(value)))}, nil
	case "e":
		return Given{Form: Failure, Text: value}, nil
	case "d":
		for _, form := range []string{"2006-01-02", "2006-01-02T15:04:05", time.RFC3339} {
			if day, err := time.Parse(form, value); err == nil {
				return Given{Form: Date, Text: value, Day: day.UTC()}, nil
			}
		}
		return words(value), nil
	}
	return w.number(style, strings.TrimSpace(value)), nil
}

func words(text string) Given {
	text = strings.TrimSpace(text)
	if text == "" {
		return Given{}
	}
	return Given{Form: Words, Text: strings.ToValidUTF8(text, string(utf8.RuneError))}
}

func (w *Workbook) number(style, value string) Given {
	if value == "" {
		return Given{}
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return words(value)
	}
	if s, err := strconv.Atoi(style); err == nil && s >= 0 && s < len(w.dates) && w.dates[s] {
		if day, ok := w.day(n); ok {
			return Given{Form: Date, Text: value, Day: day}
		}
	}
	return Given{Form: Number, Text: value}
}

// escaped is how Office writes characters that XML does not have: "_x000D_".
var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 16) // the expression found four digits
		return string(rune(n))
	})
}
