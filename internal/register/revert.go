package register

import (
	"bytes"
	"context"
	"encoding/json"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
)

// Revert writes the content that a record had after an act, by the act's number
// in the audit log, in place of the one that the actor saw. The rules are those
// of Change; an act on another record, or one that left no whole content, is not
// found.
func (r Register[C]) Revert(ctx context.Context, actor auth.Actor, code string, seen Revision, seq int64) error {
	if err := actor.Need(r.May); err != nil {
		return err
	}
	act, err := audit.ByNumber(ctx, r.DB, seq)
	if err != nil {
		return err
	}
	var c C
	kept := json.NewDecoder(bytes.NewReader([]byte(act.After)))
	kept.DisallowUnknownFields()
	if act.Noun != r.Noun || act.Record != code || kept.Decode(&c) != nil {
		return fault.New(fault.NotFound, "error.not_found", "%s %s has no version %d on record", r.Noun, code, seq)
	}
	return r.Change(ctx, actor, code, seen, c)
}
