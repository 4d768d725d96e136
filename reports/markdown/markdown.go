// Package markdown writes a document as Markdown with tables and footnotes, for
// people and programs that want its words. Pictures are told in words.
package markdown

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"gcm/reports"
)

// Write writes the document. The same document gives the same bytes.
func Write(w io.Writer, doc reports.Document) error {
	p := &writer{terms: doc.Terms}
	c := doc.Cover
	p.paragraph(escaped(c.State))
	p.heading(1, c.Title)
	for _, line := range append([]string{c.Subtitle, c.Edition, c.Number, c.Erratum, doc.Draft}, c.Notice...) {
		p.paragraph(escaped(line))
	}
	if i := doc.Imprint; i != nil {
		p.heading(2, i.Title)
		for _, t := range i.Text {
			p.paragraph(escaped(t))
		}
		for _, f := range append(i.Facts, reports.Fact{Label: i.Hash, Value: i.Snapshot}) {
			p.paragraph("**" + escaped(f.Label) + "**: " + escaped(f.Value))
		}
		p.paragraph(p.run(reports.Run{Text: i.URL, Link: i.URL}))
	}
	for _, s := range doc.Sections {
		p.section(s, 2)
	}
	for i := 0; i < len(p.notes); i++ { // a note may mark another one
		p.paragraph("[^" + strconv.Itoa(i+1) + "]: " + p.runs(p.notes[i]))
	}
	_, err := io.WriteString(w, strings.TrimLeft(p.b.String(), "\n"))
	return err
}

type writer struct {
	terms  reports.Terms
	b      strings.Builder
	prefix string // of every line: in lists and quotes
	first  string // of the next line alone: an item's mark
	notes  [][]reports.Run
}

// paragraph writes one line of text after an empty one.
func (p *writer) paragraph(text string) {
	if strings.TrimSpace(text) == "" && p.first == "" {
		return
	}
	p.lines(strings.TrimSpace(text))
}

// lines writes lines that belong together after an empty one.
func (p *writer) lines(lines ...string) {
	p.b.WriteString(strings.TrimRight(p.prefix, " ") + "\n")
	for _, line := range lines {
		prefix := p.prefix
		if p.first != "" {
			prefix, p.first = p.first, ""
		}
		p.b.WriteString(prefix + line + "\n")
	}
}

func (p *writer) heading(level int, text string) {
	if text = strings.TrimSpace(text); text != "" {
		p.lines(strings.Repeat("#", min(level, 6)) + " " + escaped(text))
	}
}

func (p *writer) section(s reports.Section, level int) {
	p.anchor(s.ID)
	p.heading(level, s.Number+" "+s.Title)
	p.blocks(s.Blocks)
	for _, sub := range s.Sections {
		p.section(sub, level+1)
	}
}

// anchor makes links of the document lead to their place.
func (p *writer) anchor(id string) {
	if plain(id) {
		p.lines(`<a id="` + id + `"></a>`)
	}
}

