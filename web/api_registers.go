package web

import (
	"slices"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// apiNamed is a record that another one names.
type apiNamed struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
}

// apiLink is a link to an objective, an action or a legal instrument, with who
// made it and why.
type apiLink struct {
	To     string            `json:"to"` // number, reference or code
	Basis  string            `json:"basis" enum:"stated,inferred"`
	Rank   string            `json:"rank,omitempty" enum:"primary,secondary"`
	Reason i18n.Text         `json:"reason,omitempty"`
	Quotes objectives.Quotes `json:"quotes,omitempty"`
}

func linkTo(to string, m objectives.Mapping) apiLink {
	return apiLink{to, string(m.Basis), string(m.Rank), m.Reason, m.Quotes}
}

// apiAgency is an organisation.
type apiAgency struct {
	Code       string              `json:"code"`
	Name       i18n.Text           `json:"name"`
	Acronyms   map[string][]string `json:"acronyms,omitempty"`
	Kind       string              `json:"kind"`
	Successor  string              `json:"successor,omitempty"`
	Note       i18n.Text           `json:"note,omitempty"`
	Quotes     objectives.Quotes   `json:"quotes,omitempty"`
	ArchivedAt *time.Time          `json:"archived_at,omitempty"`
}

func shownAgency(a objectives.Agency) apiAgency {
	shown := apiAgency{a.Code, a.Name, a.Acronyms, string(a.Kind), "", a.Note, a.Quotes, a.ArchivedAt}
	if a.Successor != nil {
		shown.Successor = a.Successor.Code
	}
	return shown
}

func listAPIAgencies(r *request, in *struct {
	Choice
	Paging
	Kind string `query:"kind" maxLength:"40" example:"ministry"`
}) (apiList[apiAgency], error) {
	all, err := r.site.objectives.Agencies(r.Request.Context())
	if err != nil {
		return apiList[apiAgency]{}, err
	}
	all = slices.DeleteFunc(all, func(a objectives.Agency) bool { return in.Kind != "" && string(a.Kind) != in.Kind })
	return listOf(r, in.Paging, "", all, func(a objectives.Agency) listPlace { return listPlace{"", a.Code} }, shownAgency)
}

// Coded is a record's code in the path.
type Coded struct {
	Code string `path:"code" maxLength:"100"`
}

func showAPIAgency(r *request, in *struct {
	Choice
	Coded
}) (apiAgency, error) {
	all, err := r.site.objectives.WithArchived().Agencies(r.Request.Context())
	i := slices.IndexFunc(all, func(a objectives.Agency) bool { return a.Code == in.Code })
	if err != nil || i < 0 {
		return apiAgency{}, orNotFound(err, "agency %q", in.Code)
	}
	return shownAgency(all[i]), nil
}

// apiLaw is a legal instrument.
type apiLaw struct {
	Code       string            `json:"code"`
	Name       i18n.Text         `json:"name"`
	Kind       string            `json:"kind"`
	Number     string            `json:"number,omitempty"`
	Dated      period.Period     `json:"dated,omitempty"`
	Articles   []string          `json:"articles,omitempty"`
	Status     string            `json:"status,omitempty"`
	Note       i18n.Text         `json:"note,omitempty"`
	Quotes     objectives.Quotes `json:"quotes,omitempty"`
	ArchivedAt *time.Time        `json:"archived_at,omitempty"`
}

func shownLaw(l objectives.LegalInstrument) apiLaw {
	return apiLaw{l.Code, l.Name, l.Kind, l.Number, l.Dated, l.Articles, l.Status, l.Note, l.Quotes, l.ArchivedAt}
}

func listAPILaws(r *request, in *struct {
	Choice
	Paging
	Kind string `query:"kind" maxLength:"40" example:"law"`
}) (apiList[apiLaw], error) {
	all, err := r.site.objectives.LegalInstruments(r.Request.Context())
	if err != nil {
		return apiList[apiLaw]{}, err
	}
	all = slices.DeleteFunc(all, func(l objectives.LegalInstrument) bool { return in.Kind != "" && l.Kind != in.Kind })
	return listOf(r, in.Paging, "", all, func(l objectives.LegalInstrument) listPlace { return listPlace{"", l.Code} }, shownLaw)
}

func showAPILaw(r *request, in *struct {
	Choice
	Coded
}) (apiLaw, error) {
	all, err := r.site.objectives.WithArchived().LegalInstruments(r.Request.Context())
	i := slices.IndexFunc(all, func(l objectives.LegalInstrument) bool { return l.Code == in.Code })
	if err != nil || i < 0 {
		return apiLaw{}, orNotFound(err, "legal instrument %q", in.Code)
	}
	return shownLaw(all[i]), nil
}

// apiChallenge is a gap, a recommendation or a priority.
type apiChallenge struct {
	Code       string            `json:"code"`
	Kind       string            `json:"kind" enum:"gap,recommendation,priority"`
	Statement  i18n.Text         `json:"statement"`
	Objectives []apiLink         `json:"objectives"`
	Note       i18n.Text         `json:"note,omitempty"`
	Quotes     objectives.Quotes `json:"quotes,omitempty"`
}

func listAPIChallenges(r *request, in *struct {
	Choice
	Paging
	Objective int    `query:"objective" minimum:"1" maximum:"23" example:"5"`
	Kind      string `query:"kind" enum:"gap,recommendation,priority"`
}) (apiList[apiChallenge], error) {
	all, err := r.challenges()
	if err != nil {
		return apiList[apiChallenge]{}, err
	}
	all = slices.DeleteFunc(all, func(c objectives.Challenge) bool {
		return in.Kind != "" && string(c.Kind) != in.Kind || in.Objective != 0 && !concerns(c, in.Objective)
	})
	return listOf(r, in.Paging, "", all, func(c objectives.Challenge) listPlace { return listPlace{"", c.Code} }, shownChallenge)
}

func shownChallenge(c objectives.Challenge) apiChallenge {
	return apiChallenge{c.Code, string(c.Kind), c.Statement, challengeLinks(c), c.Note, c.Quotes}
}
