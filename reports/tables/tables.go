// Package tables writes the tables of a document as a workbook, a sheet for each:
// numbers are numbers there, whatever the language writes between their digits.
package tables

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gcm/internal/sheet"
	"gcm/reports"
)

// Write writes all tables of the document, after a sheet that lists them. The
// same document gives the same bytes.
func Write(w io.Writer, doc reports.Document) error {
	book := sheet.Book{Title: doc.Title, Language: doc.Lang, Made: doc.Date}
	list := sheet.Sheet{Name: name(doc.Terms.Contents, 0), Columns: []sheet.Column{{Width: 14}, {Width: 90}}}
	for _, line := range append([]string{doc.Cover.State, doc.Title, doc.Cover.Edition, doc.Cover.Number, doc.Draft}, doc.Cover.Notice...) {
		if line != "" {
			list.Rows = append(list.Rows, []sheet.Cell{{}, {Value: text(line)}})
		}
	}
	var sheets []sheet.Sheet
	for _, t := range tablesOf(doc.Sections) {
		s := page(doc, t, len(sheets)+1)
		sheets = append(sheets, s)
		list.Rows = append(list.Rows, []sheet.Cell{{Value: s.Name, Kind: sheet.Label}, {Value: text(words(t.Caption))}})
	}
	book.Sheets = append([]sheet.Sheet{list}, sheets...)
	return sheet.Write(w, book)
}

func tablesOf(sections []reports.Section) (out []reports.Table) {
	for _, s := range sections {
		out = append(out, within(s.Blocks)...)
		out = append(out, tablesOf(s.Sections)...)
	}
	return out
}

func within(blocks reports.Blocks) (out []reports.Table) {
	for _, block := range blocks {
		switch block := block.(type) {
		case reports.Table:
			out = append(out, block)
		case reports.List:
			for _, item := range block.Items {
				out = append(out, within(item)...)
			}
		case reports.Callout:
			out = append(out, within(block.Blocks)...)
		}
	}
	return out
}

// page is the sheet of a table: caption, head, rows, and what stands under it.
func page(doc reports.Document, t reports.Table, n int) sheet.Sheet {
	numbered := strconv.Itoa(n)
	if t.Number != "" && doc.Terms.Table != "" {
		numbered = fmt.Sprintf(doc.Terms.Table, t.Number)
	}
	s := sheet.Sheet{Name: name(numbered, n), Rows: [][]sheet.Cell{{{Value: text(numbered + ". " + words(t.Caption)), Kind: sheet.Title}}}}
	columns := max(1, len(t.Columns))
	if len(t.Columns) > 0 {
		var heads []sheet.Cell
		for _, c := range t.Columns {
			heads = append(heads, sheet.Cell{Value: text(c.Title), Kind: sheet.Heading})
		}
		s.Rows = append(s.Rows, heads)
		s.Head = 2
	}
	s.Columns = widths(t.Columns, columns)
	for _, row := range t.Rows {
		s.Rows = append(s.Rows, cells(doc.Lang, t, row, columns))
	}
	for _, line := range []struct {
		term string
		runs []reports.Run
	}{{doc.Terms.Note, t.Notes}, {doc.Terms.Source, t.Source}} {
		if len(line.runs) > 0 {
			s.Rows = append(s.Rows, []sheet.Cell{{Value: text(line.term + ": " + words(line.runs))}})
		}
	}
	return s
}

// widths give each column its share, and room for a word.
func widths(columns []reports.Column, n int) []sheet.Column {
	out, sum := make([]sheet.Column, n), 0.0
	for _, c := range columns {
		sum += max(c.Weight, 0)
	}
	for i := range out {
		out[i].Width = 110 / float64(n)
		if i < len(columns) && sum > 0 {
			out[i].Width = 110 * max(columns[i].Weight, 0) / sum
		}
		out[i].Width = min(max(out[i].Width, 10), 80)
	}
	return out
}

func cells(lang string, t reports.Table, row reports.Row, columns int) []sheet.Cell {
	out := make([]sheet.Cell, columns)
	for i, c := range row.Cells {
		at := min(i, columns-1)
		if row.Head {
			at = 0
		}
		said := words(c.Runs)
		if before, ok := out[at].Value.(string); ok {
			said = before + "\n" + said
		}
		out[at].Value = text(said)
		if row.Head {
			out[at].Kind = sheet.Label
		} else if v, decimals, ok := number(lang, said); ok && at < len(t.Columns) && t.Columns[at].Align == reports.Right {
			out[at] = sheet.Cell{Value: v, Decimals: decimals}
		}
	}
	return out
}

// longest is how much a cell can hold.
const longest = 32767

// text is what a cell can hold of a text.
func text(s string) string {
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	return string([]rune(s)[:longest-1]) + "…"
}

// words are the words of runs, footnotes in brackets.
func words(runs []reports.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
		if note := words(r.Note); note != "" {
			b.WriteString(" [" + note + "]")
		}
	}
	return b.String()
}

// numeral is a number as documents write it: digits in groups of three, a sign,
// a decimal mark.
var (
	numeral = regexp.MustCompile(`^[−-]?(0|[1-9]\d*|[1-9]\d{0,2}(?:[\x{a0}\x{202f} ]\d{3})+)(?:,(\d{1,9}))?$`)
	english = regexp.MustCompile(`^[−-]?(0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,9}))?$`)
)

// number reads a number as the language writes it. Anything else is a text, and
// so is one with more digits than a spreadsheet keeps.
func number(lang, s string) (v float64, decimals int, ok bool) {
	s = strings.TrimSpace(s)
	pattern := numeral
	if lang == "en" {
		pattern = english
	}
	m := pattern.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	digits := strings.NewReplacer("\u00a0", "", "\u202f", "", " ", "", ",", "").Replace(m[1])
	if len(digits)+len(m[2]) > 15 {
		return 0, 0, false
	}
	v, err := strconv.ParseFloat(digits+"."+m[2]+"0", 64)
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
		v = -v
	}
	return v, len(m[2]), err == nil
}

// name is a sheet's name: of 31 letters at most, and none that names may not have.
func name(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > 31 {
		s = fmt.Sprintf("%d", n+1)
	}
	return s
}