// plain reports whether an anchor can stand in Markdown as it is.
func plain(id string) bool {
	return id != "" && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

func (p *writer) blocks(blocks reports.Blocks) {
	for _, block := range blocks {
		switch block := block.(type) {
		case reports.Paragraph:
			text := p.runs(block.Runs)
			if strings.TrimSpace(text) != "" && (block.Style == reports.Subhead || block.Style == reports.Label) {
				text = "**" + strings.TrimSpace(p.bare(block.Runs)) + "**"
			}
			p.paragraph(text)
		case reports.List:
			p.list(block)
		case reports.Table:
			p.table(block)
		case reports.Figure:
			p.anchor(block.ID)
			p.paragraph(p.captioned(p.terms.Figure, block.Number, block.Caption))
			p.paragraph(escaped(block.Alt))
			p.under(block.Notes, block.Source)
		case reports.Callout:
			outer := p.prefix
			p.b.WriteString(strings.TrimRight(outer, " ") + "\n") // a box of its own
			p.prefix += "> "
			if block.Title != "" {
				p.paragraph("**" + escaped(strings.TrimSpace(block.Title)) + "**")
			}
			p.blocks(block.Blocks)
			p.prefix = outer
		case reports.Facts:
			for _, f := range block.Items {
				p.paragraph("**" + escaped(f.Value) + "** " + escaped(f.Label))
			}
		}
	}
}

// list writes items; what follows an item's first line stands further in.
func (p *writer) list(l reports.List) {
	outer := p.prefix
	for i, item := range l.Items {
		mark := "- "
		if l.Ordered {
			mark = strconv.Itoa(i+1) + ". "
		}
		if p.first != "" { // a list that begins an item
			p.paragraph("")
		}
		p.first, p.prefix = outer+mark, outer+strings.Repeat(" ", len(mark))
		p.blocks(item)
		if p.first != "" {
			p.paragraph("")
		}
		p.prefix = outer
	}
}

func (p *writer) captioned(pattern, number string, caption []reports.Run) string {
	text := p.runs(caption)
	if pattern != "" && number != "" {
		text = "**" + escaped(fmt.Sprintf(pattern, number)) + ".** " + text
	}
	return text
}

// table writes a table; cells beyond its columns stand in the last one.
func (p *writer) table(t reports.Table) {
	p.anchor(t.ID)
	p.paragraph(p.captioned(p.terms.Table, t.Number, t.Caption))
	columns := max(1, len(t.Columns))
	heads, rules := make([]string, columns), make([]string, columns)
	for i := range columns {
		rules[i] = "---"
		if i >= len(t.Columns) {
			continue
		}
		heads[i] = strings.TrimSpace(escaped(t.Columns[i].Title))
		switch t.Columns[i].Align {
		case reports.Right:
			rules[i] = "---:"
		case reports.Center:
			rules[i] = ":---:"
		}
	}
	lines := []string{"| " + strings.Join(heads, " | ") + " |", "| " + strings.Join(rules, " | ") + " |"}
	for _, row := range t.Rows {
		cells := make([]string, columns)
		for i, c := range row.Cells {
			text, at := p.runs(c.Runs), min(i, columns-1)
			if row.Head {
				text, at = strings.TrimSpace(text), 0
				if text != "" {
					text = "**" + strings.TrimSpace(p.bare(c.Runs)) + "**"
				}
			}
			if cells[at] != "" {
				cells[at] += "<br>"
			}
			cells[at] += strings.TrimSpace(text)
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
	}
	if p.first != "" {
		p.paragraph("")
	}
	p.lines(lines...)
	p.under(t.Notes, t.Source)
}

func (p *writer) under(notes, source []reports.Run) {
	if len(notes) > 0 {
		p.paragraph(escaped(p.terms.Note) + ": " + p.runs(notes))
	}
	if len(source) > 0 {
		p.paragraph(escaped(p.terms.Source) + ": " + p.runs(source))
	}
}

func (p *writer) runs(runs []reports.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(p.run(r))
	}
	return b.String()
}

// bare are runs that stand within bold marks: their notes after them.
func (p *writer) bare(runs []reports.Run) string {
	var b strings.Builder
	for _, r := range runs {
		r.Bold, r.Italic = false, false
		b.WriteString(p.run(r))
	}
	return b.String()
}

// run writes a stretch of text; marks stand at its words, not at spaces.
func (p *writer) run(r reports.Run) string {
	words := strings.TrimSpace(r.Text)
	out := escaped(r.Text)
	if words != "" {
		marks := ""
		if r.Bold {
			marks += "**"
		}
		if r.Italic {
			marks += "*"
		}
		inner := marks + escaped(words) + marks
		if to, ok := target(r.Link); ok {
			inner = "[" + inner + "](" + to + ")"
		}
		before, after, _ := strings.Cut(r.Text, words)
		out = escaped(before) + inner + escaped(after)
	}
	if r.Note != nil {
		p.notes = append(p.notes, r.Note)
		out += "[^" + strconv.Itoa(len(p.notes)) + "]"
	}
	return out
}

// target is an address as it stands in a link.
func target(link string) (string, bool) {
	if anchor, inside := strings.CutPrefix(link, "#"); inside {
		return link, plain(anchor)
	}
	if link == "" {
		return "", false
	}
	return "<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "", "\r", "", "|", "%7C", `\`, "%5C").Replace(link) + ">", true
}

// marks are the letters that Markdown could take for its own.
var marks = func() *strings.Replacer {
	pairs := []string{"\n", " ", "\r", " ", "\t", " ", "\x00", "\ufffd"}
	for _, r := range "\\`*_{}[]<>#+-!|~&$^=" {
		pairs = append(pairs, string(r), `\`+string(r))
	}
	return strings.NewReplacer(pairs...)
}()

// escaped is a text that is read as it is. A number with a full stop could begin
// a list.
func escaped(s string) string {
	s = marks.Replace(strings.ToValidUTF8(s, "\ufffd"))
	digits := strings.TrimLeft(s, " ")
	rest := strings.TrimLeft(digits, "0123456789")
	if rest != digits && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ")")) {
		s = s[:len(s)-len(rest)] + `\` + rest
	}
	return s
}
