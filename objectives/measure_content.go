package objectives

import (
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Categories lists the sorts of measure in the order in which they are shown.
var Categories = []string{"law", "international_agreement", "digital_service", "institution", "programme", "campaign", "financial", "enforcement", "statement", "other"}

// Funds lists where the money of a measure may come from.
var Funds = []string{"republican_budget", "local_budget", "international", "private", "other"}

// MeasureContent is what people enter of a measure; it names others by their codes.
type MeasureContent struct {
	Title       i18n.Text       `json:"title,omitempty"`
	Description i18n.Text       `json:"description,omitempty"`
	Status      Status          `json:"status"`
	Starts      period.Period   `json:"starts,omitempty"`
	Ends        period.Period   `json:"ends,omitempty"`
	Category    string          `json:"category"`
	Lead        string          `json:"lead_agency,omitempty"`
	Partners    Strings         `json:"partners,omitempty"`
	Objectives  []ObjectiveLink `json:"objectives,omitempty"`
	Actions     []ActionLink    `json:"actions,omitempty"`
	Principles  []PrincipleLink `json:"principles,omitempty"`
	Laws        []LawLink       `json:"legal_instruments,omitempty"`
	Milestones  []Milestone     `json:"milestones,omitempty"`
	Budgets     []Budget        `json:"budgets,omitempty"`
	State       State           `json:"state"`
	Note        i18n.Text       `json:"note,omitempty"`
	Quotes      Quotes          `json:"quotes,omitempty"`
}

// ObjectiveLink maps a record to an objective.
type ObjectiveLink struct {
	Number int `json:"number"`
	Mapping
}

// ActionLink maps a record to a lettered action.
type ActionLink struct {
	Ref string `json:"ref"` // "21(d)"
	Mapping
}

// PrincipleLink maps a record to a guiding principle.
type PrincipleLink struct {
	Code string `json:"code"` // "GP-a"
	Mapping
}

// LawLink maps a record to the legal instrument that founds it.
type LawLink struct {
	Code string `json:"code"`
	Mapping
}

// Milestone is a step of a measure as people enter it.
type Milestone struct {
	Name i18n.Text     `json:"name,omitempty"`
	Due  period.Period `json:"due,omitempty"`
	Done period.Period `json:"done,omitempty"`
}

// Budget is money set aside for a measure as people enter it.
type Budget struct {
	Period   period.Period `json:"period,omitempty"`
	Amount   float64       `json:"amount"`
	Currency string        `json:"currency"`
	Fund     string        `json:"fund"`
	Source   i18n.Text     `json:"source,omitempty"`
}

// Content returns what people enter of the measure, which must be whole.
func (m Measure) Content() MeasureContent {
	c := MeasureContent{
		Title: m.Title, Description: m.Description, Status: m.Status, Starts: m.Starts, Ends: m.Ends,
		Category: m.Category, State: m.State, Note: m.Note, Quotes: m.Quotes,
	}
	if m.LeadAgency != nil {
		c.Lead = m.LeadAgency.Code
	}
	for _, p := range m.Partners {
		c.Partners = append(c.Partners, p.Agency.Code)
	}
	for _, o := range m.Objectives {
		c.Objectives = append(c.Objectives, ObjectiveLink{o.Objective.Number, o.Mapping})
	}
	for _, a := range m.Actions {
		c.Actions = append(c.Actions, ActionLink{a.Action.Ref, a.Mapping})
	}
	for _, p := range m.Principles {
		c.Principles = append(c.Principles, PrincipleLink{p.Principle.Code, p.Mapping})
	}
	for _, l := range m.LegalInstruments {
		c.Laws = append(c.Laws, LawLink{l.LegalInstrument.Code, l.Mapping})
	}
	for _, s := range m.Milestones {
		c.Milestones = append(c.Milestones, Milestone{s.Name, s.Due, s.Done})
	}
	for _, b := range m.Budgets {
		c.Budgets = append(c.Budgets, Budget{b.Period, b.Amount, b.Currency, b.Fund, b.Source})
	}
	return c
}

// measure returns the measure with its links named by their public keys.
func (c MeasureContent) measure(code string) Measure {
	m := Measure{
		Code: code, Title: c.Title, Description: c.Description, Status: c.Status, Starts: c.Starts, Ends: c.Ends,
		Category: c.Category, State: c.State, Note: c.Note, Quotes: c.Quotes,
	}
	if c.Lead != "" {
		m.LeadAgency = &Agency{Code: c.Lead}
	}
	for i, code := range c.Partners {
		m.Partners = append(m.Partners, MeasurePartner{Agency: Agency{Code: code}, Position: i})
	}
	for _, o := range c.Objectives {
		m.Objectives = append(m.Objectives, MeasureObjective{Objective: Objective{Number: o.Number}, Mapping: o.Mapping})
	}
	for _, a := range c.Actions {
		m.Actions = append(m.Actions, MeasureAction{Action: Action{Ref: a.Ref}, Mapping: a.Mapping})
	}
	for _, p := range c.Principles {
		m.Principles = append(m.Principles, MeasurePrinciple{Principle: Principle{Code: p.Code}, Mapping: p.Mapping})
	}
	for _, l := range c.Laws {
		m.LegalInstruments = append(m.LegalInstruments, MeasureLegalInstrument{LegalInstrument: LegalInstrument{Code: l.Code}, Mapping: l.Mapping})
	}
	for i, s := range c.Milestones {
		m.Milestones = append(m.Milestones, MeasureMilestone{Position: i, Name: s.Name, Due: s.Due, Done: s.Done})
	}
	for i, b := range c.Budgets {
		m.Budgets = append(m.Budgets, MeasureBudget{Position: i, Period: b.Period, Amount: b.Amount, Currency: b.Currency, Fund: b.Fund, Source: b.Source})
	}
	return m
}

// Sourced returns the content in which links that another content has too keep
// who made them and the source's own mark: what a form does not ask for.
func (c MeasureContent) Sourced(from MeasureContent) MeasureContent {
	c.Objectives = Sourced(c.Objectives, from.Objectives)
	c.Actions = Sourced(c.Actions, from.Actions)
	c.Principles = Sourced(c.Principles, from.Principles)
	c.Laws = Sourced(c.Laws, from.Laws)
	return c
}
