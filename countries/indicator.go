package countries

import (
	"slices"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Indicator is a thing that is measured, with its observations.
type Indicator struct {
	Code          string             `json:"code" check:"required slug"`
	Name          i18n.Text          `json:"name" check:"required"`
	Definition    i18n.Text          `json:"definition,omitempty"`
	Unit          string             `json:"unit" check:"required unit"`
	ScaleNote     i18n.Text          `json:"scale_note,omitempty" check:"partial"`
	FigureType    string             `json:"figure_type" check:"required" one:"statistic service_standard legal_parameter external_context"`
	Direction     string             `json:"direction" check:"required" one:"increase_good decrease_good neutral"`
	DataSource    i18n.Text          `json:"data_source,omitempty"`
	SDGTargets    objectives.Strings `json:"sdg_targets,omitempty" check:"target"`
	Dimensions    objectives.Strings `json:"dimensions,omitempty" check:"dimension"`
	Mapping       []Link             `json:"mapping,omitempty"` // to objectives and measures
	Note          i18n.Text          `json:"note,omitempty" check:"partial"`
	Observations  []Observation      `json:"observations,omitempty"`
	State         string             `json:"state,omitempty" check:"derived"` // empty for released
	Computation   i18n.Text          `json:"computation,omitempty"`
	Limits        i18n.Text          `json:"limits,omitempty"`
	Frequency     string             `json:"frequency,omitempty" one:"A S Q M W D"`
	Scope         string             `json:"scope,omitempty" one:"national proxy global"` // empty for national
	SDGIndicators objectives.Strings `json:"sdg_indicators,omitempty" check:"sdg_indicator"`
	Agency        string             `json:"agency,omitempty" check:"slug"`
	Expected      objectives.Strings `json:"expected,omitempty" check:"dimension"` // of Dimensions
	Baseline      *Baseline          `json:"baseline,omitempty"`
	Targets       []Target           `json:"targets,omitempty"`
	Lowest        indicators.Number  `json:"lowest,omitempty" check:"decimal"`
	Highest       indicators.Number  `json:"highest,omitempty" check:"decimal"`
	SmallCell     *int               `json:"small_cell,omitempty"`
	Breaks        []Break            `json:"breaks,omitempty"`
	Formula       *Formula           `json:"formula,omitempty"`
}

func (i Indicator) model() indicators.Indicator {
	row := indicators.Indicator{
		Code: i.Code, Name: i.Name, Definition: i.Definition, Unit: indicators.Unit(i.Unit), ScaleNote: i.ScaleNote,
		FigureType: indicators.FigureType(i.FigureType), Direction: indicators.Direction(i.Direction), DataSource: i.DataSource,
		SDGTargets: i.SDGTargets, State: objectives.Released, Note: i.Note,
	}
	i.passport(&row)
	for n, code := range i.Dimensions {
		row.Dimensions = append(row.Dimensions, indicators.IndicatorDimension{
			Dimension: indicators.Dimension{Code: code}, Position: n, Expected: slices.Contains(i.Expected, code),
		})
	}
	for _, l := range i.Mapping {
		for _, n := range l.Objectives {
			row.Objectives = append(row.Objectives, indicators.IndicatorObjective{Objective: objectives.Objective{Number: n}, Mapping: l.mapping()})
		}
		for _, code := range l.Measures {
			row.Measures = append(row.Measures, indicators.IndicatorMeasure{Measure: objectives.Measure{Code: code}, Mapping: l.mapping()})
		}
	}
	return row
}

func indicatorOf(row indicators.Indicator) Indicator {
	i := Indicator{
		Code: row.Code, Name: row.Name, Definition: row.Definition, Unit: string(row.Unit), ScaleNote: row.ScaleNote,
		FigureType: string(row.FigureType), Direction: string(row.Direction), DataSource: row.DataSource,
		SDGTargets: row.SDGTargets, State: unless(released, string(row.State)), Note: row.Note,
	}
	i.setPassport(row)
	for _, d := range row.Dimensions {
		i.Dimensions = append(i.Dimensions, d.Dimension.Code)
		if d.Expected {
			i.Expected = append(i.Expected, d.Dimension.Code)
		}
	}
	for _, o := range row.Objectives {
		i.Mapping = append(i.Mapping, linkOf(Link{Objectives: Objectives{o.Objective.Number}}, o.Mapping))
	}
	for _, m := range row.Measures {
		i.Mapping = append(i.Mapping, linkOf(Link{Measures: []string{m.Measure.Code}}, m.Mapping))
	}
	for _, o := range row.Observations {
		if o.Origin == indicators.FromFormula { // made of others, and no record of the pack
			continue
		}
		i.Observations = append(i.Observations, observationOf(o))
	}
	return i
}
