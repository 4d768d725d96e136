package reports

import (
	"time"

	"gcm/internal/chart"
)

// Document is a review ready to be drawn: a pure value that holds every word,
// number and picture in the reader's language and nothing about paper or screen.
// Each writer (PDF first; HTML, DOCX and Markdown after it) draws the same value.
type Document struct {
	Lang     string // BCP 47, for example kk
	Title    string // document title, also of the file's metadata
	Subject  string
	Author   string
	Keywords []string
	Date     time.Time // of the edition, UTC; writers never look at the clock
	Running  string    // running head on the left-hand side: the short title
	Cover    Cover
	Terms    Terms
	Sections []Section
	Short    bool `json:",omitempty"` // of a few pages: the cover is a head above the text, and there is no list of contents

	Draft       string       // printed lightly across every page of a draft: "Draft · 28 November 2026"; empty when published
	Imprint     *Imprint     // of a published edition, nil before
	Attachments []Attachment // data that the file carries with it
}

// Imprint is what a published edition says of itself: on a page of its own after
// the cover, to people, and in the file's metadata, to programs.
type Imprint struct {
	Document string   // which document of the register of editions: "review-2022-kk"
	Edition  int      // from 1
	Snapshot string   // hash of the frozen contents, in hexadecimal
	URL      string   // "https://…" of the page that confirms the edition; printed, and as a QR code
	Title    string   // heading of the page
	Text     []string // what can be checked and how, a paragraph each
	Facts    []Fact   // further lines: "Edition" and "2 of 29 April 2022"
	Hash     string   // the word before the snapshot's hash
	Scan     string   // the words under the QR code, also its alternative text
}

// Attachment is a file that a document carries: the figures behind it.
type Attachment struct {
	Name        string // "observations.csv"
	MIME        string // "text/csv"
	Description string // in the document's language
	Data        []byte
}

// Cover is the first page.
type Cover struct {
	State    string   // "Republic of Kazakhstan"
	Title    string   // "Second national review …"
	Subtitle string   // the Compact's name
	Edition  string   // "Full profile · data as of 31 December 2021"
	Number   string   // of a published edition: "Edition 2 · 29 April 2022"
	Erratum  string   // of a corrected edition: what it corrects and where the errata are listed
	Notice   []string // what the reader must know before anything else, a paragraph each
}

// Terms are the few words that a writer prints by itself.
type Terms struct {
	Contents  string // "Contents"
	Tables    string // "List of tables": heads the list after the contents; none is printed when empty
	Figures   string // "List of figures", likewise
	Page      string // "Page %d of %d"
	Table     string // "Table %s": the number stands where the language sets it
	Figure    string // "Figure %s"
	Source    string // "Source"
	Note      string // "Note"
	Continued string // "continued", at a table's repeated head
	PageOf    string // "p. %d"
}

// Section is a chapter or a part of one.
type Section struct {
	ID        string // anchor, unique in the document: "objective-05"
	Number    string // "3.5"; empty for unnumbered sections
	Title     string
	Short     string // for the running head; Title when empty
	Landscape bool   // set on landscape pages (wide tables)
	NewPage   bool   // begins on a new page
	Blocks    Blocks
	Sections  []Section
}

// Block is a thing that stands on lines of its own: Paragraph, List, Table,
// Figure, Callout or Facts.
type Block interface{ block() }

// Blocks are things that stand one below the other.
type Blocks []Block

// Style is the role of a paragraph.
type Style string

// The styles of a paragraph.
const (
	Body    Style = ""        // running text
	Lead    Style = "lead"    // the opening paragraph of a chapter
	Small   Style = "small"   // remarks under a table
	Subhead Style = "subhead" // a heading below the section headings: in no contents list, bookmarked by nobody
	Label   Style = "label"   // heads a list within a subhead's text; stays with what follows
)

// Paragraph is running text.
type Paragraph struct {
	Style Style
	Lang  string // when it differs from the document's
	Runs  []Run
}

// Run is a stretch of text of one look.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Lang   string // when it differs from the paragraph's (a Kazakh quote in an English text)
	Link   string // "https://…", or "#anchor" of a section, table or figure
	PageOf string // prints the page number of this anchor instead of Text (writers without pages print Text)
	Note   []Run  // a footnote whose mark stands after Text
}

// List is a list of items, each with blocks of its own.
type List struct {
	Ordered bool
	Items   []Blocks
}

// Align is the horizontal alignment of a column.
type Align string

// The alignments.
const (
	Left   Align = ""
	Right  Align = "right"
	Center Align = "center"
)

// Table is a table with a caption. Rows never split over pages unless a single
// row is taller than one; the head is repeated on each page. Cells of a row beyond
// the declared columns stand in the last one, below its own cell; a table without
// columns has one without a title. No cell is left out.
type Table struct {
	ID      string
	Number  string // "3" prints as "Table 3"
	Caption []Run
	Columns []Column
	Rows    []Row
	Notes   []Run // printed under the table
	Source  []Run // printed under the table after the word "Source"
	Compact bool  // smaller type, for wide matrices
}

// Column is a column's head and its share of the width.
type Column struct {
	Title  string
	Weight float64 // share of the width; equal shares when all are 0
	Align  Align
	Turned bool // the head is set upwards (narrow columns of a matrix)
}

// Row is a row of a table. A Head row spans all columns with its first cell and
// names the group of rows that follows; its further cells stand below the first.
type Row struct {
	ID    string // anchor, may be empty
	Head  bool
	Cells []Cell
}

// Cell is running text in a table; runs may carry links and notes.
type Cell struct{ Runs []Run }

// Figure is a chart with its caption, unit and source.
type Figure struct {
	ID      string
	Number  string
	Caption []Run
	Chart   chart.Chart
	Alt     string // says in words what the picture shows
	Notes   []Run
	Source  []Run
}

// Tone is the kind of a callout.
type Tone string

// The tones.
const (
	Invite Tone = "invite" // there are no facts: the working group is invited to write
	Gap    Tone = "gap"    // the source is silent
	Notice Tone = "notice" // the reader must know
)

// Callout is a marked box.
type Callout struct {
	Tone   Tone
	Title  string
	Blocks Blocks
}

// Facts is a strip of a few key numbers with their labels.
type Facts struct{ Items []Fact }

// Fact is one number and what it counts.
type Fact struct{ Value, Label string }

func (Paragraph) block() {}
func (List) block()      {}
func (Table) block()     {}
func (Figure) block()    {}
func (Callout) block()   {}
func (Facts) block()     {}

// Text is a run without any mark-up.
func Text(s string) []Run { return []Run{{Text: s}} }

// Para is a body paragraph without any mark-up.
func Para(s string) Paragraph { return Paragraph{Runs: Text(s)} }
