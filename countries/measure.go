package countries

import (
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Measure is something the State does.
type Measure struct {
	Code        string             `json:"code" check:"required slug"`
	Title       i18n.Text          `json:"title" check:"required"`
	Description i18n.Text          `json:"description,omitempty"`
	Status      string             `json:"status" check:"required" one:"planned in_progress completed dropped"`
	Starts      period.Period      `json:"starts,omitempty"`
	Ends        period.Period      `json:"ends,omitempty"`
	Category    string             `json:"category" check:"required" one:"law international_agreement digital_service institution programme campaign financial enforcement statement other"`
	LeadAgency  string             `json:"lead_agency,omitempty" check:"slug"`
	Partners    objectives.Strings `json:"partners,omitempty" check:"slug"` // codes of agencies
	Mapping     []Link             `json:"mapping,omitempty"`               // to objectives, actions, principles and legal instruments
	Note        i18n.Text          `json:"note,omitempty" check:"partial"`
	Quotes      objectives.Quotes  `json:"quotes,omitempty"`
	State       string             `json:"state,omitempty" check:"derived"` // empty for released
}

func (m Measure) model() objectives.Measure {
	row := objectives.Measure{
		Code: m.Code, Title: m.Title, Description: m.Description, Status: objectives.Status(m.Status), Starts: m.Starts, Ends: m.Ends,
		Category: m.Category, State: objectives.Released, Note: m.Note, Quotes: m.Quotes,
	}
	if m.LeadAgency != "" {
		row.LeadAgency = &objectives.Agency{Code: m.LeadAgency}
	}
	for i, code := range m.Partners {
		row.Partners = append(row.Partners, objectives.MeasurePartner{Agency: objectives.Agency{Code: code}, Position: i})
	}
	for _, l := range m.Mapping {
		for _, n := range l.Objectives {
			row.Objectives = append(row.Objectives, objectives.MeasureObjective{Objective: objectives.Objective{Number: n}, Mapping: l.mapping()})
		}
		for _, ref := range l.Actions {
			row.Actions = append(row.Actions, objectives.MeasureAction{Action: objectives.Action{Ref: ref}, Mapping: l.mapping()})
		}
		for _, code := range l.Principles {
			row.Principles = append(row.Principles, objectives.MeasurePrinciple{Principle: objectives.Principle{Code: code}, Mapping: l.mapping()})
		}
		for _, code := range l.LegalInstruments {
			row.LegalInstruments = append(row.LegalInstruments,
				objectives.MeasureLegalInstrument{LegalInstrument: objectives.LegalInstrument{Code: code}, Mapping: l.mapping()})
		}
	}
	return row
}

func measureOf(row objectives.Measure) Measure {
	m := Measure{
		Code: row.Code, Title: row.Title, Description: row.Description, Status: string(row.Status), Starts: row.Starts, Ends: row.Ends,
		Category: row.Category, State: unless(released, string(row.State)), Note: row.Note, Quotes: row.Quotes,
	}
	if row.LeadAgency != nil {
		m.LeadAgency = row.LeadAgency.Code
	}
	for _, p := range row.Partners {
		m.Partners = append(m.Partners, p.Agency.Code)
	}
	for _, o := range row.Objectives {
		m.Mapping = append(m.Mapping, linkOf(Link{Objectives: Objectives{o.Objective.Number}}, o.Mapping))
	}
	for _, a := range row.Actions {
		m.Mapping = append(m.Mapping, linkOf(Link{Actions: []string{a.Action.Ref}}, a.Mapping))
	}
	for _, p := range row.Principles {
		m.Mapping = append(m.Mapping, linkOf(Link{Principles: []string{p.Principle.Code}}, p.Mapping))
	}
	for _, l := range row.LegalInstruments {
		m.Mapping = append(m.Mapping, linkOf(Link{LegalInstruments: []string{l.LegalInstrument.Code}}, l.Mapping))
	}
	return m
}

// Challenge is a problem, recommendation or priority that the source states.
type Challenge struct {
	Code      string            `json:"code" check:"required slug"`
	Statement i18n.Text         `json:"statement" check:"required"`
	Kind      string            `json:"kind" check:"required" one:"gap recommendation priority"`
	Mapping   []Link            `json:"mapping,omitempty"` // to objectives
	Note      i18n.Text         `json:"note,omitempty" check:"partial"`
	Quotes    objectives.Quotes `json:"quotes,omitempty"`
	State     string            `json:"state,omitempty" check:"derived"` // empty for released
}

func (c Challenge) model() objectives.Challenge {
	row := objectives.Challenge{
		Code: c.Code, Statement: c.Statement, Kind: objectives.ChallengeKind(c.Kind), State: objectives.Released, Note: c.Note, Quotes: c.Quotes,
	}
	for _, l := range c.Mapping {
		for _, n := range l.Objectives {
			row.Objectives = append(row.Objectives, objectives.ChallengeObjective{Objective: objectives.Objective{Number: n}, Mapping: l.mapping()})
		}
	}
	return row
}

func challengeOf(row objectives.Challenge) Challenge {
	c := Challenge{Code: row.Code, Statement: row.Statement, Kind: string(row.Kind), State: unless(released, string(row.State)), Note: row.Note, Quotes: row.Quotes}
	for _, o := range row.Objectives {
		c.Mapping = append(c.Mapping, linkOf(Link{Objectives: Objectives{o.Objective.Number}}, o.Mapping))
	}
	return c
}
