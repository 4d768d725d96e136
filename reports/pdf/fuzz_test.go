package pdf

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"gcm/internal/chart"
	"gcm/reports"
)

// FuzzWrite draws documents of any text, any shape and any nesting: none may
// panic, none may be refused, and no text may run off the foot of its page.
func FuzzWrite(f *testing.F) {
	f.Add([]byte{}, "")
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, "Қазақстан Республикасы — 😀\x00\xff\u00ad\u200b")
	f.Add([]byte{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, "суперпозиционированный https://example.org/a/b")
	f.Add([]byte{4, 250, 4, 2, 4, 9, 7, 7, 7, 1, 2, 3, 4, 5, 6}, "-- – — \t\n\r (\\) %d %s %[9]d")
	f.Add([]byte{6, 1, 6, 2, 6, 3, 0, 6, 0, 3, 3, 3, 3, 3, 3, 3, 3}, "\u0301\u0301и\u0306 \ud7ff \uffff ا")
	random := rand.New(rand.NewPCG(1, 2))
	for range 24 {
		shape := make([]byte, 300)
		for i := range shape {
			shape[i] = byte(random.Uint32())
		}
		f.Add(shape, "көші-қон саясаты, 2019–2021: https://stat.gov.kz/kk/ "+strings.Repeat("суперпозиция", random.IntN(30)))
	}
	f.Fuzz(func(t *testing.T, shape []byte, words string) {
		if len(shape) > 400 || len(words) > 600 {
			return // long inputs find nothing that short ones don't
		}
		g := &generator{shape: shape, words: words}
		doc := g.document()
		c := compose(&doc)
		for i, p := range c.flow.pages {
			for _, tx := range p.texts() {
				if tx.y > p.height-p.bottom+0.5 && !p.bare || tx.y > p.height || tx.y < 0 {
					t.Errorf("page %d of %.0f by %.0f: %q at %.1f", i+1, p.width, p.height, tx.read(), tx.y)
				}
			}
		}
		if err := emit(io.Discard, c); err != nil {
			t.Fatal(err)
		}
		for i, e := range c.tree {
			if e.Role == roleFigure && e.Alt == "" || i > 1 && (e.Parent < 1 || e.Parent >= i) {
				t.Errorf("element %d: %+v", i, e)
			}
		}
	})
}

// generator makes a document from bytes.
type generator struct {
	shape []byte
	words string
	ids   int
}

// next is the next byte, below n.
func (g *generator) next(n int) int {
	if len(g.shape) == 0 {
		return 0
	}
	b := g.shape[0]
	g.shape = g.shape[1:]
	return int(b) % n
}

// text is a part of the words, from nothing to many times the whole.
func (g *generator) text() string {
	switch g.next(5) {
	case 0:
		return ""
	case 1:
		return g.words[:g.next(256)*len(g.words)/256]
	case 2:
		long := ""
		for range g.next(12) {
			long += g.words
		}
		return long
	}
	return g.words
}

func (g *generator) id() string {
	g.ids++
	return fmt.Sprint("id", g.next(3)*g.ids)
}

func (g *generator) runs(depth int) []reports.Run {
	var out []reports.Run
	for range g.next(4) {
		r := reports.Run{Text: g.text(), Bold: g.next(2) == 1, Italic: g.next(2) == 1}
		switch g.next(6) {
		case 1:
			r.Link = "#id0"
		case 2:
			r.Link = "https://" + g.words
		case 3:
			r.PageOf = "id0"
		case 4:
			if depth < 2 {
				r.Note = g.runs(depth + 1)
			}
		case 5:
			r.Lang = [...]string{"kk", "ru", "en", g.words}[g.next(4)]
		}
		out = append(out, r)
	}
	return out
}

