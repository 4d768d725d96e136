package html_test

import (
	"strings"
	"testing"

	page "golang.org/x/net/html"

	"gcm/internal/chart"
	"gcm/reports"
	"gcm/reports/html"
)

// hostile would make an element or an attribute wherever it is written as it is.
const hostile = `"><script>alert(1)</script>' onx='1 <img src=x>`

// specimen has a block of each kind with a text everywhere.
func specimen(word string) (reports.Document, reports.Section) {
	runs := []reports.Run{{Text: word, Bold: true, Italic: true, Lang: word, Link: "https://gcm.example/" + word, Note: reports.Text(word)}}
	doc := reports.Document{Lang: "en", Terms: reports.Terms{Table: "Table %s", Figure: "Figure %s", Note: "Note", Source: "Source"}}
	return doc, reports.Section{ID: word, Number: "1", Title: word, Blocks: reports.Blocks{
		reports.Paragraph{Style: reports.Small, Lang: word, Runs: runs},
		reports.List{Items: []reports.Blocks{{reports.Para(word)}, {reports.Para(word), reports.List{Ordered: true, Items: []reports.Blocks{{reports.Para(word)}}}}}},
		reports.Table{ID: word, Number: word, Caption: runs, Columns: []reports.Column{{Title: word}, {Title: word, Align: reports.Right}},
			Rows:  []reports.Row{{Head: true, Cells: []reports.Cell{{Runs: runs}, {Runs: runs}}}, {ID: word, Cells: []reports.Cell{{Runs: runs}, {Runs: runs}, {Runs: runs}}}},
			Notes: runs, Source: runs},
		reports.Figure{ID: word, Number: word, Caption: runs, Alt: word, Notes: runs, Source: runs, Chart: chart.Chart{Title: word, Unit: word}},
		reports.Callout{Tone: reports.Invite, Title: word, Blocks: reports.Blocks{reports.Para(word)}},
		reports.Facts{Items: []reports.Fact{{Value: word, Label: word}}},
	}, Sections: []reports.Section{{Title: word}}}
}

func written(t *testing.T, f html.Fragment, word string) string {
	t.Helper()
	doc, section := specimen(word)
	var b strings.Builder
	if err := f.Section(&b, doc, section); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNoTextBecomesAnElement(t *testing.T) {
	for _, word := range []string{hostile, "</title></textarea></svg>" + hostile} {
		root, err := page.Parse(strings.NewReader(written(t, html.Fragment{Level: 2}, word)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != page.ElementNode {
				continue
			}
			if n.Data == "script" || n.Data == "img" {
				t.Errorf("a text makes <%s>", n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("<%s> has %s", n.Data, a.Key)
				}
			}
		}
	}
}

func TestEachWordIsWritten(t *testing.T) {
	out := written(t, html.Fragment{}, "zqword")
	var words strings.Builder
	root, err := page.Parse(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == page.TextNode {
			words.WriteString(n.Data)
		}
	}
	// 12 paragraphs of runs with a note each, 12 texts without
	if got := strings.Count(words.String(), "zqword"); got < 34 {
		t.Errorf("the word stands there %d times: %s", got, out)
	}
}

func TestFragmentsOfOnePageDoNotMeet(t *testing.T) {
	drop := func(to string) string {
		if strings.HasPrefix(to, "#") {
			return ""
		}
		return to
	}
	for _, out := range []string{written(t, html.Fragment{Prefix: "kk-", Link: drop}, "x"), written(t, html.Fragment{Prefix: "kk-"}, "x")} {
		root, err := page.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" && !strings.HasPrefix(a.Val, "kk-") || a.Key == "href" && strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "#kk-") {
					t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
				}
			}
		}
	}
}
