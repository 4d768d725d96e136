package specimen

import (
	"fmt"
	"strings"
	"time"

	"gcm/internal/chart"
	"gcm/reports"
)

// Any makes a document of any shape and nesting from bytes, of any words: the
// same bytes and words make the same document.
func Any(shape []byte, words string) reports.Document {
	g := &generator{shape: shape, words: words}
	return g.document()
}

// Words are the words of a document's sections in the order in which a reader
// meets them, pictures told by their alternative text, and apart from them those
// of its footnotes.
func Words(doc reports.Document) (body, notes []string) {
	var w collector
	w.sections(doc.Sections)
	return strings.Fields(w.body.String()), strings.Fields(w.notes.String())
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

// collector collects words.
type collector struct{ body, notes strings.Builder }

func (c *collector) sections(list []reports.Section) {
	for _, s := range list {
		c.say(s.Number, s.Title)
		c.blocks(s.Blocks)
		c.sections(s.Sections)
	}
}

func (c *collector) say(texts ...string) {
	for _, t := range texts {
		c.body.WriteString(t + " ")
	}
}

func (c *collector) runs(runs []reports.Run) {
	for _, r := range runs {
		if r.PageOf == "" {
			c.body.WriteString(r.Text)
		} else { // a number that the writer knows
			c.say("")
		}
		c.note(r.Note)
	}
	c.say("")
}

func (c *collector) note(runs []reports.Run) {
	for _, r := range runs {
		if r.PageOf == "" {
			c.notes.WriteString(r.Text)
		} else {
			c.notes.WriteString(" ")
		}
	}
	if runs != nil {
		c.notes.WriteString(" ")
	}
	for _, r := range runs {
		c.note(r.Note)
	}
}

func (c *collector) blocks(blocks reports.Blocks) {
	for _, b := range blocks {
		switch b := b.(type) {
		case reports.Paragraph:
			c.runs(b.Runs)
		case reports.List:
			for _, item := range b.Items {
				c.blocks(item)
			}
		case reports.Table:
			c.runs(b.Caption)
			for _, column := range b.Columns {
				c.say(column.Title)
			}
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					c.runs(cell.Runs)
				}
			}
			c.runs(b.Notes)
			c.runs(b.Source)
		case reports.Figure:
			c.runs(b.Caption)
			c.say(b.Alt)
			c.runs(b.Notes)
			c.runs(b.Source)
		case reports.Callout:
			c.say(b.Title)
			c.blocks(b.Blocks)
		case reports.Facts:
			for _, f := range b.Items {
				c.say(f.Value, f.Label)
			}
		}
	}
}

// Missing returns the first of the words that does not stand in a text after
// those before it, with the words around it; nothing when all do. Spaces do not
// count.
func Missing(words []string, in string) string {
	rest := strings.Join(strings.Fields(in), "")
	for i, w := range words {
		at := strings.Index(rest, w)
		if at < 0 {
			return strings.Join(words[max(0, i-5):min(len(words), i+3)], " ")
		}
		rest = rest[at+len(w):]
	}
	return ""
}
