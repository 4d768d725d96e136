package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// MostRows is how many rows a sheet can hold.
const MostRows = excelize.TotalRows

// stream writes a sheet row by row.
func (w *writer) stream(s Sheet) error {
	if w.streamed {
		return fmt.Errorf("a second sheet whose rows are not kept") // the order of two in the file would be left to chance
	}
	w.streamed = true
	out, err := w.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for i, c := range s.Columns {
		if c.Width > 0 {
			if err := out.SetColWidth(i+1, i+1, c.Width); err != nil {
				return err
			}
		}
	}
	if s.Head > 0 || s.Fixed > 0 {
		if err := out.SetPanes(panes(s)); err != nil {
			return err
		}
	}
	y := 0
	var values []any
	write := func(row []Cell) error {
		values = values[:0]
		for _, c := range row {
			value, err := w.streamedCell(c)
			if err != nil {
				return err
			}
			values = append(values, value)
		}
		y++
		return out.SetRow(Ref(0, y-1), values)
	}
	for _, row := range s.Rows {
		if err := write(row); err != nil {
			return err
		}
	}
	if err := s.More(write); err != nil {
		return err
	}
	return out.Flush()
}

// streamedCell returns a cell for the stream; nothing for an empty one.
func (w *writer) streamedCell(c Cell) (any, error) {
	if c.Value == nil || c.Value == "" {
		return nil, nil
	}
	switch c.Value.(type) {
	case string, int, float64:
		id, err := w.style(c)
		return excelize.Cell{StyleID: id, Value: c.Value}, err
	}
	return nil, fmt.Errorf("a cell holds %T", c.Value)
}
