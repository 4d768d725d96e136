package progress

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
)

// Saving is the content of one entry that is to be saved with others.
type Saving struct {
	Cycle   string
	Kind    Kind   // KindProgress or KindValues
	Record  string // code of the measure or indicator
	Version int    // that the content was written over; 0 when there was no entry
	Content Content
}

// SaveAll starts and saves entries of the actor's agency as drafts, all or none.
// With any refusal nothing is written; the refusals name the records, by their
// codes, that stand in the way.
func (s *Store) SaveAll(ctx context.Context, actor auth.Actor, all []Saving) ([]Refusal, error) {
	if err := mayEnter(actor, ""); err != nil {
		return nil, err
	}
	var refusals []Refusal
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) (err error) {
		refusals, err = allOrNone(all, func(one Saving) (string, error) { return one.Record, one.save(tx, log, actor) })
		return err
	})
	if refusals != nil {
		return refusals, nil
	}
	return nil, err
}

func (one Saving) save(tx *db.DB, log *audit.Log, actor auth.Actor) error {
	h, err := start(tx, log, actor, one.Cycle, one.Kind, one.Record)
	if err != nil {
		return err
	}
	version := one.Version
	if version == 0 { // an entry that was opened meanwhile and not written yet is no clash
		version = 1
	}
	return h.save(tx, log, actor, version, one.Content)
}
