package indicators

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// recomputed is what the audit log keeps of a calculated indicator's new values.
type recomputed struct {
	Recalculated int `json:"recalculated"`        // values that are new or others than before
	TakenOut     int `json:"taken_out,omitempty"` // that the formula makes no more
}

// Recompute makes the values of the calculated indicators anew that rest on the
// named ones, those themselves included, however many formulas lie between: each
// after what it is made of. What it replaces is kept as vintages, and each
// indicator whose values changed is on record. It is the last step of a
// transaction that changed observations or formulas.
func Recompute(ctx context.Context, tx *db.DB, log *audit.Log, made Made, codes ...string) error {
	s := NewStore(tx.WithContext(ctx))
	if err := s.hold(); err != nil {
		return err
	}
	formulas, err := s.formulas()
	if err != nil {
		return err
	}
	order, err := dependents(formulas, codes)
	if err != nil {
		return err
	}
	for _, code := range order {
		if err := s.recompute(ctx, log, made, code, formulas[code]); err != nil {
			return err
		}
	}
	for _, code := range codes {
		if formulas[code].Kind == "" { // it may have had one
			if err := s.recompute(ctx, log, made, code, Formula{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// formulas reads the formulas of the calculated indicators in use, by code.
func (s *Store) formulas() (map[string]Formula, error) {
	var rows []Indicator
	err := s.db.Select("code, formula").Where("archived_at IS NULL AND CAST(formula AS TEXT) <> '{}'").Find(&rows).Error
	found := map[string]Formula{}
	for _, i := range rows {
		found[i.Code] = i.Formula
	}
	return found, db.Fault(err, "read the formulas")
}

// hold keeps others from computing until the transaction ends: of two who change
// two components at once, the second sees what the first wrote.
func (s *Store) hold() error {
	if !db.IsPostgres(s.db) {
		return nil
	}
	if err := lockObservations(s.db, "ROW EXCLUSIVE"); err != nil { // later, one could wait for a release that waits for another
		return err
	}
	return db.Fault(s.db.Exec("SELECT pg_advisory_xact_lock(?)", computing).Error, "wait for who computes")
}

// computing is the number of the lock under which values are computed. It is one
// for all indicators: rows locked one by one would have to be locked in one order,
// and who changes a formula has locked its indicator before.
const computing = 0x67636d01

// dependents lists the calculated indicators whose values rest on those of codes,
// each after what it is made of; a circle is refused.
func dependents(formulas map[string]Formula, codes []string) ([]string, error) {
	var order []string
	rests := map[string]bool{} // on codes
	for _, code := range codes {
		rests[code] = true
	}
	const under, done = 1, 2
	state := map[string]int{}
	var visit func(code string) error
	visit = func(code string) error {
		switch state[code] {
		case under:
			return fault.New(fault.Invalid, "formula.error.circle", "the formula of %s rests on itself", code)
		case done:
			return nil
		}
		state[code] = under
		for _, part := range formulas[code].Components {
			if err := visit(part.Indicator); err != nil {
				return err
			}
			rests[code] = rests[code] || rests[part.Indicator]
		}
		state[code] = done
		if formulas[code].Kind != "" && rests[code] {
			order = append(order, code)
		}
		return nil
	}
	for _, code := range slices.Sorted(maps.Keys(formulas)) {
		if err := visit(code); err != nil {
			return nil, err
		}
	}
	return order, nil
}

// recompute writes what a formula makes now in place of what it made before. No
// formula makes nothing: then only what one had made is looked at, since a series
// that was imported can be long.
func (s *Store) recompute(ctx context.Context, log *audit.Log, made Made, code string, f Formula) error {
	var owner Indicator
	err := s.db.Preload("Observations", func(q *gorm.DB) *gorm.DB {
		if f.Kind == "" {
			q = q.Where("origin = ?", FromFormula)
		}
		return q.Order("position")
	}).Select("id, unit, archived_at").Where("code = ?", code).Take(&owner).Error
	if err != nil || owner.ArchivedAt != nil { // what is out of use stays as it was
		return db.Fault(err, "indicator "+code)
	}
	var rows []Observation
	if f.Kind != "" {
		series, err := s.series(f)
		if err != nil {
			return err
		}
		rows = f.Compute(owner.Unit, series)
	}
	stays := map[string]bool{}
	for _, r := range rows {
		stays[r.place()] = true
	}
	present := map[string]Observation{}
	var gone []int64
	for _, o := range owner.Observations {
		place := o.place()
		present[place] = o
		if o.Origin == FromFormula && !stays[place] {
			gone = append(gone, o.ID)
		}
	}
	changed := slices.DeleteFunc(rows, func(o Observation) bool {
		was, known := present[o.place()]
		return known && o.says(was) && o.Position == was.Position
	})
	if len(changed)+len(gone) == 0 {
		return nil
	}
	if err := s.TakeOut(ctx, made, gone); err != nil {
		return err
	}
	if err := s.PutObservations(ctx, code, made, changed); err != nil {
		return err
	}
	log.Add(audit.Change{Action: "recompute", Noun: "observation", Record: code, Reason: made.Reason, After: recomputed{len(changed), len(gone)}})
	return nil
}

// series reads what a formula is made of.
func (s *Store) series(f Formula) ([]Series, error) {
	var all []Series
	for _, part := range f.Components {
		var i Indicator
		err := s.db.Select("id").Preload("Observations", func(q *gorm.DB) *gorm.DB { return q.Order("position, id") }).
			Preload("Breaks", by("period")).Where("code = ?", part.Indicator).Take(&i).Error
		if err != nil {
			return nil, db.Fault(err, "component "+part.Indicator)
		}
		all = append(all, Series{part.Breakdown, i.Observations, i.Breaks})
	}
	return all, nil
}
