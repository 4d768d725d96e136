// Package html writes a document as HTML: every text is escaped, there is no
// style and no script in it, and the classes are few, so that the stylesheet of
// whoever shows it decides how it looks.
package html

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"gcm/internal/chart"
	"gcm/reports"
)

// Fragment is how a section is written into a page that has more on it.
type Fragment struct {
	Prefix string              // of every id, so that two fragments stand on one page
	Level  int                 // of the section's own heading, 1 to 6
	Link   func(string) string // what becomes of a link; empty for none. Nil leaves links as they are.
	Width  float64             // of charts, in points; 0 for 480
}

// Section writes a section of a document with those below it, and its footnotes
// after it.
func (f Fragment) Section(w io.Writer, doc reports.Document, s reports.Section) error {
	p := &writer{Fragment: f, lang: doc.Lang, terms: doc.Terms}
	p.section(s, max(1, f.Level))
	p.footnotes()
	_, err := io.WriteString(w, p.b.String())
	return err
}

// Blocks writes blocks of a document, and their footnotes after them.
func (f Fragment) Blocks(w io.Writer, doc reports.Document, blocks reports.Blocks) error {
	p := &writer{Fragment: f, lang: doc.Lang, terms: doc.Terms}
	p.blocks(blocks)
	p.footnotes()
	_, err := io.WriteString(w, p.b.String())
	return err
}

// writer collects the HTML of a fragment.
type writer struct {
	Fragment
	lang  string
	terms reports.Terms
	b     strings.Builder
	notes [][]reports.Run // footnotes so far
}

func (p *writer) raw(format string, args ...any) { fmt.Fprintf(&p.b, format, args...) }

