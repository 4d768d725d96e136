package docx

import (
	"cmp"
	"strconv"
	"strings"

	"gcm/reports"
)

// document writes the body: cover, imprint, contents, sections.
func (b *writer) document() error {
	b.body.raw(`%s<w:document %s><w:body>`, head, namespaces)
	if b.doc.Short {
		b.begin("")
		b.head()
	} else {
		b.cover()
		b.begin("")
		b.imprint()
		b.contents()
	}
	for _, s := range b.doc.Sections {
		if err := b.section(s, 1, false); err != nil {
			return err
		}
	}
	if b.doc.Short {
		b.imprint()
	}
	b.body.raw(`%s</w:body></w:document>`, b.page(""))
	return nil
}

// words is a paragraph of one text.
func (b *writer) words(style, text string) {
	if strings.TrimSpace(text) != "" {
		b.paragraph(style, "", "", reports.Text(text))
	}
}

func (b *writer) cover() {
	c := b.doc.Cover
	b.grid("Cover", 1, func(int) int { return b.width })
	b.body.raw(`<w:tr><w:trPr><w:trHeight w:val="7600" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="%s"/></w:tcPr>`, b.width, deep)
	b.words("CoverState", c.State)
	b.words("Title", c.Title)
	b.words("Subtitle", c.Subtitle)
	b.paragraph("Break", "", "", nil) // a cell ends with a paragraph
	b.body.raw(`</w:tc></w:tr></w:tbl>`)
	b.paragraph("Break", "", `<w:spacing w:before="0" w:after="360"/>`, nil)
	b.words("CoverEdition", c.Edition)
	b.words("CoverEdition", c.Number)
	b.words("CoverEdition", c.Erratum)
	b.words("CoverDraft", b.doc.Draft)
	for _, n := range c.Notice {
		b.words("CoverNotice", n)
	}
	b.body.raw(`<w:p><w:pPr>%s</w:pPr></w:p>`, b.page(`<w:vAlign w:val="top"/>`))
}

// head is the cover of a short document, above its text.
func (b *writer) head() {
	c := b.doc.Cover
	b.words("HeadState", c.State)
	b.words("HeadTitle", c.Title)
	b.words("HeadState", b.doc.Draft)
	b.words("HeadLabel", c.Subtitle)
	for _, s := range append([]string{c.Edition, c.Number, c.Erratum}, c.Notice...) {
		b.words("HeadSmall", s)
	}
}

// imprint says which edition it is; that a file is the published one can be seen
// of its PDF alone, which the text says.
func (b *writer) imprint() {
	i := b.doc.Imprint
	if i == nil {
		return
	}
	b.words("ContentsTitle", i.Title)
	for _, t := range i.Text {
		b.words("BodyText", t)
	}
	for _, f := range append(i.Facts, reports.Fact{Label: i.Hash, Value: i.Snapshot}) {
		b.paragraph("Small", "", "", []reports.Run{{Text: f.Label + ": ", Bold: true}, {Text: f.Value}})
	}
	b.paragraph("Small", "", "", []reports.Run{{Text: i.URL, Link: i.URL}})
}

// contents are fields that the program fills; until then they hold the titles.
func (b *writer) contents() {
	t := b.doc.Terms
	b.list(t.Contents, `TOC \o "1-3" \h \z \u`, b.entries(b.doc.Sections, 1), true)
	var tables, figures []entry
	for _, s := range b.doc.Sections {
		tables, figures = b.captions(s, tables, figures)
	}
	if t.Tables != "" {
		b.list(t.Tables, `TOC \h \z \c "Table"`, tables, false)
	}
	if t.Figures != "" {
		b.list(t.Figures, `TOC \h \z \c "Figure"`, figures, false)
	}
}

// entry is a line of the contents.
type entry struct {
	level      int
	text, mark string
}

func (b *writer) entries(sections []reports.Section, level int) (out []entry) {
	for _, s := range sections {
		if s.Title != "" && level <= 3 {
			out = append(out, entry{level, strings.TrimSpace(s.Number + " " + s.Title), b.anchors[s.ID]})
		}
		out = append(out, b.entries(s.Sections, level+1)...)
	}
	return out
}

