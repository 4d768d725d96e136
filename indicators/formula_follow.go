package indicators

import (
	"maps"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/register"
)

// takes refuses a value that somebody entered or imported for an indicator whose
// values are calculated.
func (i Indicator) takes(o Observation) error {
	if i.Formula.Kind != "" && (o.Origin == FromEntry || o.Origin == FromImport) {
		return fault.New(fault.Conflict, "entry.error.calculated", "the values of %s are calculated", i.Code)
	}
	return nil
}

// recomputeAfter makes values anew when an indicator was changed: its formula may
// be another one.
func recomputeAfter(tx *db.DB, log *audit.Log, code string) error {
	return Recompute(tx.Statement.Context, tx, log, Made{MadeBy: log.By()}, code)
}

// followFormulas lets the formulas that read an indicator read the one into which
// it was merged.
func followFormulas(tx *db.DB, log *audit.Log, move register.Move) error {
	formulas, err := NewStore(tx).formulas()
	if err != nil {
		return err
	}
	for _, code := range slices.Sorted(maps.Keys(formulas)) {
		f := formulas[code]
		if !slices.ContainsFunc(f.Components, func(c Component) bool { return c.Indicator == move.From }) {
			continue
		}
		before, err := read(tx, code)
		if err != nil {
			return err
		}
		f.Components = slices.Clone(f.Components)
		for i := range f.Components {
			if f.Components[i].Indicator == move.From {
				f.Components[i].Indicator = move.Into
			}
		}
		if err := tx.Model(&Indicator{}).Where("code = ?", code).Update("formula", f).Error; err != nil {
			return db.Fault(err, "change the formula of "+code)
		}
		after, err := read(tx, code)
		if err != nil {
			return err
		}
		log.Add(audit.Change{Action: "change", Noun: "indicator", Record: code, Reason: move.Reason, Before: before, After: after})
	}
	return Recompute(tx.Statement.Context, tx, log, Made{MadeBy: log.By(), Reason: move.Reason}, move.From, move.Into)
}
