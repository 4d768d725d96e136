package web

import (
	"net/http"
	"slices"

	"gcm/objectives"
)

// agenciesPage is pages/agencies/list.html.
type agenciesPage struct {
	page
	Filter   *facetForm
	Agencies []agencyLine
}

// agencyLine is an agency in a list.
type agencyLine struct {
	objectives.Agency
	Acronym    string
	Statuses   []statusCount // of the measures that it leads
	Led, Joins int
}

func (s *site) listAgencies(r *request) error {
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	list, err := r.agencyLines(cutoff)
	if err != nil {
		return err
	}
	p := agenciesPage{page: r.page(r.T("nav.agencies"), r.T("agencies.description"))}
	facets, err := r.agencyFacets()
	if err != nil {
		return err
	}
	p.Agencies, p.Filter, err = sift(r, list, facets, findAgency, func(a agencyLine) string { return "/agencies/" + a.Code })
	if err != nil {
		return err
	}
	if len(p.Filter.Problems) > 0 {
		return r.render(http.StatusBadRequest, "agencies/list", p)
	}
	return r.render(http.StatusOK, "agencies/list", p)
}

// agencyFacets are the filters of the list of agencies.
func (r *request) agencyFacets() ([]facet[agencyLine], error) {
	objectiveList, err := r.objectiveOptions()
	if err != nil {
		return nil, err
	}
	list, err := r.site.measureList(r.Request.Context())
	if err != nil {
		return nil, err
	}
	serving := map[string][]string{} // agencies: objectives for which they lead a measure or take part
	for _, m := range list.all {
		for _, a := range m.agencies() {
			for _, n := range m.objectives() {
				if n != everyObjective && !slices.Contains(serving[a], n) {
					serving[a] = append(serving[a], n)
				}
			}
		}
	}
	return []facet[agencyLine]{
		{name: "kind", options: choices(r, "agency.kind.", objectives.AgencyKinds), of: func(a agencyLine) []string { return []string{string(a.Kind)} }},
		{name: "objective", options: objectiveList, of: func(a agencyLine) []string { return serving[a.Code] }},
		{name: "without", options: choices(r, "facet.without.agency.", []string{withoutLead, withoutMeasure}), of: func(a agencyLine) (list []string) {
			if a.Led == 0 {
				list = append(list, withoutLead)
			}
			if a.Led+a.Joins == 0 {
				list = append(list, withoutMeasure)
			}
			return list
		}},
	}, nil
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
	Objectives   []objectiveShare
	Cards        []indicatorCard // of the indicators that it answers for
	Lately       []lately        // what was released of its entries
}

// objectiveShare is an objective with how many measures for it an agency leads or
// takes part in.
type objectiveShare struct {
	objectives.Objective
	Measures int
}

func (s *site) showAgency(r *request) error {
	ctx := r.Request.Context()
	a, err := s.objectives.AgencyByCode(ctx, r.Param("code"))
	if err != nil {
		return err
	}
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	measures, err := s.objectives.MeasuresOfAgency(ctx, a.ID)
	if err != nil {
		return err
	}
	sources, err := r.sourcesByCode()
	if err != nil {
		return err
	}
	p := agencyPage{
		page:       r.page(r.in(a.Name), r.T("agency.kind."+string(a.Kind))),
		agencyLine: agencyLine{Agency: a, Acronym: acronym(a, r.p.Lang())}, Quotes: quotesOf(a.Quotes, sources),
	}
	var led []objectives.Measure
	for _, line := range lines(measures, cutoff) {
		if leads(line.Measure, a.Code) {
			p.Leads, led = append(p.Leads, line), append(led, line.Measure)
		} else {
			p.TakesPart = append(p.TakesPart, line)
		}
	}
	p.Statuses, p.Led, p.Joins = tally(led, cutoff), len(led), len(p.TakesPart)
	if p.Predecessors, err = s.objectives.Predecessors(ctx, a.ID); err != nil {
		return err
	}
	titles, err := s.objectives.ShortTitles(ctx)
	if err != nil {
		return err
	}
	for _, o := range titles {
		serving := slices.DeleteFunc(slices.Clone(measures), func(m objectives.Measure) bool { return !serves(m, o.Number) })
		if len(serving) > 0 {
			p.Objectives = append(p.Objectives, objectiveShare{o, len(serving)})
		}
	}
	standings, err := s.standings(ctx)
	if err != nil {
		return err
	}
	for _, i := range standings {
		if i.AgencyID != nil && *i.AgencyID == a.ID {
			p.Cards = append(p.Cards, r.card(i))
		}
	}
	if p.Lately, err = r.latelyReleased(a.Code, latelyShown); err != nil {
		return err
	}
	return r.render(http.StatusOK, "agencies/show", p)
}
