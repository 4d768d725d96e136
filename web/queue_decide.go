package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

// decision is what can be decided on several entries in one step.
type decision struct {
	state objectives.State // that they are in
	take  func(*progress.Store, context.Context, auth.Actor, []progress.Chosen) ([]progress.Refusal, error)
}

// decisions are named by the buttons of the queue.
var decisions = map[string]decision{
	"approve": {objectives.Submitted, (*progress.Store).ApproveAll},
	"accept":  {objectives.Approved, (*progress.Store).AcceptAll},
	"release": {objectives.Accepted, (*progress.Store).ReleaseAll},
}

// stepFrom names the decision that leads on from a state.
func stepFrom(state objectives.State) string {
	for name, d := range decisions {
		if d.state == state {
			return name
		}
	}
	return ""
}

// decideQueue takes the decision on all that was chosen, or on none of it and
// says at each line what stands against it.
func (s *site) decideQueue(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	d, known := decisions[form.Get("step")]
	chosen := chosenOf(form)
	switch {
	case !known:
		return r.showQueue(http.StatusUnprocessableEntity, attempt{problem: r.T("queue.no_step")})
	case len(chosen) == 0:
		return r.showQueue(http.StatusUnprocessableEntity, attempt{problem: r.T("queue.none_chosen")})
	case len(chosen) > queueSize:
		return r.showQueue(http.StatusUnprocessableEntity, attempt{problem: r.T("queue.too_many", queueSize)})
	}
	refusals, err := d.take(s.progress, r.Request.Context(), r.actor, chosen)
	if err != nil {
		return err
	}
	if len(refusals) > 0 {
		return r.showQueue(http.StatusUnprocessableEntity, r.refused(chosen, refusals))
	}
	return r.to(r.withQuery("page", ""), r.T("queue.done."+form.Get("step"), len(chosen)))
}

// chosenOf reads what was chosen: each entry with the version that was shown.
func chosenOf(form url.Values) (list []progress.Chosen) {
	for _, value := range form["entry"] {
		code, version, _ := strings.Cut(value, ":")
		n, _ := strconv.Atoi(version) // without a number it is a version that nobody has seen
		list = append(list, progress.Chosen{Code: code, Version: n})
	}
	return list
}

// refused is the attempt that failed, with the reason for each entry.
func (r *request) refused(chosen []progress.Chosen, refusals []progress.Refusal) attempt {
	tried := attempt{chosen: chosen, reasons: map[string]string{}, problem: r.T("queue.refused")}
	for _, one := range refusals {
		tried.reasons[one.Code] = r.reason(one.Err)
	}
	return tried
}

// reason is a failure in the reader's words.
func (r *request) reason(err error) string {
	if key := fault.KeyOf(err); r.p.Has(key) {
		return r.T(key)
	}
	return r.T("error.internal")
}

// gone counts the refused entries that are in the queue no longer.
func (a attempt) gone(sections []queueSection) int {
	n := len(a.reasons)
	for _, s := range sections {
		for _, l := range s.Lines {
			if l.Refusal != "" {
				n--
			}
		}
	}
	return n
}
