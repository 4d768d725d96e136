package docx

import (
	"fmt"
	"unicode/utf8"
)

// sheet is a page of A4 and the frame of its text, in twentieths of a point.
type sheet struct{ width, height, side, top, bottom, header, footer int }

// The pages of the PDF.
var (
	upright = sheet{11906, 16838, 1640, 1760, 1680, 1000, 880}
	lying   = sheet{16838, 11906, 1280, 1600, 1400, 840, 600}
	narrow  = sheet{11906, 16838, 1120, 1120, 1000, 360, 240} // of a short document
)

// span is the width of the text.
func (s sheet) span() int { return s.width - 2*s.side }

// sheet is the page that stands open.
func (b *writer) sheet() sheet {
	switch {
	case b.across:
		return lying
	case b.doc.Short:
		return narrow
	}
	return upright
}

// furniture is what stands at the head and foot of pages that lie the same way in
// one chapter. Chapters have heads of their own, as not every program can look up
// the chapter of a page.
type furniture struct {
	chapter string
	sheet
}

// begin has the pages from here on bear the chapter.
func (b *writer) begin(chapter string) {
	f := furniture{chapter, b.sheet()}
	b.heads, b.width, b.ended = append(b.heads, f), f.span(), b.body.Len()
}

// page are the properties of the pages that end here. Those of the cover have
// neither head nor foot.
func (b *writer) page(further string) string {
	s, turned, references := b.sheet(), "", ""
	if b.across {
		turned = ` w:orient="landscape"`
	}
	if n := len(b.heads); n > 0 {
		references = fmt.Sprintf(`<w:headerReference w:type="default" r:id="header%d"/><w:footerReference w:type="default" r:id="footer%[1]d"/>`, n)
	}
	return fmt.Sprintf(`<w:sectPr>%s<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%[6]d" w:header="%[8]d" w:footer="%d" w:gutter="0"/>%s</w:sectPr>`,
		references, s.width, s.height, turned, s.top, s.side, s.bottom, s.header, s.footer, further)
}

// turn ends the pages before, if there are any, and begins others.
func (b *writer) turn(chapter string, across bool) {
	if b.body.Len() > b.ended {
		b.body.raw(`<w:p><w:pPr><w:pStyle w:val="Break"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>%s</w:pPr></w:p>`, b.page(""))
	} else {
		b.heads = b.heads[:len(b.heads)-1]
	}
	b.across = across
	b.begin(chapter)
}

// ends are the two ends of a line: what stands left, and the tab to what stands right.
func (f furniture) ends(style string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs></w:pPr>`, style, f.span())
}

// header names the document on the left and the chapter on the right; a draft has
// its mark across the page.
func (b *writer) header(number int, f furniture) string {
	var m markup
	m.raw(`%s<w:hdr %s %s>%s`, head, namespaces, drawn, f.ends("Header"))
	b.mark(&m, number)
	m.raw(`<w:r>`)
	m.text(b.doc.Running)
	m.raw(`</w:r>`)
	if f.chapter != "" {
		const letter = 82 // about as wide as one is
		room := max(f.span()/letter-utf8.RuneCountInString(b.doc.Running)-4, 20)
		if r := []rune(f.chapter); len(r) > room {
			f.chapter = string(r[:room-1]) + "…"
		}
		m.raw(`<w:r><w:tab/></w:r><w:r>`)
		m.text(f.chapter)
		m.raw(`</w:r>`)
	}
	m.raw(`</w:p></w:hdr>`)
	return m.String()
}

// footer has the number of the page; of a draft it says on the left which one it
// is, for programs that draw no marks.
func (b *writer) footer(f furniture) string {
	var m markup
	m.raw(`%s<w:ftr %s>%s<w:r>`, head, namespaces, f.ends("Footer"))
	m.text(b.doc.Draft)
	m.raw(`</w:r><w:r><w:tab/></w:r>`)
	if b.doc.Terms.Page == "" {
		m.field("PAGE", "", "1")
	} else {
		m.fields(b.doc.Terms.Page, "", []string{"PAGE", "NUMPAGES"}, []string{"1", "1"})
	}
	m.raw(`</w:p></w:ftr>`)
	return m.String()
}

// drawn are the names by which the mark of a draft is drawn.
const drawn = `xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"`

// mark draws behind a page that it is of a draft, as word processors draw their
// own watermarks: they find it under its name, to take it out.
func (b *writer) mark(m *markup, number int) {
	letters := utf8.RuneCountInString(b.doc.Draft)
	if letters == 0 {
		return
	}
	const width = 540 // points: aslant, within the margins
	height := min(width*5/(3*letters), 90)
	m.raw(`<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>`)
	m.raw(`<v:shape id="PowerPlusWaterMarkObject%d" o:spid="_x0000_s%d" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:%dpt;height:%dpt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#E7EBF0" stroked="f"><v:textpath style="font-family:&quot;Noto Sans&quot;;font-size:1pt;font-weight:bold" string="%s"/></v:shape></w:pict></w:r>`,
		number, 2048+number, width, height, quoted(b.doc.Draft))
}
