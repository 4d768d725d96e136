package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// style is what cells that look alike have in common.
type style struct {
	kind   Kind
	format string
}

// The colours, as in the pages: a calm head, grey for what is given, a light
// yellow for what is asked. Kind is never told by colour alone: what is given
// is locked, what is asked has a frame.
const (
	ink       = "1B2733"
	headFill  = "DCE6EF"
	shownFill = "F2F2F2"
	inputFill = "FFFBE6"
	rule      = "9AA7B3"
)

// textFormat makes a spreadsheet program keep what is written as text, so that
// "=1+1" and "3-5" stay what they are when somebody edits the cell.
const textFormat = "@"

func styleOf(c Cell) style {
	s := style{c.Kind, textFormat}
	switch c.Value.(type) {
	case int:
		s.format = "#,##0"
	case float64:
		s.format = "#,##0"
		if c.Decimals > 0 {
			s.format += "." + strings.Repeat("0", c.Decimals)
		}
	case nil:
		if c.Kind == InputNumber {
			s.format = "General"
		}
	}
	return s
}

func (w *writer) style(c Cell) (int, error) {
	s := styleOf(c)
	if id, known := w.styles[s]; known {
		return id, nil
	}
	look := &excelize.Style{
		Font:         &excelize.Font{Family: "Calibri", Size: 11, Color: ink},
		Alignment:    &excelize.Alignment{Vertical: "top", WrapText: true},
		Protection:   &excelize.Protection{Locked: true},
		CustomNumFmt: &s.format,
	}
	switch s.kind {
	case Text:
	case Title:
		look.Font.Bold, look.Font.Size, look.Alignment.WrapText = true, 14, false
	case Heading:
		look.Font.Bold, look.Fill, look.Border = true, fill(headFill), frame()
	case Label:
		look.Font.Bold, look.Border = true, frame()
	case Shown:
		look.Fill, look.Border = fill(shownFill), frame()
	case Input, InputNumber:
		look.Fill, look.Border, look.Protection.Locked = fill(inputFill), frame(), false
	}
	id, err := w.file.NewStyle(look)
	w.styles[s] = id
	return id, err
}

func fill(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func frame() []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: rule, Style: 1})
	}
	return all
}
