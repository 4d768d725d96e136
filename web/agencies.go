package web

import (
	"net/http"
	"slices"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// agenciesPage is pages/agencies/list.html.
type agenciesPage struct {
	page
	Agencies []agencyLine
}

// agencyLine is an agency in a list.
type agencyLine struct {
	objectives.Agency
	Acronym    string
	Led, Joins int
}

func (s *site) listAgencies(r *request) error {
	all, err := s.objectives.Agencies(r.Request.Context())
	if err != nil {
		return err
	}
	measures, err := r.measuresInShort()
	if err != nil {
		return err
	}
	p := agenciesPage{page: r.page(r.T("nav.agencies"), r.T("agencies.description"))}
	i18n.Sort(r.p, all, func(a objectives.Agency) string { return r.in(a.Name) })
	for _, a := range all {
		line := agencyLine{Agency: a, Acronym: acronym(a, r.p.Lang())}
		for _, m := range measures {
			if leads(m, a.Code) {
				line.Led++
			}
			if partners(m, a.Code) {
				line.Joins++
			}
		}
		p.Agencies = append(p.Agencies, line)
	}
	return r.render(http.StatusOK, "agencies/list", p)
}

// active returns the agencies that take part in a measure, by name.
func (r *request) active(all []objectives.Agency, measures []objectives.Measure) []objectives.Agency {
	list := slices.DeleteFunc(slices.Clone(all), func(a objectives.Agency) bool {
		return !slices.ContainsFunc(measures, func(m objectives.Measure) bool { return leads(m, a.Code) || partners(m, a.Code) })
	})
	i18n.Sort(r.p, list, func(a objectives.Agency) string { return r.in(a.Name) })
	return list
}

// acronym returns the preferred short name in a language, empty when there is none.
func acronym(a objectives.Agency, lang string) string {
	if list := a.Acronyms[lang]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// agencyPage is pages/agencies/show.html.
type agencyPage struct {
	page
	agencyLine
	Quotes       []quote
	Leads        []measureLine
	TakesPart    []measureLine
	Predecessors []objectives.Agency
}

func (s *site) showAgency(r *request) error {
	all, err := s.objectives.WithArchived().Agencies(r.Request.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(a objectives.Agency) bool { return a.Code == r.Param("code") })
	if i < 0 {
		return notFound("no agency %q", r.Param("code"))
	}
	measures, err := r.measures()
	if err != nil {
		return err
	}
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	sources, err := r.sourcesByCode()
	if err != nil {
		return err
	}
	a := all[i]
	p := agencyPage{
		page:       r.page(r.in(a.Name), r.T("agency.kind."+string(a.Kind))),
		agencyLine: agencyLine{Agency: a, Acronym: acronym(a, r.p.Lang())}, Quotes: quotesOf(a.Quotes, sources),
	}
	for _, line := range lines(measures, cutoff) {
		if leads(line.Measure, a.Code) {
			p.Leads = append(p.Leads, line)
		} else if partners(line.Measure, a.Code) {
			p.TakesPart = append(p.TakesPart, line)
		}
	}
	for _, other := range all {
		if other.SuccessorID != nil && *other.SuccessorID == a.ID {
			p.Predecessors = append(p.Predecessors, other)
		}
	}
	return r.render(http.StatusOK, "agencies/show", p)
}
