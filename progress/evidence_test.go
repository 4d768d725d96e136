package progress_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"gorm.io/gorm"

	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

// archive zips files, name and content by turns; an uncompressed mimetype first
// makes an OpenDocument.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate})
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func office(t testing.TB, part string) []byte {
	return archive(t, "[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.`+part+`.main+xml"/></Types>`, "a.xml", "<a/>")
}

var pdf = []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

func document() progress.Evidence {
	return progress.Evidence{Kind: "legal_act", Title: "Бұйрық", Language: "kk", Dated: "2026-05", FileName: "order.pdf"}
}

func TestFileIsKnownByItsContent(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.started()
	bomb := archive(t, "[Content_Types].xml", "wordprocessingml", "word/document.xml", strings.Repeat("0", 40<<20))
	cyrillic := []byte("\xcf\xf0\xe8\xe2\xe5\xf2") // Windows-1251
	for name, c := range map[string]struct {
		file    string
		body    []byte
		refused string
	}{
		"a PDF":                        {"order.pdf", pdf, ""},
		"a PNG":                        {"a.PNG", []byte("\x89PNG\r\n\x1a\n...."), ""},
		"a JPEG":                       {"a.jpeg", []byte("\xff\xd8\xff\xe0...."), ""},
		"a document":                   {"a.docx", office(t, "wordprocessingml.document"), ""},
		"a workbook":                   {"a.xlsx", office(t, "spreadsheetml.sheet"), ""},
		"slides":                       {"a.pptx", office(t, "presentationml.presentation"), ""},
		"an open document":             {"a.odt", archive(t, "mimetype", "application/vnd.oasis.opendocument.text"), ""},
		"an open workbook":             {"a.ods", archive(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ""},
		"a table":                      {"a.csv", []byte("жыл;мән\n2025;5\n"), ""},
		"a text":                       {"a.txt", []byte("Мәтін"), ""},
		"nothing":                      {"a.pdf", []byte{}, "evidence.error.empty"},
		"too much":                     {"a.pdf", append(pdf, make([]byte, progress.LargestFile)...), "evidence.error.large"},
		"a program called PDF":         {"a.pdf", []byte("MZ\x90\x00\x03\x00\x00\x00"), "evidence.error.type"},
		"a PDF called document":        {"a.docx", pdf, "evidence.error.extension"},
		"a workbook called document":   {"a.docx", office(t, "spreadsheetml.sheet"), "evidence.error.extension"},
		"a document with macros":       {"a.docx", office(t, "wordprocessingml.document.macroEnabled"), "evidence.error.type"},
		"an SVG":                       {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "evidence.error.type"},
		"an SVG called text":           {"a.txt", []byte(` <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "evidence.error.type"},
		"a page called table":          {"a.csv", []byte("<!DOCTYPE html><script>alert(1)</script>"), "evidence.error.type"},
		"a text with zeros":            {"a.txt", []byte("a\x00b"), "evidence.error.type"},
		"a text of another encoding":   {"a.txt", cyrillic, "evidence.error.type"},
		"an archive of anything":       {"a.docx", archive(t, "a.exe", "MZ"), "evidence.error.type"},
		"a broken archive":             {"a.docx", []byte("PK\x03\x04 and no more"), "evidence.error.broken"},
		"an archive that grows beyond": {"a.docx", bomb, "evidence.error.bomb"},
		"a type nobody asked for":      {"a.exe", pdf, "evidence.error.type"},
		"a name without an extension":  {"order", pdf, "evidence.error.type"},
	} {
		d := document()
		d.FileName = c.file
		got, err := h.AddEvidence(t.Context(), h.contributor, e.Code, d, c.body)
		refused := ""
		for _, p := range fault.ProblemsOf(err) {
			refused += p.Key
		}
		if refused != c.refused || (err == nil) != (c.refused == "") {
			t.Errorf("%s: %v, want %q", name, err, c.refused)
		}
		if err == nil && (got.MediaType == "" || got.Size != int64(len(c.body)) || len(got.SHA256) != 64) {
			t.Errorf("%s is kept as %+v", name, got)
		}
	}
}

func TestArchiveOfTooManyFilesIsRefused(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.started()
	var files []string
	for i := range 10_001 {
		files = append(files, strings.Repeat("a", i%40)+string(rune('a'+i%26)), "")
	}
	d := document()
	d.FileName = "a.docx"
	_, err := h.AddEvidence(t.Context(), h.contributor, e.Code, d, archive(t, files...))
	if p := fault.ProblemsOf(err); len(p) != 1 || p[0].Key != "evidence.error.bomb" {
		t.Errorf("got %v", err)
	}
}

