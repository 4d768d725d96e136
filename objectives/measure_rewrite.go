package objectives

import (
	"slices"

	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/register"
)

// rewriteMeasures changes the measures that a query selects, and records each
// one that is another afterwards as the change says.
func rewriteMeasures(tx *db.DB, log *audit.Log, as audit.Change, which func(*db.DB) *db.DB, change func(*MeasureContent)) error {
	before, err := list[Measure](which(wholeMeasure(tx)).Clauses(clause.Locking{Strength: "UPDATE"}).Order("id"))
	if err != nil {
		return err
	}
	var after []Measure
	for _, m := range before {
		was, is := m.Content(), m.Content()
		change(&is)
		one, err := register.RevisionOf(was)
		if err != nil {
			return err
		}
		if other, err := register.RevisionOf(is); err != nil {
			return err
		} else if one == other {
			continue
		}
		after = append(after, is.measure(m.Code))
		as.Noun, as.Record, as.Before, as.After = "measure", m.Code, was, is
		log.Add(as)
	}
	if len(after) == 0 {
		return nil
	}
	return NewStore(tx).PutMeasures(tx.Statement.Context, after)
}

// replaced puts the successor in the place of a code, once.
func replaced(codes Strings, move register.Move) Strings {
	if !codes.Has(move.From) {
		return codes
	}
	if codes.Has(move.Into) {
		return without(codes, move.From)
	}
	codes = slices.Clone(codes)
	codes[slices.Index(codes, move.From)] = move.Into
	return codes
}

// without leaves a code out; nil when nothing is left.
func without(codes Strings, code string) Strings {
	left := slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return c == code })
	if len(left) == 0 {
		return nil
	}
	return left
}
