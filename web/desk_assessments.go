package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/reports"
	"gcm/reports/desk"
)

// judgedPage is pages/desk/assessments.html.
type judgedPage struct {
	workPage
	deskHead
	Last  string // cycle of the last review; empty without one
	Lines []judgedLine
}

// judgedLine is an objective with where it stands, now and at the last review.
type judgedLine struct {
	objectives.Objective
	Now, Was *reports.Assessment
}

// judgements are the assessments of a review and of the one before.
func (r *request) judgements(head deskHead) (last string, lines []judgedLine, err error) {
	ctx, s := r.Request.Context(), r.site
	all, err := s.objectives.Objectives(ctx)
	if err != nil {
		return "", nil, err
	}
	now, err := s.reports.Assessments(ctx, head.Review.ID)
	if err != nil {
		return "", nil, err
	}
	before, err := s.reports.Before(ctx, head.Review.Cycle.Code)
	if err != nil {
		return "", nil, err
	}
	var was []reports.Assessment
	if before != nil {
		last = before.Cycle.Code
		if was, err = s.reports.Assessments(ctx, before.ID); err != nil {
			return "", nil, err
		}
	}
	of := func(list []reports.Assessment, number int) *reports.Assessment {
		i := slices.IndexFunc(list, func(a reports.Assessment) bool { return a.Objective.Number == number })
		if i < 0 {
			return nil
		}
		return &list[i]
	}
	for _, o := range all {
		lines = append(lines, judgedLine{o, of(now, o.Number), of(was, o.Number)})
	}
	return last, lines, nil
}

// listAssessments shows where the review judges that the objectives stand.
func (s *site) listAssessments(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	p := judgedPage{workPage: r.workPage(r.T("writing.tab.assessments")), deskHead: head}
	if p.Last, p.Lines, err = r.judgements(head); err != nil {
		return err
	}
	return r.render(http.StatusOK, "desk/assessments", p)
}

// judgePage is pages/desk/assessment.html.
type judgePage struct {
	workPage
	deskHead
	judgedLine
	Last      string
	Form      sheet
	Levels    []reports.Level
	Languages []string
	MayJudge  bool
	Other     *reports.Assessment // what somebody else wrote meanwhile
}

// assessed finds the objective that the address names, with its assessments.
func (r *request) assessed(head deskHead) (last string, line judgedLine, err error) {
	o, err := r.objective()
	if err != nil {
		return "", line, err
	}
	last, lines, err := r.judgements(head)
	i := slices.IndexFunc(lines, func(l judgedLine) bool { return l.Number == o.Number })
	if err != nil || i < 0 {
		return "", line, errors.Join(err, notFound("no objective %d", o.Number))
	}
	return last, lines[i], nil
}

// showAssessment brings the form for one objective.
func (s *site) showAssessment(r *request) error {
	values := url.Values{}
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	_, line, err := r.assessed(head)
	if err != nil {
		return err
	}
	form := sheet{Values: values}
	form.Set("version", "0")
	if a := line.Now; a != nil {
		form.Set("version", strconv.Itoa(a.Version))
		form.Set("level", string(a.Level))
		form.setText("reason", a.Reason)
		form.setText("challenges", a.Challenges)
		form.setText("support", a.Support)
		var refs []string
		for _, ref := range a.Evidence {
			refs = append(refs, ref.String())
		}
		form.Set("evidence", strings.Join(refs, "; "))
	}
	return r.askAssessment(http.StatusOK, head, values, nil, nil)
}

func (r *request) askAssessment(status int, head deskHead, typed url.Values, wrong problems, other *reports.Assessment) error {
	last, line, err := r.assessed(head)
	if err != nil {
		return err
	}
	return r.render(status, "desk/assessment", judgePage{
		workPage: r.workPage(r.T("objective.title", line.Number, r.in(line.ShortTitle))), deskHead: head, judgedLine: line, Last: last,
		Form:   sheet{Values: typed, p: r.p, labels: "judging.field.", Problems: wrong},
		Levels: reports.Levels, Languages: r.languages(), Other: other,
		MayJudge: r.actor.Can(auth.Assess) && !head.Published,
	})
}

// saveAssessment writes where an objective stands.
func (s *site) saveAssessment(r *request) error {
	values, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	_, line, err := r.assessed(head)
	if err != nil {
		return err
	}
	form := sheet{Values: values}
	a := reports.Assessment{
		Level: reports.Level(values.Get("level")), Reason: form.text("reason", r.languages()),
		Challenges: form.text("challenges", r.languages()), Support: form.text("support", r.languages()),
	}
	var found fault.Problems
	if cited := strings.Trim(values.Get("evidence"), "; \r\n\t"); cited != "" {
		if a.Evidence, err = reports.ParseReferences(cited); err != nil {
			found.Add("evidence", "judging.error.evidence")
		}
	}
	version, _ := strconv.Atoi(values.Get("version")) // none is a version that nobody read
	err = found.Err()
	if err == nil {
		_, err = s.desk.Assess(r.Request.Context(), r.actor, head.Review.Cycle.Code, line.Number, version, a)
	}
	var clash *desk.AssessmentClash
	switch {
	case err == nil:
		return r.to(head.Base+"/assessments", r.T("judging.saved"))
	case errors.As(err, &clash):
		values.Set("version", strconv.Itoa(clash.Theirs.Version))
		return r.askAssessment(http.StatusConflict, head, values, nil, &clash.Theirs)
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	for i, one := range wrong { // a text is asked for in several languages
		if one.Field == "reason" {
			wrong[i].Field = "reason." + r.languages()[0]
		}
	}
	return r.askAssessment(http.StatusUnprocessableEntity, head, values, wrong, nil)
}
