package web

import (
	"slices"

	"gcm/indicators"
	"gcm/internal/auth"
)

// indicatorPages are the pages of the register of indicators.
func (s *site) indicatorPages() registerPages[indicators.Content] {
	return registerPages[indicators.Content]{
		Register: s.indicators.Register(), name: "indicators", see: auth.Coordinate, public: true,
		class: keyed("indicator.figure_type.", indicators.FigureTypes),
		begin: func() indicators.Content {
			return indicators.Content{Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, Scope: indicators.National, State: visible[0]}
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
	agencies, err := s.agencyPages().all(r)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]field{
		{Name: "name", Kind: fieldTexts, Required: true},
		{Name: "definition", Kind: fieldAreas},
		{Name: "computation", Kind: fieldAreas},
		{Name: "limits", Kind: fieldAreas},
		{Name: "unit", Kind: fieldLine, Hint: true, Required: true},
		{Name: "scale_note", Kind: fieldTexts, Hint: true},
		{Name: "figure_type", Kind: fieldChoice, Options: choices(r, "indicator.figure_type.", indicators.FigureTypes)},
		{Name: "direction", Kind: fieldChoice, Options: choices(r, "indicator.direction.", indicators.Directions)},
		{Name: "data_source", Kind: fieldTexts},
		{Name: "agency", Kind: fieldChoice, Options: r.orNone(agencies)},
		{Name: "frequency", Kind: fieldChoice, Options: r.orNone(choices(r, "passport.frequency.", indicators.Frequencies))},
		{Name: "relation", Kind: fieldChoice, Options: choices(r, "passport.relation.", indicators.Scopes)},
		{Name: "sdg_targets", Kind: fieldList, Hint: true},
		{Name: "sdg_indicators", Kind: fieldList, Hint: true},
		{Name: "dimensions", Kind: fieldMany, Options: ways},
		{Name: "expected", Kind: fieldMany, Hint: true, Options: ways},
	}, figureFields(r), []field{
		links,
		{Name: "measures", Kind: fieldRows, Fields: append([]field{{Name: "code", Words: "measure", Kind: fieldChoice, Options: r.orNone(measures)}}, mappingFields(r)...)},
		{Name: "note", Kind: fieldAreas},
		{Name: "state", Kind: fieldChoice, Hint: true, Options: choices(r, "register.state.", visible)},
	}), nil
}

// figureFields are the passport's numbers: where values come from, may lie and
// are to go.
func figureFields(r *request) []field {
	return []field{
		{Name: "baseline_period", Kind: fieldLine, Hint: true},
		{Name: "baseline_value", Kind: fieldLine},
		{Name: "targets", Kind: fieldRows, Fields: []field{
			{Name: "period", Kind: fieldLine}, {Name: "value", Kind: fieldLine}, {Name: "source", Words: "target_source", Kind: fieldTexts},
		}},
		{Name: "lowest", Kind: fieldLine, Hint: true},
		{Name: "highest", Kind: fieldLine},
		{Name: "small_cell", Kind: fieldLine, Hint: true},
		{Name: "breaks", Kind: fieldRows, Fields: []field{
			{Name: "period", Kind: fieldLine}, {Name: "kind", Kind: fieldChoice, Options: r.orNone(choices(r, "passport.break.", indicators.BreakKinds))},
			{Name: "note", Kind: fieldTexts},
		}},
		{Name: "formula_kind", Kind: fieldChoice, Hint: true, Options: r.orNone(choices(r, "passport.formula.", indicators.FormulaKinds))},
		{Name: "formula_per", Kind: fieldLine, Hint: true},
		{Name: "formula_decimals", Kind: fieldLine},
		{Name: "components", Kind: fieldRows, Fields: []field{{Name: "series", Kind: fieldLine, Hint: true}}},
	}
}
