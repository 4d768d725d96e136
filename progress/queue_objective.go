package progress

import (
	"slices"

	"gcm/internal/db"
	"gcm/objectives"
)

// serving returns whether an entry has to do with the objective of the filter:
// through its measure, its indicator, or what it proposes.
func (f QueueFilter) serving(tx *db.DB, state objectives.State) (func(Waiting) bool, error) {
	if f.Objective == 0 {
		return func(Waiting) bool { return true }, nil
	}
	measures, err := mappedRecords(tx, "measure", f.Objective)
	if err != nil {
		return nil, err
	}
	indicators, err := mappedRecords(tx, "indicator", f.Objective)
	if err != nil {
		return nil, err
	}
	proposed, err := proposedFor(tx, state, f.Objective)
	return func(w Waiting) bool {
		return w.MeasureID != nil && measures[*w.MeasureID] || w.IndicatorID != nil && indicators[*w.IndicatorID] || proposed[w.ID]
	}, err
}

// mappedRecords finds the ids of the measures or indicators of an objective.
func mappedRecords(tx *db.DB, noun string, number int) (map[int64]bool, error) {
	var ids []int64
	err := tx.Table(noun+"_objectives").Joins("JOIN objectives ON objectives.id = objective_id").
		Where("number = ?", number).Pluck(noun+"_id", &ids).Error
	found := map[int64]bool{}
	for _, id := range ids {
		found[id] = true
	}
	return found, db.Fault(err, "read the "+noun+"s of an objective")
}

func proposedFor(tx *db.DB, state objectives.State, number int) (map[int64]bool, error) {
	var rows []Entry
	err := tx.Select("id", "content").Where("state = ? AND kind IN ?", state, []Kind{KindMeasure, KindMapping}).Find(&rows).Error
	found := map[int64]bool{}
	for _, e := range rows {
		for _, m := range []*Mapping{e.Content.Mapping, e.Content.proposal()} {
			if m != nil && slices.Contains(m.Numbers(), number) {
				found[e.ID] = true
			}
		}
	}
	return found, db.Fault(err, "read proposed mappings")
}

// proposal returns the mapping of a new measure, nil for other kinds.
func (c Content) proposal() *Mapping {
	if c.Measure == nil {
		return nil
	}
	return &c.Measure.Mapping
}
