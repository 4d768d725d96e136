package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/period"
	"gcm/reports"
)

// promisesPage is pages/desk/promises.html.
type promisesPage struct {
	workPage
	deskHead
	Last     string // cycle of the last review; empty without one
	Own, Due []promiseLine
	MayJudge bool
}

// promiseLine is a promise with what the review says became of it.
type promiseLine struct {
	reports.Promise
	Said *reports.PromiseOutcome
}

// promises are those of a review, and those of the one before.
func (r *request) promises(head deskHead) (last string, own, due []promiseLine, err error) {
	ctx, store := r.Request.Context(), r.site.reports
	list, err := store.Promises(ctx, head.Review.ID)
	for _, p := range list {
		own = append(own, promiseLine{Promise: p})
	}
	if err != nil {
		return "", nil, nil, err
	}
	before, err := store.Before(ctx, head.Review.Cycle.Code)
	if err != nil || before == nil {
		return "", own, nil, err
	}
	list, err = store.Promises(ctx, before.ID)
	for _, p := range list {
		line := promiseLine{Promise: p}
		if i := slices.IndexFunc(p.Outcomes, func(o reports.PromiseOutcome) bool { return o.ReviewID == head.Review.ID }); i >= 0 {
			line.Said = &p.Outcomes[i]
		}
		due = append(due, line)
	}
	return before.Cycle.Code, own, due, err
}

// listPromises shows what the review promises, and what became of what the last
// one promised.
func (s *site) listPromises(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	p := promisesPage{workPage: r.workPage(r.T("writing.tab.promises")), deskHead: head, MayJudge: r.actor.Can(auth.Assess) && !head.Published}
	if p.Last, p.Own, p.Due, err = r.promises(head); err != nil {
		return err
	}
	return r.render(http.StatusOK, "desk/promises", p)
}

// newPromise is the code of a promise that is not made yet.
const newPromise = "new"

// promisePage is pages/desk/promise.html.
type promisePage struct {
	workPage
	deskHead
	promiseLine
	Account    bool // it is of the last review: what became of it is asked for
	Form       sheet
	Objectives selectField
	Agencies   selectField
	Outcomes   []reports.Outcome
	Languages  []string
}

// promise finds the one that the address names; account is true for one of the
// last review.
func (r *request) promise(head deskHead) (line promiseLine, account bool, err error) {
	if r.Param("code") == newPromise {
		return line, false, nil
	}
	_, own, due, err := r.promises(head)
	if err != nil {
		return line, false, err
	}
	for _, list := range [][]promiseLine{own, due} {
		if i := slices.IndexFunc(list, func(p promiseLine) bool { return p.Code == r.Param("code") }); i >= 0 {
			return list[i], account, nil
		}
		account = true
	}
	return line, false, notFound("the review of %s has no promise %q", head.Review.Cycle.Code, r.Param("code"))
}

// showPromise brings the form for a promise, or for what became of it.
func (s *site) showPromise(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	line, account, err := r.promise(head)
	if err != nil {
		return err
	}
	form := sheet{Values: url.Values{}}
	form.Set("version", strconv.Itoa(line.Version))
	if account {
		form.Set("version", "0")
		if line.Said != nil {
			form.Set("version", strconv.Itoa(line.Said.Version))
			form.Set("outcome", string(line.Said.Outcome))
			form.setText("note", line.Said.Note)
		}
	} else {
		form.setText("text", line.Text)
		form.Set("due", string(line.Due))
		if line.Objective != nil {
			form.Set("objective", strconv.Itoa(line.Objective.Number))
		}
		if line.Agency != nil {
			form.Set("agency", line.Agency.Code)
		}
	}
	return r.askPromise(http.StatusOK, head, line, account, form.Values, nil)
}

func (r *request) askPromise(status int, head deskHead, line promiseLine, account bool, typed url.Values, wrong problems) error {
	agencies, err := r.agencyOptions()
	if err != nil {
		return err
	}
	all, err := r.site.objectives.Objectives(r.Request.Context())
	if err != nil {
		return err
	}
	var numbers []option
	for _, o := range all {
		numbers = append(numbers, option{strconv.Itoa(o.Number), strconv.Itoa(o.Number) + ". " + r.in(o.ShortTitle)})
	}
	title := "judging.promise"
	switch {
	case account:
		title = "judging.account"
	case line.Code == "":
		title = "judging.promise.new"
	}
	form := sheet{Values: typed, p: r.p, labels: "judging.field.", Problems: wrong}
	return r.render(status, "desk/promise", promisePage{
		workPage: r.workPage(r.T(title)), deskHead: head, promiseLine: line, Account: account, Form: form,
		Objectives: selectField{form.Control("objective"), []optionGroup{{Options: numbers}}},
		Agencies:   selectField{form.Control("agency"), []optionGroup{{Options: agencies}}},
		Outcomes:   reports.Outcomes, Languages: r.languages(),
	})
}

// savePromise writes a promise or what became of it, or takes it out.
func (s *site) savePromise(r *request) error {
	values, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	line, account, err := r.promise(head)
	if err != nil {
		return err
	}
	ctx, cycle, done := r.Request.Context(), head.Review.Cycle.Code, "judging.promised"
	version, _ := strconv.Atoi(values.Get("version")) // none is a version that nobody read
	form := sheet{Values: values}
	switch {
	case account:
		_, err = s.desk.Account(ctx, r.actor, cycle, line.Code, version, reports.PromiseOutcome{Outcome: reports.Outcome(values.Get("outcome")), Note: form.text("note", r.languages())})
		done = "judging.accounted"
	case values.Get("step") == "drop" && line.Code != "":
		err = s.desk.DropPromise(ctx, r.actor, cycle, line.Code)
		done = "judging.dropped"
	default:
		var p reports.Promise
		if p, err = r.promiseOf(form, line.Code); err == nil {
			_, err = s.desk.Promise(ctx, r.actor, cycle, version, p)
		}
	}
	if err == nil {
		return r.to(head.Base+"/promises", r.T(done))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	for i, one := range wrong { // a text is asked for in several languages
		if one.Field == "text" || one.Field == "note" {
			wrong[i].Field += "." + r.languages()[0]
		}
	}
	return r.askPromise(http.StatusUnprocessableEntity, head, line, account, values, wrong)
}

// promiseOf reads a promise from its form.
func (r *request) promiseOf(form sheet, code string) (reports.Promise, error) {
	p := reports.Promise{Code: code, Text: form.text("text", r.languages())}
	var found fault.Problems
	var err error
	if p.Due, err = period.Parse(form.Get("due")); err != nil {
		found.Add("due", "judging.error.due")
	}
	if number := form.Get("objective"); number != "" {
		all, err := r.site.objectives.Objectives(r.Request.Context())
		if err != nil {
			return p, err
		}
		for _, o := range all {
			if strconv.Itoa(o.Number) == number {
				p.ObjectiveID = &o.ID
			}
		}
		if p.ObjectiveID == nil {
			found.Add("objective", "judging.error.objective")
		}
	}
	if code := form.Get("agency"); code != "" {
		all, err := r.site.objectives.Agencies(r.Request.Context())
		if err != nil {
			return p, err
		}
		for _, a := range all {
			if a.Code == code {
				p.AgencyID = &a.ID
			}
		}
		if p.AgencyID == nil {
			found.Add("agency", "judging.error.agency")
		}
	}
	return p, found.Err()
}
