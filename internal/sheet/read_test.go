package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"gcm/internal/fault"
	"gcm/internal/sheet"
)

// bare makes a workbook by hand: a sheet "s" with the given rows in XML, and
// what else is given by the names of the parts.
func bare(t testing.TB, rows string, more map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
			<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
			<numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0&quot; дней&quot;;[Red]-#,##0"/></numFmts>
			<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>бір</t></si><si><r><t>ек</t></r><r><t xml:space="preserve">і </t></r><rPh sb="0" eb="1"><t>aside</t></rPh></si></sst>`,
	}
	for name, text := range more {
		parts[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(f, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCellsAreReadAsTheyStand(t *testing.T) {
	cells := read(t, bare(t, `
		<row r="2"><c r="A2" t="s"><v>1</v></c><c t="inlineStr"><is><t>үш</t></is></c><c r="D2"><v>1.5E3</v></c></row>
		<row><c s="1"><v>46042</v></c><c s="2"><v>46042.75</v></c><c s="3"><v>46042</v></c><c t="d"><v>2026-01-20</v></c></row>
		<row r="9"><c r="A9"><f>1+1</f><v>2</v></c><c r="B9" t="e"><v>#N/A</v></c><c r="C9" t="b"><v>1</v></c><c r="D9" t="str"><v>a_x000D_b</v></c><c r="E9" s="1"/></row>
		<row r="1048576"/>`, nil), "s")
	want := map[string]string{
		"A2": "1 екі", "B2": "1 үш", "D2": "2 1.5E3",
		"A3": "3 2026-01-20", "B3": "3 2026-01-20", "C3": "2 46042", "D3": "3 2026-01-20",
		"A9": "4 =1+1", "B9": "5 #N/A", "C9": "6 TRUE", "D9": "1 a\rb",
	}
	for ref, given := range cells {
		text := given.Text
		if given.Form == sheet.Date {
			text = given.Day.Format("2006-01-02")
		}
		if got := fmt.Sprint(int(given.Form), " ", text); got != want[ref] {
			t.Errorf("%s is %q, want %q", ref, got, want[ref])
		}
	}
	if len(cells) != len(want) {
		t.Errorf("%d cells, want %d", len(cells), len(want))
	}
}

func TestDaysAreCountedAsTheWorkbookCountsThem(t *testing.T) {
	book := `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
		<workbookPr date1904="1"/><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>`
	cells := read(t, bare(t, `<row><c s="1"><v>44580</v></c></row>`, map[string]string{"xl/workbook.xml": book}), "s")
	if got := cells["A1"].Day.Format("2006-01-02"); got != "2026-01-20" {
		t.Errorf("counted from 1904 it is %s", got)
	}
	cells = read(t, bare(t, `<row><c s="1"><v>59</v></c><c s="1"><v>61</v></c></row>`, nil), "s")
	if a, b := cells["A1"].Day.Format("2006-01-02"), cells["B1"].Day.Format("2006-01-02"); a != "1900-02-28" || b != "1900-03-01" {
		t.Errorf("around the day that never was: %s and %s", a, b)
	}
}

// ASVS 1.5.1, 5.2.1, 5.2.3
func TestWhatIsNoHarmlessWorkbookIsRefusedWithItsReason(t *testing.T) {
	compound := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	rows := func(n int) string { return strings.Repeat(`<row><c><v>1</v></c></row>`, n) }
	good := bare(t, rows(1), nil)
	for key, files := range map[string][][]byte{
		"sheet.not_a_workbook": {nil, []byte("code;value\n"), []byte("%PDF-1.7"), bare(t, "", map[string]string{"xl/workbook.xml": "<workbook/>"})},
		"sheet.old_format":     {[]byte(compound + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00")},
		"sheet.encrypted":      {[]byte(compound + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")},
		"sheet.broken": {
			good[:len(good)/2], bare(t, `<row><c></row>`, nil), bare(t, `<row><c t="s"><v>99</v></c></row>`, nil),
			bare(t, `<row><c><v>&outside;</v></c></row>`, nil),
		},
		"sheet.entity": {
			bare(t, "", map[string]string{"xl/workbook.xml": `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook/>`}),
			bare(t, "", map[string]string{"other.xml": strings.Repeat(" ", 32<<10-4) + `<!DOCTYPE x>`}),
		},
		"sheet.too_large": {
			append([]byte("PK\x03\x04"), make([]byte, sheet.MaxFile)...),
			bare(t, "", map[string]string{"bomb.bin": strings.Repeat("\x00", 201<<20)}),
			bare(t, rows(20_001), nil),
			bare(t, `<row><c r="ZZ1"><v>1</v></c></row>`, nil),
		},
	} {
		for i, file := range files {
			if got := refusal(file); fault.KeyOf(got) != key || fault.KindOf(got) != fault.Invalid {
				t.Errorf("%s %d is answered with %v (%s)", key, i, got, fault.KeyOf(got))
			}
		}
	}
}

// refusal reads a whole file and returns why it cannot be read.
func refusal(body []byte) error {
	book, err := sheet.Open(body)
	if err != nil {
		return err
	}
	for _, name := range book.Sheets() {
		for _, err := range book.Rows(name) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func TestReadingEndsWhenNobodyWantsMore(t *testing.T) {
	book, err := sheet.Open(bare(t, `<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`, nil))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err := range book.Rows("s") {
		if n++; err != nil {
			t.Fatal(err)
		}
		break
	}
	if n != 1 {
		t.Errorf("%d rows", n)
	}
}

// libreOffice is the specimen as LibreOffice Calc saved it.
func libreOffice(t testing.TB) []byte {
	t.Helper()
	body, err := os.ReadFile("testdata/libreoffice.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestFileOfAnotherProgramIsReadAlike(t *testing.T) {
	ours, theirs := read(t, write(t, specimen()), "Шаралар"), read(t, libreOffice(t), "Шаралар")
	if !maps.Equal(ours, theirs) {
		t.Errorf("ours %v, theirs %v", ours, theirs)
	}
}

func FuzzReadingNeverPanics(f *testing.F) {
	f.Add(write(f, specimen()))
	f.Add(bare(f, `<row><c t="s"><v>0</v></c></row>`, nil))
	f.Add(libreOffice(f))
	f.Fuzz(func(_ *testing.T, body []byte) { _ = refusal(body) })
}

// FuzzSheet is FuzzReadingNeverPanics for the XML of a sheet, past the archive.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="2"><c r="A2" s="1"><v>46042</v></c><c t="inlineStr"><is><t>x</t></is></c></row>`)
	f.Add(`<row r="-1"><c r="ZZZZZZ1"><f/></c><c t="d"><v>x</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) { _ = refusal(bare(t, rows, nil)) })
}
