package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"gcm/reports"
	"gcm/reports/docx"
	"gcm/reports/pdf/fonts"
	"gcm/reports/pdf/specimen"
)

// written returns the members of the file.
func written(t *testing.T, doc reports.Document) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := parts[f.Name]; twice {
			t.Errorf("the part %s stands twice", f.Name)
		}
		parts[f.Name] = string(body)
	}
	return parts
}

// elements calls do for each element of a part, with the text below it when it
// ends.
func elements(t *testing.T, name, part string, do func(e xml.StartElement)) (text string) {
	t.Helper()
	var b strings.Builder
	in := ""
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local
			do(token)
			if in == "docPr" {
				b.WriteString(value(token, "descr"))
			}
		case xml.EndElement:
			in = ""
			if token.Name.Local == "p" {
				b.WriteString(" ")
			}
		case xml.CharData:
			if in == "t" {
				b.Write(token)
			}
		}
	}
}

func value(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// orders are the children of an element in the order of the schema (ECMA-376, part
// 1, annex A), as far as they are written. Some programs repair a file in which
// they stand otherwise.
var orders = map[string][]string{
	"settings": {"embedTrueTypeFonts", "defaultTabStop", "autoHyphenation", "updateFields", "footnotePr", "compat", "themeFontLang"},
	"pPr":      {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl", "sectPr"},
	"rPr":      {"rStyle", "rFonts", "b", "i", "color", "sz", "szCs", "vertAlign", "lang"},
	"sectPr":   {"headerReference", "footerReference", "type", "pgSz", "pgMar", "vAlign"},
	"tblPr":    {"tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"},
	"tcPr":     {"tcW", "gridSpan", "shd", "textDirection", "vAlign"},
	"style":    {"name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr", "tcPr"},
	"lvl":      {"start", "numFmt", "lvlText", "lvlJc", "pPr"},
	"font":     {"altName", "family", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic"},
}

// ordered holds the elements of a part against the order of the schema.
func ordered(t *testing.T, name, part string) {
	t.Helper()
	type open struct {
		name string
		last int
	}
	var around []open
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if err != nil {
			return // elements tells of it
		}
		switch token := token.(type) {
		case xml.StartElement:
			if n := len(around) - 1; n >= 0 && orders[around[n].name] != nil {
				at := slices.Index(orders[around[n].name], token.Name.Local)
				if at < around[n].last {
					t.Errorf("%s: %s stands in %s where it may not", name, token.Name.Local, around[n].name)
				}
				around[n].last = at
			}
			around = append(around, open{token.Name.Local, 0})
		case xml.EndElement:
			around = around[:len(around)-1]
		}
	}
}

// check holds the rules that word processors repair a file by: well-formed parts,
// relations that lead to a part, names and numbers that are there once.
func check(t *testing.T, parts map[string]string) {
	t.Helper()
	styles, marks, numbers := map[string]bool{}, map[string]int{}, map[string]bool{}
	elements(t, "styles", parts["word/styles.xml"], func(e xml.StartElement) { styles[value(e, "styleId")] = true })
	elements(t, "numbering", parts["word/numbering.xml"], func(e xml.StartElement) { numbers[value(e, "numId")] = true })
	for name, part := range parts {
		if path.Ext(name) == ".png" || path.Ext(name) == ".odttf" {
			continue
		}
		ordered(t, name, part)
		relations := map[string]string{}
		if rels := path.Join(path.Dir(name), "_rels", path.Base(name)+".rels"); parts[rels] != "" {
			elements(t, rels, parts[rels], func(e xml.StartElement) {
				id := value(e, "Id")
				if id == "" {
					return
				}
				if relations[id] != "" {
					t.Errorf("%s: the relation %s stands twice", rels, id)
				}
				relations[id] = value(e, "Target")
				if value(e, "TargetMode") != "External" && parts[path.Join(path.Dir(name), relations[id])] == "" {
					t.Errorf("%s: there is no part %s", rels, relations[id])
				}
			})
		}
		elements(t, name, part, func(e xml.StartElement) {
			switch e.Name.Local {
			case "pStyle", "rStyle", "tblStyle":
				if !styles[value(e, "val")] {
					t.Errorf("%s: there is no style %q", name, value(e, "val"))
				}
			case "numId":
				if !numbers[value(e, "val")] {
					t.Errorf("%s: there is no list %q", name, value(e, "val"))
				}
			case "bookmarkStart":
				marks[value(e, "name")]++
			}
			for _, a := range e.Attr {
				if strings.HasSuffix(a.Name.Space, "officeDocument/2006/relationships") && relations[a.Value] == "" {
					t.Errorf("%s: there is no relation %q", name, a.Value)
				}
			}
		})
	}
	elements(t, "document", parts["word/document.xml"], func(e xml.StartElement) {
		if anchor := value(e, "anchor"); e.Name.Local == "hyperlink" && anchor != "" && marks[anchor] != 1 {
			t.Errorf("the bookmark %s stands %d times", anchor, marks[anchor])
		}
	})
}

// said checks that all words come out in order.
func said(t *testing.T, doc reports.Document, parts map[string]string) {
	t.Helper()
	body, notes := specimen.Words(doc)
	text := elements(t, "document", parts["word/document.xml"], func(xml.StartElement) {})
	if lost := specimen.Missing(body, text); lost != "" {
		t.Errorf("the body loses words: %s", lost)
	}
	if lost := specimen.Missing(notes, elements(t, "footnotes", parts["word/footnotes.xml"], func(xml.StartElement) {})); lost != "" {
		t.Errorf("the notes lose words: %s", lost)
	}
}

func TestSpecimensKeepTheRulesAndTheirWords(t *testing.T) {
	for _, lang := range []string{"kk", "ru", "en"} {
		doc := specimen.Edition(lang)
		for i := range doc.Sections { // letters that XML cannot hold have a test of their own
			doc.Sections[i] = printable(doc.Sections[i])
		}
		parts := written(t, doc)
		check(t, parts)
		said(t, doc, parts)
	}
}

// printable takes the paragraph with rare letters away.
func printable(s reports.Section) reports.Section {
	var kept reports.Blocks
	for _, b := range s.Blocks {
		if p, ok := b.(reports.Paragraph); ok && len(p.Runs) == 1 && strings.Contains(p.Runs[0].Text, "\x00") {
			continue
		}
		kept = append(kept, b)
	}
	s.Blocks = kept
	return s
}

func TestHeadsRepeatRowsHoldTogetherAndCaptionsCount(t *testing.T) {
	parts := written(t, specimen.Rich("kk"))
	body := parts["word/document.xml"]
	for _, want := range []string{"<w:tblHeader/>", "<w:cantSplit/>", ` TOC \o &#34;1-3&#34; \h \z \u `, `SEQ Table \* ARABIC`, `SEQ Figure \* ARABIC`, `w:orient="landscape"`, "<w:footnoteReference ", `<w:lang w:val="en-GB"/>`} {
		if !strings.Contains(body, want) {
			t.Errorf("the document has no %s", want)
		}
	}
	if !strings.Contains(parts["word/footer1.xml"], "NUMPAGES") || !strings.Contains(parts["word/styles.xml"], `<w:lang w:val="kk-KZ"/>`) {
		t.Error("pages are not counted, or the language is not said")
	}
}

func TestTurnedTitleBeginsAboveItsColumn(t *testing.T) {
	table := reports.Table{ID: "t", Columns: []reports.Column{
		{Title: "Objective", Weight: 1}, {Title: "Measures", Weight: 1, Align: reports.Right, Turned: true}, {Title: "Indicators", Weight: 1, Align: reports.Right},
	}}
	parts := written(t, reports.Document{Lang: "en", Sections: []reports.Section{{ID: "s", Title: "S", Blocks: reports.Blocks{table}}}})
	in := parts["word/document.xml"]
	for title, right := range map[string]bool{"Objective": false, "Measures": false, "Indicators": true} {
		at := strings.Index(in, ">"+title+"<")
		if at < 0 {
			t.Fatalf("no %s", title)
		}
		if got := strings.Contains(in[strings.LastIndex(in[:at], "<w:tc>"):at], `<w:jc w:val="right"/>`); got != right {
			t.Errorf("%s stands right: %v", title, got)
		}
	}
}

func TestTypefacesOfTheStylesComeInTheFile(t *testing.T) {
	parts := written(t, specimen.Rich("kk"))
	files, cuts := map[string]string{}, map[string]string{}
	elements(t, "relations", parts["word/_rels/fontTable.xml.rels"], func(e xml.StartElement) { files[value(e, "Id")] = "word/" + value(e, "Target") })
	face := ""
	elements(t, "fonts", parts["word/fontTable.xml"], func(e xml.StartElement) {
		if e.Name.Local == "font" {
			face = strings.ReplaceAll(value(e, "name"), " ", "")
		}
		cut, embedded := strings.CutPrefix(e.Name.Local, "embed")
		if !embedded {
			return
		}
		key, err := hex.DecodeString(strings.NewReplacer("{", "", "}", "", "-", "").Replace(value(e, "fontKey")))
		if err != nil || len(key) != 16 {
			t.Fatal(key, err)
		}
		got := []byte(parts[files[value(e, "id")]])
		for i := range min(len(got), 32) { // the key from its end, twice
			got[i] ^= key[15-i%16]
		}
		want, err := fonts.Read(face + "-" + cut + ".ttf")
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s %s is not the face of the PDF: %d bytes, %v", face, cut, len(got), err)
		}
		cuts[face] += cut + " "
	})
	elements(t, "styles", parts["word/styles.xml"], func(e xml.StartElement) {
		if e.Name.Local != "rFonts" {
			return
		}
		if name := strings.ReplaceAll(value(e, "ascii"), " ", ""); cuts[name] != "Regular Bold Italic BoldItalic " {
			t.Errorf("of %s there are %q", name, cuts[name])
		}
	})
}

func TestShortDocumentHasThePageOfItsPDF(t *testing.T) {
	doc := reports.Document{Lang: "kk", Title: "Анықтама", Short: true, Cover: reports.Cover{State: "Қазақстан Республикасы", Title: "Анықтама"}, Draft: "Жоба", Sections: []reports.Section{{ID: "s", Title: "S", Blocks: reports.Blocks{reports.Para("Мәтін.")}}}}
	short := written(t, doc)
	check(t, short)
	doc.Short = false
	long := written(t, doc)
	for margin, parts := range map[string]map[string]string{`w:left="1120"`: short, `w:left="1640"`: long} {
		if !strings.Contains(parts["word/document.xml"], margin) {
			t.Errorf("no page has %s", margin)
		}
	}
	if short["word/styles.xml"] == long["word/styles.xml"] || !strings.Contains(short["word/document.xml"], `w:val="HeadTitle"`) {
		t.Error("a short document looks like a long one")
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := errors.Join(docx.Write(&a, specimen.Edition("ru")), docx.Write(&b, specimen.Edition("ru"))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("written twice, the file has other bytes")
	}
}

func FuzzWrite(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, "Қазақстан Республикасы & <b>")
	f.Add([]byte{2, 2, 2, 2, 2, 3, 250, 4, 2, 4, 9, 7, 7, 7, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 9, 8, 7, 6, 5, 5, 4, 4, 3}, "-- – — \t\n (\\) %d %s %[9]d ]]>")
	f.Add(bytes.Repeat([]byte{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9}, 20), "көші-қон саясаты")
	f.Add(bytes.Repeat([]byte{2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9}, 20), "x\x00\xffy 😀")
	f.Fuzz(func(t *testing.T, shape []byte, words string) {
		if len(shape) > 400 || len(words) > 400 {
			return
		}
		doc := specimen.Any(shape, words)
		parts := written(t, doc)
		check(t, parts)
		if strings.ContainsAny(words, "%\ue000\ue001") || strings.ToValidUTF8(words, "") != words || strings.ContainsFunc(words, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0xfffe && r <= 0xffff }) {
			return // patterns would not be patterns, and XML has not all letters
		}
		said(t, doc, parts)
	})
}

