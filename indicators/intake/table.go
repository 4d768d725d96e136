package intake

import (
	"iter"
	"strings"

	"gcm/internal/fault"
)

// line is a row of a table as a file has it. Its cells are reused by the next.
type line struct {
	number int // from 1
	cells  []string
}

// lines are the rows of a table, from its first one each time they are asked for.
type lines = iter.Seq2[line, error]

// headSearch is how many rows may stand above the head of a table.
const headSearch = 30

// maxColumns is how many columns a table may have.
const maxColumns = 2000

// table is a table whose head was found.
type table struct {
	place  Place
	header []string
	body   int // number of the first row below the head
	lines  lines
}

// newTable finds the head of a table: its first row with two cells or more, and
// with the row below it when that one fills in what merged cells leave open.
func newTable(place Place, all lines) (*table, error) {
	t := &table{place: place, lines: all}
	var first []string
	for row, err := range all {
		if err != nil {
			return nil, err
		}
		switch {
		case first != nil:
			if second := row.cells; secondHead(first, second) {
				t.header, t.body = joined(first, second), row.number+1
			}
			return t, t.check()
		case filled(row.cells) >= 2:
			first = append([]string(nil), row.cells...)
			t.header, t.body = first, row.number+1
		case row.number > headSearch:
			return nil, fault.New(fault.Invalid, "import.no_head", "no head in %d rows", headSearch)
		}
	}
	if first == nil {
		return nil, fault.New(fault.Invalid, "import.no_head", "the table has no row with two cells")
	}
	return t, t.check()
}

func (t *table) check() error {
	if len(t.header) > maxColumns {
		return fault.New(fault.Invalid, "import.too_wide", "%d columns", len(t.header))
	}
	for len(t.header) > 0 && strings.TrimSpace(t.header[len(t.header)-1]) == "" {
		t.header = t.header[:len(t.header)-1]
	}
	return nil
}

func filled(cells []string) (n int) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// secondHead reports whether a row goes on with the head above it: it has words
// where that one is open, and no numbers but periods.
func secondHead(first, second []string) bool {
	open := false
	for i, c := range second {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if n, err := readNumber(c, ""); err == nil && n.value != nil {
			if _, err := readPeriod(c, true); err != nil {
				return false
			}
		}
		open = open || i > 0 && i < len(first) && strings.TrimSpace(first[i]) == ""
	}
	return open
}

// headParts parts the two lines of a head.
const headParts = " · "

// joined writes two lines of head as one; a merged cell stands over all cells
// that follow it.
func joined(first, second []string) []string {
	header := make([]string, max(len(first), len(second)))
	over := ""
	for i := range header {
		if i < len(first) && strings.TrimSpace(first[i]) != "" {
			over = strings.TrimSpace(first[i])
		}
		below := ""
		if i < len(second) {
			below = strings.TrimSpace(second[i])
		}
		if header[i] = over; below != "" && over != "" {
			header[i] = over + headParts + below
		} else if below != "" {
			header[i] = below
		}
	}
	return header
}

// rows yields the observations of the table, by its columns.
func (t *table) rows(columns []Column) iter.Seq2[*Row, error] {
	var shared, pivots []int
	for i, c := range columns {
		switch c.Role {
		case Ignored:
		case Pivot:
			pivots = append(pivots, i)
		default:
			shared = append(shared, i)
		}
	}
	return func(yield func(*Row, error) bool) {
		row := &Row{Place: t.place}
		for l, err := range t.lines {
			if err != nil {
				yield(nil, err)
				return
			}
			if l.number < t.body || filled(l.cells) == 0 {
				continue
			}
			row.Place.Row, row.Fields = l.number, row.Fields[:0]
			for _, i := range shared {
				if i < len(l.cells) {
					row.Fields = append(row.Fields, Field{Column: &columns[i], Value: l.cells[i]})
				}
			}
			if len(pivots) == 0 {
				if !yield(row, nil) {
					return
				}
				continue
			}
			if !t.wide(row, l, columns, pivots, yield) {
				return
			}
		}
	}
}

// wide yields one observation for each filled column of a period.
func (t *table) wide(row *Row, l line, columns []Column, pivots []int, yield func(*Row, error) bool) bool {
	common := len(row.Fields)
	for _, i := range pivots {
		if i >= len(l.cells) || strings.TrimSpace(l.cells[i]) == "" {
			continue
		}
		c := &columns[i]
		row.Fields = append(row.Fields[:common],
			Field{Column: &Column{Name: c.Name, Role: OfPeriod, years: true}, Value: c.Period},
			Field{Column: &Column{Name: c.Name, Role: OfValue}, Value: l.cells[i]})
		if c.Code != "" {
			row.Fields = append(row.Fields, Field{Column: &Column{Name: c.Name, Role: Dimension, Dimension: c.Dimension}, Value: c.Code})
		}
		if !yield(row, nil) {
			return false
		}
	}
	return true
}

// columnsFor returns the columns that the options give for this head, else a guess.
func (t *table) columnsFor(o Options) ([]Column, error) {
	if len(o.Columns) == 0 {
		return Guess(t.header), nil
	}
	if len(o.Columns) != len(t.header) {
		return nil, fault.New(fault.Invalid, "import.other_columns", "%d columns are mapped of %d", len(o.Columns), len(t.header))
	}
	return o.Columns, nil
}

// Sample returns the first rows of a table, with a cell for each column.
func (r *Reading) Sample(most int) [][]string {
	if r.table == nil {
		return nil
	}
	var rows [][]string
	for l, err := range r.table.lines {
		if err != nil || len(rows) == most {
			break
		}
		if l.number < r.table.body || filled(l.cells) == 0 {
			continue
		}
		row := make([]string, len(r.Header))
		for i := range row {
			if i < len(l.cells) {
				row[i] = shortened(l.cells[i])
			}
		}
		rows = append(rows, row)
	}
	return rows
}
