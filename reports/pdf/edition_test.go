package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gcm/reports"
	"gcm/reports/pdf/seal"
	"gcm/reports/pdf/specimen"
)

func TestEditionSaysWhatItIs(t *testing.T) {
	doc := specimen.Edition("kk")
	file := drawn(t, doc)
	marks, err := seal.ReadMarks(bytes.NewReader(file))
	want := seal.Marks{Document: "review-2022-kk", Edition: 2, Snapshot: doc.Imprint.Snapshot, URL: doc.Imprint.URL}
	if err != nil || marks != want {
		t.Errorf("marks %+v, %v", marks, err)
	}
	path := filepath.Join(t.TempDir(), "edition.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	page := unbroken(tool(t, "pdftotext", "-f", "2", "-l", "2", "-raw", path, "-"))
	for _, text := range []string{doc.Imprint.Title, doc.Imprint.Text[0], doc.Imprint.Facts[0].Value, doc.Imprint.Hash, doc.Imprint.Snapshot, doc.Imprint.URL, doc.Imprint.Scan} {
		if !strings.Contains(page, unbroken(text)) {
			t.Errorf("%q does not stand on the imprint page", text)
		}
	}
	cover := unbroken(tool(t, "pdftotext", "-f", "1", "-l", "1", "-raw", path, "-"))
	for _, text := range []string{doc.Cover.Number, doc.Cover.Erratum} {
		if text == "" || !strings.Contains(cover, unbroken(text)) {
			t.Errorf("%q does not stand on the cover", text)
		}
	}
	if erratum := doc.Sections[0]; erratum.ID != "erratum" || len(erratum.Blocks[1].(reports.List).Items) != 2 {
		t.Errorf("the first section is %+v", erratum)
	}
	attached := tool(t, "pdfdetach", "-list", path)
	for _, a := range doc.Attachments {
		if !strings.Contains(attached, a.Name) {
			t.Errorf("%s is not attached:\n%s", a.Name, attached)
		}
	}
	out := filepath.Join(t.TempDir(), "back.csv")
	tool(t, "pdfdetach", "-savefile", doc.Attachments[0].Name, "-o", out, path)
	if back, err := os.ReadFile(out); err != nil || !bytes.Equal(back, doc.Attachments[0].Data) {
		t.Errorf("the attached data come back as %q, %v", back, err)
	}
}

func TestCodeLeadsToThePageThatConfirms(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "edition.pdf")
	doc := specimen.Edition("en")
	if err := os.WriteFile(path, drawn(t, doc), 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "pdftoppm", "-r", "110", "-gray", "-f", "2", "-l", "2", "-singlefile", path, filepath.Join(dir, "page"))
	out, err := exec.Command("zbarimg", "--quiet", "--raw", filepath.Join(dir, "page.pgm")).Output()
	if read := strings.TrimSpace(string(out)); read != doc.Imprint.URL {
		t.Errorf("the code reads %q, %v (if zbarimg is missing: apt-get install zbar-tools)", read, err)
	}
}

func TestDraftIsMarkedOnEachPageAndAnEditionIsNot(t *testing.T) {
	for lang, doc := range map[string]reports.Document{"kk": specimen.Draft("kk"), "en": specimen.Draft("en")} {
		for want, doc := range map[int]reports.Document{1: doc, 0: specimen.Edition(lang)} {
			c := compose(&doc)
			for i, p := range c.flow.pages {
				marks := 0
				for _, it := range append(p.under, p.items...) {
					if tx, ok := it.(*text); ok && tx.elem == draftsMark {
						marks++
						if unbroken(tx.read()) != unbroken(doc.Draft) {
							t.Errorf("%s page %d is marked %q", lang, i+1, tx.read())
						}
					}
				}
				if marks != want {
					t.Errorf("%s page %d has %d marks, want %d", lang, i+1, marks, want)
				}
			}
		}
	}
}

func TestListsNameEveryTableAndFigureWithItsPage(t *testing.T) {
	for _, lang := range specimen.Langs {
		doc := specimen.Edition(lang)
		path := filepath.Join(t.TempDir(), lang+".pdf")
		if err := os.WriteFile(path, drawn(t, doc), 0o600); err != nil {
			t.Fatal(err)
		}
		c := compose(&doc)
		list := strings.Join(strings.Fields(tool(t, "pdftotext", "-f", "3", "-l", "3", "-layout", path, "-")), " ")
		tables, figures := captioned(&doc)
		if len(tables) != 2 || len(figures) != 2 {
			t.Fatalf("%d tables, %d figures", len(tables), len(figures))
		}
		for term, entries := range map[string][]captionEntry{doc.Terms.Table: tables, doc.Terms.Figure: figures} {
			for _, e := range entries {
				want := strings.Join(strings.Fields(numbered(term, e.number)+" "+said(e.caption)), " ") + " " + count("%d", c.flow.dests[e.anchor].page+1)
				if !strings.Contains(list, want) {
					t.Errorf("%s: no %q in %s", lang, want, list)
				}
			}
		}
	}
}
