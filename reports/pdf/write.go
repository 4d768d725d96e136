// Package pdf draws a review on paper: it sets a reports.Document as lines and
// pages and writes them as one PDF file.
//
// It knows type, pages, charts' shapes and PDF. It does not know what a measure
// or an indicator is, which facts a review gives, or where a file is kept.
//
// A document is laid out in one pass. Runs become lines (setter, breaks, line),
// blocks become slabs (compose, section, table, figure), the flow puts slabs on
// pages, and each page is a display list until emit writes it.
package pdf

import (
	"io"

	"gcm/reports"
)

// Stats are the figures of a layout.
type Stats struct {
	Pages int
	Lines int // of justified text
	Gappy int // of these, lines whose word spaces are more than doubled
}

// Write draws the document as PDF. The same document always gives the same
// bytes.
func Write(w io.Writer, doc reports.Document) error {
	_, err := Render(w, doc)
	return err
}

// Render is Write that also tells how the layout went.
func Render(w io.Writer, doc reports.Document) (Stats, error) {
	l := compose(&doc)
	stats := l.stats
	stats.Pages = len(l.flow.pages)
	return stats, emit(w, l)
}

// compose lays a document out.
func compose(doc *reports.Document) *composer {
	c := &composer{
		setter: &setter{doc: doc, shaper: newShaper(), tree: newTree(), anchors: declared(doc.Sections)},
		flow:   newFlow(),
	}
	c.digits = len(count("%d", estimate(doc.Sections)))
	if doc.Short {
		c.head()
	} else {
		c.cover()
		c.imprint()
		c.contents()
	}
	for i := range doc.Sections {
		c.section(&doc.Sections[i], 1, 1, false, 1)
	}
	if doc.Short {
		c.colophon()
	}
	c.flow.eject()
	c.furnish()
	return c
}
