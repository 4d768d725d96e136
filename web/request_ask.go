package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gcm/internal/fault"
	"gcm/progress"
)

// askPage is pages/requests/ask.html.
type askPage struct {
	workPage
	Round    progress.Cycle
	Form     sheet // due and note
	Agencies []askAgency
	Unled    []progress.Suggested
	Assign   string // where a lead can be named; empty when there is no such page
}

// askAgency is what one agency can be asked for.
type askAgency struct {
	progress.AgencySuggestion
	Measures, Indicators []askLine
}

// Askable reports whether something is left to ask for.
func (a askAgency) Askable() bool {
	left := func(l askLine) bool { return !l.Asked }
	return slices.ContainsFunc(a.Measures, left) || slices.ContainsFunc(a.Indicators, left)
}

// askLine is a measure or indicator with its box.
type askLine struct {
	progress.Suggested
	Value  string // "mia/progress/e-visa"
	Chosen bool
}

// showAsk suggests whom to ask for what; what an agency leads is chosen already.
func (s *site) showAsk(r *request) error {
	form := url.Values{}
	round, err := s.progress.CycleByCode(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	form.Set("due", round.DueForAgencies())
	return r.showAsk(http.StatusOK, round, r.requestSheet(form, nil), func(l progress.Suggested, _ string) bool { return l.Leads })
}

func (r *request) requestSheet(values url.Values, wrong fault.Problems) sheet {
	return sheet{Values: values, p: r.p, labels: "request.field.", wrong: wrong}
}

func (r *request) showAsk(status int, round progress.Cycle, form sheet, chosen func(progress.Suggested, string) bool) error {
	all, err := r.site.progress.Suggest(r.Request.Context(), r.actor, round.Code)
	if err != nil {
		return err
	}
	p := askPage{workPage: r.workPage(r.T("ask.title")), Round: round, Form: form, Unled: all.Unled}
	if assign := r.reachable("/work/measures"); assign != "" {
		p.Assign = assign + "?lead=none"
	}
	for _, a := range all.Agencies {
		lines := func(list []progress.Suggested) (out []askLine) {
			for _, l := range list {
				value := a.Agency.Code + "/" + string(l.Kind) + "/" + l.Record
				out = append(out, askLine{l, value, !l.Asked && chosen(l, value)})
			}
			return out
		}
		p.Agencies = append(p.Agencies, askAgency{a, lines(a.Measures), lines(a.Indicators)})
	}
	return r.render(status, "requests/ask", p)
}

// ask sends all requests that were chosen, or none of them.
func (s *site) ask(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	round, err := s.progress.CycleByCode(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	asks, wrong := asksOf(form)
	if wrong == nil {
		err = s.progress.Ask(r.Request.Context(), r.actor, round.Code, asks)
		wrong = fault.ProblemsOf(err)
	}
	if wrong != nil {
		again := func(_ progress.Suggested, value string) bool { return slices.Contains(form["ask"], value) }
		return r.showAsk(http.StatusUnprocessableEntity, round, r.requestSheet(form, wrong), again)
	}
	if err != nil {
		return err
	}
	return r.to("/work/requests?round="+round.Code, r.T("ask.done", len(asks)))
}

// asksOf reads what was chosen.
func asksOf(form url.Values) ([]progress.Ask, fault.Problems) {
	var wrong fault.Problems
	if len(form["ask"]) == 0 {
		wrong.Add("", "ask.none")
	}
	var asks []progress.Ask
	for _, value := range form["ask"] {
		agency, rest, _ := strings.Cut(value, "/")
		kind, record, ok := strings.Cut(rest, "/")
		if !ok {
			wrong.Add("", "ask.unknown", value)
			continue
		}
		asks = append(asks, progress.Ask{Agency: agency, Kind: progress.Kind(kind), Record: record, Due: form.Get("due"), Note: strings.TrimSpace(form.Get("note"))})
	}
	return asks, wrong
}
