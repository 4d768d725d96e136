package web

import (
	"strconv"

	"gcm/internal/auth"
	"gcm/objectives"
	"gcm/progress"
)

// agencyPages are the pages of the register of agencies.
func (s *site) agencyPages() registerPages[objectives.AgencyContent] {
	return registerPages[objectives.AgencyContent]{
		Register: s.objectives.AgencyRegister(progress.FollowAgency), name: "agencies", see: auth.SeeAgencies, public: true,
		class: keyed("agency.kind.", objectives.AgencyKinds),
		begin: func() objectives.AgencyContent { return objectives.AgencyContent{Kind: "ministry"} },
		fields: func(r *request) ([]field, error) {
			return []field{
				{Name: "name", Kind: fieldTexts, Required: true},
				{Name: "acronyms", Kind: fieldLists, Hint: true},
				{Name: "kind", Kind: fieldChoice, Options: choices(r, "agency.kind.", objectives.AgencyKinds)},
				{Name: "note", Kind: fieldAreas},
			}, nil
		},
		shown: s.countLed,
	}
}

// countLed adds to each agency of the list how many measures it leads.
func (s *site) countLed(r *request, p *registerList) error {
	led, err := s.objectives.CountLed(r.Request.Context())
	p.Heads = []string{r.T("register.leads")}
	for i := range p.Lines {
		p.Lines[i].Cells = []string{strconv.Itoa(led[p.Lines[i].Code])}
	}
	return err
}
