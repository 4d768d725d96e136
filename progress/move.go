package progress

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
)

// longestReason is how many characters a reason has at most.
const longestReason = 2_000

// Submit hands the entry to the agency's approver. It returns fault.Problems
// with all that is missing.
func (s *Store) Submit(ctx context.Context, actor auth.Actor, code string, version int) (Entry, error) {
	return s.move(ctx, actor, code, version, StepSubmit, "")
}

// Withdraw takes a submitted entry back.
func (s *Store) Withdraw(ctx context.Context, actor auth.Actor, code string, version int) (Entry, error) {
	return s.move(ctx, actor, code, version, StepWithdraw, "")
}

// Approve is the agency's word that the entry is right; never of those who wrote it.
func (s *Store) Approve(ctx context.Context, actor auth.Actor, code string, version int) (Entry, error) {
	return s.move(ctx, actor, code, version, StepApprove, "")
}

// Accept is the coordinator's word that the entry will do.
func (s *Store) Accept(ctx context.Context, actor auth.Actor, code string, version int) (Entry, error) {
	return s.move(ctx, actor, code, version, StepAccept, "")
}

// Release makes the entry public and writes what it says into the registers.
func (s *Store) Release(ctx context.Context, actor auth.Actor, code string, version int) (Entry, error) {
	return s.move(ctx, actor, code, version, StepRelease, "")
}

// Return sends the entry back to be mended. In a closed round it may be mended
// all the same.
func (s *Store) Return(ctx context.Context, actor auth.Actor, code string, version int, reason string) (Entry, error) {
	return s.move(ctx, actor, code, version, StepReturn, reason)
}

// Reopen lets the agency change what was accepted or released already. What was
// released stays public until the new content is.
func (s *Store) Reopen(ctx context.Context, actor auth.Actor, code string, version int, reason string) (Entry, error) {
	return s.move(ctx, actor, code, version, StepReopen, reason)
}

// Discard deletes a draft that was never submitted, with its evidence.
func (s *Store) Discard(ctx context.Context, actor auth.Actor, code string, version int) error {
	_, err := s.change(ctx, actor, code, func(tx *db.DB, log *audit.Log, h *held) error {
		if _, err := h.may(actor, StepDiscard, h.open()); err != nil {
			return err
		}
		if version != h.Version {
			return &Clash{Theirs: h.seenBy(actor)}
		}
		log.Add(audit.Change{Action: string(StepDiscard), Noun: "entry", Record: code, Before: h.snapshot()})
		return db.Fault(tx.Delete(&h.Entry).Error, "discard entry "+code)
	})
	return err
}

func (s *Store) move(ctx context.Context, actor auth.Actor, code string, version int, step Step, reason string) (Entry, error) {
	return s.change(ctx, actor, code, func(tx *db.DB, log *audit.Log, h *held) error {
		if err := h.move(tx, log, actor, version, step, reason); err != nil {
			return err
		}
		return recompute(tx, log, step, *h)
	})
}

// recompute makes the values of calculated indicators anew once all entries of a
// transaction are released, so that none is made of half of them.
func recompute(tx *gorm.DB, log *audit.Log, step Step, moved ...held) error {
	var codes, entries []string
	for _, h := range moved {
		if step == StepRelease && h.Kind == KindValues {
			codes, entries = append(codes, h.Record), append(entries, h.Code)
		}
	}
	if len(codes) == 0 {
		return nil
	}
	made := indicators.Made{MadeBy: log.By(), Reason: "entry " + strings.Join(entries, ", ")}
	return indicators.Recompute(tx.Statement.Context, tx, log, made, codes...)
}

// move makes one step of an entry's way, with all that follows from it.
func (h *held) move(tx *gorm.DB, log *audit.Log, actor auth.Actor, version int, step Step, reason string) error {
	by, err := h.may(actor, step, h.open())
	if err != nil {
		return err
	}
	if version != h.Version {
		return &Clash{Theirs: h.seenBy(actor)}
	}
	if reason, err = by.reasonOf(reason); err != nil {
		return err
	}
	if step == StepSubmit {
		if err := h.complete(tx); err != nil {
			return err
		}
	}
	before := h.snapshot()
	if step == StepRelease {
		if err := h.apply(tx, log); err != nil {
			return err
		}
		if err := h.releaseEvidence(tx); err != nil {
			return err
		}
	}
	if by.to == objectives.Draft {
		if err := h.toSuccessor(tx); err != nil {
			return err
		}
	}
	h.mark(actor, step, reason, tx)
	h.State = by.to
	h.Version++
	log.Add(audit.Change{Action: string(step), Noun: "entry", Record: h.Code, Reason: reason, Before: before, After: h.snapshot()})
	if err := h.write(tx); err != nil {
		return err
	}
	return h.tell(tx, actor, step)
}

