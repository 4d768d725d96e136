package countries

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
)

// passport tells by the rules of the register what the passport of an indicator
// says against itself.
func (r *reader) passport(i *Indicator, known *index) {
	content := i.model().Content()
	if i.Baseline != nil { // one that cannot be read is told by the rules too
		content.BaselineValue = i.Baseline.Value
	}
	for n, t := range i.Targets {
		content.Targets[n].Value = t.Value
	}
	content.Lowest, content.Highest, content.Expected = i.Lowest, i.Highest, i.Expected
	if i.Formula != nil {
		content.FormulaPer = i.Formula.Per
	}
	english, err := i18n.New("en")
	if err != nil { // the catalogue is part of the program
		panic(err)
	}
	for _, problem := range content.Faults(i.Code, known.formula) {
		if problem.Key == "register.problem.missing" { // the reader has said so
			continue
		}
		r.fault(r.placeOf(i, problem.Field), "%s", english.T(problem.Key, problem.Args...))
	}
	if i.Formula == nil {
		return
	}
	if len(i.Observations) > 0 {
		r.faultAt(i.Formula, "makes the values: take out the formula or the observations")
	}
	for n := range i.Formula.Components {
		r.component(&i.Formula.Components[n], known)
	}
}

// formula returns that of an indicator of the pack, and whether there is one.
func (x *index) formula(code string) (indicators.Formula, bool) {
	i := x.indicators[code]
	if i == nil {
		return indicators.Formula{}, false
	}
	return i.model().Formula, true
}

// component checks that the indicator has the cell that the formula reads.
func (r *reader) component(c *Component, known *index) {
	of := known.indicators[c.Indicator]
	for _, dim := range slices.Sorted(maps.Keys(c.Breakdown)) {
		if values := known.dimensions[dim]; of != nil && (!slices.Contains(of.Dimensions, dim) || values != nil && !values[c.Breakdown[dim]]) {
			r.faultAt(&c.Breakdown, "%s has no cell %s", c.Indicator, clip(dim+"="+c.Breakdown[dim]))
		}
	}
}

var rowNumber = regexp.MustCompile(`\.(\d+)\b`)

// placeOf returns where the field of the register's form, "targets.0.value",
// stands in the pack, or where the indicator does when it stands nowhere.
func (r *reader) placeOf(i *Indicator, field string) place {
	field = strings.NewReplacer("baseline_", "baseline.", "formula_", "formula.", "components", "formula.components", ".series", "").Replace(field)
	field = rowNumber.ReplaceAllStringFunc(field, func(s string) string {
		n, _ := strconv.Atoi(s[1:])
		return "[" + strconv.Itoa(n+1) + "]"
	})
	record := r.places[i]
	at := record.in(field)
	for _, p := range r.places {
		if p.file == at.file && p.record == at.record && p.field == at.field && p.line >= record.line && (at.line == record.line || p.line < at.line) {
			at.line = p.line
		}
	}
	return at
}
