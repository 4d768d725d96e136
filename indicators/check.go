package indicators

import (
	"cmp"
	"regexp"
	"slices"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

// The forms of a target and of an indicator of the Sustainable Development Goals.
var (
	sdgTarget    = regexp.MustCompile(`^\d{1,2}\.(\d{1,2}|[a-d])$`)
	sdgIndicator = regexp.MustCompile(`^\d{1,2}\.(\d{1,2}|[a-d])\.\d{1,2}$`)
)

// check tidies and checks what people entered of the indicator with the code.
func check(tx *db.DB, code string, c *Content, found *register.Checks) error {
	find, err := newFinder(tx.Statement.Context, tx)
	if err != nil {
		return err
	}
	formulas, err := readFormulas(tx)
	if err != nil {
		return err
	}
	c.tidy(found)
	if !slices.Contains(Units, c.Unit) && !c.Unit.Currency() {
		register.Unknown(found, "unit", string(c.Unit))
	}
	register.Choice(found, "figure_type", c.FigureType, FigureTypes)
	register.Choice(found, "direction", c.Direction, Directions)
	register.Choice(found, "relation", c.Scope, Scopes)
	if c.Frequency != Unknown {
		register.Choice(found, "frequency", c.Frequency, Frequencies)
	}
	objectives.CheckState(found, c.State)
	c.checkCodes(found, find)
	objectives.CheckObjectives(found, c.Objectives, find.objectives)
	objectives.CheckLinks(found, "measures", "code", c.Measures, find.measures, func(l MeasureLink) string { return l.Code })
	found.Problems = append(found.Problems, c.Faults(code, func(code string) (Formula, bool) {
		f, known := formulas[code]
		return f, known
	})...)
	return nil
}

// tidy puts what was typed into the form in which it is kept.
func (c *Content) tidy(found *register.Checks) {
	c.Scope = cmp.Or(c.Scope, National)
	found.Name("name", &c.Name)
	for _, one := range []struct {
		field string
		text  *i18n.Text
	}{
		{"definition", &c.Definition}, {"computation", &c.Computation}, {"limits", &c.Limits},
		{"scale_note", &c.ScaleNote}, {"data_source", &c.DataSource}, {"note", &c.Note},
	} {
		found.Text(one.field, one.text)
	}
	for _, n := range []*Number{&c.BaselineValue, &c.Lowest, &c.Highest, &c.SmallCell, &c.FormulaPer, &c.FormulaDecimals} {
		*n = n.Tidy()
	}
	found.Period("baseline_period", &c.BaselinePeriod)
	for i := range c.Targets {
		t := &c.Targets[i]
		at := row("targets", i)
		found.Period(at+"period", &t.Period)
		t.Value = t.Value.Tidy()
		found.Text(at+"source", &t.Source)
	}
	for i := range c.Breaks {
		at := row("breaks", i)
		found.Period(at+"period", &c.Breaks[i].Period)
		found.Text(at+"note", &c.Breaks[i].Note)
	}
	for i := range c.Components {
		found.Line(row("components", i)+"series", &c.Components[i].Series)
	}
}

// checkCodes finds codes that lead nowhere.
func (c *Content) checkCodes(found *register.Checks, find finder) {
	if _, known := find.agencies[c.Agency]; c.Agency != "" && !known {
		register.Unknown(found, "agency", c.Agency)
	}
	for _, t := range c.SDGTargets {
		if !sdgTarget.MatchString(t) {
			found.Problems.Add("sdg_targets", "register.problem.target", t)
		}
	}
	for _, t := range c.SDGIndicators {
		if !sdgIndicator.MatchString(t) {
			found.Problems.Add("sdg_indicators", "passport.problem.sdg_indicator", t)
		}
	}
	for _, d := range c.Dimensions {
		if _, known := find.dimensions[d]; !known {
			register.Unknown(found, "dimensions", d)
		}
	}
}

// readFormulas returns the formula of each indicator by its code; one without a
// kind where values are entered.
func readFormulas(tx *db.DB) (map[string]Formula, error) {
	var rows []Indicator
	if err := tx.Select("code", "formula").Order("id").Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "read the formulas")
	}
	formulas := map[string]Formula{}
	for _, i := range rows {
		formulas[i.Code] = i.Formula
	}
	return formulas, nil
}