func TestNameOfAFileIsMadeHarmless(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.started()
	body := string(pdf)
	for given, want := range map[string]string{
		"../../etc/passwd.pdf":            "passwd.pdf",
		`C:\Users\a\бұйрық.pdf`:           "бұйрық.pdf",
		"a\r\nSet-Cookie: x.pdf":          "aSet-Cookie x.pdf",
		"fdp.\u202exe.pdf":                "fdp.xe.pdf",
		strings.Repeat("ұ", 300) + ".pdf": strings.Repeat("ұ", 116) + ".pdf",
		`"quoted".pdf`:                    "quoted.pdf",
	} {
		d := document()
		d.FileName = given
		body += " "
		got, err := h.AddEvidence(t.Context(), h.contributor, e.Code, d, []byte(body))
		if err != nil || got.FileName != want {
			t.Errorf("%q becomes %q, want %q, %v", given, got.FileName, want, err)
		}
	}
}

func TestLinkLeadsToTheWebAndNowhereElse(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.started()
	for url, good := range map[string]bool{
		"https://adilet.zan.kz/kaz/docs/P1700000602": true, "http://example.kz": true,
		"javascript:alert(1)": false, "data:text/html,x": false, "//example.kz": false, "https://": false, "ftp://example.kz": false, "https://me:word@example.kz": false, "/work": false,
	} {
		link := note
		link.URL = url
		_, err := h.AddEvidence(t.Context(), h.contributor, e.Code, link, nil)
		if good != (err == nil) {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestWhatIsWrongWithEvidenceIsSaidAtOnce(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.started()
	_, err := h.AddEvidence(t.Context(), h.contributor, e.Code, progress.Evidence{Kind: "x", Dated: "2026-13", Language: "??", FileName: "a.pdf"}, pdf[:0])
	var fields []string
	for _, p := range fault.ProblemsOf(err) {
		fields = append(fields, p.Field)
	}
	if got := strings.Join(fields, " "); got != "kind title language dated file" {
		t.Errorf("the problems are with %q", got)
	}
}

func TestSameEvidenceTwiceIsRefused(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		first, err := h.AddEvidence(t.Context(), h.contributor, e.Code, document(), pdf)
		h.must(err)
		if _, err := h.AddEvidence(t.Context(), h.colleague, e.Code, document(), pdf); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the same file gives %v", err)
		}
		h.must(h.RemoveEvidence(t.Context(), h.colleague, first.Code))
		if _, err := h.AddEvidence(t.Context(), h.contributor, e.Code, document(), pdf); err != nil {
			t.Errorf("a file that was taken out cannot come back: %v", err)
		}
		h.files(2 - 1)
	})
}

// files fails when another number of files is kept.
func (h *house) files(want int64) {
	h.t.Helper()
	var n int64
	h.must(h.db.Model(&progress.EvidenceFile{}).Count(&n).Error)
	if n != want {
		h.t.Errorf("%d files are kept, want %d", n, want)
	}
}

func TestEvidenceIsPrivateUntilItIsReleased(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		first, err := h.AddEvidence(t.Context(), h.contributor, e.Code, document(), pdf)
		h.must(err)
		public := func(code string) bool {
			_, body, err := h.EvidenceFile(t.Context(), h.visitor, code)
			if err != nil && fault.KindOf(err) != fault.NotFound {
				t.Error(err)
			}
			return err == nil && bytes.Equal(body, pdf)
		}
		for _, state := range states {
			e = h.bring(e, state)
			if public(first.Code) != (state == objectives.Released) {
				t.Errorf("%s: public is %v", state, public(first.Code))
			}
			if _, _, err := h.EvidenceFile(t.Context(), h.stranger, first.Code); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: another agency gets %v", state, err)
			}
		}
		e = h.reopened(e)
		h.must(h.RemoveEvidence(t.Context(), h.contributor, first.Code))
		second, err := h.AddEvidence(t.Context(), h.contributor, e.Code, document(), append(pdf, ' '))
		h.must(err)
		if !public(first.Code) || public(second.Code) {
			t.Error("while it is mended the public sees what was released, and nothing else")
		}
		e, err = h.Entry(t.Context(), h.contributor, e.Code)
		h.must(err)
		h.bring(e, objectives.Released)
		if list, err := h.Evidence(t.Context(), h.visitor, e.Code); err != nil || len(list) != 1 || list[0].Code != second.Code || list[0].AddedBy != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		if public(first.Code) {
			t.Error("what was taken out is still public")
		}
		h.files(1)
	})
}

func TestDiscardedDraftLeavesNoFile(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		_, err := h.AddEvidence(t.Context(), h.contributor, e.Code, document(), pdf)
		h.must(err)
		h.must(h.Discard(t.Context(), h.contributor, e.Code, e.Version))
		h.files(0)
	})
}

func FuzzSniff(f *testing.F) {
	f.Add("a.docx", office(f, "wordprocessingml.document"))
	f.Add("../a.pdf", pdf)
	f.Add("a\x00.txt", []byte("мәтін"))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		kept, mediaType, _ := progress.Sniff(name, body)
		if utf8.RuneCountInString(kept) > 120 || strings.ContainsAny(kept, "/\\\r\n\x00") || !utf8.ValidString(kept) {
			t.Errorf("%q becomes %q", name, kept)
		}
		if strings.Contains(mediaType, "html") || strings.Contains(mediaType, "svg") {
			t.Errorf("%q is kept as %s", name, mediaType)
		}
	})
}
