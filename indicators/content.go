package indicators

import (
	"regexp"
	"slices"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

// FigureTypes lists the figure types in the order in which they are shown.
var FigureTypes = []FigureType{Statistic, ServiceStandard, LegalParameter, ExternalContext}

// Directions lists the directions in the order in which they are shown.
var Directions = []Direction{IncreaseGood, DecreaseGood, Neutral}

// Content is what people enter of an indicator's passport; it names others by
// their codes. Observations are entered in a round.
type Content struct {
	Name       i18n.Text                  `json:"name,omitempty"`
	Definition i18n.Text                  `json:"definition,omitempty"`
	Unit       Unit                       `json:"unit"`
	ScaleNote  i18n.Text                  `json:"scale_note,omitempty"`
	FigureType FigureType                 `json:"figure_type"`
	Direction  Direction                  `json:"direction"`
	DataSource i18n.Text                  `json:"data_source,omitempty"`
	SDGTargets objectives.Strings         `json:"sdg_targets,omitempty"`
	Dimensions objectives.Strings         `json:"dimensions,omitempty"`
	Objectives []objectives.ObjectiveLink `json:"objectives,omitempty"`
	Measures   []MeasureLink              `json:"measures,omitempty"`
	State      objectives.State           `json:"state"`
	Note       i18n.Text                  `json:"note,omitempty"`
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
		Name: i.Name, Definition: i.Definition, Unit: i.Unit, ScaleNote: i.ScaleNote, FigureType: i.FigureType, Direction: i.Direction,
		DataSource: i.DataSource, SDGTargets: i.SDGTargets, State: i.State, Note: i.Note,
	}
	for _, d := range i.Dimensions {
		c.Dimensions = append(c.Dimensions, d.Dimension.Code)
	}
	for _, o := range i.Objectives {
		c.Objectives = append(c.Objectives, objectives.ObjectiveLink{Number: o.Objective.Number, Mapping: o.Mapping})
	}
	for _, m := range i.Measures {
		c.Measures = append(c.Measures, MeasureLink{m.Measure.Code, m.Mapping})
	}
	return c
}

func (c Content) indicator(code string) Indicator {
	i := Indicator{
		Code: code, Name: c.Name, Definition: c.Definition, Unit: c.Unit, ScaleNote: c.ScaleNote, FigureType: c.FigureType, Direction: c.Direction,
		DataSource: c.DataSource, SDGTargets: c.SDGTargets, State: c.State, Note: c.Note,
	}
	for n, code := range c.Dimensions {
		i.Dimensions = append(i.Dimensions, IndicatorDimension{Dimension: Dimension{Code: code}, Position: n})
	}
	for _, o := range c.Objectives {
		i.Objectives = append(i.Objectives, IndicatorObjective{Objective: objectives.Objective{Number: o.Number}, Mapping: o.Mapping})
	}
	for _, m := range c.Measures {
		i.Measures = append(i.Measures, IndicatorMeasure{Measure: objectives.Measure{Code: m.Code}, Mapping: m.Mapping})
	}
	return i
}

// Sourced returns the content in which links that another content has too keep
// who made them and the source's own mark: what a form does not ask for.
func (c Content) Sourced(from Content) Content {
	c.Objectives = objectives.Sourced(c.Objectives, from.Objectives)
	c.Measures = objectives.Sourced(c.Measures, from.Measures)
	return c
}

// target is the form of a target of the Sustainable Development Goals.
var target = regexp.MustCompile(`^\d{1,2}\.(\d{1,2}|[a-d])$`)

func check(tx *db.DB, _ string, c *Content, found *register.Checks) error {
	find, err := newFinder(tx.Statement.Context, tx)
	if err != nil {
		return err
	}
	found.Name("name", &c.Name)
	for field, text := range map[string]*i18n.Text{"definition": &c.Definition, "scale_note": &c.ScaleNote, "data_source": &c.DataSource, "note": &c.Note} {
		found.Text(field, text)
	}
	if !slices.Contains(Units, c.Unit) && !c.Unit.Currency() {
		register.Unknown(found, "unit", string(c.Unit))
	}
	register.Choice(found, "figure_type", c.FigureType, FigureTypes)
	register.Choice(found, "direction", c.Direction, Directions)
	objectives.CheckState(found, c.State)
	for _, t := range c.SDGTargets {
		if !target.MatchString(t) {
			found.Problems.Add("sdg_targets", "register.problem.target", t)
		}
	}
	for _, d := range c.Dimensions {
		if _, known := find.dimensions[d]; !known {
			register.Unknown(found, "dimensions", d)
		}
	}
	objectives.CheckObjectives(found, c.Objectives, find.objectives)
	objectives.CheckLinks(found, "measures", "code", c.Measures, find.measures, func(l MeasureLink) string { return l.Code })
	return nil
}
