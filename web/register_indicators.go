package web

import (
	"gcm/indicators"
	"gcm/internal/auth"
)

// indicatorPages are the pages of the register of indicators.
func (s *site) indicatorPages() registerPages[indicators.Content] {
	return registerPages[indicators.Content]{
		Register: s.indicators.Register(), name: "indicators", see: auth.Coordinate, public: true,
		class: keyed("indicator.figure_type.", indicators.FigureTypes),
		begin: func() indicators.Content {
			return indicators.Content{Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: visible[0]}
		},
		keep:   indicators.Content.Sourced,
		fields: s.indicatorFields,
	}
}

func (s *site) indicatorFields(r *request) ([]field, error) {
	dimensions, err := s.indicators.Dimensions(r.Request.Context())
	if err != nil {
		return nil, err
	}
	var ways []option
	for _, d := range dimensions {
		ways = append(ways, option{Value: d.Code, Label: r.in(d.Name)})
	}
	measures, err := s.measurePages().all(r)
	if err != nil {
		return nil, err
	}
	links, err := s.mappingFields(r)
	if err != nil {
		return nil, err
	}
	return []field{
		{Name: "name", Kind: fieldTexts, Required: true},
		{Name: "definition", Kind: fieldAreas},
		{Name: "unit", Kind: fieldLine, Hint: true, Required: true},
		{Name: "scale_note", Kind: fieldTexts, Hint: true},
		{Name: "figure_type", Kind: fieldChoice, Options: choices(r, "indicator.figure_type.", indicators.FigureTypes)},
		{Name: "direction", Kind: fieldChoice, Options: choices(r, "indicator.direction.", indicators.Directions)},
		{Name: "data_source", Kind: fieldTexts},
		{Name: "sdg_targets", Kind: fieldList, Hint: true},
		{Name: "dimensions", Kind: fieldMany, Options: ways},
		links,
		{Name: "measures", Kind: fieldRows, Fields: append([]field{{Name: "code", Words: "measure", Kind: fieldChoice, Options: r.orNone(measures)}}, mappingFields(r)...)},
		{Name: "note", Kind: fieldAreas},
		{Name: "state", Kind: fieldChoice, Hint: true, Options: choices(r, "register.state.", visible)},
	}, nil
}
