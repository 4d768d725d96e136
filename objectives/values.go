package objectives

import (
	"database/sql/driver"
	"slices"

	"gcm/internal/i18n"
)

// Strings is a list of short texts in one JSON column.
type Strings []string

// Has reports whether s is in the list.
func (l Strings) Has(s string) bool { return slices.Contains(l, s) }

// Value stores the list as JSON.
func (l Strings) Value() (driver.Value, error) { return i18n.JSONValue(l, "[]") }

// Scan reads what Value stored.
func (l *Strings) Scan(src any) error { return i18n.ScanJSON(l, src) }

// Acronyms holds the short names by language, the preferred one first.
type Acronyms map[string][]string

// Value stores the acronyms as JSON.
func (a Acronyms) Value() (driver.Value, error) { return i18n.JSONValue(a, "{}") }

// Scan reads what Value stored.
func (a *Acronyms) Scan(src any) error { return i18n.ScanJSON(a, src) }

// Quote is a passage of a source document, verbatim.
type Quote struct {
	Source string `json:"source"` // code of the Source
	Offset int    `json:"offset"` // of the first character, in Unicode code points from 0
	Text   string `json:"text"`
}

// Quotes are the passages that found a record, the main one first.
type Quotes []Quote

// Value stores the quotes as JSON.
func (q Quotes) Value() (driver.Value, error) { return i18n.JSONValue(q, "[]") }

// Scan reads what Value stored.
func (q *Quotes) Scan(src any) error { return i18n.ScanJSON(q, src) }

// Basis says who made a mapping: the source itself, or somebody who inferred it.
type Basis string

// The two bases.
const (
	Stated   Basis = "stated"
	Inferred Basis = "inferred"
)

// Rank is the strength of a mapping. Unsaid means that nobody said; it is never
// guessed from the order of a list.
type Rank string

// The ranks.
const (
	Unsaid    Rank = ""
	Primary   Rank = "primary"
	Secondary Rank = "secondary"
)

// Mapping is what every link between two records carries.
type Mapping struct {
	Basis  Basis     `json:"basis"`
	Rank   Rank      `json:"rank,omitempty"`
	Reason i18n.Text `json:"reason,omitempty"` // why, when it is inferred
	Quotes Quotes    `json:"quotes,omitempty"` // the source's own mark, when it is stated
}

// State is how far a record has come on its way to the public.
type State string

// The states, in order. What a country pack loads counts as released.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Approved  State = "approved"
	Accepted  State = "accepted"
	Released  State = "released"
)
