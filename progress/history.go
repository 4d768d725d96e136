package progress

import (
	"context"
	"encoding/json"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// History is what was done with an entry.
type History struct {
	Entry Entry
	Title i18n.Text     // what the entry is about
	Open  bool          // its round is open to agencies
	Acts  []audit.Entry // the newest first; Before and After are a Snapshot, or empty
}

// History returns what was done with an entry as far as the actor may see it: a
// page of so many acts that come before a number, 0 for the newest. People of the
// entry's agency and auditors see every version. Others see versions of a state
// that is shown to them, each against the last such one before it, and never what
// was written in between.
func (s *Store) History(ctx context.Context, actor auth.Actor, code string, before int64, limit int) (History, error) {
	var h held
	if err := find(s.db.WithContext(ctx), actor, "e.code = ?", code).Take(&h).Error; err != nil {
		return History{}, db.Fault(err, "entry "+code)
	}
	acts, err := s.acts(ctx, actor, h.Entry, before, limit)
	if h.Kind == KindValues && !actor.Can(auth.SeeHidden) { // another version may say more than this one
		for n := range acts {
			acts[n].Before, acts[n].After = "", ""
		}
	}
	return History{h.seenBy(actor), h.Title, h.open(), acts}, err
}

func (s *Store) acts(ctx context.Context, actor auth.Actor, e Entry, before int64, limit int) ([]audit.Entry, error) {
	if closeTo(actor, e) {
		return audit.List(ctx, s.db, audit.Filter{Noun: "entry", Record: e.Code, Before: before, Limit: limit})
	}
	acts, err := audit.List(ctx, s.db, audit.Filter{Noun: "entry", Record: e.Code, Except: string(StepSave)})
	if err != nil {
		return nil, err
	}
	acts = shown(actor, acts, inside(actor, e))
	if before > 0 {
		acts = slices.DeleteFunc(acts, func(a audit.Entry) bool { return a.Seq >= before })
	}
	return acts[:min(limit, len(acts))], nil
}

// closeTo reports whether the actor sees an entry in every state.
func closeTo(a auth.Actor, e Entry) bool {
	return a.Has(auth.Auditor) || a.AgencyID == e.AgencyID && (a.Has(auth.Contributor) || a.Has(auth.Approver))
}

// shown leaves of the acts, newest first, what somebody may see who does not see
// drafts; with names only for those who learn who wrote and decided.
func shown(a auth.Actor, acts []audit.Entry, names bool) []audit.Entry {
	var list []audit.Entry
	last := "" // version that the actor saw
	for _, act := range slices.Backward(acts) {
		visible := showsState(a, stateOf(act.After))
		if !visible && !names {
			continue
		}
		act.Before = last
		if visible {
			last = act.After
		} else {
			act.Before, act.After = "", ""
		}
		if !names {
			act.UserID, act.Who, act.Agency, act.Reason = nil, "", "", ""
		}
		list = append(list, act)
	}
	slices.Reverse(list)
	return list
}

// showsState says, as reach does, which states are shown to people outside the
// entry's agency.
func showsState(a auth.Actor, state objectives.State) bool {
	if a.Has(auth.Coordinator) {
		return state != "" && state != objectives.Draft
	}
	return state == objectives.Accepted || state == objectives.Released
}

// stateOf reads the state from a Snapshot on record; empty when there is none.
func stateOf(snapshot string) objectives.State {
	var kept struct{ State objectives.State }
	_ = json.Unmarshal([]byte(snapshot), &kept)
	return kept.State
}

// Restore saves the content that the entry had after an act, by the number of
// the act, as a new version over the one that the actor read. The rules are those
// of Save; an act that the actor does not see in full is not found.
func (s *Store) Restore(ctx context.Context, actor auth.Actor, code string, version int, seq int64) (Entry, error) {
	e, err := s.Entry(ctx, actor, code)
	if err != nil {
		return e, err
	}
	act, err := audit.ByNumber(ctx, s.db, seq)
	if err != nil {
		return e, err
	}
	var kept Snapshot
	if act.Noun != "entry" || act.Record != code || !closeTo(actor, e) || json.Unmarshal([]byte(act.After), &kept) != nil {
		return e, fault.New(fault.NotFound, "error.not_found", "entry %s has no version %d on record", code, seq)
	}
	return s.Save(ctx, actor, code, version, kept.Content)
}
