package html_test

import (
	"bytes"
	"strings"
	"testing"

	page "golang.org/x/net/html"

	"gcm/reports/html"
	samples "gcm/reports/pdf/specimen"
)

func TestThePageHasAllWordsAndNeedsNothingElse(t *testing.T) {
	for _, lang := range []string{"kk", "ru", "en"} {
		doc := samples.Edition(lang)
		var b, again bytes.Buffer
		if err := html.Write(&b, doc); err != nil {
			t.Fatal(err)
		}
		if err := html.Write(&again, doc); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Error("written twice, the page has other bytes")
		}
		root, err := page.Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		ids, links := map[string]int{}, []string{}
		for n := range root.Descendants() {
			switch n.Type {
			case page.TextNode:
				if n.Parent.Data == "a" && n.Parent.Parent.Data == "sup" { // the number of a note
					continue
				}
				text.WriteString(n.Data)
			case page.ElementNode:
				if n.Data == "script" || n.Data == "link" || n.Data == "img" || n.Data == "iframe" {
					t.Errorf("the page has <%s>", n.Data)
				}
				for _, a := range n.Attr {
					switch {
					case a.Key == "id":
						ids[a.Val]++
					case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
						links = append(links, a.Val[1:])
					case a.Key == "src" || strings.HasPrefix(a.Key, "on"):
						t.Errorf("<%s> has %s", n.Data, a.Key)
					}
				}
			}
		}
		for _, to := range links {
			if ids[to] != 1 {
				t.Errorf("%s: #%s stands %d times", lang, to, ids[to])
			}
		}
		body, notes := samples.Words(doc)
		for _, words := range [][]string{body, notes} {
			for i := range words {
				words[i] = strings.ToValidUTF8(strings.ReplaceAll(words[i], "\x00", "\ufffd"), "\ufffd")
			}
			if lost := samples.Missing(words, text.String()); lost != "" {
				t.Errorf("%s: lost: %s", lang, lost)
			}
		}
	}
}
