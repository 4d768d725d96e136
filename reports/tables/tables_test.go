package tables

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gcm/reports"
	"gcm/reports/pdf/specimen"
)

func TestNumbersAreReadAsTheLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		value      float64
		decimals   int
		ok         bool
	}{
		{"kk", "17\u00a0700", 17700, 0, true}, {"ru", "−12,8", -12.8, 1, true}, {"en", "1,234,567.5", 1234567.5, 1, true},
		{"kk", "0", 0, 0, true}, {"en", "12,8", 0, 0, false}, {"ru", "2019–2021", 0, 0, false}, {"ru", "007", 0, 0, false},
		{"ru", "12 %", 0, 0, false}, {"ru", "", 0, 0, false}, {"en", "1234567890123456", 0, 0, false}, {"ru", "1 23", 0, 0, false},
	} {
		v, decimals, ok := number(c.lang, c.text)
		if v != c.value || decimals != c.decimals || ok != c.ok {
			t.Errorf("%s %q: %v with %d decimals, %v", c.lang, c.text, v, decimals, ok)
		}
	}
}

func TestEachTableHasASheetWithAllItsCells(t *testing.T) {
	for _, lang := range []string{"kk", "ru", "en"} {
		doc := specimen.Rich(lang)
		var b, again bytes.Buffer
		if err := Write(&b, doc); err != nil {
			t.Fatal(err)
		}
		if err := Write(&again, doc); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("written twice, the workbook has other bytes (%v)", err)
		}
		book, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		list := tablesOf(doc.Sections)
		if got := len(book.GetSheetList()); got != len(list)+1 {
			t.Fatalf("%d sheets for %d tables", got, len(list))
		}
		for i, table := range list {
			name := book.GetSheetList()[i+1]
			rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(rows[0][0], words(table.Caption)) {
				t.Errorf("%s is headed %q", name, rows[0][0])
			}
			for y, row := range table.Rows {
				for x, cell := range row.Cells {
					got := ""
					if x < len(rows[y+2]) {
						got = rows[y+2][x]
					}
					if v, _, ok := number(lang, words(cell.Runs)); ok && table.Columns[x].Align == reports.Right {
						if kind, _ := book.GetCellType(name, ref(x, y+2)); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
							t.Errorf("%s %s: %q is no number (%v)", name, ref(x, y+2), got, v)
						}
					} else if got != words(cell.Runs) {
						t.Errorf("%s %s: %q instead of %q", name, ref(x, y+2), got, words(cell.Runs))
					}
				}
			}
		}
	}
}

func ref(x, y int) string { name, _ := excelize.CoordinatesToCellName(x+1, y+1); return name }

func TestAnyDocumentIsWritten(t *testing.T) {
	for _, words := range []string{"=1+1", "x\x00\xff", "[]:*?/\\'", strings.Repeat("суперпозиция ", 40), ""} {
		doc := specimen.Any(bytes.Repeat([]byte{2, 2, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3}, 20), words)
		doc.Date = time.Unix(0, 0)
		if err := Write(&bytes.Buffer{}, doc); err != nil {
			t.Errorf("%q: %v", words, err)
		}
	}
}
