package web

import "net/http"

// openRound lets agencies enter in a round that was only presented so far.
func (s *site) openRound(r *request) error {
	c, err := s.progress.Cycle(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	if _, err := s.progress.OpenCycle(r.Request.Context(), r.actor, c); err != nil {
		return err
	}
	return r.to("/work/rounds/"+c.Code, r.T("round.done.open"))
}

// closeRound locks what agencies entered.
func (s *site) closeRound(r *request) error {
	c, err := s.progress.CloseCycle(r.Request.Context(), r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	return r.to("/work/rounds/"+c.Code, r.T("round.done.close"))
}

// reopenRound lets agencies enter again, for a reason.
func (s *site) reopenRound(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	c, err := s.progress.ReopenCycle(r.Request.Context(), r.actor, r.Param("code"), form.Get("reason"))
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		for i := range wrong {
			wrong[i].Field = "reason"
		}
		return r.showRound(http.StatusUnprocessableEntity, r.roundSheet(form, wrong))
	}
	return r.to("/work/rounds/"+c.Code, r.T("round.done.reopen"))
}
