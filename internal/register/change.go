package register

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// Create adds a record and returns its code, which is made from its name when
// none is given. What is wrong comes back as fault.Problems.
func (r Register[C]) Create(ctx context.Context, actor auth.Actor, code string, c C) (string, error) {
	err := r.transact(ctx, actor, func(tx *db.DB, log *audit.Log) (err error) {
		code, err = r.create(tx, log, code, c)
		return err
	})
	return code, err
}

func (r Register[C]) create(tx *db.DB, log *audit.Log, code string, c C) (string, error) {
	var found Checks
	if err := r.Check(tx, code, &c, &found); err != nil {
		return code, err
	}
	code, err := r.freeCode(tx, code, r.Title(c), &found)
	if err != nil {
		return code, err
	}
	if err := found.Problems.Err(); err != nil {
		return code, err
	}
	if err := r.Write(tx, code, c); err != nil {
		return code, err
	}
	log.Add(audit.Change{Action: "create", Noun: r.Noun, Record: code, After: c})
	return code, r.then(tx, log, code)
}

// Change writes a record's content in place of the one that the actor saw. When
// another was written since, it is a fault.Conflict and nothing is written. To
// write what stands there already does nothing.
func (r Register[C]) Change(ctx context.Context, actor auth.Actor, code string, seen Revision, c C) error {
	return r.transact(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		row, err := r.row(tx, code, true)
		if err != nil {
			return err
		}
		if row.ArchivedAt != nil {
			return fault.New(fault.Conflict, "error.archived", "%s %s is archived", r.Noun, code)
		}
		before, err := r.Read(tx, code)
		if err != nil {
			return err
		}
		now, err := RevisionOf(before)
		if err != nil {
			return err
		}
		if now != seen {
			return fault.New(fault.Conflict, "error.changed_meanwhile", "%s %s was changed meanwhile", r.Noun, code)
		}
		var found Checks
		if err := r.Check(tx, code, &c, &found); err != nil {
			return err
		}
		if err := found.Problems.Err(); err != nil {
			return err
		}
		after, err := RevisionOf(c)
		if err != nil || after == now {
			return err
		}
		if err := r.Write(tx, code, c); err != nil {
			return err
		}
		log.Add(audit.Change{Action: "change", Noun: r.Noun, Record: code, Before: before, After: c})
		return r.then(tx, log, code)
	})
}
