package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"gcm/internal/sheet"
)

// specimen is a book that has something of everything.
func specimen() sheet.Book {
	return sheet.Book{
		Title: "Нысан", Language: "kk", Made: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		Sheets: []sheet.Sheet{
			{
				Name: "Шаралар", Locked: true, Head: 1, Fixed: 1,
				Columns: []sheet.Column{{Width: 20}, {Width: 30}, {Hidden: true}},
				Rows: [][]sheet.Cell{
					{{Value: "Коды", Kind: sheet.Heading}, {Value: "Мәні", Kind: sheet.Heading}, {Value: "кілт", Kind: sheet.Heading}},
					{{Value: "=1+1", Kind: sheet.Shown}, {Value: 13000.5, Kind: sheet.InputNumber, Decimals: 1}, {Value: "a"}},
					{{Value: "@cmd", Kind: sheet.Label}, {Kind: sheet.InputNumber}, {Value: 7}},
					{{Value: "-2+3"}, {Value: "екі\nжол", Kind: sheet.Input}, {}},
				},
				Lists: []sheet.List{{Column: 1, First: 1, Last: 2, Choices: []string{"иә, солай", "жоқ"}, Problem: "Тізімнен таңдаңыз"}},
			},
			{Name: "key", Hidden: true, Rows: [][]sheet.Cell{{{Value: "version"}, {Value: 1}}}},
		},
	}
}

func write(t testing.TB, book sheet.Book) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.Write(&b, book); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read returns a sheet's cells by their references.
func read(t testing.TB, body []byte, name string) map[string]sheet.Given {
	t.Helper()
	book, err := sheet.Open(body)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]sheet.Given{}
	for row, err := range book.Rows(name) {
		if err != nil {
			t.Fatal(err)
		}
		for column := range 30 {
			if given := row.At(column); given.Form != sheet.Empty {
				cells[sheet.Ref(column, row.Number)] = given
			}
		}
	}
	return cells
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	cells := read(t, write(t, specimen()), "Шаралар")
	for ref, want := range map[string]sheet.Given{
		"A1": {Form: sheet.Words, Text: "Коды"},
		"A2": {Form: sheet.Words, Text: "=1+1"},
		"B2": {Form: sheet.Number, Text: "13000.5"},
		"C3": {Form: sheet.Number, Text: "7"},
		"B4": {Form: sheet.Words, Text: "екі\nжол"},
		"B3": {},
	} {
		if got := cells[ref]; got != want {
			t.Errorf("%s holds %+v, want %+v", ref, got, want)
		}
	}
}

func TestSameBookGivesSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, specimen()), write(t, specimen())) {
		t.Error("two writings differ")
	}
}

// part returns a part of a workbook as text.
func part(t *testing.T, body []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`="true"`, `="1"`, `="false"`, `="0"`).Replace(string(b)) // both are allowed
}

// ASVS 1.2.10
func TestTextIsNeverWrittenAsFormula(t *testing.T) {
	body := write(t, specimen())
	xml := part(t, body, "xl/worksheets/sheet1.xml")
	if strings.Contains(xml, "<f>") || strings.Contains(xml, `t="str"`) {
		t.Error("a text became a formula")
	}
	if !strings.Contains(part(t, body, "xl/styles.xml"), `formatCode="@"`) {
		t.Error("cells of text have no format of text, so that editing them makes formulas")
	}
}

func TestOnlyInputCanBeChangedAndTheHeadIsPrintedOnEveryPage(t *testing.T) {
	body := write(t, specimen())
	xml, book := part(t, body, "xl/worksheets/sheet1.xml"), part(t, body, "xl/workbook.xml")
	for what, found := range map[string]bool{
		"protection":        strings.Contains(xml, "<sheetProtection") && strings.Contains(xml, `sheet="1"`),
		"unlocked input":    strings.Contains(part(t, body, "xl/styles.xml"), `locked="0"`),
		"frozen head":       strings.Contains(xml, `state="frozen"`),
		"fit to width":      strings.Contains(xml, `fitToPage="1"`) && strings.Contains(xml, `orientation="landscape"`),
		"repeated head":     strings.Contains(book, "_xlnm.Print_Titles") && strings.Contains(book, "$1:$1"),
		"high row":          strings.Contains(xml, `ht="30"`),
		"list":              strings.Contains(xml, "lists!$A$1:$A$2"),
		"hidden sheets":     strings.Count(book, `state="hidden"`) == 2,
		"hidden key column": strings.Contains(xml, `hidden="1"`),
	} {
		if !found {
			t.Errorf("the workbook has no %s", what)
		}
	}
}
