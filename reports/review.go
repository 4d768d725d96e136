package reports

import (
	"gcm/internal/i18n"
	"gcm/progress"
)

// Review is the document that a State presents for a cycle.
type Review struct {
	ID       int64
	CycleID  int64
	Cycle    progress.Cycle
	Title    i18n.Text
	Author   i18n.Text // who answers for the document, as its metadata say
	Notice   i18n.Text // stands on the cover, paragraphs parted by an empty line
	State    string    // drafting, clearance, signed_off, published
	Sections []ReviewSection
}

// ReviewSection is one section's narrative in one language, as Markdown.
type ReviewSection struct {
	ID       int64
	ReviewID int64
	Section  string // "key-messages", "objective-05"
	Language string
	Body     string
	State    string // draft, checked, cleared
}
