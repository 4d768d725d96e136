package web

import (
	"net/http"
	"slices"

	"gcm/objectives"
)

// actionPage is pages/objectives/action.html.
type actionPage struct {
	page
	Objective      objectives.Objective
	Action         objectives.Action
	MeasureLines   []measureLine
	Previous, Next *objectives.Action
}

func (s *site) showAction(r *request) error {
	o, err := r.objective()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(o.Actions, func(a objectives.Action) bool { return a.Letter == r.Param("letter") })
	if i < 0 {
		return notFound("objective %d has no action %q", o.Number, r.Param("letter"))
	}
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	linked, err := s.objectives.MeasuresOfAction(r.Request.Context(), o.Actions[i].Ref)
	if err != nil {
		return err
	}
	p := actionPage{
		page:      r.page(r.T("action.title", o.Actions[i].Ref, r.in(o.ShortTitle)), r.in(o.Actions[i].Summary)),
		Objective: o, Action: o.Actions[i], MeasureLines: linkedLines(linked, cutoff),
	}
	if i > 0 {
		p.Previous = &o.Actions[i-1]
	}
	if i+1 < len(o.Actions) {
		p.Next = &o.Actions[i+1]
	}
	return r.render(http.StatusOK, "objectives/action", p)
}