// captions lists the tables and figures of a section that stand in no box.
func (b *writer) captions(s reports.Section, tables, figures []entry) (_, _ []entry) {
	for _, block := range s.Blocks {
		switch block := block.(type) {
		case reports.Table:
			if block.Number != "" {
				tables = append(tables, entry{0, numbered(b.doc.Terms.Table, block.Number) + ". " + plain(block.Caption), b.anchors[block.ID]})
			}
		case reports.Figure:
			if block.Number != "" {
				figures = append(figures, entry{0, numbered(b.doc.Terms.Figure, block.Number) + ". " + plain(block.Caption), b.anchors[block.ID]})
			}
		}
	}
	for _, sub := range s.Sections {
		tables, figures = b.captions(sub, tables, figures)
	}
	return tables, figures
}

func plain(runs []reports.Run) string {
	var s strings.Builder
	for _, r := range runs {
		s.WriteString(r.Text)
	}
	return s.String()
}

func (b *writer) list(title, code string, entries []entry, first bool) {
	if len(entries) == 0 {
		return
	}
	if first && b.doc.Imprint != nil {
		b.body.raw(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	}
	b.words("ContentsTitle", title)
	for i, e := range entries {
		style := "TableofFigures"
		if e.level > 0 {
			style = "TOC" + strconv.Itoa(e.level)
		}
		b.body.raw(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
		if i == 0 {
			b.body.raw(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, quoted(code))
		}
		if e.mark != "" {
			b.body.raw(`<w:hyperlink w:anchor="%s" w:history="1">`, e.mark)
		}
		b.body.raw(`<w:r>`)
		b.body.text(e.text)
		b.body.raw(`</w:r>`)
		if e.mark != "" {
			b.body.raw(`<w:r><w:tab/></w:r>`)
			b.body.field(`PAGEREF `+e.mark+` \h`, "", "…")
			b.body.raw(`</w:hyperlink>`)
		}
		if i == len(entries)-1 {
			b.body.raw(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
		}
		b.body.raw(`</w:p>`)
	}
}

// section writes a heading, its blocks and the sections in it. One that lies
// across has its parts across.
func (b *writer) section(s reports.Section, depth int, across bool) error {
	across = across || s.Landscape
	properties := ""
	if chapter := depth == 1 && s.NewPage && !b.doc.Short; chapter || across != b.across {
		named := cmp.Or(s.Short, s.Title)
		if !chapter {
			named = b.heads[len(b.heads)-1].chapter
		}
		b.turn(named, across)
	} else if s.NewPage {
		properties = `<w:pageBreakBefore/>`
	}
	look := depth
	if b.doc.Short { // its title stands above it
		look++
	}
	if title := strings.TrimSpace(s.Number + " " + s.Title); title != "" {
		b.paragraph("Heading"+strconv.Itoa(min(look, 6)), s.ID, properties, reports.Text(title))
	} else {
		b.paragraph("Break", s.ID, properties, nil)
	}
	if err := b.blocks(s.Blocks, place{}); err != nil {
		return err
	}
	for _, sub := range s.Sections {
		if err := b.section(sub, depth+1, across); err != nil {
			return err
		}
	}
	return nil
}

// place is where blocks stand: in which list, in which box.
type place struct {
	level int // of lists in one another, 0 outside
	box   bool
}

func (b *writer) blocks(blocks reports.Blocks, at place) error {
	for _, block := range blocks {
		if err := b.block(block, at); err != nil {
			return err
		}
	}
	return nil
}

func (b *writer) block(block reports.Block, at place) error {
	switch block := block.(type) {
	case reports.Paragraph:
		b.running(block, at, "")
	case reports.List:
		return b.items(block, at)
	case reports.Table:
		b.table(block)
	case reports.Figure:
		return b.figure(block)
	case reports.Callout:
		return b.callout(block, at)
	case reports.Facts:
		b.facts(block)
	}
	return nil
}

// styles of running text.
var styles = map[reports.Style]string{
	reports.Body: "BodyText", reports.Lead: "Lead", reports.Small: "Small", reports.Subhead: "Subhead", reports.Label: "Label",
}

// running writes running text; further says what it has beside its style.
func (b *writer) running(p reports.Paragraph, at place, further string) {
	style := styles[p.Style]
	if style == "" {
		style = styles[reports.Body]
	}
	if at.box && style == styles[reports.Body] {
		style = "BoxText"
	}
	if at.level > 0 {
		style = "ListParagraph"
		further += `<w:ind w:left="` + strconv.Itoa(at.level*360) + `"/>`
	}
	runs := p.Runs
	if p.Lang != "" {
		runs = append([]reports.Run(nil), runs...)
		for i := range runs {
			if runs[i].Lang == "" {
				runs[i].Lang = p.Lang
			}
		}
	}
	b.paragraph(style, "", further, runs)
}

// items writes a list; each has a number of its own, so that it counts from 1.
func (b *writer) items(l reports.List, at place) error {
	b.lists = append(b.lists, l.Ordered)
	number := len(b.lists)
	inner := place{level: min(at.level+1, 9), box: at.box}
	for _, item := range l.Items {
		mark := `<w:numPr><w:ilvl w:val="` + strconv.Itoa(inner.level-1) + `"/><w:numId w:val="` + strconv.Itoa(number) + `"/></w:numPr>`
		rest := item
		if first, ok := firstParagraph(item); ok {
			b.running(first, place{}, "\x00"+mark)
			rest = item[1:]
		} else {
			b.paragraph("ListParagraph", "", mark, nil)
		}
		if err := b.blocks(rest, inner); err != nil {
			return err
		}
	}
	return nil
}

func firstParagraph(blocks reports.Blocks) (reports.Paragraph, bool) {
	if len(blocks) == 0 {
		return reports.Paragraph{}, false
	}
	p, ok := blocks[0].(reports.Paragraph)
	return p, ok
}

// facts set key numbers side by side, at most three in a row.
func (b *writer) facts(f reports.Facts) {
	for from := 0; from < len(f.Items); from += 3 {
		row := f.Items[from:min(from+3, len(f.Items))]
		width := b.width / len(row)
		b.grid("Facts", len(row), func(int) int { return width })
		b.body.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for _, fact := range row {
			b.body.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
			b.paragraph("FactValue", "", "", reports.Text(fact.Value))
			b.paragraph("FactLabel", "", "", reports.Text(fact.Label))
			b.body.raw(`</w:tc>`)
		}
		b.body.raw(`</w:tr></w:tbl>`)
		b.paragraph("Break", "", "", nil)
	}
}

// callout sets blocks in a box: a table of one cell, which may go on over pages.
func (b *writer) callout(c reports.Callout, at place) error {
	style := "BoxNotice"
	if c.Tone == reports.Gap || c.Tone == reports.Invite {
		style = "BoxGap"
	}
	outer := b.width
	b.grid(style, 1, func(int) int { return outer })
	b.body.raw(`<w:tr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, outer)
	b.width = max(outer-480, 1440)
	b.words("BoxTitle", c.Title)
	err := b.blocks(c.Blocks, place{box: true})
	b.width = outer
	b.paragraph("Break", "", "", nil) // a cell ends with a paragraph
	b.body.raw(`</w:tc></w:tr></w:tbl>`)
	b.paragraph("Break", "", "", nil)
	return err
}

// figure writes a caption, the picture and what stands under it.
func (b *writer) figure(f reports.Figure) error {
	b.caption("Figure", b.doc.Terms.Figure, f.ID, f.Number, f.Caption)
	number, width, height, err := b.picture(f)
	if err != nil {
		return err
	}
	const emu = 12700 // to the point
	name := quoted(numbered(b.doc.Terms.Figure, f.Number))
	b.body.raw(`<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="%[3]d" name="%[4]s" descr="%[5]s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="image%[3]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		int(width*emu), int(height*emu), number, name, quoted(f.Alt))
	b.under(f.Notes, f.Source)
	return nil
}

// under writes the notes and the source below a table or a figure.
func (b *writer) under(notes, source []reports.Run) {
	for _, line := range []struct {
		term string
		runs []reports.Run
	}{{b.doc.Terms.Note, notes}, {b.doc.Terms.Source, source}} {
		if len(line.runs) > 0 {
			b.paragraph("TableNote", "", "", append(reports.Text(line.term+": "), line.runs...))
		}
	}
}
