package indicators

import (
	"context"

	"gcm/internal/db"
	"gcm/objectives"
)

// Passports returns the indicators that everybody may see, in the order of entry,
// without their observations: for those who read these one by one.
func (s *Store) Passports(ctx context.Context) ([]Indicator, error) {
	var rows []Indicator
	err := s.db.WithContext(ctx).Where("state = ? AND archived_at IS NULL", objectives.Released).Order("id").
		Preload("Agency").Preload("Targets", by("period")).Preload("Breaks", by("period")).
		Preload("Dimensions", by("position")).Preload("Dimensions.Dimension.Codes", by("position")).
		Preload("Objectives", by("objective_id")).Preload("Objectives.Objective").Find(&rows).Error
	if err != nil || s.hidden {
		return rows, db.Fault(err, "list the passports")
	}
	keys, err := s.figureKeys(ctx, rows)
	if err != nil {
		return nil, err
	}
	if err := s.workOut(ctx, rows, keys); err != nil { // which values are hidden decides on the baseline
		return nil, err
	}
	s.stood.mutex.Lock()
	defer s.stood.mutex.Unlock()
	for n := range rows {
		if s.stood.kept[rows[n].ID].secret {
			rows[n].BaselinePeriod, rows[n].BaselineValue, rows[n].BaselineDecimals = "", nil, 0
		}
	}
	return rows, nil
}

// WordsOf returns what is said in words of the indicators that everybody may see,
// in the order of entry: code, name, definition, computation, limits, source and
// note.
func (s *Store) WordsOf(ctx context.Context) ([]Indicator, error) {
	var rows []Indicator
	err := s.db.WithContext(ctx).Select("id", "code", "name", "definition", "computation", "limits", "data_source", "note").
		Where("state = ? AND archived_at IS NULL", objectives.Released).Order("id").Find(&rows).Error
	return rows, db.Fault(err, "list the words of indicators")
}

// Measured returns the ids of the measures that an indicator measures or describes
// which everybody may see.
func (s *Store) Measured(ctx context.Context) (map[int64]bool, error) {
	var ids []int64
	err := s.db.WithContext(ctx).Model(&IndicatorMeasure{}).Distinct("measure_id").
		Where("indicator_id IN (SELECT id FROM indicators WHERE state = ? AND archived_at IS NULL)", objectives.Released).Pluck("measure_id", &ids).Error
	measured := map[int64]bool{}
	for _, id := range ids {
		measured[id] = true
	}
	return measured, db.Fault(err, "list what indicators measure")
}
