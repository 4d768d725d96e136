package sheet

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Write writes the book. The same book gives the same bytes.
func Write(w io.Writer, book Book) error {
	out := writer{file: excelize.NewFile(), styles: map[style]int{}, lists: map[string]string{}}
	defer out.file.Close()
	for i, s := range book.Sheets {
		if err := out.sheet(i, s); err != nil {
			return fmt.Errorf("write the sheet %s: %w", s.Name, err)
		}
	}
	made := book.Made.UTC().Format(time.RFC3339)
	err := out.file.SetDocProps(&excelize.DocProperties{Title: book.Title, Language: book.Language, Creator: "gcm", LastModifiedBy: "gcm", Created: made, Modified: made})
	if err == nil {
		err = out.file.Write(w)
	}
	if err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

// listSheet is the hidden sheet that holds the choices of lists: in the cell's
// own rule they could have 255 characters and no comma.
const listSheet = "lists"

// firstSheet is what excelize calls the sheet that every new file has.
const firstSheet = "Sheet1"

type writer struct {
	file   *excelize.File
	styles map[style]int
	lists  map[string]string // choices → the range that holds them

	streamed bool
}

func (w *writer) sheet(position int, s Sheet) error {
	var err error
	if position == 0 {
		err = w.file.SetSheetName(firstSheet, s.Name)
	} else {
		_, err = w.file.NewSheet(s.Name)
	}
	if s.More != nil {
		if err == nil {
			err = w.stream(s)
		}
		return err
	}
	for _, step := range []func(Sheet) error{w.columns, w.rows, w.choices, w.view, w.print, w.protect} {
		if err == nil {
			err = step(s)
		}
	}
	return err
}

func (w *writer) columns(s Sheet) error {
	for i, c := range s.Columns {
		name := columnName(i)
		if c.Width > 0 {
			if err := w.file.SetColWidth(s.Name, name, name, c.Width); err != nil {
				return err
			}
		}
		if err := w.file.SetColVisible(s.Name, name, !c.Hidden); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) rows(s Sheet) error {
	for y, row := range s.Rows {
		for x, c := range row {
			if err := w.cell(s.Name, Ref(x, y), c); err != nil {
				return err
			}
		}
		if err := w.file.SetRowHeight(s.Name, y+1, height(s.Columns, row)); err != nil {
			return err
		}
	}
	return nil
}

// The heights of a line, of a title and of the highest row, in points.
const lineHeight, titleHeight, highest = 15.0, 21.0, 405.0

// height estimates how high a row must be to show its texts, since programs do
// not measure the rows of a file that they did not write.
func height(columns []Column, row []Cell) float64 {
	most := lineHeight
	for x, c := range row {
		text, ok := c.Value.(string)
		switch {
		case c.Kind == Title:
			most = max(most, titleHeight)
		case ok && x < len(columns) && !columns[x].Hidden && columns[x].Width > 0:
			most = max(most, float64(lines(text, columns[x].Width))*lineHeight)
		}
	}
	return min(most, highest)
}

// lines estimates how many lines a text fills in a column so many characters wide.
func lines(text string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + int(float64(utf8.RuneCountInString(line))*1.1/width)
	}
	return n
}

func (w *writer) cell(sheet, ref string, c Cell) error {
	id, err := w.style(c)
	if err != nil {
		return err
	}
	if err := w.file.SetCellStyle(sheet, ref, ref, id); err != nil {
		return err
	}
	switch v := c.Value.(type) {
	case nil:
		return nil
	case string:
		return w.file.SetCellStr(sheet, ref, v)
	case int:
		return w.file.SetCellInt(sheet, ref, int64(v))
	case float64:
		return w.file.SetCellFloat(sheet, ref, v, -1, 64)
	}
	return fmt.Errorf("cell %s holds %T", ref, c.Value)
}

func (w *writer) choices(s Sheet) error {
	for _, l := range s.Lists {
		source, err := w.list(l.Choices)
		if err != nil {
			return err
		}
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(Ref(l.Column, l.First) + ":" + Ref(l.Column, l.Last))
		rule.SetSqrefDropList(source)
		rule.SetError(excelize.DataValidationErrorStyleStop, "", l.Problem)
		if err := w.file.AddDataValidation(s.Name, rule); err != nil {
			return err
		}
	}
	return nil
}

// list returns the range that holds the choices; each list is written once.
func (w *writer) list(choices []string) (string, error) {
	key := strings.Join(choices, "\n")
	if source, known := w.lists[key]; known {
		return source, nil
	}
	if len(w.lists) == 0 {
		if _, err := w.file.NewSheet(listSheet); err != nil {
			return "", err
		}
		if err := w.file.SetSheetVisible(listSheet, false); err != nil {
			return "", err
		}
	}
	column := len(w.lists)
	for y, choice := range choices {
		if err := w.cell(listSheet, Ref(column, y), Cell{Value: choice}); err != nil {
			return "", err
		}
	}
	name := columnName(column)
	w.lists[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, name, name, len(choices))
	return w.lists[key], nil
}

// view keeps the head and the first columns in sight.
func (w *writer) view(s Sheet) error {
	if s.Hidden {
		return w.file.SetSheetVisible(s.Name, false)
	}
	if s.Head == 0 && s.Fixed == 0 {
		return nil
	}
	return w.file.SetPanes(s.Name, panes(s))
}

func panes(s Sheet) *excelize.Panes {
	pane := "bottomRight"
	switch {
	case s.Head == 0:
		pane = "topRight"
	case s.Fixed == 0:
		pane = "bottomLeft"
	}
	return &excelize.Panes{Freeze: true, XSplit: s.Fixed, YSplit: s.Head, TopLeftCell: Ref(s.Fixed, s.Head), ActivePane: pane}
}

// print sets the table across A4, as wide as the paper, its head on every page.
func (w *writer) print(s Sheet) error {
	if s.Hidden {
		return nil
	}
	a4, landscape, one, any, fit := 9, "landscape", 1, 0, true
	err := w.file.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any})
	if err == nil {
		err = w.file.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit})
	}
	if err == nil {
		side, top := 0.4, 0.5 // inches
		err = w.file.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top})
	}
	if err == nil && s.Head > 0 {
		err = w.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.Name,
			RefersTo: fmt.Sprintf("'%s'!$1:$%d", strings.ReplaceAll(s.Name, "'", "''"), s.Head),
		})
	}
	return err
}

// protect keeps people from changing what is not theirs by accident; columns and
// rows can still be made wider and higher. There is no password.
func (w *writer) protect(s Sheet) error {
	if !s.Locked {
		return nil
	}
	return w.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	})
}
