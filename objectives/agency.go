package objectives

import (
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Country is the State whose migration policy the database holds.
type Country struct {
	ID          int64
	Code        string // ISO 3166-1 alpha-3: "KAZ"
	Name        i18n.Text
	Languages   Strings // the languages of its texts, the first language first
	PackVersion string
	Notice      i18n.Text // what a reader must know about the data as a whole
	Licence     i18n.Text // the terms on which the data may be used; empty when nobody has said
}

// TableName says that a Country is a row of states.
func (Country) TableName() string { return "states" }

// Source is a document that records quote.
type Source struct {
	ID       int64
	Code     string
	Title    i18n.Text
	Language string
	SHA256   string `gorm:"column:sha256"` // of the UTF-8 text
	Body     string // the whole text
	Note     i18n.Text
}

// AgencyKind is the sort of an organisation.
type AgencyKind string

// Agency is an organisation: a ministry, a committee, a UN body, a partner.
type Agency struct {
	ID          int64
	Code        string
	Name        i18n.Text
	Acronyms    Acronyms
	Kind        AgencyKind
	SuccessorID *int64 // the body that took over: ministries are renamed and merged
	Successor   *Agency
	Note        i18n.Text
	Quotes      Quotes
	ArchivedAt  *time.Time // since when it is out of use; records keep naming it
}

// LegalInstrument is a law, treaty, order or programme.
type LegalInstrument struct {
	ID       int64
	Code     string
	Name     i18n.Text
	Kind     string
	Number   string        // empty when the source gives none
	Dated    period.Period // partial date; empty when the source gives none
	Articles Strings
	Status   string
	Note     i18n.Text
	Quotes   Quotes

	ArchivedAt  *time.Time
	SuccessorID *int64 // the one that it was merged into, or that replaced it
}

// Term is an entry of the glossary.
type Term struct {
	ID         int64
	Code       string
	Term       i18n.Text
	Definition i18n.Text // only where the source supports one
	Note       i18n.Text
	Quotes     Quotes
}

// TableName says that a Term is a row of glossary_terms.
func (Term) TableName() string { return "glossary_terms" }
