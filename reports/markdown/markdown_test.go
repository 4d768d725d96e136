package markdown_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	page "golang.org/x/net/html"

	"gcm/reports"
	"gcm/reports/markdown"
	"gcm/reports/pdf/specimen"
)

// read is the text that a reader of Markdown sees.
func read(t *testing.T, doc reports.Document) (text, source string) {
	t.Helper()
	var b, out bytes.Buffer
	if err := markdown.Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	if err := goldmark.New(goldmark.WithExtensions(extension.Footnote, extension.Table)).Convert(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	root, err := page.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == page.TextNode && !mark(n):
			words.WriteString(n.Data)
		case n.Type == page.ElementNode && (n.Data == "script" || n.Data == "img"):
			t.Errorf("a text makes <%s>", n.Data)
		}
	}
	return words.String(), b.String()
}

// mark reports whether a text is the number of a footnote.
func mark(n *page.Node) bool { return n.Parent.Data == "a" && n.Parent.Parent.Data == "sup" }

func TestAllWordsAreReadInOrder(t *testing.T) {
	for _, lang := range []string{"kk", "ru", "en"} {
		doc := specimen.Edition(lang)
		text, source := read(t, doc)
		body, notes := specimen.Words(doc)
		for _, words := range [][]string{body, notes} {
			for i := range words {
				words[i] = strings.ReplaceAll(words[i], "\x00", "\ufffd")
				words[i] = strings.ToValidUTF8(words[i], "\ufffd")
			}
			if lost := specimen.Missing(words, text); lost != "" {
				t.Errorf("%s: lost: %s", lang, lost)
			}
		}
		for _, want := range []string{"\n# ", "\n## ", "[^1]", "\n[^1]: ", "| --- |", "\n- ", "\n> "} {
			if !strings.Contains("\n"+source, want) {
				t.Errorf("%s: there is no %q", lang, want)
			}
		}
	}
}

func TestNoTextIsTakenForAMark(t *testing.T) {
	for _, word := range []string{"1. one", "- x", "# x", "*a* _b_ `c`", "<script>x</script>", "a | b", "[x](http://y.example)", "![x](y)", "~~x~~", "&amp;", `\`, "+ x", "[^1]", "***", "===", "2) two", "http://a.example"} {
		doc := reports.Document{Sections: []reports.Section{{Title: word, Blocks: reports.Blocks{reports.Para(word), reports.List{Items: []reports.Blocks{{reports.Para(word)}}},
			reports.Table{Columns: []reports.Column{{Title: word}}, Rows: []reports.Row{{Cells: []reports.Cell{{Runs: reports.Text(word)}}}}}, reports.Paragraph{Runs: []reports.Run{{Text: word, Bold: true, Note: reports.Text(word)}}}}}}}
		text, source := read(t, doc)
		if got := strings.Count(text, word); got != 7 {
			t.Errorf("%q is read %d times of 7:\n%s\n%s", word, got, text, source)
		}
	}
}
