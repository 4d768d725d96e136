package web

import (
	"slices"
	"strconv"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// apiMeasure is a measure, whole.
type apiMeasure struct {
	Code             string            `json:"code"`
	Title            i18n.Text         `json:"title"`
	Description      i18n.Text         `json:"description,omitempty"`
	Category         string            `json:"category"`
	Status           string            `json:"status" enum:"planned,in_progress,delayed,completed,dropped"`
	JudgedOn         string            `json:"judged_on,omitempty"`
	Starts           period.Period     `json:"starts,omitempty"`
	Ends             period.Period     `json:"ends,omitempty"`
	Lead             *apiNamed         `json:"lead,omitempty"`
	Partners         []apiNamed        `json:"partners"`
	CrossCutting     bool              `json:"cross_cutting"`
	Objectives       []apiLink         `json:"objectives"`
	Actions          []apiLink         `json:"actions"`
	LegalInstruments []apiLink         `json:"legal_instruments"`
	Milestones       []apiMilestone    `json:"milestones"`
	Budgets          []apiBudget       `json:"budgets"`
	Note             i18n.Text         `json:"note,omitempty"`
	Quotes           objectives.Quotes `json:"quotes,omitempty"`
	ArchivedAt       *time.Time        `json:"archived_at,omitempty"`
}

type apiMilestone struct {
	Name i18n.Text     `json:"name"`
	Due  period.Period `json:"due,omitempty"`
	Done period.Period `json:"done,omitempty"`
}

type apiBudget struct {
	Period   period.Period `json:"period,omitempty"`
	Amount   float64       `json:"amount"`
	Currency string        `json:"currency"`
	Fund     string        `json:"fund"`
	Source   i18n.Text     `json:"source,omitempty"`
}

// shownMeasure shows a measure as judged on the day of the latest cycle.
func shownMeasure(m objectives.Measure, cutoff time.Time) apiMeasure {
	shown := apiMeasure{
		Code: m.Code, Title: m.Title, Description: m.Description, Category: m.Category, Status: string(m.StatusAt(cutoff)),
		Starts: m.Starts, Ends: m.Ends, Partners: []apiNamed{}, CrossCutting: m.CrossCutting(),
		Objectives: []apiLink{}, Actions: []apiLink{}, LegalInstruments: []apiLink{}, Milestones: []apiMilestone{}, Budgets: []apiBudget{},
		Note: m.Note, Quotes: m.Quotes, ArchivedAt: m.ArchivedAt,
	}
	if !cutoff.IsZero() {
		shown.JudgedOn = cutoff.Format(time.DateOnly)
	}
	if m.LeadAgency != nil {
		shown.Lead = &apiNamed{m.LeadAgency.Code, m.LeadAgency.Name}
	}
	for _, p := range m.Partners {
		shown.Partners = append(shown.Partners, apiNamed{p.Agency.Code, p.Agency.Name})
	}
	for _, o := range m.Objectives {
		shown.Objectives = append(shown.Objectives, linkTo(strconv.Itoa(o.Objective.Number), o.Mapping))
	}
	for _, a := range m.Actions {
		shown.Actions = append(shown.Actions, linkTo(a.Action.Ref, a.Mapping))
	}
	for _, l := range m.LegalInstruments {
		shown.LegalInstruments = append(shown.LegalInstruments, linkTo(l.LegalInstrument.Code, l.Mapping))
	}
	for _, s := range m.Milestones {
		shown.Milestones = append(shown.Milestones, apiMilestone{s.Name, s.Due, s.Done})
	}
	for _, b := range m.Budgets {
		shown.Budgets = append(shown.Budgets, apiBudget{b.Period, b.Amount, b.Currency, b.Fund, b.Source})
	}
	return shown
}

func challengeLinks(c objectives.Challenge) []apiLink {
	links := []apiLink{}
	for _, o := range c.Objectives {
		links = append(links, linkTo(strconv.Itoa(o.Objective.Number), o.Mapping))
	}
	return links
}

func listAPIMeasures(r *request, in *struct {
	Choice
	Paging
	Objective int    `query:"objective" minimum:"1" maximum:"23" example:"5"`
	Agency    string `query:"agency" maxLength:"100" example:"mia"`
	Status    string `query:"status" enum:"planned,in_progress,delayed,completed,dropped"`
	Category  string `query:"category" maxLength:"40" example:"service"`
	Basis     string `query:"basis" enum:"stated,inferred"`
	Sort      string `query:"sort" enum:"code,-code,starts,-starts,ends,-ends,status,-status" default:"code"`
}) (apiList[apiMeasure], error) {
	var none apiList[apiMeasure]
	all, err := r.measuresInShort()
	if err != nil {
		return none, err
	}
	cutoff, err := r.cutoff()
	if err != nil {
		return none, err
	}
	all = slices.DeleteFunc(all, func(m objectives.Measure) bool {
		return in.Objective != 0 && !serves(m, in.Objective) && !m.CrossCutting() ||
			in.Agency != "" && !leads(m, in.Agency) && !partners(m, in.Agency) ||
			in.Status != "" && string(m.StatusAt(cutoff)) != in.Status ||
			in.Category != "" && m.Category != in.Category || in.Basis != "" && string(m.Basis()) != in.Basis
	})
	total := len(all)
	some, next, err := part(r, in.Paging, in.Sort, all, func(m objectives.Measure) listPlace {
		by := map[string]string{"starts": string(m.Starts), "ends": string(m.Ends), "status": string(m.StatusAt(cutoff)), "code": m.Code}
		return listPlace{by[unsigned(in.Sort)], m.Code}
	})
	if err != nil {
		return none, err
	}
	codes := make([]string, len(some))
	for i, m := range some {
		codes[i] = m.Code
	}
	whole, err := r.site.objectives.MeasuresByCodes(r.Request.Context(), codes)
	list := apiList[apiMeasure]{Items: make([]apiMeasure, len(codes)), Next: next, Total: &total}
	for _, m := range whole {
		list.Items[slices.Index(codes, m.Code)] = shownMeasure(m, cutoff)
	}
	return list, err
}

// unsigned is what a sort is by, whichever way.
func unsigned(sort string) string {
	if sort != "" && sort[0] == '-' {
		return sort[1:]
	}
	return sort
}

func showAPIMeasure(r *request, in *struct {
	Choice
	Coded
}) (apiMeasure, error) {
	m, err := r.measure(in.Code)
	if err != nil {
		return apiMeasure{}, err
	}
	cutoff, err := r.cutoff()
	return shownMeasure(m, cutoff), err
}
