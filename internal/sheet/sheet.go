// Package sheet writes and reads spreadsheets in Office Open XML (.xlsx). It
// knows cells, their look and their place; it knows no noun of the Compact and
// no language.
//
// Writing goes through excelize. Reading is its own: a stranger's file is read
// as a stream within limits, and what matters for an import and a general
// library leaves out is told, that a cell holds a formula or an error.
package sheet

import (
	"strconv"
	"time"
)

// Book is a workbook to be written.
type Book struct {
	Title    string
	Language string // "kk"
	Made     time.Time
	Sheets   []Sheet
}

// Sheet is one table of a workbook.
type Sheet struct {
	Name    string // at most 31 characters, without []:*?/\
	Hidden  bool
	Locked  bool // only cells of the kinds Input and InputNumber can be changed
	Columns []Column
	Rows    [][]Cell
	Head    int // so many rows stay in view and are repeated on every page
	Fixed   int // so many columns stay in view
	Lists   []List

	// More writes rows after Rows one at a time, none of which is kept: for more of
	// them than memory should hold. One sheet of a book can have it, and nothing of
	// that sheet is locked, listed or laid out for paper.
	More func(write func([]Cell) error) error
}

// Column is how a column looks.
type Column struct {
	Width  float64 // in characters
	Hidden bool
}

// List lets a person choose what to write into some cells of one column.
type List struct {
	Column      int // from 0
	First, Last int // rows, from 0
	Choices     []string
	Problem     string // what to tell who writes something else
}

// Kind is what a cell is for, which decides how it looks.
type Kind int

// The kinds of cell.
const (
	Text        Kind = iota
	Title            // of the sheet
	Heading          // of a column
	Label            // of a row, and sums
	Shown            // for information, not to be changed
	Input            // to be filled in with words
	InputNumber      // to be filled in with a number
)

// Cell is a value with its kind. The value is a string, an int, a float64 or nil;
// a string is never read as a formula, whatever it begins with.
type Cell struct {
	Value    any
	Kind     Kind
	Decimals int // of a float64
}

// Column names: A, B … Z, AA.
func columnName(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// Ref returns the reference of a cell by its column and row, both from 0: "D7".
func Ref(column, row int) string { return columnName(column) + strconv.Itoa(row+1) }
