package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/progress"
)

// stepEntry returns the handler of one step of an entry's way. The entry's page
// and the queue send their forms here; "back" says where one goes on.
func (s *site) stepEntry(step progress.Step) handler {
	return func(r *request) error {
		form, err := r.form()
		if err != nil {
			return err
		}
		version, _ := strconv.Atoi(form.Get("version")) // none is a version that nobody worked on
		asked := entryStep{Name: string(step), Text: form.Get("reason")}
		err = s.makeStep(r.Request.Context(), r.actor, step, r.Param("code"), version, asked.Text)
		if err != nil {
			return r.refuseStep(err, asked)
		}
		return r.to(r.afterStep(form.Get("back")), r.T("entering.done."+string(step)))
	}
}

func (s *site) makeStep(ctx context.Context, actor auth.Actor, step progress.Step, code string, version int, reason string) (err error) {
	switch step {
	case progress.StepSubmit:
		_, err = s.progress.Submit(ctx, actor, code, version)
	case progress.StepWithdraw:
		_, err = s.progress.Withdraw(ctx, actor, code, version)
	case progress.StepApprove:
		_, err = s.progress.Approve(ctx, actor, code, version)
	case progress.StepAccept:
		_, err = s.progress.Accept(ctx, actor, code, version)
	case progress.StepRelease:
		_, err = s.progress.Release(ctx, actor, code, version)
	case progress.StepReturn:
		_, err = s.progress.Return(ctx, actor, code, version, reason)
	case progress.StepReopen:
		_, err = s.progress.Reopen(ctx, actor, code, version, reason)
	case progress.StepDiscard:
		err = s.progress.Discard(ctx, actor, code, version)
	}
	return err
}

// refuseStep shows the entry again with what stood in the way, when the person
// may see it still.
func (r *request) refuseStep(err error, asked entryStep) error {
	kind, problems := fault.KindOf(err), fault.ProblemsOf(err)
	var clash *progress.Clash
	switch {
	case errors.As(err, &clash):
		problems = fault.Problems{{Key: "entering.error.changed"}}
	case problems == nil && (kind == fault.Conflict || kind == fault.Forbidden) && fault.KeyOf(err) != "error.forbidden":
		problems = fault.Problems{{Key: fault.KeyOf(err)}}
	case problems == nil:
		return err
	}
	e, gone := r.site.progress.Entry(r.Request.Context(), r.actor, r.Param("code"))
	if gone != nil {
		return err
	}
	for _, p := range problems {
		if p.Field == "reason" {
			asked.Problem = r.T(p.Key, p.Args...)
		}
	}
	status := http.StatusUnprocessableEntity
	if kind != fault.Invalid {
		status = statuses[kind]
	}
	return r.renderEntry(status, e, shownEntry{problems: problems, step: asked})
}

// afterStep is where one goes on: back where one came from, else to the entry,
// else, when it is out of sight now, to the list.
func (r *request) afterStep(back string) string {
	if back != "" && localPath(back) {
		return back
	}
	code := r.Param("code")
	if _, err := r.site.progress.Entry(r.Request.Context(), r.actor, code); err != nil {
		return "/work/entries"
	}
	return "/work/entries/" + code
}

// discardPage is pages/entries/discard.html.
type discardPage struct {
	workPage
	Head entryHead
}

// askDiscard asks whether a draft shall really be thrown away.
func (s *site) askDiscard(r *request) error {
	e, err := s.progress.Entry(r.Request.Context(), r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	head, err := r.entryHead(e, shownEntry{})
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "entries/discard", discardPage{r.workPage(r.T("entry.step.discard")), head})
}
