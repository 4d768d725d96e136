package progress

import (
	"slices"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
)

// Step is an act on an entry.
type Step string

// The steps.
const (
	StepSave     Step = "save" // also: evidence added and removed
	StepDiscard  Step = "discard"
	StepSubmit   Step = "submit"
	StepWithdraw Step = "withdraw"
	StepApprove  Step = "approve"
	StepAccept   Step = "accept"
	StepRelease  Step = "release"
	StepReturn   Step = "return"
	StepReopen   Step = "reopen"
)

// Steps lists the steps in the order in which they are offered.
var Steps = []Step{StepSave, StepSubmit, StepWithdraw, StepApprove, StepAccept, StepRelease, StepReturn, StepReopen, StepDiscard}

// rule says when somebody may make a step.
type rule struct {
	by     auth.Permission
	from   []objectives.State
	to     objectives.State
	own    bool // only people of the entry's agency
	others bool // nobody who wrote any of it, or submitted it
	locked bool // not when the round is closed, unless the entry was reopened
	reason bool // a reason has to be given
}

// rules is the one table of an entry's way. Closing a round locks what agencies
// do; the coordinator still decides on what had been approved by then.
var rules = map[Step][]rule{
	StepSave:     {{by: auth.Enter, from: in(objectives.Draft), to: objectives.Draft, own: true, locked: true}},
	StepDiscard:  {{by: auth.Enter, from: in(objectives.Draft), to: objectives.Draft, own: true, locked: true}},
	StepSubmit:   {{by: auth.Enter, from: in(objectives.Draft), to: objectives.Submitted, own: true, locked: true}},
	StepWithdraw: {{by: auth.Enter, from: in(objectives.Submitted), to: objectives.Draft, own: true, locked: true}},
	StepApprove:  {{by: auth.Approve, from: in(objectives.Submitted), to: objectives.Approved, own: true, others: true, locked: true}},
	StepAccept:   {{by: auth.Coordinate, from: in(objectives.Approved), to: objectives.Accepted, others: true}},
	StepRelease:  {{by: auth.Coordinate, from: in(objectives.Accepted), to: objectives.Released}},
	StepReturn: {
		{by: auth.Approve, from: in(objectives.Submitted), to: objectives.Draft, own: true, locked: true, reason: true},
		{by: auth.Coordinate, from: in(objectives.Submitted, objectives.Approved, objectives.Accepted), to: objectives.Draft, reason: true},
	},
	StepReopen: {{by: auth.Coordinate, from: in(objectives.Accepted, objectives.Released), to: objectives.Draft, reason: true}},
}

func in(states ...objectives.State) []objectives.State { return states }

// May returns the rule by which the actor may make the step now; else why not: a
// fault.Forbidden for whom it is not, a fault.Conflict when it is not the time.
func (e Entry) may(a auth.Actor, step Step, open bool) (rule, error) {
	var refusal error
	for _, r := range rules[step] {
		err := e.follows(r, a, step, open)
		if err == nil {
			return r, nil
		}
		if refusal == nil || fault.KindOf(refusal) == fault.Forbidden {
			refusal = err // of two, the one that is not about the person
		}
	}
	return rule{}, refusal
}

func (e Entry) follows(r rule, a auth.Actor, step Step, open bool) error {
	switch {
	case a.UserID == 0 || !a.Can(r.by) || r.own && a.AgencyID != e.AgencyID:
		return fault.New(fault.Forbidden, "error.forbidden", "%s entry %s: not for user %d", step, e.Code, a.UserID)
	case !slices.Contains(r.from, e.State), step == StepDiscard && e.FirstSubmittedAt != nil:
		return fault.New(fault.Conflict, "entry.error.state", "%s entry %s: it is %s", step, e.Code, e.State)
	case r.locked && !open && !e.Reopened:
		return fault.New(fault.Conflict, "entry.error.closed", "%s entry %s: the round is not open", step, e.Code)
	case r.others && (e.Editors.Has(a.UserID) || e.SubmittedBy != nil && *e.SubmittedBy == a.UserID):
		return fault.New(fault.Forbidden, "entry.error.own", "%s entry %s: user %d wrote it", step, e.Code, a.UserID)
	}
	return nil
}

// Offered lists what the actor may do with an entry that he was given, in a
// round that is open to agencies or not.
func (e Entry) Offered(a auth.Actor, open bool) []Step {
	return slices.DeleteFunc(slices.Clone(Steps), func(step Step) bool {
		_, err := e.may(a, step, open)
		return err != nil
	})
}
