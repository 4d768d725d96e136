package docx

import (
	"fmt"
	"slices"
)

// The colours of the PDF.
const (
	ink    = "1B1F24"
	deep   = "12395B" // headings
	accent = "A8571C"
	muted  = "56616B" // notes, running heads
	rule   = "C9D1D8"
	wash   = "F1F4F7" // behind heads
	warm   = "FBF4EA" // behind gaps and invitations
	paper  = "FFFFFF"
	pale   = "C8D6E3" // secondary text on the cover's blue
)

// look of a style: sizes in half points, spaces in twentieths of a point.
type styled struct {
	id, name, based, next string
	paragraph             string
	sans, bold            bool
	size                  int
	color                 string
}

// The sizes and spaces of the PDF, as far as word processors have them.
var paragraphStyles = []styled{
	{id: "BodyText", name: "Body Text", paragraph: spaced(0, 140, 296), size: 21},
	{id: "Lead", name: "Lead", based: "BodyText", next: "BodyText", paragraph: spaced(0, 220, 360), size: 25, color: deep},
	{id: "Small", name: "Small", based: "BodyText", paragraph: spaced(0, 140, 220), sans: true, size: 16, color: muted},
	{id: "Subhead", name: "Subhead", based: "BodyText", next: "BodyText", paragraph: `<w:keepNext/>` + spaced(260, 80, 280), sans: true, bold: true, size: 20, color: accent},
	{id: "Label", name: "Label", based: "BodyText", next: "BodyText", paragraph: `<w:keepNext/>` + spaced(160, 70, 260), sans: true, bold: true, size: 18},
	{id: "ListParagraph", name: "List Paragraph", based: "BodyText", paragraph: spaced(0, 70, 296)},
	{id: "BoxText", name: "Box Text", based: "BodyText", paragraph: spaced(0, 70, 264), sans: true, size: 18},
	{id: "Caption", name: "caption", based: "BodyText", paragraph: `<w:keepNext/><w:keepLines/>` + spaced(240, 80, 248), sans: true, size: 18},
	{id: "TableText", name: "Table Text", paragraph: `<w:spacing w:before="20" w:after="20"/>`, sans: true, size: 17},
	{id: "TableSmall", name: "Table Text Small", based: "TableText", size: 14},
	{id: "TableNote", name: "Table Note", paragraph: `<w:keepLines/><w:spacing w:before="60" w:after="20"/>`, sans: true, size: 16, color: muted},
	{id: "Picture", name: "Picture", paragraph: `<w:keepNext/><w:spacing w:before="40" w:after="40"/>`},
	{id: "Break", name: "Break", paragraph: `<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>`, size: 8},
	{id: "BoxTitle", name: "Box Title", next: "BodyText", paragraph: `<w:keepNext/><w:spacing w:before="60" w:after="40"/>`, sans: true, bold: true, size: 19, color: accent},
	{id: "FactValue", name: "Fact Value", next: "FactLabel", paragraph: `<w:keepNext/><w:spacing w:before="80" w:after="0"/>`, sans: true, bold: true, size: 40, color: deep},
	{id: "FactLabel", name: "Fact Label", paragraph: `<w:spacing w:before="0" w:after="80"/>`, sans: true, size: 17, color: muted},
	{id: "CoverState", name: "Cover State", paragraph: `<w:spacing w:before="1600" w:after="1200"/>`, sans: true, size: 24, color: paper},
	{id: "Title", name: "Title", paragraph: `<w:spacing w:before="0" w:after="360"/>`, bold: true, size: 56, color: paper},
	{id: "Subtitle", name: "Subtitle", paragraph: `<w:spacing w:before="0" w:after="600"/>`, size: 26, color: pale},
	{id: "CoverEdition", name: "Cover Edition", paragraph: `<w:spacing w:before="0" w:after="120"/>`, sans: true, size: 22},
	{id: "CoverDraft", name: "Cover Draft", paragraph: `<w:spacing w:before="120" w:after="120"/>`, sans: true, bold: true, size: 28, color: accent},
	{id: "CoverNotice", name: "Cover Notice", paragraph: `<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="` + accent + `"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="` + warm + `"/><w:spacing w:before="0" w:after="120"/><w:ind w:left="240"/>`, sans: true, size: 19},
	{id: "ContentsTitle", name: "Contents Title", next: "BodyText", paragraph: `<w:keepNext/><w:spacing w:before="360" w:after="200"/>`, bold: true, size: 40, color: deep},
	{id: "TOC1", name: "toc 1", paragraph: tabbed(0, 300, 120), sans: true, bold: true, size: 20},
	{id: "TOC2", name: "toc 2", paragraph: tabbed(300, 480, 20), sans: true, size: 19},
	{id: "TOC3", name: "toc 3", paragraph: tabbed(780, 600, 0), sans: true, size: 18, color: muted},
	{id: "TableofFigures", name: "table of figures", paragraph: tabbed(0, 300, 40), sans: true, size: 18},
	{id: "Header", name: "header", paragraph: `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="` + rule + `"/></w:pBdr>`, sans: true, size: 15, color: muted},
	{id: "Footer", name: "footer", sans: true, size: 15, color: muted},
	{id: "FootnoteText", name: "footnote text", paragraph: spaced(0, 20, 224), size: 17},
}

