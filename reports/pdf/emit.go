package pdf

import (
	"bytes"
	"cmp"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// emit writes pages as PDF through fpdf's public interface: raw page contents,
// links and bookmarks. Every coordinate of fpdf's is in points.
func emit(w io.Writer, c *composer) error {
	doc := fpdf.New("P", "pt", "A4", "")
	describe(doc, c)
	e := &emitter{doc: doc, dests: c.flow.dests, links: make(map[string]int), fonts: make(map[face]bool)}
	for i, p := range c.flow.pages {
		e.page(p)
		for _, m := range c.flow.marks {
			if m.page == i {
				e.bookmark(m, p, c.flow.pages[len(c.flow.pages)-1])
			}
		}
		c.flow.pages[i].items = nil // the display list is spent
		c.flow.pages[i].under = nil
	}
	e.register()
	if doc.Err() {
		return doc.Error()
	}
	return doc.Output(&sealer{w: w})
}

// describe sets what the file says about itself.
func describe(doc *fpdf.Fpdf, c *composer) {
	d := c.doc
	date := d.Date.UTC()
	if d.Date.IsZero() {
		date = time.Unix(0, 0).UTC() // fpdf would take the clock
	}
	doc.SetCatalogSort(true)
	doc.SetCreationDate(date)
	doc.SetModificationDate(date)
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(0, 0, 0)
	doc.SetCompression(false) // the sealer does it, faster
	doc.SetTitle(clean(d.Title), true)
	doc.SetSubject(clean(d.Subject), true)
	doc.SetAuthor(clean(d.Author), true)
	doc.SetKeywords(clean(strings.Join(d.Keywords, ", ")), true)
	doc.SetProducer(producer, true)
	doc.SetCreator(producer, true)
	doc.SetLang(languageTag(d.Lang))
	doc.SetXmpMetadata(xmp(d, date))
}

// languageTag keeps what a BCP 47 tag may have.
func languageTag(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, s)
}

// emitter writes page after page.
type emitter struct {
	doc   *fpdf.Fpdf
	dests map[string]dest
	links map[string]int // of fpdf, by anchor
	fonts map[face]bool
	used  [faceCount]runeSet
	out   contentWriter
}

// runeSet remembers which runes of a face are printed.
type runeSet [1 << 16 / 64]uint64

func (e *emitter) page(p *page) {
	orientation := "P"
	if p.width > p.height {
		orientation = "L"
	}
	e.doc.AddPageFormat(orientation, fpdf.SizeType{Wd: min(p.width, p.height), Ht: max(p.width, p.height)})
	e.out.begin(p.height)
	for _, it := range p.under {
		e.item(it)
	}
	for _, it := range p.items {
		e.item(it)
	}
	e.out.end()
	e.flush()
	for _, l := range p.links {
		e.link(l)
	}
}

// item writes one item inside the marks of its element.
func (e *emitter) item(it item) {
	if t, ok := it.(*text); ok {
		if len(t.codes) == 0 {
			return
		}
		e.font(t)
		for _, c := range t.codes {
			e.used[t.face][c/64] |= 1 << (c % 64)
		}
	}
	e.out.item(it)
}

// font selects a text's face. fpdf alone knows the name that the face has in the
// file, so the selection goes through it, between two stretches of contents.
func (e *emitter) font(t *text) {
	if e.out.face == t.face && e.out.size == t.size {
		return
	}
	name := faceFiles[t.face]
	if !e.fonts[t.face] {
		data, err := t.face.ttf()
		if err != nil {
			e.doc.SetError(err)
			return
		}
		e.doc.AddUTF8FontFromBytes(name, "", data)
		e.fonts[t.face] = true
	}
	e.out.endText()
	e.flush()
	e.doc.SetFont(name, "", t.size)
	e.out.face, e.out.size = t.face, t.size
}

// flush hands the contents written so far to fpdf.
func (e *emitter) flush() {
	if e.out.Len() > 0 {
		e.doc.RawWriteStr(string(bytes.TrimSuffix(e.out.Bytes(), []byte("\n"))))
		e.out.Reset()
	}
}

func (e *emitter) link(l link) {
	if l.url != "" {
		e.doc.LinkString(l.x, l.y, l.w, l.h, l.url)
		return
	}
	to, ok := e.dests[l.anchor]
	if !ok {
		return
	}
	id, known := e.links[l.anchor]
	if !known {
		id = e.doc.AddLink()
		e.doc.SetLink(id, max(to.y-8, 0), to.page+1)
		e.links[l.anchor] = id
	}
	e.doc.Link(l.x, l.y, l.w, l.h, id)
}

// bookmark adds an entry of the outline. fpdf takes all heights from the last
// page, so a page of another height needs the difference.
func (e *emitter) bookmark(m placedMark, on, last *page) {
	y := max(m.y-8, 0) + last.height - on.height
	if y == -1 {
		y = -1.01 // -1 has a meaning of its own
	}
	e.doc.Bookmark(cmp.Or(m.title, "–"), m.level, y)
}

// register tells fpdf which letters of each face the file needs. Only its own
// text calls do that; they are written as the operand of a mark that prints
// nothing.
func (e *emitter) register() {
	for f := range faceCount {
		if !e.fonts[f] {
			continue
		}
		e.doc.SetFont(faceFiles[f], "", 1)
		var b strings.Builder
		for c := range rune(1 << 16) {
			if e.used[f][c/64]&(1<<(c%64)) != 0 {
				b.WriteRune(c)
			}
		}
		e.doc.RawWriteStr("/Letters <</Of (")
		e.doc.Text(0, 0, b.String())
		e.doc.RawWriteStr(")>> DP")
	}
}
