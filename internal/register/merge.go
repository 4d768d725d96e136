package register

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// Merge makes one record the successor of another: it takes over what Join and
// Follow say; the other is archived and leads to it, with its own history.
func (r Register[C]) Merge(ctx context.Context, actor auth.Actor, from, into, why string) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	return r.transact(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		return r.merge(tx, log, Move{from, into, why})
	})
}

// Succeed creates a record and makes it the successor of another, as when a
// ministry becomes another body. It returns the new code.
func (r Register[C]) Succeed(ctx context.Context, actor auth.Actor, from, code string, c C, why string) (string, error) {
	why, err := reason(why)
	if err != nil {
		return code, err
	}
	err = r.transact(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		if code, err = r.create(tx, log, code, c); err != nil {
			return err
		}
		return r.merge(tx, log, Move{from, code, why})
	})
	return code, err
}

func (r Register[C]) merge(tx *db.DB, log *audit.Log, move Move) error {
	from, into, err := r.pair(tx, move)
	if err != nil {
		return err
	}
	if err := r.join(tx, log, move); err != nil {
		return err
	}
	for _, follow := range r.Follow {
		if err := follow(tx, log, move); err != nil {
			return err
		}
	}
	if err := r.mark(tx, from.ID, tx.NowFunc(), into.ID); err != nil {
		return err
	}
	log.Add(audit.Change{Action: "merge", Noun: r.Noun, Record: move.From, Reason: move.Reason, After: map[string]string{"successor": move.Into}})
	return nil
}

// pair locks both records, always in the same order, and refuses what would not
// lead anywhere.
func (r Register[C]) pair(tx *db.DB, move Move) (from, into row, err error) {
	if move.From == move.Into {
		var found Checks
		found.Problems.Add("into", "register.problem.itself")
		return from, into, found.Problems
	}
	rows := map[string]row{}
	for _, code := range []string{min(move.From, move.Into), max(move.From, move.Into)} {
		if rows[code], err = r.row(tx, code, true); fault.KindOf(err) == fault.NotFound && code == move.Into {
			return from, into, fault.Problems{{Field: "into", Key: "register.problem.unknown", Args: []any{code}}}
		} else if err != nil {
			return from, into, err
		}
		if rows[code].ArchivedAt != nil {
			return from, into, fault.New(fault.Conflict, "error.archived", "%s %s is archived", r.Noun, code)
		}
	}
	return rows[move.From], rows[move.Into], nil
}

// join lets the successor take over content.
func (r Register[C]) join(tx *db.DB, log *audit.Log, move Move) error {
	if r.Join == nil {
		return nil
	}
	gone, err := r.Read(tx, move.From)
	if err != nil {
		return err
	}
	before, err := r.Read(tx, move.Into)
	if err != nil {
		return err
	}
	after, err := r.Read(tx, move.Into) // a second one: a content shares its lists when it is copied
	if err != nil {
		return err
	}
	r.Join(&after, gone)
	was, err := RevisionOf(before)
	if err != nil {
		return err
	}
	if is, err := RevisionOf(after); err != nil || is == was {
		return err
	}
	if err := r.Write(tx, move.Into, after); err != nil {
		return err
	}
	log.Add(audit.Change{Action: "change", Noun: r.Noun, Record: move.Into, Reason: move.Reason, Before: before, After: after})
	return nil
}
