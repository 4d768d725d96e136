package indicators

import (
	"slices"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// FigureTypes lists the figure types in the order in which they are shown.
var FigureTypes = []FigureType{Statistic, ServiceStandard, LegalParameter, ExternalContext}

// Directions lists the directions in the order in which they are shown.
var Directions = []Direction{IncreaseGood, DecreaseGood, Neutral}

// Content is what people enter of an indicator's passport; it names others by
// their codes. Observations are entered in a round.
type Content struct {
	Name          i18n.Text          `json:"name,omitempty"`
	Definition    i18n.Text          `json:"definition,omitempty"`
	Computation   i18n.Text          `json:"computation,omitempty"`
	Limits        i18n.Text          `json:"limits,omitempty"`
	Unit          Unit               `json:"unit"`
	ScaleNote     i18n.Text          `json:"scale_note,omitempty"`
	FigureType    FigureType         `json:"figure_type"`
	Direction     Direction          `json:"direction"`
	DataSource    i18n.Text          `json:"data_source,omitempty"`
	Agency        string             `json:"agency,omitempty"`
	Frequency     Frequency          `json:"frequency,omitempty"`
	Scope         Scope              `json:"relation,omitempty"`
	SDGTargets    objectives.Strings `json:"sdg_targets,omitempty"`
	SDGIndicators objectives.Strings `json:"sdg_indicators,omitempty"`
	Dimensions    objectives.Strings `json:"dimensions,omitempty"`
	Expected      objectives.Strings `json:"expected,omitempty"` // those of Dimensions without which figures leave a gap

	BaselinePeriod  period.Period   `json:"baseline_period,omitempty"`
	BaselineValue   Number          `json:"baseline_value,omitempty"`
	Targets         []TargetLine    `json:"targets,omitempty"`
	Lowest          Number          `json:"lowest,omitempty"`
	Highest         Number          `json:"highest,omitempty"`
	SmallCell       Number          `json:"small_cell,omitempty"`
	Breaks          []BreakLine     `json:"breaks,omitempty"`
	FormulaKind     FormulaKind     `json:"formula_kind,omitempty"`
	FormulaPer      Number          `json:"formula_per,omitempty"`
	FormulaDecimals Number          `json:"formula_decimals,omitempty"`
	Components      []ComponentLine `json:"components,omitempty"`

	Objectives []objectives.ObjectiveLink `json:"objectives,omitempty"`
	Measures   []MeasureLink              `json:"measures,omitempty"`
	State      objectives.State           `json:"state"`
	Note       i18n.Text                  `json:"note,omitempty"`
}

// TargetLine is what people enter of a target.
type TargetLine struct {
	Period period.Period `json:"period"`
	Value  Number        `json:"value"`
	Source i18n.Text     `json:"source,omitempty"`
}

// BreakLine is what people enter of a break.
type BreakLine struct {
	Period period.Period `json:"period"`
	Kind   BreakKind     `json:"kind"`
	Note   i18n.Text     `json:"note,omitempty"`
}

// ComponentLine is what people enter of a component: "arrivals{sex=F}".
type ComponentLine struct {
	Series string `json:"series"`
}

// MeasureLink says which measure an indicator measures or describes.
type MeasureLink struct {
	Code string `json:"code"`
	objectives.Mapping
}

// Target returns the measure's code.
func (l *MeasureLink) Target() string { return l.Code }

// Content returns what people enter of the indicator, which must be whole.
func (i Indicator) Content() Content {
	c := Content{
		Name: i.Name, Definition: i.Definition, Computation: i.Computation, Limits: i.Limits, Unit: i.Unit, ScaleNote: i.ScaleNote,
		FigureType: i.FigureType, Direction: i.Direction, DataSource: i.DataSource, Frequency: i.Frequency, Scope: i.Scope,
		SDGTargets: i.SDGTargets, SDGIndicators: i.SDGIndicators, State: i.State, Note: i.Note,
	}
	if i.Agency != nil {
		c.Agency = i.Agency.Code
	}
	for _, d := range i.Dimensions {
		c.Dimensions = append(c.Dimensions, d.Dimension.Code)
		if d.Expected {
			c.Expected = append(c.Expected, d.Dimension.Code)
		}
	}
	i.figures(&c)
	for _, o := range i.Objectives {
		c.Objectives = append(c.Objectives, objectives.ObjectiveLink{Number: o.Objective.Number, Mapping: o.Mapping})
	}
	for _, m := range i.Measures {
		c.Measures = append(c.Measures, MeasureLink{m.Measure.Code, m.Mapping})
	}
	return c
}

// figures adds the passport's numbers to the content.
func (i Indicator) figures(c *Content) {
	c.BaselinePeriod, c.BaselineValue = i.BaselinePeriod, numberIn(i.BaselineValue, i.BaselineDecimals)
	c.Lowest, c.Highest = numberIn(i.Lowest, -1), numberIn(i.Highest, -1)
	if i.SmallCell != nil {
		c.SmallCell = NumberOf(float64(*i.SmallCell), 0)
	}
	for _, t := range i.Targets {
		c.Targets = append(c.Targets, TargetLine{t.Period, NumberOf(t.Value, t.Decimals), t.Source})
	}
	for _, b := range i.Breaks {
		c.Breaks = append(c.Breaks, BreakLine{b.Period, b.Kind, b.Note})
	}
	if c.FormulaKind = i.Formula.Kind; c.FormulaKind == "" {
		return
	}
	c.FormulaDecimals = NumberOf(float64(i.Formula.Decimals), 0)
	if i.Formula.Per != 0 {
		c.FormulaPer = NumberOf(i.Formula.Per, -1)
	}
	for _, part := range i.Formula.Components {
		c.Components = append(c.Components, ComponentLine{part.String()})
	}
}

func (c Content) indicator(code string) Indicator {
	i := Indicator{
		Code: code, Name: c.Name, Definition: c.Definition, Computation: c.Computation, Limits: c.Limits, Unit: c.Unit, ScaleNote: c.ScaleNote,
		FigureType: c.FigureType, Direction: c.Direction, DataSource: c.DataSource, Frequency: c.Frequency, Scope: c.Scope,
		SDGTargets: c.SDGTargets, SDGIndicators: c.SDGIndicators, State: c.State, Note: c.Note,
		BaselinePeriod: c.BaselinePeriod, BaselineValue: c.BaselineValue.Float(),
		Lowest: c.Lowest.Float(), Highest: c.Highest.Float(), SmallCell: c.SmallCell.whole(), Formula: c.formula(),
	}
	_, i.BaselineDecimals, _ = c.BaselineValue.Parse()
	if c.Agency != "" {
		i.Agency = &objectives.Agency{Code: c.Agency}
	}
	for n, code := range c.Dimensions {
		i.Dimensions = append(i.Dimensions, IndicatorDimension{Dimension: Dimension{Code: code}, Position: n, Expected: slices.Contains(c.Expected, code)})
	}
	for _, t := range c.Targets {
		v, decimals, _ := t.Value.Parse()
		i.Targets = append(i.Targets, Target{Period: t.Period, Value: v, Decimals: decimals, Source: t.Source})
	}
	for _, b := range c.Breaks {
		i.Breaks = append(i.Breaks, Break{Period: b.Period, Kind: b.Kind, Note: b.Note})
	}
	for _, o := range c.Objectives {
		i.Objectives = append(i.Objectives, IndicatorObjective{Objective: objectives.Objective{Number: o.Number}, Mapping: o.Mapping})
	}
	for _, m := range c.Measures {
		i.Measures = append(i.Measures, IndicatorMeasure{Measure: objectives.Measure{Code: m.Code}, Mapping: m.Mapping})
	}
	return i
}

// formula returns what the lines of the formula say, as far as they can be read.
func (c Content) formula() Formula {
	if c.FormulaKind == "" {
		return Formula{}
	}
	f := Formula{Kind: c.FormulaKind}
	f.Per, _, _ = c.FormulaPer.Parse()
	if n := c.FormulaDecimals.whole(); n != nil {
		f.Decimals = *n
	}
	for _, line := range c.Components {
		part, _ := ParseComponent(line.Series)
		f.Components = append(f.Components, part)
	}
	return f
}

// Sourced returns the content in which links that another content has too keep
// who made them and the source's own mark: what a form does not ask for.
func (c Content) Sourced(from Content) Content {
	c.Objectives = objectives.Sourced(c.Objectives, from.Objectives)
	c.Measures = objectives.Sourced(c.Measures, from.Measures)
	return c
}
