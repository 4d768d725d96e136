package countries

import (
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Agency is an organisation.
type Agency struct {
	Code      string              `json:"code" check:"required slug"`
	Name      i18n.Text           `json:"name" check:"required"`
	Acronyms  objectives.Acronyms `json:"acronyms,omitempty"`
	Kind      string              `json:"kind" check:"required" one:"ministry committee local_executive un ngo international court other"`
	Successor string              `json:"successor,omitempty" check:"slug"` // code of the agency that took over
	Note      i18n.Text           `json:"note,omitempty" check:"partial"`
	Quotes    objectives.Quotes   `json:"quotes,omitempty"`
}

func (a Agency) model() objectives.Agency {
	m := objectives.Agency{Code: a.Code, Name: a.Name, Acronyms: a.Acronyms, Kind: objectives.AgencyKind(a.Kind), Note: a.Note, Quotes: a.Quotes}
	if a.Successor != "" {
		m.Successor = &objectives.Agency{Code: a.Successor}
	}
	return m
}

func agencyOf(m objectives.Agency) Agency {
	a := Agency{Code: m.Code, Name: m.Name, Acronyms: m.Acronyms, Kind: string(m.Kind), Note: m.Note, Quotes: m.Quotes}
	if m.Successor != nil {
		a.Successor = m.Successor.Code
	}
	return a
}

// LegalInstrument is a law, treaty, order or programme.
type LegalInstrument struct {
	Code     string             `json:"code" check:"required slug"`
	Name     i18n.Text          `json:"name" check:"required"`
	Kind     string             `json:"kind" check:"required" one:"law code convention protocol agreement order programme plan concept compact statement legislation rules"`
	Number   string             `json:"number,omitempty"`
	Dated    period.Period      `json:"dated,omitempty"`
	Articles objectives.Strings `json:"articles,omitempty"`
	Status   string             `json:"status" check:"required" one:"in_force ratified party not_acceded endorsed signed concluded implemented in_implementation"`
	Note     i18n.Text          `json:"note,omitempty" check:"partial"`
	Quotes   objectives.Quotes  `json:"quotes,omitempty"`
}

func (l LegalInstrument) model() objectives.LegalInstrument {
	return objectives.LegalInstrument{
		Code: l.Code, Name: l.Name, Kind: l.Kind, Number: l.Number, Dated: l.Dated,
		Articles: l.Articles, Status: l.Status, Note: l.Note, Quotes: l.Quotes,
	}
}

func legalInstrumentOf(m objectives.LegalInstrument) LegalInstrument {
	return LegalInstrument{
		Code: m.Code, Name: m.Name, Kind: m.Kind, Number: m.Number, Dated: m.Dated,
		Articles: m.Articles, Status: m.Status, Note: m.Note, Quotes: m.Quotes,
	}
}

// Term is an entry of the glossary.
type Term struct {
	Code       string            `json:"code" check:"required slug"`
	Term       i18n.Text         `json:"term" check:"required"`
	Definition i18n.Text         `json:"definition,omitempty"`
	Note       i18n.Text         `json:"note,omitempty" check:"partial"`
	Quotes     objectives.Quotes `json:"quotes,omitempty"`
}

func (t Term) model() objectives.Term {
	return objectives.Term{Code: t.Code, Term: t.Term, Definition: t.Definition, Note: t.Note, Quotes: t.Quotes}
}

func termOf(m objectives.Term) Term {
	return Term{Code: m.Code, Term: m.Term, Definition: m.Definition, Note: m.Note, Quotes: m.Quotes}
}
