// Package intake reads files of other people's making into observations: CSV,
// spreadsheets, SDMX, Open SDG folders, extracts of the UN's database. It knows
// formats and how their columns are named; what an observation is, the room
// indicators says, and only its store writes.
package intake

import (
	"io"
	"io/fs"
	"iter"

	"gcm/internal/i18n"
)

// Format is a kind of file.
type Format string

// The formats that can be read.
const (
	CSV      Format = "csv"
	XLSX     Format = "xlsx"
	SDMXCSV  Format = "sdmx-csv"
	SDMXJSON Format = "sdmx-json"
	SDMXML   Format = "sdmx-ml"
	OpenSDG  Format = "open-sdg"
	UNSDG    Format = "un-sdg"
)

// Formats lists the formats that can be read, in the order in which they are shown.
var Formats = []Format{CSV, XLSX, SDMXCSV, SDMXJSON, SDMXML, OpenSDG, UNSDG}

// File is a file that can be read more than once and from any place.
type File interface {
	io.ReaderAt
	io.ReadSeeker
}

// Source is what is to be read: a file, or a folder.
type Source struct {
	Name   string // as the person calls it
	File   File   // nil for a folder
	Size   int64  // of the file, in bytes
	Folder fs.FS  // an Open SDG folder
}

// Options say how a source is read. The zero Options leave everything to be
// found out.
type Options struct {
	Format    Format  `json:"format,omitempty"`
	Columns   Columns `json:"columns,omitempty"`   // of a table; guessed by their names when there are none
	Decimal   string  `json:"decimal,omitempty"`   // "," or "." where a number like 1,234 can be read in two ways
	Encoding  string  `json:"encoding,omitempty"`  // of a CSV: utf-8, windows-1251, windows-1252
	Sheet     string  `json:"sheet,omitempty"`     // of a workbook; the first with a table when empty
	Area      string  `json:"area,omitempty"`      // code of the country as a whole; the first of the file when empty
	Language  string  `json:"language,omitempty"`  // of names in the file
	Indicator string  `json:"indicator,omitempty"` // of the whole file, where it names none
	Create    bool    `json:"create,omitempty"`    // what the register lacks
	Stood     string  `json:"-"`                   // the Report's Stood of a preview that a person agreed to
}

// Place is where in a source something stands.
type Place struct {
	File  string // within a folder
	Sheet string // of a workbook
	Row   int    // from 1; of XML and JSON, the number of the observation
}

// Field is what a source says at one place under one heading.
type Field struct {
	Column *Column
	Value  string
	Label  string // the name of the value, where the source has it beside the code
}

// Row is one observation as a source words it. Its fields are reused by the next.
type Row struct {
	Place  Place
	Fields []Field
	Wrong  *Problem // of the source itself, in place of an observation
}

// Reading is a source that is being read.
type Reading struct {
	Format  Format
	Header  []string // of a table
	Columns []Column // of a table
	Rows    iter.Seq2[*Row, error]
	Names   Names

	decimal string // what parts decimals in this source
	table   *table
}

// Names are the names that a source gives to codes and words, in all its
// languages: "indicator:1-1-1", "text:Female".
type Names map[string]i18n.Text

// maxCell is how many bytes one cell, name or text of a source may have.
const maxCell = 1 << 16
