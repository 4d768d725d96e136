package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gcm/objectives"
	"gcm/progress"
)

// askPage is pages/requests/ask.html.
type askPage struct {
	workPage
	Round    progress.Cycle
	Form     sheet // due and note
	Agencies []askAgency
	Idle     []askAgency // in which nobody enters: no person would be told
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

// chooser says which boxes are ticked.
type chooser func(a progress.AgencySuggestion, l progress.Suggested, value string) bool

// leading ticks what an agency leads, where somebody would be told.
func leading(a progress.AgencySuggestion, l progress.Suggested, _ string) bool {
	return l.Leads && a.Entering > 0
}

// showAsk suggests whom to ask for what.
func (s *site) showAsk(r *request) error {
	round, err := s.progress.Cycle(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	m, _ := round.Milestone("agencies")
	return r.showAsk(http.StatusOK, round, r.requestSheet(url.Values{"due": {m.Due}}, nil), leading)
}

func (r *request) requestSheet(values url.Values, wrong problems) sheet {
	return sheet{Values: values, p: r.p, labels: "request.field.", Problems: wrong}
}

func (r *request) showAsk(status int, round progress.Cycle, form sheet, chosen chooser) error {
	all, err := r.site.progress.Suggest(r.Request.Context(), r.actor, round.Code)
	if err != nil {
		return err
	}
	p := askPage{workPage: r.workPage(r.T("ask.title")), Round: round, Form: form, Unled: all.Unled}
	if assign := r.reachable("/work/measures"); assign != "" {
		p.Assign = assign + "?agency=" + objectives.NoOwner
	}
	for _, a := range all.Agencies {
		lines := askAgency{a, askLines(a, a.Measures, chosen), askLines(a, a.Indicators, chosen)}
		if a.Entering > 0 {
			p.Agencies = append(p.Agencies, lines)
		} else {
			p.Idle = append(p.Idle, lines)
		}
	}
	return r.render(status, "requests/ask", p)
}

func askLines(a progress.AgencySuggestion, list []progress.Suggested, chosen chooser) (lines []askLine) {
	for _, l := range list {
		value := a.Agency.Code + "/" + string(l.Kind) + "/" + l.Record
		lines = append(lines, askLine{l, value, !l.Asked && chosen(a, l, value)})
	}
	return lines
}

// ask sends all requests that were chosen, or none of them.
func (s *site) ask(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	round, err := s.progress.Cycle(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	again := func(_ progress.AgencySuggestion, _ progress.Suggested, value string) bool {
		return slices.Contains(form["ask"], value)
	}
	asks := asksOf(form)
	if len(asks) == 0 {
		none := problems{{Text: r.T("ask.none")}}
		return r.showAsk(http.StatusUnprocessableEntity, round, r.requestSheet(form, none), again)
	}
	n, err := s.progress.Ask(r.Request.Context(), r.actor, round.Code, asks)
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showAsk(http.StatusUnprocessableEntity, round, r.requestSheet(form, fieldsOfAsk(wrong)), again)
	}
	return r.to("/work/requests?"+url.Values{"round": {round.Code}}.Encode(), r.T("ask.done", n))
}

// asksOf reads what was chosen. What is no measure and no indicator is left for
// the domain to refuse.
func asksOf(form url.Values) (asks []progress.Ask) {
	for _, value := range form["ask"] {
		agency, rest, _ := strings.Cut(value, "/")
		kind, record, _ := strings.Cut(rest, "/")
		a := progress.Ask{Agency: agency, Due: form.Get("due"), Note: form.Get("note")}
		switch progress.Kind(kind) {
		case progress.KindProgress:
			a.Measure = record
		case progress.KindValues:
			a.Indicator = record
		}
		asks = append(asks, a)
	}
	return asks
}

// fieldsOfAsk names the fields of the form, which is one for all requests, and
// tells each problem once.
func fieldsOfAsk(list problems) (short problems) {
	for _, one := range list {
		one.Field = one.Field[strings.LastIndex(one.Field, ".")+1:]
		if !slices.Contains(short, one) {
			short = append(short, one)
		}
	}
	return short
}
