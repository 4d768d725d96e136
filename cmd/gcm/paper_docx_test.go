package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gcm/internal/db"
	"gcm/reports"
	"gcm/reports/desk"
	"gcm/reports/docx"
)

// letters are what is left of a text when lines, spaces, hyphens, numbers and the
// marks of footnotes are not looked at.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// told collects what a document says: each text by itself, in its order, and how
// much there is of each kind.
type told struct {
	titles, texts           []string
	notes, tables, pictures int
}

func (d *told) runs(runs []reports.Run) {
	var text strings.Builder
	for _, r := range runs {
		if r.PageOf == "" {
			text.WriteString(r.Text)
		}
		if r.Note != nil {
			d.notes++
			d.runs(r.Note)
		}
	}
	d.texts = append(d.texts, text.String())
}

func (d *told) blocks(blocks reports.Blocks) {
	for _, block := range blocks {
		switch b := block.(type) {
		case reports.Paragraph:
			d.runs(b.Runs)
		case reports.List:
			for _, item := range b.Items {
				d.blocks(item)
			}
		case reports.Callout:
			d.texts = append(d.texts, b.Title)
			d.blocks(b.Blocks)
		case reports.Table:
			d.tables++
			d.runs(b.Caption)
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					d.runs(cell.Runs)
				}
			}
		case reports.Figure:
			d.pictures++
			d.runs(b.Caption)
		}
	}
}

func (d *told) sections(list []reports.Section) {
	for _, s := range list {
		d.titles, d.texts = append(d.titles, s.Title), append(d.texts, s.Title)
		d.blocks(s.Blocks)
		d.sections(s.Sections)
	}
}

// TestDOCXOnPaperSaysWhatThePDFSays has LibreOffice print the Kazakh review from
// its DOCX, and holds both papers against the document. It runs beside the others.
func TestDOCXOnPaperSaysWhatThePDFSays(t *testing.T) {
	t.Parallel()
	dir := built(t)
	g, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "gcm.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(g)
	store := desk.NewStore(g, stores(g))
	e, _, err := store.Edition(t.Context(), "2022", 1)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := store.Copy(t.Context(), e, "kk", reports.Full)
	if err != nil {
		t.Fatal(err)
	}
	var want told
	want.sections(doc.Sections)

	file := filepath.Join(dir, "copy.docx")
	var body bytes.Buffer
	if err := docx.Write(&body, doc); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	said := tool(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "office"), "--headless", "--convert-to", "pdf", "--outdir", dir, file)
	for _, word := range []string{"Error", "repair", "corrupt"} {
		if strings.Contains(said, word) {
			t.Errorf("LibreOffice says %s", said)
		}
	}
	printed := filepath.Join(dir, "copy.pdf")
	for name, paper := range map[string]string{"the DOCX": printed, "the PDF": filepath.Join(dir, "review-2022-kk.pdf")} {
		all := strings.Split(tool(t, "pdftotext", "-raw", paper, "-"), "\f")
		holds(t, name, want, letters(strings.Join(all, "\n")), len(all))
	}
	if got := len(strings.Split(strings.TrimSpace(tool(t, "pdfimages", "-list", printed)), "\n")) - 2; got != want.pictures {
		t.Errorf("%d pictures are printed of %d", got, want.pictures)
	}
	parts := unpacked(t, body.Bytes())
	if got := strings.Count(parts["word/footnotes.xml"], "<w:footnote w:id="); got != want.notes {
		t.Errorf("%d footnotes of %d", got, want.notes)
	}
	if got := strings.Count(parts["word/document.xml"], `<w:tblHeader/>`); got < want.tables {
		t.Errorf("%d tables of %d have a head", got, want.tables)
	}
	if !strings.Contains(parts["word/document.xml"], "TOC ") {
		t.Error("there is no table of contents")
	}
}

// holds fails unless a paper has the headings in their order and each text in one
// piece. A text may be parted by the foot of a page, so as many as there are pages
// may be; their beginning or end must be there.
func holds(t *testing.T, name string, want told, paper string, pages int) {
	t.Helper()
	at := max(strings.Index(paper, letters(want.titles[len(want.titles)-1])), 0) // the contents end with it
	for _, title := range want.titles {
		i := strings.Index(paper[at:], letters(title))
		if i < 0 {
			t.Errorf("%s: the heading %q is not where it should be", name, title)
			continue
		}
		at += i
	}
	parted := 0
	for _, text := range want.texts {
		piece := []rune(letters(text))
		if strings.Contains(paper, string(piece)) {
			continue
		}
		half := len(piece) / 2
		if parted++; !strings.Contains(paper, string(piece[:half])) && !strings.Contains(paper, string(piece[half:])) {
			t.Errorf("%s does not say %q", name, text)
		}
	}
	if parted > pages {
		t.Errorf("%s: %d texts are parted on %d pages", name, parted, pages)
	}
	t.Logf("%s: %d texts, %d of them parted, %d pages", name, len(want.texts), parted, pages)
}

// unpacked reads the parts of a packed file.
func unpacked(t *testing.T, body []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		if !slices.Contains([]string{"word/document.xml", "word/footnotes.xml"}, f.Name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}
