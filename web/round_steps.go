package web

import (
	"net/http"

	"gcm/internal/fault"
)

// openRound lets agencies enter.
func (s *site) openRound(r *request) error {
	code := r.Param("code")
	if err := s.progress.OpenCycle(r.Request.Context(), r.actor, code); err != nil {
		return err
	}
	return r.to("/work/rounds/"+code, r.T("round.done.open"))
}

// closeRound locks what agencies entered.
func (s *site) closeRound(r *request) error {
	code := r.Param("code")
	if err := s.progress.CloseCycle(r.Request.Context(), r.actor, code); err != nil {
		return err
	}
	return r.to("/work/rounds/"+code, r.T("round.done.close"))
}

// reopenRound lets agencies enter again, for a reason.
func (s *site) reopenRound(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	code := r.Param("code")
	err = s.progress.ReopenCycle(r.Request.Context(), r.actor, code, form.Get("reason"))
	if wrong := fault.ProblemsOf(err); wrong != nil {
		return r.showRound(http.StatusUnprocessableEntity, r.roundSheet(form, wrong))
	}
	if err != nil {
		return err
	}
	return r.to("/work/rounds/"+code, r.T("round.done.reopen"))
}
