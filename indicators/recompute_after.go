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

// recomputeChanged makes values anew when a passport was changed: its formula may
// be another one.
func recomputeChanged(tx *db.DB, log *audit.Log, code string) error {
	return Recompute(tx.Statement.Context, tx, log, Made{MadeBy: log.By()}, code)
}

// recomputeMerged makes values anew when an indicator was merged into another: by
// then its observations and the formulas that read it have followed.
func recomputeMerged(tx *db.DB, log *audit.Log, move register.Move) error {
	return Recompute(tx.Statement.Context, tx, log, Made{MadeBy: log.By(), Reason: move.Reason}, move.From, move.Into)
}

// RecomputeAll makes the values of all calculated indicators anew, as after an
// import of many.
func RecomputeAll(tx *db.DB, log *audit.Log, made Made) error {
	formulas, err := NewStore(tx).formulas()
	if err != nil {
		return err
	}
	return Recompute(tx.Statement.Context, tx, log, made, slices.Sorted(maps.Keys(formulas))...)
}

// refuseCalculated refuses staged rows that give a calculated indicator other
// values than it has: a file that brings its own values back is taken.
func refuseCalculated(tx *db.DB) error {
	formulas, err := NewStore(tx).formulas()
	if err != nil || len(formulas) == 0 {
		return err
	}
	var codes []string
	if err := tx.Raw("SELECT n.code"+differing+" AND n.code IN ? LIMIT 1", slices.Sorted(maps.Keys(formulas))).Scan(&codes).Error; err != nil {
		return db.Fault(err, "look for calculated indicators among the rows of a file")
	}
	if len(codes) > 0 {
		return fault.New(fault.Conflict, "entry.error.calculated", "the values of %s are calculated", codes[0])
	}
	return nil
}