// shortStyles are those that a short document has in their place; its head has some
// of its own.
var shortStyles = []styled{
	{id: "BodyText", name: "Body Text", paragraph: spaced(0, 140, 268), size: 20},
	{id: "ListParagraph", name: "List Paragraph", based: "BodyText", paragraph: spaced(0, 70, 268)},
	{id: "HeadState", name: "Head State", paragraph: spaced(0, 0, 260), sans: true, bold: true, size: 19, color: accent},
	{id: "HeadTitle", name: "Head Title", paragraph: spaced(40, 120, 480), bold: true, size: 38, color: deep},
	{id: "HeadLabel", name: "Head Label", paragraph: spaced(0, 0, 260), sans: true, bold: true, size: 18},
	{id: "HeadSmall", name: "Head Small", paragraph: spaced(30, 0, 220), sans: true, size: 16, color: muted},
}

// spaced are the spaces before and after a paragraph and the least height of its
// lines.
func spaced(before, after, line int) string {
	return fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="atLeast"/>`, before, after, line)
}

// headings, from the chapter's.
var headings = []styled{
	{size: 46, paragraph: spaced(240, 320, 580)},
	{size: 29, paragraph: spaced(480, 120, 380), sans: true},
	{size: 23, paragraph: spaced(360, 80, 310), sans: true},
	{size: 21, paragraph: spaced(280, 60, 290), sans: true},
	{size: 21, paragraph: spaced(280, 60, 290), sans: true},
	{size: 21, paragraph: spaced(280, 60, 290), sans: true},
}

// shortSection is the space around the title of a section of a short document.
var shortSection = spaced(280, 120, 380)

// own are the styles of running text in the document.
func (b *writer) own() []styled {
	if !b.doc.Short {
		return paragraphStyles
	}
	own := slices.Clone(paragraphStyles)
	for _, s := range shortStyles {
		if i := slices.IndexFunc(own, func(o styled) bool { return o.id == s.id }); i >= 0 {
			own[i] = s
		} else {
			own = append(own, s)
		}
	}
	return own
}

// tabbed is a line of the contents: its page stands at the end of the line, and
// what a line has no room for hangs below its title.
func tabbed(left, hanging, before int) string {
	var m markup
	m.raw(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:spacing w:before="%d" w:after="20"/><w:ind w:left="%d" w:right="600" w:hanging="%d"/>`, upright.span(), before, left+hanging, hanging)
	return m.String()
}

func (b *writer) styles() string {
	var m markup
	m.raw(`%s<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Serif" w:hAnsi="Noto Serif" w:eastAsia="Noto Serif" w:cs="Noto Serif"/><w:color w:val="%s"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="%s"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`, head, namespaces, ink, quoted(tag(b.doc.Lang)))
	m.raw(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for i, h := range headings {
		if i == 1 && b.doc.Short {
			h.paragraph = shortSection
		}
		m.raw(`<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %[1]d"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:suppressAutoHyphens/>%s<w:outlineLvl w:val="%d"/></w:pPr><w:rPr>`, i+1, h.paragraph, i)
		h.bold, h.color = true, deep
		m.letters(h)
		m.raw(`</w:rPr></w:style>`)
	}
	for _, s := range b.own() {
		m.style(s)
	}
	m.raw(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="%s"/></w:rPr></w:style>`, deep)
	m.raw(`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	m.raw(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	m.raw(`<w:style w:type="table" w:styleId="Table"><w:name w:val="Review Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="%s"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="%[1]s"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="%s"/></w:tblBorders></w:tblPr></w:style>`, deep, rule)
	m.raw(`<w:style w:type="table" w:styleId="Facts"><w:name w:val="Review Facts"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="%s"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="%[1]s"/></w:tblBorders></w:tblPr></w:style>`, deep)
	m.raw(`<w:style w:type="table" w:styleId="Cover"><w:name w:val="Review Cover"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="36" w:space="0" w:color="%s"/></w:tblBorders><w:tblCellMar><w:left w:w="400" w:type="dxa"/><w:right w:w="400" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`, accent)
	for _, box := range []struct{ id, name, fill, bar string }{{"BoxNotice", "Review Notice", wash, deep}, {"BoxGap", "Review Gap", warm, accent}} {
		m.raw(`<w:style w:type="table" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:left w:val="single" w:sz="24" w:space="0" w:color="%s"/></w:tblBorders><w:tblCellMar><w:top w:w="80" w:type="dxa"/><w:left w:w="200" w:type="dxa"/><w:bottom w:w="80" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="%s"/></w:tcPr></w:style>`, box.id, box.name, box.bar, box.fill)
	}
	m.raw(`</w:styles>`)
	return m.String()
}

func (m *markup) style(s styled) {
	based, next := s.based, s.next
	if based == "" {
		based = "Normal"
	}
	if next == "" {
		next = s.id
	}
	m.raw(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/><w:next w:val="%s"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>`, s.id, s.name, based, next, s.paragraph)
	m.letters(s)
	m.raw(`</w:rPr></w:style>`)
}

// letters are the properties of a style's letters.
func (m *markup) letters(s styled) {
	if s.sans {
		m.raw(`<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:eastAsia="Noto Sans" w:cs="Noto Sans"/>`)
	}
	if s.bold {
		m.raw(`<w:b/>`)
	}
	if s.color != "" {
		m.raw(`<w:color w:val="%s"/>`, s.color)
	}
	if s.size > 0 {
		m.raw(`<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/>`, s.size)
	}
}
