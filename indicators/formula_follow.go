package indicators

import (
	"slices"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/register"
)

// followFormulas leads the formulas that read an indicator to the one into which
// it was merged. One whose own values would then be made of themselves is refused.
func followFormulas(tx *db.DB, log *audit.Log, move register.Move) error {
	formulas, err := readFormulas(tx)
	if err != nil {
		return err
	}
	formula := func(code string) (Formula, bool) { f, known := formulas[code]; return f, known }
	for _, c := range formulas[move.Into].Components {
		if rests(c.Indicator, move.From, formula, map[string]bool{}) {
			return fault.Problems{{Field: "into", Key: "passport.problem.circle", Args: []any{move.From}}}
		}
	}
	var readers []Indicator
	if err := tx.Select("code", "formula").Where("code <> ?", move.From).Order("id").Find(&readers).Error; err != nil {
		return db.Fault(err, "read the formulas")
	}
	for _, i := range readers {
		if !slices.ContainsFunc(i.Formula.Components, func(c Component) bool { return c.Indicator == move.From }) {
			continue
		}
		if err := follow(tx, log, i.Code, move, func(c *Content) {
			for n := range c.Components {
				if part, err := ParseComponent(c.Components[n].Series); err == nil && part.Indicator == move.From {
					part.Indicator = move.Into
					c.Components[n].Series = part.String()
				}
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// follow changes what an indicator's passport says of a record that was merged.
func follow(tx *db.DB, log *audit.Log, code string, move register.Move, change func(*Content)) error {
	before, err := read(tx, code)
	if err != nil {
		return err
	}
	after := before
	after.Measures, after.Components = slices.Clone(before.Measures), slices.Clone(before.Components)
	change(&after)
	if err := NewStore(tx).PutIndicators(tx.Statement.Context, []Indicator{after.indicator(code)}); err != nil {
		return err
	}
	log.Add(audit.Change{Action: "change", Noun: "indicator", Record: code, Reason: move.Reason, Before: before, After: after})
	return nil
}
