package register

import (
	"context"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// Archive takes a record out of use. What speaks of it stays.
func (r Register[C]) Archive(ctx context.Context, actor auth.Actor, code, why string) error {
	return r.retire(ctx, actor, "archive", code, why, func(tx *db.DB, row row) error {
		if row.ArchivedAt != nil {
			return fault.New(fault.Conflict, "error.archived", "%s %s is archived already", r.Noun, code)
		}
		return r.mark(tx, row.ID, tx.NowFunc(), nil)
	})
}

// Restore brings an archived record back into use. One that was merged stands
// alone again; what it handed over stays where it is.
func (r Register[C]) Restore(ctx context.Context, actor auth.Actor, code, why string) error {
	return r.retire(ctx, actor, "restore", code, why, func(tx *db.DB, row row) error {
		if row.ArchivedAt == nil {
			return fault.New(fault.Conflict, "error.not_archived", "%s %s is not archived", r.Noun, code)
		}
		return r.mark(tx, row.ID, nil, nil)
	})
}

func (r Register[C]) retire(ctx context.Context, actor auth.Actor, action, code, why string, do func(tx *db.DB, row row) error) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	return r.transact(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		row, err := r.row(tx, code, true)
		if err != nil {
			return err
		}
		if err := do(tx, row); err != nil {
			return err
		}
		log.Add(audit.Change{Action: action, Noun: r.Noun, Record: code, Reason: why})
		return r.then(tx, log, code)
	})
}

// mark writes since when a record is out of use, and which one took its place.
func (r Register[C]) mark(tx *db.DB, id int64, archivedAt, successor any) error {
	if at, ok := archivedAt.(time.Time); ok {
		archivedAt = at.UTC()
	}
	err := tx.Table(r.Table).Where("id = ?", id).Updates(map[string]any{"archived_at": archivedAt, "successor_id": successor}).Error
	return db.Fault(err, "archive "+r.Noun)
}
