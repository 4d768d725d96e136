// Package docx writes a document as Office Open XML (.docx), for people who go on
// with it in a word processor: headings, captions, notes and fields are those of
// the program, so that it counts and lists them by itself. It knows how a
// document is marked up and nothing of what it says.
package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"

	"gcm/internal/chart"
	"gcm/reports"
)

// Write writes the document. The same document gives the same bytes.
func Write(w io.Writer, doc reports.Document) error {
	b := &writer{doc: doc, anchors: map[string]string{}, marked: map[string]bool{}, counted: map[string]int{}}
	b.width = b.sheet().span()
	b.name(doc.Sections)
	if err := b.document(); err != nil {
		return err
	}
	parts, err := b.parts()
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	at := doc.Date.UTC().Truncate(2 * time.Second) // as precise as the archive is
	if at.Year() < 1980 {
		at = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = f.Write(p.body)
		}
		if err != nil {
			return fmt.Errorf("write the part %s: %w", p.name, err)
		}
	}
	return z.Close()
}

// writer collects the parts of a file.
type writer struct {
	doc     reports.Document
	body    markup            // the part that is being written
	links   []string          // addresses that body leads to
	anchors map[string]string // anchor of the document → bookmark
	marked  map[string]bool
	marks   int // bookmarks set so far
	notes   []note
	lists   []bool // each list so far: ordered or not
	images  [][]byte
	counted map[string]int // captions so far, by kind
	heads   []furniture    // of the pages so far; the last one stands
	ended   int            // where in body the pages before end
	across  bool           // the page lies on its long side
	width   int            // of the text, in twentieths of a point
}

// note is a footnote: its text and the addresses that it leads to are written
// when the body is done.
type note struct {
	runs []reports.Run
	lang string
}

// name gives each anchor a bookmark: what word processors take as a name is
// shorter and plainer than an anchor.
func (b *writer) name(sections []reports.Section) {
	for _, s := range sections {
		b.anchor(s.ID)
		b.nameBlocks(s.Blocks)
		b.name(s.Sections)
	}
}

func (b *writer) nameBlocks(blocks reports.Blocks) {
	for _, block := range blocks {
		switch block := block.(type) {
		case reports.Table:
			b.anchor(block.ID)
			for _, row := range block.Rows {
				b.anchor(row.ID)
			}
		case reports.Figure:
			b.anchor(block.ID)
		case reports.List:
			for _, item := range block.Items {
				b.nameBlocks(item)
			}
		case reports.Callout:
			b.nameBlocks(block.Blocks)
		}
	}
}

func (b *writer) anchor(id string) {
	if id != "" && b.anchors[id] == "" {
		b.anchors[id] = fmt.Sprintf("_gcm%05d", len(b.anchors)+1)
	}
}

// picture draws a chart in letters of its own, so that it looks the same where
// the typeface is missing, and returns its number and its size in points.
func (b *writer) picture(f reports.Figure) (number int, width, height float64, err error) {
	drawing := f.Chart.Draw(float64(b.width)/20, chart.NotoSans)
	var image strings.Builder
	if err := chart.PNG(&image, drawing, 2.5); err != nil {
		return 0, 0, 0, err
	}
	b.images = append(b.images, []byte(image.String()))
	return len(b.images), drawing.Width, drawing.Height, nil
}
