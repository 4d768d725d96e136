package reports

import (
	"time"

	"gcm/internal/i18n"
	"gcm/progress"
)

// ReviewState is how far a review has come.
type ReviewState string

// The states of a review, in order. Signed off and published ones cannot be
// changed; a correction begins the next edition as a draft.
const (
	Drafting  ReviewState = "drafting"
	Clearance ReviewState = "clearance" // a snapshot lies before the bodies
	SignedOff ReviewState = "signed_off"
	Published ReviewState = "published"
)

// TextState is how far one section's text in one language has come.
type TextState string

// The states of a text, in order.
const (
	Draft   TextState = "draft"
	Checked TextState = "checked" // somebody else has read it
	Cleared TextState = "cleared" // it may go to the bodies
)

// Standing is the state of a text as it is shown: one that nobody changed or read
// anew since the newest edition, of the moment published, stands as the bodies
// signed it, however it was marked before. The zero time is for no edition.
func (t ReviewSection) Standing(published time.Time) TextState {
	if t.ChangedAt.Before(published) && t.ConfirmedAt.Before(published) {
		return InEdition
	}
	return t.State
}

// InEdition is the standing of a text that is published as it is. Nobody sets it.
const InEdition TextState = "published"

// TextStates lists the states of a text in their order.
var TextStates = []TextState{Draft, Checked, Cleared}

// Review is the document that a State presents for a cycle.
type Review struct {
	ID           int64
	CycleID      int64
	Cycle        progress.Cycle
	Title        i18n.Text
	Author       i18n.Text // who answers for the document, as its metadata say
	Notice       i18n.Text // stands on the cover, paragraphs parted by an empty line
	State        ReviewState
	Outline      Outline   // empty for the usual one
	LeadLanguage string    // the language in which it is written first; empty for the State's first
	Shown        bool      // everybody may see it before it is published
	Erratum      i18n.Text // what the edition that is being made puts right; empty for the first
	Version      int       // counts changes of these fields
	SnapshotID   *int64    // what lies before the bodies, or was published last; nil while nothing was laid before them
	Sections     []ReviewSection
}

// ReviewSection is one section's narrative in one language, as Markdown.
type ReviewSection struct {
	ID          int64
	ReviewID    int64
	Section     string // "key-messages", "objective-05"
	Language    string
	Body        string
	State       TextState
	Version     int       // counts changes: who writes over an older one is told
	ChangedAt   time.Time // when Body last became another
	ChangedBy   string    // as the audit log names people
	ConfirmedAt time.Time // when it was last held against the leading language
}

// SectionVersion is what a section's text was.
type SectionVersion struct {
	SectionID int64 `gorm:"primaryKey;autoIncrement:false"`
	Version   int   `gorm:"primaryKey;autoIncrement:false"`
	Body      string
	State     TextState
	ChangedAt time.Time
	ChangedBy string
}

// TableName says that a SectionVersion is a row of review_section_versions.
func (SectionVersion) TableName() string { return "review_section_versions" }

// Section returns the text of a section in a language; nil when nobody has
// written it.
func (r *Review) Section(section, language string) *ReviewSection {
	for i := range r.Sections {
		if r.Sections[i].Section == section && r.Sections[i].Language == language {
			return &r.Sections[i]
		}
	}
	return nil
}

// Outdated reports whether the text in the leading language became another one
// after somebody last held this one against it.
func (r *Review) Outdated(text ReviewSection, leading string) bool {
	lead := r.Section(text.Section, leading)
	return lead != nil && text.Language != leading && lead.ChangedAt.After(text.ConfirmedAt)
}

// Lead returns the language in which the review is written first, of those that
// the State declares.
func (r *Review) Lead(declared []string) string {
	if r.LeadLanguage != "" || len(declared) == 0 {
		return r.LeadLanguage
	}
	return declared[0]
}
