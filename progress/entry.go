package progress

import (
	"database/sql/driver"
	"slices"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Kind says what an entry brings.
type Kind string

// The kinds of entry.
const (
	KindProgress Kind = "progress" // how a measure came on
	KindValues   Kind = "values"   // an indicator's figures
	KindMeasure  Kind = "measure"  // a new measure is proposed
	KindMapping  Kind = "mapping"  // a measure's objectives and actions are proposed to change
)

// Kinds lists the kinds in the order in which they are shown.
var Kinds = []Kind{KindProgress, KindValues, KindMeasure, KindMapping}

// Entry is what one agency enters in a round on one record.
type Entry struct {
	ID          int64
	Code        string // public: a random one, so that it tells nothing
	CycleID     int64
	Kind        Kind
	AgencyID    int64
	MeasureID   *int64 // nil for values, and for a proposed measure until it is released
	IndicatorID *int64
	State       objectives.State
	Status      objectives.Status // of the measure, as Content says it; empty for other kinds
	Content     Content
	Released    *Content // what the public sees; nil until it is released first
	Reason      string   // of the last return or reopening
	Returned    bool     // it came back and was not submitted since
	Reopened    bool     // it may be changed although its round is closed
	Version     int      // counts changes: who writes an older one is told
	AssigneeID  int64    // who works on it for the agency
	Editors     Editors  // who wrote any of it, and may not approve it
	CreatedAt   time.Time
	UpdatedAt   time.Time

	SubmittedAt      *time.Time // last
	FirstSubmittedAt *time.Time // decides whether it was on time
	SubmittedBy      *int64
	ApprovedAt       *time.Time
	ApprovedBy       *int64
	AcceptedAt       *time.Time
	AcceptedBy       *int64
	ReleasedAt       *time.Time
	ReleasedBy       *int64
}

// Content is what was entered: one of the four, by the entry's kind.
type Content struct {
	Progress *Progress `json:"progress,omitempty"`
	Values   *Values   `json:"values,omitempty"`
	Measure  *Proposal `json:"measure,omitempty"`
	Mapping  *Mapping  `json:"mapping,omitempty"`
}

// Value stores the content as JSON.
func (c Content) Value() (driver.Value, error) { return i18n.JSONValue(c, "{}") }

// Scan reads what Value stored.
func (c *Content) Scan(src any) error { return i18n.ScanJSON(c, src) }

// Progress is how a measure came on in the round.
type Progress struct {
	Status     objectives.Status `json:"status"`         // never delayed, which is judged
	Note       i18n.Text         `json:"note,omitempty"` // why the status changed
	Narrative  i18n.Text         `json:"narrative,omitempty"`
	Results    i18n.Text         `json:"results,omitempty"`
	Challenges i18n.Text         `json:"challenges,omitempty"`
	NextSteps  i18n.Text         `json:"next_steps,omitempty"`
	Support    i18n.Text         `json:"support,omitempty"` // needed from partners
}

// Values are figures of one indicator.
type Values struct {
	Rows []Figure  `json:"rows"`
	Note i18n.Text `json:"note,omitempty"`
}

// Figure is one figure, to become an observation when it is released.
type Figure struct {
	Period     period.Period         `json:"period"`
	Breakdown  string                `json:"breakdown,omitempty"` // canonical form of indicators.Breakdown
	Value      *float64              `json:"value"`               // nil when missing, which is not zero
	Decimals   int                   `json:"decimals"`
	Qualifier  indicators.Qualifier  `json:"qualifier"`
	ObsStatus  string                `json:"obs_status,omitempty"`  // SDMX CL_OBS_STATUS; empty for A, or O without a value
	ConfStatus indicators.ConfStatus `json:"conf_status,omitempty"` // empty for F
	Source     i18n.Text             `json:"source,omitempty"`      // when not that of the indicator
	Note       i18n.Text             `json:"note,omitempty"`

	Hidden bool `json:"-"` // it is kept from the reader
}

// observed returns the status of observation that the figure has.
func (f Figure) observed() string {
	switch {
	case f.ObsStatus != "":
		return f.ObsStatus
	case f.Value == nil:
		return "O"
	}
	return "A"
}

// Proposal is a new measure.
type Proposal struct {
	Title       i18n.Text         `json:"title"`
	Description i18n.Text         `json:"description,omitempty"`
	Category    string            `json:"category"`
	Status      objectives.Status `json:"status"`
	Starts      period.Period     `json:"starts,omitempty"`
	Ends        period.Period     `json:"ends,omitempty"`
	Mapping
}

// Mapping is what a measure serves, and why.
type Mapping struct {
	Objectives []ObjectiveLink `json:"objectives,omitempty"`
	Actions    []ActionLink    `json:"actions,omitempty"`
}

// ObjectiveLink maps to an objective.
type ObjectiveLink struct {
	Number int             `json:"number"`
	Rank   objectives.Rank `json:"rank"`
	Reason i18n.Text       `json:"reason,omitempty"`
}

// ActionLink maps to a lettered action.
type ActionLink struct {
	Ref    string          `json:"ref"` // "21(d)"
	Rank   objectives.Rank `json:"rank"`
	Reason i18n.Text       `json:"reason,omitempty"`
}

// Editors are ids of people.
type Editors []int64

// Value stores the ids as JSON.
func (e Editors) Value() (driver.Value, error) { return i18n.JSONValue(e, "[]") }

// Scan reads what Value stored.
func (e *Editors) Scan(src any) error { return i18n.ScanJSON(e, src) }

// Has reports whether the person wrote any of it.
func (e Editors) Has(user int64) bool { return slices.Contains(e, user) }

// EvidenceKind is the sort of a piece of evidence.
type EvidenceKind string

// EvidenceKinds lists the sorts in the order in which they are shown.
var EvidenceKinds = []EvidenceKind{"legal_act", "report", "statistics", "agreement", "web_page", "photo", "other"}

// Evidence shows that what an entry says is so: a file, or a link. It is private
// to those who may see the entry until it is released.
type Evidence struct {
	ID         int64
	Code       string // public, random
	EntryID    int64
	Kind       EvidenceKind
	Title      string // in Language
	Language   string
	Dated      period.Period
	Source     string // who issued it
	URL        string `gorm:"column:url"` // http or https; empty for a file
	FileName   string // as shown; empty for a link
	MediaType  string // found out from the content
	Size       int64  // bytes
	SHA256     string `gorm:"column:sha256"`
	AddedBy    int64
	AddedAt    time.Time
	ReleasedAt *time.Time
	RemovedAt  *time.Time
}

// TableName says that an Evidence is a row of evidence.
func (Evidence) TableName() string { return "evidence" }

// EvidenceFile holds the bytes of a piece of evidence.
type EvidenceFile struct {
	EvidenceID int64 `gorm:"primaryKey;autoIncrement:false"`
	Body       []byte
}

// Comment is a remark in an entry's thread.
type Comment struct {
	ID        int64
	EntryID   int64
	UserID    int64
	Field     string // of the entry that it is about; empty for the whole
	Body      string
	Mentions  Editors // people who were named with @
	CreatedAt time.Time
}