func (r rule) reasonOf(reason string) (string, error) {
	if !r.reason {
		return "", nil
	}
	reason, problem := NormalString(reason, longestReason)
	if problem == "" && reason == "" {
		problem = "entry.error.reason"
	}
	if problem != "" {
		return "", fault.Problems{{Field: "reason", Key: problem, Args: []any{longestReason}}}
	}
	return reason, nil
}

// mark notes who did what when. A closed round does not hold up the mending of
// what the coordinator gave back.
func (h *held) mark(actor auth.Actor, step Step, reason string, tx *gorm.DB) {
	now, by := tx.NowFunc(), actor.UserID
	switch step {
	case StepSubmit:
		h.SubmittedAt, h.SubmittedBy, h.Returned, h.Reason = &now, &by, false, ""
		if h.FirstSubmittedAt == nil {
			h.FirstSubmittedAt = &now
		}
	case StepApprove:
		h.ApprovedAt, h.ApprovedBy = &now, &by
	case StepAccept:
		h.AcceptedAt, h.AcceptedBy = &now, &by
	case StepRelease:
		content := h.Content
		h.Released, h.ReleasedAt, h.ReleasedBy, h.Reopened = &content, &now, &by, false
	case StepReturn, StepReopen:
		h.Returned, h.Reason = true, reason
		h.Reopened = h.Reopened || step == StepReopen || !h.open()
		h.ApprovedAt, h.ApprovedBy, h.AcceptedAt, h.AcceptedBy = nil, nil, nil, nil
	}
}

// Chosen is an entry in the version in which somebody decided on it.
type Chosen struct {
	Code    string
	Version int
}

// Refusal says why one of several entries was refused.
type Refusal struct {
	Code string
	Err  error
}

// ApproveAll approves several entries, all or none.
func (s *Store) ApproveAll(ctx context.Context, actor auth.Actor, chosen []Chosen) ([]Refusal, error) {
	return s.moveAll(ctx, actor, chosen, StepApprove)
}

// AcceptAll accepts several entries, all or none.
func (s *Store) AcceptAll(ctx context.Context, actor auth.Actor, chosen []Chosen) ([]Refusal, error) {
	return s.moveAll(ctx, actor, chosen, StepAccept)
}

// ReleaseAll releases several entries, all or none.
func (s *Store) ReleaseAll(ctx context.Context, actor auth.Actor, chosen []Chosen) ([]Refusal, error) {
	return s.moveAll(ctx, actor, chosen, StepRelease)
}

var errRefused = fault.New(fault.Conflict, "entry.error.refused", "some entries were refused")

// moveAll makes a step of several entries in one transaction. With any refusal
// nothing is written, and the refusals name all that stand in the way.
func (s *Store) moveAll(ctx context.Context, actor auth.Actor, chosen []Chosen, step Step) ([]Refusal, error) {
	var refusals []Refusal
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		chosen, err := inOrder(tx, chosen)
		if err != nil {
			return err
		}
		var moved []held
		refusals, err = allOrNone(chosen, func(one Chosen) (string, error) {
			h, err := take(tx, actor, one.Code)
			if err == nil {
				err = h.move(tx, log, actor, one.Version, step, "")
			}
			moved = append(moved, h)
			return one.Code, err
		})
		if err != nil {
			return err
		}
		return recompute(tx, log, step, moved...)
	})
	if refusals != nil {
		return refusals, nil
	}
	return nil, err
}

// allOrNone does one thing after another within a transaction, and returns what
// was refused, by the code that do names, with the error that takes all back.
func allOrNone[T any](list []T, do func(T) (code string, err error)) ([]Refusal, error) {
	var refusals []Refusal
	for _, one := range list {
		code, err := do(one)
		if err != nil && fault.KindOf(err) == fault.Internal {
			return nil, err
		}
		if err != nil {
			refusals = append(refusals, Refusal{code, err})
		}
	}
	if refusals != nil {
		return refusals, errRefused
	}
	return nil, nil
}

// inOrder returns what was chosen, each entry once, in the one order in which all
// writers lock entries and then the records that they change; unknown ones come
// last, to be refused.
func inOrder(tx *gorm.DB, chosen []Chosen) ([]Chosen, error) {
	byCode := map[string]Chosen{}
	for _, one := range chosen {
		byCode[one.Code] = one
	}
	var known []string
	err := tx.Model(&Entry{}).Where("code IN ?", slices.Sorted(maps.Keys(byCode))).
		Order("COALESCE(measure_id, 0), COALESCE(indicator_id, 0), id").Pluck("code", &known).Error
	var list []Chosen
	for _, code := range known {
		list = append(list, byCode[code])
		delete(byCode, code)
	}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		list = append(list, byCode[code])
	}
	return list, db.Fault(err, "read entries")
}
