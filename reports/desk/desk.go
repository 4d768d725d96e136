// Package desk is a review at work: its texts in every language with their
// versions and remarks, assessments and promises, the checks before it is handed
// in, its way over the bodies that clear it, and the editions that are published
// and never change. What a review says is for reports; this room knows no paper
// and no page.
package desk

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
	"gcm/reports"
)

// Store reads and writes reviews at work.
type Store struct {
	db     *db.DB
	stores reports.Stores
}

// NewStore returns the store on an open, migrated database; stores are those on
// the same one that reviews are composed from.
func NewStore(conn *db.DB, stores reports.Stores) *Store { return &Store{conn, stores} }

// Draft is what a person has typed on a section and not yet saved.
type Draft struct {
	ReviewID int64  `gorm:"primaryKey;autoIncrement:false"`
	Section  string `gorm:"primaryKey"`
	Language string `gorm:"primaryKey"`
	UserID   int64  `gorm:"primaryKey;autoIncrement:false"`
	Version  int    // of the text that it was begun on; 0 when there was none
	Body     string
	TypedAt  time.Time
}

// TableName says that a Draft is a row of review_drafts.
func (Draft) TableName() string { return "review_drafts" }

// Comment is a remark on a paragraph of a section in one language, or an answer
// to one.
type Comment struct {
	ID         int64
	ReviewID   int64
	Section    string
	Language   string
	Paragraph  int    // from 1, when it was written; 0 for the whole section
	Quote      string // how the paragraph began then, by which it is found again
	AnswersID  *int64
	UserID     int64
	Body       string
	Mentions   progress.Editors
	CreatedAt  time.Time
	ResolvedAt *time.Time
	ResolvedBy *int64
}

// TableName says that a Comment is a row of review_comments.
func (Comment) TableName() string { return "review_comments" }

// Figure is how a living figure read when somebody last looked at it.
type Figure struct {
	ReviewID    int64  `gorm:"primaryKey;autoIncrement:false"`
	Section     string `gorm:"primaryKey"`
	Language    string `gorm:"primaryKey"`
	Reference   string `gorm:"primaryKey"` // as it is written in the text
	Printed     string
	ConfirmedAt time.Time
	ConfirmedBy string
}

// TableName says that a Figure is a row of review_figures.
func (Figure) TableName() string { return "review_figures" }

// Body is an agency that clears a review.
type Body struct {
	ReviewID int64 `gorm:"primaryKey;autoIncrement:false"`
	AgencyID int64 `gorm:"primaryKey;autoIncrement:false"`
	Step     int   // from 1; bodies of one step sign side by side
}

// TableName says that a Body is a row of review_bodies.
func (Body) TableName() string { return "review_bodies" }

// Snapshot is all that a review said at a moment.
type Snapshot struct {
	ID       int64
	ReviewID int64
	Hash     string // SHA-256 of the JSON, hexadecimal
	Body     []byte // the JSON of a reports.Snapshot, compressed by gzip
	MadeAt   time.Time
	MadeBy   string
}

// TableName says that a Snapshot is a row of review_snapshots.
func (Snapshot) TableName() string { return "review_snapshots" }

// Decision is what a body says of a snapshot.
type Decision string

// The decisions.
const (
	Signed  Decision = "signed"
	Refused Decision = "refused"
)

// Signature is a body's decision on a snapshot. A later change of the review
// makes it void.
type Signature struct {
	ID         int64
	SnapshotID int64
	AgencyID   int64
	UserID     int64
	Person     string // the name at that time
	Decision   Decision
	Remark     string
	At         time.Time
	VoidedAt   *time.Time
	VoidedBy   string
	VoidReason string // what was changed
}

// Edition is a published snapshot.
type Edition struct {
	ID          int64
	ReviewID    int64
	Number      int // from 1
	SnapshotID  int64
	Title       i18n.Text // of the review then; empty for one from before that was kept
	Erratum     i18n.Text // what it puts right; empty for the first
	PublishedAt time.Time
	PublishedOn period.Period // the day of it, as the State counted days then; empty for one from before that was kept
	PublishedBy string
	Program     string        // the version of the program that drew it
	Address     string        // "https://…", where the edition is confirmed; empty when the site has no known address
	Files       []EditionFile `gorm:"-"`
}

// EditionFile is a published file.
type EditionFile struct {
	EditionID int64  `gorm:"primaryKey;autoIncrement:false"`
	Name      string `gorm:"primaryKey"` // "review-2022-kk.pdf"
	Language  string
	Profile   reports.Profile
	MediaType string
	Size      int64
	SHA256    string `gorm:"column:sha256"`
	Body      []byte
}

// change runs do on a review that nobody else changes meanwhile. The review comes
// with its cycle and without its texts.
func (s *Store) change(ctx context.Context, actor auth.Actor, need auth.Permission, cycle string, do func(tx *db.DB, log *audit.Log, r *reports.Review) error) error {
	if err := actor.Need(need); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		r, err := take(tx, cycle)
		if err != nil {
			return err
		}
		return do(tx, log, &r)
	})
}

// take reads a review for a change and keeps others from changing it.
func take(tx *gorm.DB, cycle string) (reports.Review, error) {
	var c progress.Cycle
	if err := tx.Where("code = ?", cycle).Take(&c).Error; err != nil {
		return reports.Review{}, db.Fault(err, "cycle "+cycle)
	}
	var r reports.Review
	err := tx.Clauses(clause.Locking{Strength: db.Row}).Where("cycle_id = ?", c.ID).Take(&r).Error
	r.Cycle = c
	return r, db.Fault(err, "review of cycle "+cycle)
}

// edit is change for what alters the words or figures of a review. A published
// one is refused. What lies before the bodies goes back to its writers, and their
// signatures become void: what tells what was changed.
func (s *Store) edit(ctx context.Context, actor auth.Actor, need auth.Permission, cycle, what string, do func(tx *db.DB, log *audit.Log, r *reports.Review) error) error {
	return s.change(ctx, actor, need, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State == reports.Published {
			return fault.New(fault.Conflict, "desk.error.published", "the review of %s is published", cycle)
		}
		before := log.Len()
		if err := do(tx, log, r); err != nil || log.Len() == before {
			return err // nothing was changed
		}
		return recall(tx, log, r, what)
	})
}

// recall takes a review back from the bodies that it lies before.
func recall(tx *db.DB, log *audit.Log, r *reports.Review, why string) error {
	if !slices.Contains([]reports.ReviewState{reports.Clearance, reports.SignedOff}, r.State) {
		return nil
	}
	was := r.State
	r.State = reports.Drafting
	if err := tx.Model(r).Select("State").Updates(r).Error; err != nil {
		return db.Fault(err, "take a review back")
	}
	now := tx.NowFunc()
	err := tx.Model(&Signature{}).Where("snapshot_id = ? AND voided_at IS NULL", r.SnapshotID).
		Select("VoidedAt", "VoidedBy", "VoidReason").Updates(Signature{VoidedAt: &now, VoidedBy: log.By(), VoidReason: why}).Error
	log.Add(audit.Change{Action: "recall", Noun: "review", Record: r.Cycle.Code, Reason: why, Before: stateRecord{was}, After: stateRecord{r.State}})
	return db.Fault(err, "void the signatures of review "+r.Cycle.Code)
}

// stateRecord is what the audit log keeps of a step of a review.
type stateRecord struct {
	State reports.ReviewState `json:"state"`
}
