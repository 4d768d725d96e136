package web

import (
	"gcm/internal/auth"
	"gcm/objectives"
)

// lawPages are the pages of the register of legal instruments.
func (s *site) lawPages() registerPages[objectives.LawContent] {
	return registerPages[objectives.LawContent]{
		Register: s.objectives.LawRegister(), name: "laws", see: auth.Coordinate,
		class: keyed("law.kind.", objectives.LawKinds),
		begin: func() objectives.LawContent { return objectives.LawContent{Kind: "law", Status: "in_force"} },
		fields: func(r *request) ([]field, error) {
			return []field{
				{Name: "name", Kind: fieldTexts, Required: true},
				{Name: "kind", Kind: fieldChoice, Options: choices(r, "law.kind.", objectives.LawKinds)},
				{Name: "number", Kind: fieldLine},
				{Name: "dated", Kind: fieldLine, Hint: true},
				{Name: "articles", Kind: fieldList, Hint: true},
				{Name: "status", Kind: fieldChoice, Options: choices(r, "law.status.", objectives.LawStatuses)},
				{Name: "note", Kind: fieldAreas},
			}, nil
		},
	}
}

// challengePages are the pages of the register of challenges.
func (s *site) challengePages() registerPages[objectives.ChallengeContent] {
	return registerPages[objectives.ChallengeContent]{
		Register: s.objectives.ChallengeRegister(), name: "challenges", see: auth.Coordinate,
		class: keyed("register.challenge.", objectives.ChallengeKinds),
		begin: func() objectives.ChallengeContent {
			return objectives.ChallengeContent{Kind: objectives.Gap, State: objectives.Released}
		},
		keep: objectives.ChallengeContent.Sourced,
		fields: func(r *request) ([]field, error) {
			links, err := s.mappingFields(r)
			return []field{
				{Name: "statement", Kind: fieldAreas, Required: true},
				{Name: "kind", Kind: fieldChoice, Options: choices(r, "register.challenge.", objectives.ChallengeKinds)},
				links,
				{Name: "note", Kind: fieldAreas},
				{Name: "state", Kind: fieldChoice, Hint: true, Options: choices(r, "register.state.", visible)},
			}, err
		},
	}
}