// text writes words; what is no letter becomes the replacement character.
func (p *writer) text(s string) {
	p.b.WriteString(html.EscapeString(strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")))
}

// id is an attribute; nothing for no id.
func (p *writer) id(id string) string {
	if id == "" {
		return ""
	}
	return ` id="` + html.EscapeString(p.Prefix+id) + `"`
}

// foreign is the attribute of a language that differs.
func foreign(lang, around string) string {
	if lang == "" || lang == around {
		return ""
	}
	return ` lang="` + html.EscapeString(lang) + `"`
}

func (p *writer) section(s reports.Section, level int) {
	p.raw("<section%s>\n", p.id(s.ID))
	if s.Title != "" {
		p.raw("<h%d>", min(level, 6))
		if s.Number != "" {
			p.text(s.Number + " ")
		}
		p.text(s.Title)
		p.raw("</h%d>\n", min(level, 6))
	}
	p.blocks(s.Blocks)
	for _, sub := range s.Sections {
		p.section(sub, level+1)
	}
	p.raw("</section>\n")
}

func (p *writer) blocks(blocks reports.Blocks) {
	for _, block := range blocks {
		switch block := block.(type) {
		case reports.Paragraph:
			p.paragraph(block)
		case reports.List:
			p.list(block)
		case reports.Table:
			p.table(block)
		case reports.Figure:
			p.figure(block)
		case reports.Callout:
			p.raw(`<aside class="callout %s">`, html.EscapeString(string(block.Tone)))
			if block.Title != "" {
				p.raw("<p><strong>")
				p.text(block.Title)
				p.raw("</strong></p>\n")
			}
			p.blocks(block.Blocks)
			p.raw("</aside>\n")
		case reports.Facts:
			p.raw("<ul class=\"facts\">")
			for _, fact := range block.Items {
				p.raw("<li><b>")
				p.text(fact.Value)
				p.raw("</b> ")
				p.text(fact.Label)
				p.raw("</li>")
			}
			p.raw("</ul>\n")
		}
	}
}

func (p *writer) paragraph(b reports.Paragraph) {
	class := ""
	if b.Style != reports.Body {
		class = ` class="` + html.EscapeString(string(b.Style)) + `"`
	}
	p.raw("<p%s%s>", class, foreign(b.Lang, p.lang))
	p.runs(b.Runs)
	p.raw("</p>\n")
}

func (p *writer) list(b reports.List) {
	tag := "ul"
	if b.Ordered {
		tag = "ol"
	}
	p.raw("<%s>\n", tag)
	for _, item := range b.Items {
		p.raw("<li>")
		if one, ok := lone(item); ok {
			p.runs(one.Runs)
		} else {
			p.blocks(item)
		}
		p.raw("</li>\n")
	}
	p.raw("</%s>\n", tag)
}

// lone returns the body paragraph that an item consists of.
func lone(blocks reports.Blocks) (reports.Paragraph, bool) {
	if len(blocks) != 1 {
		return reports.Paragraph{}, false
	}
	paragraph, ok := blocks[0].(reports.Paragraph)
	return paragraph, ok && paragraph.Style == reports.Body && paragraph.Lang == ""
}

// captioned writes the number of a table or a figure, and its caption.
func (p *writer) captioned(numbered, number string, caption []reports.Run) {
	if number != "" && numbered != "" {
		p.raw("<b>")
		p.text(fmt.Sprintf(numbered, number) + ". ")
		p.raw("</b>")
	}
	p.runs(caption)
}

// table writes a table; what a row has beyond the columns stands in the last one.
func (p *writer) table(t reports.Table) {
	columns := max(1, len(t.Columns))
	p.raw("<div class=\"table\"%s><table>", p.id(t.ID))
	p.raw("<caption>")
	p.captioned(p.terms.Table, t.Number, t.Caption)
	p.raw("</caption>\n")
	if len(t.Columns) > 0 {
		p.raw("<thead><tr>")
		for _, c := range t.Columns {
			p.raw(`<th scope="col"%s>`, aligned(c.Align))
			p.text(c.Title)
			p.raw("</th>")
		}
		p.raw("</tr></thead>\n")
	}
	p.raw("<tbody>\n")
	for _, row := range t.Rows {
		p.row(t, row, columns)
	}
	p.raw("</tbody></table>\n")
	p.under(t.Notes, t.Source)
	p.raw("</div>\n")
}

func (p *writer) row(t reports.Table, row reports.Row, columns int) {
	p.raw("<tr%s>", p.id(row.ID))
	if row.Head {
		p.raw(`<th scope="rowgroup" colspan="%d">`, columns)
		for i, cell := range row.Cells {
			if i > 0 {
				p.raw("<br>")
			}
			p.runs(cell.Runs)
		}
		p.raw("</th></tr>\n")
		return
	}
	for i := range columns {
		tag, align := "td", ""
		if i < len(t.Columns) {
			align = aligned(t.Columns[i].Align)
		}
		if i == 0 && columns > 1 {
			tag, align = "th", ` scope="row"`
		}
		p.raw("<%s%s>", tag, align)
		if i < len(row.Cells) {
			p.runs(row.Cells[i].Runs)
		}
		for j := columns; i == columns-1 && j < len(row.Cells); j++ {
			p.raw("<br>")
			p.runs(row.Cells[j].Runs)
		}
		p.raw("</%s>", tag)
	}
	p.raw("</tr>\n")
}

func aligned(a reports.Align) string {
	if a == reports.Left {
		return ""
	}
	return ` class="` + html.EscapeString(string(a)) + `"`
}

// under writes the notes and the source below a table or a figure.
func (p *writer) under(notes, source []reports.Run) {
	for _, line := range []struct {
		term string
		runs []reports.Run
	}{{p.terms.Note, notes}, {p.terms.Source, source}} {
		if len(line.runs) > 0 {
			p.raw(`<p class="small">`)
			p.text(line.term + ": ")
			p.runs(line.runs)
			p.raw("</p>\n")
		}
	}
}

func (p *writer) figure(f reports.Figure) {
	width := p.Width
	if width == 0 {
		width = 480
	}
	p.raw("<figure%s><figcaption>", p.id(f.ID))
	p.captioned(p.terms.Figure, f.Number, f.Caption)
	p.raw("</figcaption>\n")
	p.b.WriteString(chart.SVG(f.Chart.Draw(width, chart.NotoSans), p.Prefix+f.ID+"-picture", f.Chart.Title, f.Alt)) // it escapes every text
	p.under(f.Notes, f.Source)
	p.raw("</figure>\n")
}

func (p *writer) runs(runs []reports.Run) {
	for _, r := range runs {
		p.run(r)
	}
}

func (p *writer) run(r reports.Run) {
	open, shut := "", ""
	around := func(tag, attributes string) {
		open, shut = open+"<"+tag+attributes+">", "</"+tag+">"+shut
	}
	if to := p.to(r.Link); to != "" && r.Text != "" {
		around("a", ` href="`+html.EscapeString(to)+`"`)
	}
	if lang := foreign(r.Lang, p.lang); lang != "" {
		around("span", lang)
	}
	if r.Bold {
		around("strong", "")
	}
	if r.Italic {
		around("em", "")
	}
	if r.Text != "" {
		p.b.WriteString(open)
		p.text(r.Text)
		p.b.WriteString(shut)
	}
	if r.Note != nil {
		p.notes = append(p.notes, r.Note)
		n := strconv.Itoa(len(p.notes))
		p.raw(`<sup%s><a href="#%snote-%s">%[3]s</a></sup>`, p.id("mark-"+n), html.EscapeString(p.Prefix), n)
	}
}

// to is where a link leads.
func (p *writer) to(link string) string {
	switch {
	case link == "":
		return ""
	case p.Link != nil:
		return p.Link(link)
	case strings.HasPrefix(link, "#"):
		return "#" + p.Prefix + link[1:]
	}
	return link
}

// footnotes writes the notes that were marked, each with the way back.
func (p *writer) footnotes() {
	if len(p.notes) == 0 {
		return
	}
	p.raw("<ol class=\"notes\">\n")
	for i := 0; i < len(p.notes); i++ { // a note may mark another one
		n := strconv.Itoa(i + 1)
		p.raw("<li%s>", p.id("note-"+n))
		p.runs(p.notes[i])
		p.raw(` <a href="#%smark-%s" aria-label="%s">↩</a></li>`+"\n", html.EscapeString(p.Prefix), n, n)
	}
	p.raw("</ol>\n")
}
