package sheet

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gcm/internal/fault"
)

// maxStyles is how many looks of cells a workbook may have; spreadsheet programs
// make no more.
const maxStyles = 65_490

// readStyles finds out which styles show a number as a date.
func (w *Workbook) readStyles() error {
	formats := map[string]string{}
	inCells := false
	return w.each("xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			formats[attribute(e, "numFmtId")] = attribute(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inCells = false
		case "xf":
			if len(w.dates) > maxStyles {
				return fault.New(fault.Invalid, "sheet.too_large", "a workbook of more than %d styles", maxStyles)
			}
			if inCells {
				id := attribute(e, "numFmtId")
				w.dates = append(w.dates, showsDate(id, formats[id]))
			}
		}
		return nil
	})
}

// aside are the parts of a number format that are no codes: quoted words,
// escaped characters, colours and conditions in brackets.
var aside = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// showsDate reports whether a number format shows a day: the built-in ones by
// their numbers, others by codes for day, month or year.
func showsDate(id, code string) bool {
	if n, err := strconv.Atoi(id); err == nil && code == "" {
		return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 58
	}
	code = strings.ToLower(aside.ReplaceAllString(code, ""))
	return code != "general" && strings.ContainsAny(code, "dy")
}

// day turns the count of days of a spreadsheet into a day. Excel counts a 29th
// of February 1900 that never was, so that days before March 1900 differ.
func (w *Workbook) day(n float64) (time.Time, bool) {
	const last = 2958465 // 31 December 9999
	if n < 1 || n > last {
		return time.Time{}, false
	}
	days := int(n)
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case w.since04:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 61:
		start = start.AddDate(0, 0, 1)
	}
	return start.AddDate(0, 0, days), true
}
