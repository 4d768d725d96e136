package progress_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

var states = []objectives.State{objectives.Draft, objectives.Submitted, objectives.Approved, objectives.Accepted, objectives.Released}

// allowed says, step by step, who may make it from which states: when the round
// is open, and ("always") when it is closed too. Who is not named may not.
var allowed = map[progress.Step][]struct{ who, from, when string }{
	progress.StepSave:     {{"author colleague both deputy", "draft", "open"}},
	progress.StepDiscard:  {{"author colleague both deputy", "draft", "open"}},
	progress.StepSubmit:   {{"author colleague both deputy", "draft", "open"}},
	progress.StepWithdraw: {{"author colleague both deputy", "submitted", "open"}},
	progress.StepApprove:  {{"approver", "submitted", "open"}},
	progress.StepAccept:   {{"coordinator", "approved", "always"}},
	progress.StepRelease:  {{"coordinator deputy", "accepted", "always"}},
	progress.StepReturn:   {{"approver both", "submitted", "open"}, {"coordinator deputy", "submitted approved accepted", "always"}},
	progress.StepReopen:   {{"coordinator deputy", "accepted released", "always"}},
}

func expected(step progress.Step, who string, e progress.Entry, open bool) bool {
	if step == progress.StepDiscard && e.FirstSubmittedAt != nil {
		return false
	}
	for _, line := range allowed[step] {
		if slices.Contains(strings.Fields(line.who), who) && slices.Contains(strings.Fields(line.from), string(e.State)) &&
			(open || e.Reopened || line.when == "always") {
			return true
		}
	}
	return false
}

// TestEveryStateStepAndRole tries every step from every state by everybody, in a
// round that is open, closed, and closed with the entry reopened.
func TestEveryStateStepAndRole(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		people := map[string]auth.Actor{
			"author": h.contributor, "colleague": h.colleague, "approver": h.approver, "both": h.person("both", "mia", auth.Contributor, auth.Approver),
			"deputy":   h.person("deputy", "mia", auth.Contributor, auth.Coordinator), // who wrote some of it
			"stranger": h.stranger, "strange approver": h.strangeApprover, "coordinator": h.coordinator,
			"editor": h.editor, "signatory": h.signatory, "partner": h.partner, "auditor": h.auditor, "admin": h.admin, "visitor": h.visitor,
		}
		base := h.started()
		base.Editors = progress.Editors{h.contributor.UserID, people["both"].UserID, people["deputy"].UserID}
		for _, situation := range []string{"open", "closed", "reopened"} {
			isOpen := situation == "open"
			h.setClosed(!isOpen)
			for _, state := range states {
				e := base
				e.State, e.Reopened = state, situation == "reopened"
				if state != objectives.Draft || e.Reopened {
					e.SubmittedAt, e.FirstSubmittedAt, e.SubmittedBy = &now, &now, &h.contributor.UserID
				}
				h.must(db.Save(&e).Error)
				for _, step := range progress.Steps {
					for name, who := range people {
						h.tryStep(e, step, name, who, expected(step, name, e, isOpen), situation)
					}
				}
			}
		}
	})
}

func (h *house) setClosed(closed bool) {
	h.t.Helper()
	var at any
	if closed {
		at = now
	}
	h.must(h.db.Model(&progress.Cycle{}).Where("code = '2026'").Update("closed_at", at).Error)
}

// tryStep makes the step, checks what comes of it, and puts the entry back.
func (h *house) tryStep(e progress.Entry, step progress.Step, name string, who auth.Actor, want bool, situation string) {
	h.t.Helper()
	err := h.do(e, step, who)
	if want != (err == nil) {
		h.t.Errorf("%s: %s by %s from %s: %v", situation, step, name, e.State, err)
	}
	if err == nil {
		h.must(h.db.Save(&e).Error)
		return
	}
	if kind := fault.KindOf(err); kind != fault.NotFound && kind != fault.Forbidden && kind != fault.Conflict {
		h.t.Errorf("%s: %s by %s from %s is refused with %v", situation, step, name, e.State, err)
	}
	var is progress.Entry
	h.must(h.db.Select("version", "state").Take(&is, e.ID).Error)
	if is.Version != e.Version || is.State != e.State {
		h.t.Errorf("%s: %s by %s from %s was refused and still done", situation, step, name, e.State)
	}
}

