package pdf

import (
	"bytes"
	"cmp"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"gcm/reports/pdf/seal"
)

// emit writes pages as PDF: fpdf, through its public interface, the pages and
// their contents, the seal all that makes them a tagged file for archives.
func emit(w io.Writer, c *composer) error {
	doc := fpdf.New("P", "pt", "A4", "")
	e := &emitter{doc: doc, composer: c, file: describe(doc, c)}
	for i, p := range c.flow.pages {
		e.page(p)
		c.flow.pages[i].items = nil // the display list is spent
		c.flow.pages[i].under = nil
	}
	e.outline()
	e.embed()
	if doc.Err() {
		return doc.Error()
	}
	e.file.Elements = c.tree
	return doc.Output(seal.Writer(w, e.file))
}

// describe sets what the file says about itself, in fpdf's Info and for the seal.
func describe(doc *fpdf.Fpdf, c *composer) *seal.File {
	d := c.doc
	f := &seal.File{
		Title: cmp.Or(clean(d.Title), clean(d.Cover.Title), "–"), Subject: clean(d.Subject), Author: clean(d.Author),
		Lang: cmp.Or(languageTag(d.Lang), "und"), Date: d.Date.UTC(),
	}
	for _, k := range d.Keywords {
		f.Keywords = append(f.Keywords, clean(k))
	}
	if d.Date.IsZero() {
		f.Date = time.Unix(0, 0).UTC() // fpdf would take the clock
	}
	if i := d.Imprint; i != nil {
		f.Marks = seal.Marks{Document: clean(i.Document), Edition: i.Edition, Snapshot: clean(i.Snapshot), URL: webAddress(i.URL)}
	}
	for _, a := range d.Attachments {
		f.Attachments = append(f.Attachments, seal.Attachment{Name: clean(a.Name), MIME: clean(a.MIME), Description: clean(a.Description), Data: a.Data})
	}
	doc.SetCreationDate(f.Date)
	doc.SetModificationDate(f.Date)
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(0, 0, 0)
	doc.SetCompression(false) // the seal does it, faster
	doc.SetTitle(f.Title, true)
	doc.SetSubject(f.Subject, true)
	doc.SetAuthor(f.Author, true)
	doc.SetKeywords(strings.Join(f.Keywords, ", "), true)
	doc.SetProducer(seal.Producer, true)
	doc.SetCreator(seal.Producer, true)
	return f
}

// emitter writes page after page.
type emitter struct {
	*composer
	doc  *fpdf.Fpdf
	file *seal.File
	out  contentWriter
}

func (e *emitter) page(p *page) {
	orientation := "P"
	if p.width > p.height {
		orientation = "L"
	}
	e.doc.AddPageFormat(orientation, fpdf.SizeType{Wd: min(p.width, p.height), Ht: max(p.width, p.height)})
	e.out.begin(p.height, e.tree)
	for _, it := range p.under {
		e.out.item(it)
	}
	for _, it := range p.items {
		e.out.item(it)
	}
	e.out.end()
	e.doc.RawWriteStr(string(bytes.TrimSuffix(e.out.Bytes(), []byte("\n"))))
	sealed := seal.Page{Marks: e.out.marks}
	for _, l := range p.links {
		if to, ok := e.link(l, p.height); ok {
			sealed.Links = append(sealed.Links, to)
		}
	}
	e.file.Pages = append(e.file.Pages, sealed)
}

func (e *emitter) link(l link, height float64) (seal.Link, bool) {
	out := seal.Link{Left: l.x, Bottom: height - l.y - l.h, Right: l.x + l.w, Top: height - l.y, Element: int(l.elem), URI: l.url, Says: cmp.Or(l.says, l.url, "–")}
	if l.url != "" {
		return out, true
	}
	to, ok := e.flow.dests[l.anchor]
	out.Page, out.Y = to.page, e.above(to)
	return out, ok
}

// above is where a reader is led: a little over the place.
func (e *emitter) above(to dest) float64 { return e.flow.pages[to.page].height - max(to.y-8, 0) }

func (e *emitter) outline() {
	for _, m := range e.flow.marks {
		e.file.Outline = append(e.file.Outline, seal.Bookmark{Title: cmp.Or(m.title, "–"), Level: m.level, Page: m.page, Y: e.above(m.dest)})
	}
}

// embed names the faces with the letters that the pages use of them.
func (e *emitter) embed() {
	for f, letters := range e.out.letters {
		font := seal.Font{}
		if letters != nil {
			face, err := face(f).font()
			if err != nil {
				e.doc.SetError(err)
				return
			}
			font = seal.Font{Face: face, Runes: letters.runes}
		}
		e.file.Fonts = append(e.file.Fonts, font)
	}
}
