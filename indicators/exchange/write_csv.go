package exchange

import (
	"encoding/csv"
	"io"
)

// writeCSV writes the flat table: UTF-8, commas, no text that a spreadsheet
// program would calculate.
func writeCSV(w io.Writer, s Set) error {
	columns := s.Columns()
	return table(w, func(write func([]string) error) error {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = c.Name
		}
		if err := write(line); err != nil {
			return err
		}
		return s.Rows(func(r Row) error {
			for i, c := range columns {
				line[i] = c.cell(r)
			}
			return write(line)
		})
	})
}

// table writes lines as CSV.
func table(w io.Writer, lines func(write func([]string) error) error) error {
	out := csv.NewWriter(w)
	if err := lines(out.Write); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
