package web

import (
	"context"
	"net/http"

	"gcm/internal/auth"
	"gcm/objectives"
	"gcm/progress"
)

// decision is what can be decided on several entries in one step.
type decision struct {
	state objectives.State // that they are in
	take  func(*progress.Store, context.Context, auth.Actor, []string) ([]progress.Refusal, error)
}

// decisions are named by the buttons of the queue.
var decisions = map[string]decision{
	"approve": {objectives.Submitted, (*progress.Store).ApproveAll},
	"accept":  {objectives.Approved, (*progress.Store).AcceptAll},
	"release": {objectives.Accepted, (*progress.Store).ReleaseAll},
}

// decideQueue takes the decision on all that was chosen, or on none of it and
// says at each line what stands against it.
func (s *site) decideQueue(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	d, known := decisions[form.Get("step")]
	codes := form["code"]
	switch {
	case !known:
		return r.showQueue(http.StatusUnprocessableEntity, attempt{problem: r.T("queue.no_step")})
	case len(codes) == 0:
		return r.showQueue(http.StatusUnprocessableEntity, attempt{problem: r.T("queue.none_chosen")})
	case len(codes) > queueSize:
		return r.showQueue(http.StatusUnprocessableEntity, attempt{problem: r.T("queue.too_many", queueSize)})
	}
	refusals, err := d.take(s.progress, r.Request.Context(), r.actor, codes)
	if err != nil {
		return err
	}
	if len(refusals) > 0 {
		return r.showQueue(http.StatusUnprocessableEntity, r.refused(d.state, codes, refusals))
	}
	return r.to(r.withQuery("page", ""), r.T("queue.done."+form.Get("step"), len(codes)))
}
