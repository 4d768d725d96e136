package countries

import (
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Indicator is a thing that is measured, with its observations.
type Indicator struct {
	Code         string             `json:"code" check:"required slug"`
	Name         i18n.Text          `json:"name" check:"required"`
	Definition   i18n.Text          `json:"definition,omitempty"`
	Unit         string             `json:"unit" check:"required unit"`
	ScaleNote    i18n.Text          `json:"scale_note,omitempty" check:"partial"`
	FigureType   string             `json:"figure_type" check:"required" one:"statistic service_standard legal_parameter external_context"`
	Direction    string             `json:"direction" check:"required" one:"increase_good decrease_good neutral"`
	DataSource   i18n.Text          `json:"data_source,omitempty"`
	SDGTargets   objectives.Strings `json:"sdg_targets,omitempty" check:"target"`
	Dimensions   objectives.Strings `json:"dimensions,omitempty" check:"dimension"`
	Mapping      []Link             `json:"mapping,omitempty"` // to objectives and measures
	Note         i18n.Text          `json:"note,omitempty" check:"partial"`
	Observations []Observation      `json:"observations,omitempty"`
	State        string             `json:"state,omitempty" check:"derived"` // empty for released
}

func (i Indicator) model() indicators.Indicator {
	row := indicators.Indicator{
		Code: i.Code, Name: i.Name, Definition: i.Definition, Unit: indicators.Unit(i.Unit), ScaleNote: i.ScaleNote,
		FigureType: indicators.FigureType(i.FigureType), Direction: indicators.Direction(i.Direction), DataSource: i.DataSource,
		SDGTargets: i.SDGTargets, State: objectives.Released, Note: i.Note,
	}
	for n, code := range i.Dimensions {
		row.Dimensions = append(row.Dimensions, indicators.IndicatorDimension{Dimension: indicators.Dimension{Code: code}, Position: n})
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
	for _, d := range row.Dimensions {
		i.Dimensions = append(i.Dimensions, d.Dimension.Code)
	}
	for _, o := range row.Objectives {
		i.Mapping = append(i.Mapping, linkOf(Link{Objectives: Objectives{o.Objective.Number}}, o.Mapping))
	}
	for _, m := range row.Measures {
		i.Mapping = append(i.Mapping, linkOf(Link{Measures: []string{m.Measure.Code}}, m.Mapping))
	}
	for _, o := range row.Observations {
		i.Observations = append(i.Observations, observationOf(o))
	}
	return i
}

// Observation is one value of an indicator, or the place of a missing one.
type Observation struct {
	Period    period.Period        `json:"period,omitempty"`
	Breakdown indicators.Breakdown `json:"breakdown,omitempty"`
	Value     string               `json:"value,omitempty" check:"decimal"` // digits, so that nothing is lost; empty when missing
	Decimals  *int                 `json:"decimals,omitempty"`              // only when Value shows another number of digits
	ValueText string               `json:"value_text,omitempty"`
	Qualifier string               `json:"qualifier" check:"required" one:"exact approximate more_than less_than missing"`
	Note      i18n.Text            `json:"note,omitempty" check:"partial"`
	Quotes    objectives.Quotes    `json:"quotes,omitempty"`
	Unit      string               `json:"unit" check:"derived"`            // the indicator's
	Position  int                  `json:"position" check:"derived"`        // among the indicator's observations
	State     string               `json:"state,omitempty" check:"derived"` // empty for released
}

func (o Observation) model() indicators.Observation {
	row := indicators.Observation{
		Period: o.Period, Breakdown: o.Breakdown, ValueText: o.ValueText, Unit: indicators.Unit(o.Unit), Qualifier: indicators.Qualifier(o.Qualifier),
		ObsStatus: "O", State: objectives.Released, Position: o.Position, Note: o.Note, Quotes: o.Quotes,
	}
	if o.Value != "" {
		v, decimals := o.number()
		row.Value, row.Decimals, row.ObsStatus = &v, decimals, "A"
	}
	return row
}

func observationOf(row indicators.Observation) Observation {
	o := Observation{
		Period: row.Period, Breakdown: row.Breakdown, ValueText: row.ValueText, Unit: string(row.Unit), Qualifier: string(row.Qualifier),
		State: unless(released, string(row.State)), Position: row.Position, Note: row.Note, Quotes: row.Quotes,
	}
	if row.Value != nil {
		o.setNumber(*row.Value, row.Decimals)
	}
	return o
}

// number returns the value and how many digits after the separator it has.
func (o Observation) number() (v float64, decimals int) {
	v, _ = strconv.ParseFloat(o.Value, 64) // the reader has checked its syntax
	_, fraction, _ := strings.Cut(o.Value, ".")
	if o.Decimals != nil {
		return v, *o.Decimals
	}
	return v, len(fraction)
}

// setNumber writes v with as many digits as it is shown with, or, when these do
// not hold it, with all of its own and their number apart.
func (o *Observation) setNumber(v float64, decimals int) {
	if v == 0 {
		v = 0 // no negative zero
	}
	o.Value, o.Decimals = strconv.FormatFloat(v, 'f', decimals, 64), nil
	if shown, err := strconv.ParseFloat(o.Value, 64); err != nil || shown != v {
		o.Value, o.Decimals = strconv.FormatFloat(v, 'f', -1, 64), &decimals
	}
}

// Dimension is a way of breaking figures down.
type Dimension struct {
	Code  string          `json:"code" check:"required dimension"`
	Name  i18n.Text       `json:"name" check:"required"`
	Codes []DimensionCode `json:"codes" check:"required"`
}

// DimensionCode is one value of a dimension.
type DimensionCode struct {
	Code string    `json:"code" check:"required word"`
	Name i18n.Text `json:"name" check:"required"`
}

func (d Dimension) model() indicators.Dimension {
	row := indicators.Dimension{Code: d.Code, Name: d.Name}
	for i, c := range d.Codes {
		row.Codes = append(row.Codes, indicators.DimensionCode{Code: c.Code, Name: c.Name, Position: i})
	}
	return row
}

func dimensionOf(row indicators.Dimension) Dimension {
	d := Dimension{Code: row.Code, Name: row.Name}
	for _, c := range row.Codes {
		d.Codes = append(d.Codes, DimensionCode{Code: c.Code, Name: c.Name})
	}
	return d
}
