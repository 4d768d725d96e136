package progress

import (
	"slices"

	"gcm/internal/db"
	"gcm/objectives"
)

// serving finds what has to do with an objective: measures and indicators by
// their mapping, entries in the state by the one that they propose.
func serving(tx *db.DB, state objectives.State, number int) (h hits, err error) {
	if h.measures, err = mappedRecords(tx, "measure", number); err != nil {
		return h, err
	}
	if h.indicators, err = mappedRecords(tx, "indicator", number); err != nil {
		return h, err
	}
	h.proposals, err = proposedFor(tx, state, number)
	return h, err
}

// mappedRecords finds the ids of the measures or indicators of an objective.
func mappedRecords(tx *db.DB, noun string, number int) (string, error) {
	var ids []int64
	err := tx.Table(noun+"_objectives").Joins("JOIN objectives ON objectives.id = objective_id").
		Where("number = ?", number).Pluck(noun+"_id", &ids).Error
	return inline(ids), db.Fault(err, "read the "+noun+"s of an objective")
}

func proposedFor(tx *db.DB, state objectives.State, number int) (string, error) {
	var rows []Entry
	err := tx.Select("id", "content").Where("state = ? AND kind IN ?", state, []Kind{KindMeasure, KindMapping}).Find(&rows).Error
	var ids []int64
	for _, e := range rows {
		for _, m := range []*Mapping{e.Content.Mapping, e.Content.proposal()} {
			if m != nil && slices.Contains(m.Numbers(), number) {
				ids = append(ids, e.ID)
				break
			}
		}
	}
	return inline(ids), db.Fault(err, "read proposed mappings")
}

// proposal returns the mapping of a new measure, nil for other kinds.
func (c Content) proposal() *Mapping {
	if c.Measure == nil {
		return nil
	}
	return &c.Measure.Mapping
}