func TestPagesNameTheirChapterAndDraftsAreMarked(t *testing.T) {
	doc := reports.Document{Lang: "en", Running: "Review of 2026", Terms: reports.Terms{Contents: "Contents"}, Sections: []reports.Section{
		{ID: "one", Title: "A title as long as it likes", Short: "Means", NewPage: true},
		{ID: "two", Title: strings.Repeat("Annex ", 40), NewPage: true, Landscape: true},
	}}
	parts := written(t, doc)
	check(t, parts)
	body := parts["word/document.xml"]
	if cover, _, _ := strings.Cut(body, "</w:sectPr>"); strings.Contains(cover, "headerReference") {
		t.Error("the cover has a head")
	}
	if got := strings.Count(body, "<w:headerReference "); got != 3 { // contents, and two chapters
		t.Errorf("%d kinds of pages have heads", got)
	}
	for name, want := range map[string]string{"word/header2.xml": "<w:t xml:space=\"preserve\">Means</w:t>", "word/header3.xml": "…</w:t>", "word/footer3.xml": `w:pos="14278"`} {
		if !strings.Contains(parts[name], want) || !strings.Contains(parts["word/header1.xml"], doc.Running) || strings.Contains(parts[name], "<w:pict>") {
			t.Errorf("%s: %s", name, parts[name])
		}
	}
	doc.Draft = "Draft & 4 May 2026"
	for _, doc.Short = range []bool{false, true} {
		parts = written(t, doc)
		check(t, parts)
		for name, part := range parts {
			if strings.HasPrefix(name, "word/header") && strings.Count(part, `string="Draft &amp; 4 May 2026"`) != 1 {
				t.Errorf("%s has no mark of the draft: %s", name, part)
			}
			if strings.HasPrefix(name, "word/footer") && !strings.Contains(part, "Draft &amp; 4 May 2026") {
				t.Errorf("%s does not say that it is a draft: %s", name, part)
			}
		}
	}
}
