package html

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"gcm/reports"
)

// sheet is the look of a whole document: on screens of any width, in the light
// and in the dark, and on paper.
//
//go:embed document.css
var sheet string

// Write writes the whole document as one page that needs nothing else: no other
// file, no script, no other host. The same document gives the same bytes.
func Write(w io.Writer, doc reports.Document) error {
	p := &writer{Fragment: Fragment{Width: 640}, lang: doc.Lang, terms: doc.Terms}
	p.raw("<!DOCTYPE html>\n<html lang=\"")
	p.text(doc.Lang)
	p.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	for _, m := range [][2]string{{"description", doc.Subject}, {"author", doc.Author}, {"keywords", strings.Join(doc.Keywords, ", ")}} {
		p.raw("<meta name=\"%s\" content=\"", m[0])
		p.text(m[1])
		p.raw("\">\n")
	}
	p.raw("<title>")
	p.text(doc.Title)
	p.raw("</title>\n<style>\n%s</style>\n</head>\n<body>\n", sheet)
	p.cover(doc)
	p.contents(doc)
	p.raw("<main id=\"text\">\n")
	for _, s := range doc.Sections {
		p.section(s, 2)
	}
	p.footnotes()
	p.raw("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, p.b.String())
	return err
}

func (p *writer) line(tag, class, text string) {
	if text == "" {
		return
	}
	p.raw("<%s", tag)
	if class != "" {
		p.raw(` class="%s"`, class)
	}
	p.raw(">")
	p.text(text)
	p.raw("</%s>\n", tag)
}

func (p *writer) cover(doc reports.Document) {
	c := doc.Cover
	p.raw("<header class=\"cover\">\n")
	p.line("p", "state", c.State)
	p.line("h1", "", c.Title)
	p.line("p", "subtitle", c.Subtitle)
	p.line("p", "", c.Edition)
	p.line("p", "", c.Number)
	p.line("p", "", c.Erratum)
	p.line("p", "draft", doc.Draft)
	for _, n := range c.Notice {
		p.line("p", "notice", n)
	}
	if i := doc.Imprint; i != nil {
		p.raw("<section class=\"imprint\">")
		p.line("h2", "", i.Title)
		for _, t := range i.Text {
			p.line("p", "", t)
		}
		p.raw("<dl>\n")
		for _, f := range append(i.Facts, reports.Fact{Label: i.Hash, Value: i.Snapshot}) {
			p.line("dt", "", f.Label)
			p.line("dd", "", f.Value)
		}
		p.raw("</dl>\n<p>")
		p.run(reports.Run{Text: i.URL, Link: i.URL})
		p.raw("</p></section>\n")
	}
	p.raw("</header>\n")
}

// contents lists the sections, then the tables and the figures where the document
// asks for it.
func (p *writer) contents(doc reports.Document) {
	if len(doc.Sections) == 0 || doc.Short {
		return
	}
	p.raw("<nav class=\"contents\" aria-labelledby=\"contents\">\n<h2 id=\"contents\">")
	p.text(doc.Terms.Contents)
	p.raw("</h2>\n")
	p.entries(doc.Sections)
	p.raw("</nav>\n")
	var tables, figures []numbered
	for _, s := range doc.Sections {
		tables, figures = captioned(s, tables, figures)
	}
	p.captions("tables", doc.Terms.Tables, doc.Terms.Table, tables)
	p.captions("figures", doc.Terms.Figures, doc.Terms.Figure, figures)
}

func (p *writer) entries(sections []reports.Section) {
	if len(sections) == 0 {
		return
	}
	p.raw("<ol>\n")
	for _, s := range sections {
		p.raw("<li>")
		title := reports.Run{Text: strings.TrimSpace(s.Number + " " + s.Title)}
		if s.ID != "" {
			title.Link = "#" + s.ID
		}
		p.run(title)
		p.entries(s.Sections)
		p.raw("</li>\n")
	}
	p.raw("</ol>\n")
}

// numbered is a table or a figure in its list.
type numbered struct {
	id, number string
	caption    []reports.Run
}

func captioned(s reports.Section, tables, figures []numbered) (_, _ []numbered) {
	for _, block := range s.Blocks {
		switch block := block.(type) {
		case reports.Table:
			tables = append(tables, numbered{block.ID, block.Number, block.Caption})
		case reports.Figure:
			figures = append(figures, numbered{block.ID, block.Number, block.Caption})
		}
	}
	for _, sub := range s.Sections {
		tables, figures = captioned(sub, tables, figures)
	}
	return tables, figures
}

func (p *writer) captions(id, title, pattern string, list []numbered) {
	if title == "" || len(list) == 0 {
		return
	}
	p.raw("<nav class=\"contents\" aria-labelledby=\"%s\">\n<details><summary><h2 id=\"%[1]s\">", id)
	p.text(title)
	p.raw("</h2></summary>\n<ol>\n")
	for _, n := range list {
		text := ""
		for _, r := range n.caption {
			text += r.Text
		}
		if n.number != "" && pattern != "" {
			text = fmt.Sprintf(pattern, n.number) + ". " + text
		}
		p.raw("<li>")
		p.run(reports.Run{Text: text, Link: "#" + n.id})
		p.raw("</li>\n")
	}
	p.raw("</ol>\n</details>\n</nav>\n")
}
