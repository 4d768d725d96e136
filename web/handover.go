package web

import (
	"net/http"
	"strconv"

	"gcm/internal/auth"
	"gcm/progress"
)

// handoverPage is pages/users/handover.html.
type handoverPage struct {
	workPage
	User       auth.User
	InHand     []progress.InHand
	Colleagues []auth.User
	Problems   problems
}

// showHandover lists what a person works on, and who could go on with it.
func (s *site) showHandover(r *request) error {
	user, err := s.user(r)
	if err != nil {
		return err
	}
	return s.handoverPage(r, user, http.StatusOK, nil)
}

func (s *site) handoverPage(r *request, user auth.User, status int, wrong problems) error {
	ctx := r.Request.Context()
	open, err := s.progress.InHand(ctx, r.actor, user.ID)
	if err != nil {
		return err
	}
	colleagues, err := s.accounts.Colleagues(ctx, user.ID)
	if err != nil {
		return err
	}
	return r.render(status, "users/handover", handoverPage{r.workPage(r.T("handover.title")), user, open, colleagues, wrong})
}

// handOver gives what a person works on to a colleague.
func (s *site) handOver(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	user, err := s.user(r)
	if err != nil {
		return err
	}
	to, _ := strconv.ParseInt(form.Get("to"), 10, 64)
	count, err := s.progress.Handover(r.Request.Context(), r.actor, user.ID, to)
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return s.handoverPage(r, user, http.StatusUnprocessableEntity, wrong)
	}
	return r.to(userPath(user.ID), r.T("handover.done", count))
}
