package progress

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// Clash is a fault.Conflict: somebody changed the entry since the version that
// the actor worked on.
type Clash struct {
	Theirs Entry
	Base   *Content // of the version that the actor worked on; nil when none is on record, or nothing was to be saved
}

func (c *Clash) Error() string {
	return fmt.Sprintf("entry %s is at version %d", c.Theirs.Code, c.Theirs.Version)
}

// Unwrap gives the clash its kind and its words.
func (c *Clash) Unwrap() error {
	return fault.New(fault.Conflict, "entry.error.clash", "version %d of entry %s", c.Theirs.Version, c.Theirs.Code)
}

// Save writes the content over the version that the actor read. It returns a
// *Clash when there is a newer one, and fault.Problems for what cannot be kept;
// the same content again writes nothing.
func (s *Store) Save(ctx context.Context, actor auth.Actor, code string, version int, c Content) (Entry, error) {
	return s.change(ctx, actor, code, func(tx *db.DB, log *audit.Log, h *held) error {
		return h.save(tx, log, actor, version, c)
	})
}

// change runs do on an entry that nobody else changes meanwhile.
func (s *Store) change(ctx context.Context, actor auth.Actor, code string, do func(tx *db.DB, log *audit.Log, h *held) error) (Entry, error) {
	var h held
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) (err error) {
		if h, err = take(tx, actor, code); err != nil {
			return err
		}
		return do(tx, log, &h)
	})
	if err != nil {
		return Entry{}, err
	}
	return h.seenBy(actor), nil
}

func (h *held) save(tx *gorm.DB, log *audit.Log, actor auth.Actor, version int, c Content) error {
	if _, err := h.may(actor, StepSave, h.open()); err != nil {
		return err
	}
	c, problems := c.normal(h.Kind)
	if problems != nil {
		return problems
	}
	if c.same(h.Content) {
		return nil
	}
	if version != h.Version {
		base, err := contentAt(tx, h.Code, version)
		return cmp.Or[error](err, &Clash{h.seenBy(actor), base})
	}
	before := h.snapshot()
	h.Content = c
	if c.Progress != nil {
		h.Entry.Status = c.Progress.Status
	}
	h.editedBy(actor)
	h.Version++
	log.Add(audit.Change{Action: "save", Noun: "entry", Record: h.Code, Before: before, After: h.snapshot()})
	return h.write(tx)
}

// contentAt reads from the record what an entry said in a version; nil for one
// that never was. Not every act has a snapshot: the last one before it counts.
func contentAt(tx *gorm.DB, entry string, version int) (*Content, error) {
	acts, err := audit.List(tx.Statement.Context, tx, audit.Filter{Noun: "entry", Record: entry})
	for _, act := range acts {
		var kept Snapshot
		if json.Unmarshal([]byte(act.After), &kept) == nil && kept.Version > 0 && kept.Version <= version {
			return &kept.Content, err
		}
	}
	return nil, err
}

func (h *held) editedBy(actor auth.Actor) {
	if !h.Editors.Has(actor.UserID) {
		h.Editors = append(h.Editors, actor.UserID)
	}
}

func (h *held) write(tx *gorm.DB) error {
	return db.Fault(tx.Select("*").Updates(&h.Entry).Error, "write entry "+h.Code)
}