func (h *house) do(e progress.Entry, step progress.Step, who auth.Actor) (err error) {
	ctx := h.t.Context()
	switch step {
	case progress.StepSave:
		_, err = h.Save(ctx, who, e.Code, e.Version, full("Жаңа мәтін"))
	case progress.StepDiscard:
		err = h.Discard(ctx, who, e.Code, e.Version)
	case progress.StepSubmit:
		_, err = h.Submit(ctx, who, e.Code, e.Version)
	case progress.StepWithdraw:
		_, err = h.Withdraw(ctx, who, e.Code, e.Version)
	case progress.StepApprove:
		_, err = h.Approve(ctx, who, e.Code, e.Version)
	case progress.StepAccept:
		_, err = h.Accept(ctx, who, e.Code, e.Version)
	case progress.StepRelease:
		_, err = h.Release(ctx, who, e.Code, e.Version)
	case progress.StepReturn:
		_, err = h.Return(ctx, who, e.Code, e.Version, "Себебі бар")
	case progress.StepReopen:
		_, err = h.Reopen(ctx, who, e.Code, e.Version, "Себебі бар")
	}
	return err
}

func TestOfferedStepsAreThoseThatCanBeMade(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.brought(objectives.Submitted)
	for want, who := range map[string]auth.Actor{"withdraw": h.contributor, "approve return": h.approver, "return": h.coordinator, "": h.stranger} {
		var got []string
		for _, step := range e.Offered(who, true) {
			got = append(got, string(step))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v are offered, want %s", got, want)
		}
	}
}

func TestPersonWhoHandedItInMayNotApproveIt(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		both := h.person("both", "mia", auth.Contributor, auth.Approver) // who wrote none of it
		e, err := h.Submit(t.Context(), both, e.Code, e.Version)
		h.must(err)
		if _, err := h.Approve(t.Context(), both, e.Code, e.Version); fault.KeyOf(err) != "entry.error.own" {
			t.Errorf("got %v", err)
		}
	})
}

func TestSeveralAreMovedAllOrNone(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		ready := h.brought(objectives.Submitted)
		draft, err := h.Start(t.Context(), h.contributor, "2026", progress.KindProgress, "hotline", "")
		h.must(err)
		refusals, err := h.ApproveAll(t.Context(), h.approver, []progress.Chosen{chosen(ready), chosen(draft), {Code: "nothing"}})
		if err != nil || len(refusals) != 2 || fault.KindOf(refusals[0].Err) != fault.Conflict && fault.KindOf(refusals[1].Err) != fault.Conflict {
			t.Errorf("%v, %v", refusals, err)
		}
		if e, err := h.Entry(t.Context(), h.approver, ready.Code); err != nil || e.State != objectives.Submitted {
			t.Errorf("%s, %v", e.State, err)
		}
		type all func(ctx context.Context, actor auth.Actor, chosen []progress.Chosen) ([]progress.Refusal, error)
		for i, step := range []struct {
			by auth.Actor
			do all
		}{{h.approver, h.ApproveAll}, {h.coordinator, h.AcceptAll}, {h.coordinator, h.ReleaseAll}} {
			stale := []progress.Chosen{{Code: ready.Code, Version: ready.Version + i - 1}}
			if refusals, err := step.do(t.Context(), step.by, stale); err != nil || len(refusals) != 1 || fault.KeyOf(refusals[0].Err) != "entry.error.clash" {
				t.Errorf("a version that was not seen gives %v, %v", refusals, err)
			}
			now := progress.Chosen{Code: ready.Code, Version: ready.Version + i}
			if refusals, err := step.do(t.Context(), step.by, []progress.Chosen{now, now}); err != nil || refusals != nil {
				t.Errorf("%v, %v", refusals, err)
			}
		}
		if e, err := h.Entry(t.Context(), h.visitor, ready.Code); err != nil || e.State != objectives.Released {
			t.Errorf("%s, %v", e.State, err)
		}
	})
}

// chosen is an entry as it was seen.
func chosen(e progress.Entry) progress.Chosen {
	return progress.Chosen{Code: e.Code, Version: e.Version}
}