func (g *generator) blocks(depth int) []reports.Block {
	var out []reports.Block
	for range g.next(5) {
		if len(g.shape) == 0 {
			break
		}
		switch g.next(7) {
		case 1:
			if depth < 4 {
				l := reports.List{Ordered: g.next(2) == 1}
				for range g.next(4) {
					l.Items = append(l.Items, g.blocks(depth+1))
				}
				out = append(out, l)
			}
		case 2:
			out = append(out, g.table())
		case 3:
			out = append(out, reports.Figure{ID: g.id(), Number: g.text(), Caption: g.runs(0), Alt: g.text(), Notes: g.runs(0), Source: g.runs(1),
				Chart: chart.Chart{Kind: [...]chart.Kind{chart.Line, chart.Columns, chart.Bars, ""}[g.next(4)], Lang: "kk", Unit: g.text(), Series: []chart.Series{
					{Name: g.text(), Points: []chart.Point{{Label: g.text(), At: 2019, Value: float64(g.next(256)), Text: g.text()}, {At: 2020, Missing: g.next(2) == 1}}}}}})
		case 4:
			if depth < 4 {
				out = append(out, reports.Callout{Tone: reports.Gap, Title: g.text(), Blocks: g.blocks(depth + 1)})
			}
		case 5:
			facts := reports.Facts{}
			for range g.next(7) {
				facts.Items = append(facts.Items, reports.Fact{Value: g.text(), Label: g.text()})
			}
			out = append(out, facts)
		default:
			styles := [...]reports.Style{reports.Body, reports.Lead, reports.Small, reports.Subhead, "other"}
			out = append(out, reports.Paragraph{Style: styles[g.next(5)], Lang: [...]string{"", "en", "kk"}[g.next(3)], Runs: g.runs(0)})
		}
	}
	return out
}

func (g *generator) table() reports.Table {
	t := reports.Table{ID: g.id(), Number: g.text(), Caption: g.runs(0), Notes: g.runs(0), Source: g.runs(0), Compact: g.next(2) == 1}
	for range g.next(9) {
		t.Columns = append(t.Columns, reports.Column{Title: g.text(), Weight: float64(g.next(5)) - 1, Turned: g.next(3) == 1,
			Align: [...]reports.Align{reports.Left, reports.Right, reports.Center}[g.next(3)]})
	}
	for range g.next(30) {
		row := reports.Row{ID: g.id(), Head: g.next(5) == 1}
		for range g.next(10) {
			row.Cells = append(row.Cells, reports.Cell{Runs: g.runs(0)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (g *generator) sections(depth int) []reports.Section {
	var out []reports.Section
	for range g.next(4) {
		s := reports.Section{ID: g.id(), Number: g.text(), Title: g.text(), Short: g.text(), Landscape: g.next(3) == 1, NewPage: g.next(2) == 1, Blocks: g.blocks(0)}
		if depth < 7 {
			s.Sections = g.sections(depth + 1)
		}
		out = append(out, s)
	}
	return out
}

func (g *generator) document() reports.Document {
	doc := reports.Document{
		Lang: [...]string{"kk", "ru", "en", "", g.words}[g.next(5)], Title: g.text(), Subject: g.text(), Author: g.text(), Keywords: []string{g.text(), g.text()},
		Date: time.Unix(int64(g.next(256)), 0), Running: g.text(),
		Cover:    reports.Cover{State: g.text(), Title: g.text(), Subtitle: g.text(), Edition: g.text(), Notice: []string{g.text(), g.text()}},
		Terms:    reports.Terms{Contents: g.text(), Page: g.text(), Table: g.text(), Figure: g.text(), Source: g.text(), Note: g.text(), Continued: g.text(), PageOf: g.text()},
		Sections: g.sections(0),
	}
	doc.Terms.Tables, doc.Terms.Figures = g.text(), g.text()
	doc.Cover.Number, doc.Cover.Erratum, doc.Draft = g.text(), g.text(), g.text()
	for range g.next(3) {
		doc.Attachments = append(doc.Attachments, reports.Attachment{Name: g.text(), MIME: g.text(), Description: g.text(), Data: []byte(g.text())})
	}
	if g.next(2) == 1 {
		doc.Imprint = &reports.Imprint{Document: g.text(), Edition: g.next(4), Snapshot: g.text(), URL: "https://" + g.text(), Title: g.text(),
			Text: []string{g.text()}, Facts: []reports.Fact{{Value: g.text(), Label: g.text()}}, Hash: g.text(), Scan: g.text()}
	}
	return doc
}
