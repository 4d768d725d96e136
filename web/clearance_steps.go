package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/reports/desk"
)

// clearancePath is where a review is cleared.
func (r *request) clearancePath() string {
	return "/work/reviews/" + url.PathEscape(r.Param("cycle")) + "/clearance"
}

// cleared leads back to the page of the clearance with a sentence, or shows it
// again with what is wrong with the form.
func (r *request) cleared(form url.Values, err error, sentence string) error {
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showClearance(http.StatusUnprocessableEntity, form, wrong)
	}
	return r.to(r.clearancePath(), r.T(sentence))
}

// setChain writes the bodies that clear the review. Rows without a body are left
// out; a row without a step follows the one before.
func (s *site) setChain(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	var chain []desk.Link
	var found fault.Problems
	for _, row := range chainForm(form, nil) {
		if row.Agency == "" {
			continue
		}
		step, err := strconv.Atoi(strings.TrimSpace(row.Step))
		switch {
		case strings.TrimSpace(row.Step) == "":
			step = len(chain) + 1
		case err != nil || step < 1 || step > mostChain:
			found.Add("step-"+row.Number, "publish.error.step", row.Number)
		}
		chain = append(chain, desk.Link{Agency: row.Agency, Step: step})
	}
	if err = found.Err(); err == nil {
		err = s.desk.SetChain(r.Request.Context(), r.actor, r.Param("cycle"), chain)
	}
	return r.cleared(form, err, "publish.done.chain")
}

// layBefore freezes the review and lays it before its bodies.
func (s *site) layBefore(r *request) error {
	_, err := s.desk.LayBefore(r.Request.Context(), r.actor, r.Param("cycle"))
	var hindered *desk.Hindered
	if errors.As(err, &hindered) {
		return r.to(deskPath+"/"+r.Param("cycle")+"/check", r.T("checking.hindered", len(hindered.Findings)))
	}
	return r.cleared(nil, err, "publish.done.laid")
}

// sign takes the decision of the person's body on what he or she has read.
func (s *site) sign(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	decision := desk.Decision(form.Get("decision"))
	err = s.desk.Sign(r.Request.Context(), r.actor, r.Param("cycle"), form.Get("hash"), decision, form.Get("remark"))
	if decision == desk.Refused {
		return r.cleared(form, err, "publish.done.refused")
	}
	return r.cleared(form, err, "publish.done.signed")
}

// recall takes the review back from its bodies.
func (s *site) recall(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	return r.cleared(form, s.desk.Recall(r.Request.Context(), r.actor, r.Param("cycle"), form.Get("reason")), "publish.done.recalled")
}
