package objectives

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Linked is a released measure in use with how it is linked to what was asked for.
type Linked struct {
	Measure // as in MeasuresInShort
	Link    Mapping
}

// MeasuresFor returns the measures that serve an objective by themselves. Cross-cutting ones are left out.
func (s *Store) MeasuresFor(ctx context.Context, number int) ([]Linked, error) {
	return s.linked(ctx, "measure_objectives",
		"l.objective_id = (SELECT id FROM objectives WHERE number = ?) AND l.measure_id NOT IN ("+everyObjective+")", number)
}

// ActionLinks returns, by action, the links of released measures in use to the
// actions of an objective.
func (s *Store) ActionLinks(ctx context.Context, number int) (map[int64][]MeasureAction, error) {
	var rows []MeasureAction
	err := s.db.WithContext(ctx).Where("action_id IN (SELECT a.id FROM actions a JOIN objectives o ON o.id = a.objective_id WHERE o.number = ?)", number).
		Where("measure_id IN (SELECT m.id FROM measures m WHERE " + live + ")").Order("action_id, measure_id").Find(&rows).Error
	byAction := map[int64][]MeasureAction{}
	for _, l := range rows {
		byAction[l.ActionID] = append(byAction[l.ActionID], l)
	}
	return byAction, db.Fault(err, "list the links to actions")
}

// MeasuresOfAction returns the measures that serve an action by its reference.
func (s *Store) MeasuresOfAction(ctx context.Context, ref string) ([]Linked, error) {
	return s.linked(ctx, "measure_actions", "l.action_id = (SELECT id FROM actions WHERE ref = ?)", ref)
}

// MeasuresOfPrinciple returns the measures that follow a guiding principle.
func (s *Store) MeasuresOfPrinciple(ctx context.Context, code string) ([]Linked, error) {
	return s.linked(ctx, "measure_principles", "l.principle_id = (SELECT id FROM principles WHERE code = ?)", code)
}

// MeasuresOfLaw returns the measures that a legal instrument founds.
func (s *Store) MeasuresOfLaw(ctx context.Context, code string) ([]Linked, error) {
	return s.linked(ctx, "measure_legal_instruments", "l.legal_instrument_id = (SELECT id FROM legal_instruments WHERE code = ?)", code)
}

// linked reads the measures to which links of a table lead.
func (s *Store) linked(ctx context.Context, table, where string, key any) ([]Linked, error) {
	var links []struct {
		MeasureID int64
		Mapping   `gorm:"embedded"`
	}
	err := s.db.WithContext(ctx).Table(table+" AS l").Select("l.measure_id, l.basis, l.rank, l.reason, l.quotes").
		Where(where, key).Order("l.measure_id").Find(&links).Error
	if err != nil || len(links) == 0 {
		return nil, db.Fault(err, "list the links of measures")
	}
	ids := make([]int64, len(links))
	for i, l := range links {
		ids[i] = l.MeasureID
	}
	list, err := s.MeasuresInShortByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := map[int64]Measure{}
	for _, m := range list {
		byID[m.ID] = m
	}
	var found []Linked
	for _, l := range links {
		if m, there := byID[l.MeasureID]; there {
			found = append(found, Linked{m, l.Mapping})
		}
	}
	return found, nil
}

// CrossCutting returns the released measures in use that serve all objectives, in
// short.
func (s *Store) CrossCutting(ctx context.Context) ([]Measure, error) {
	return s.released(ctx, func(q *gorm.DB) *gorm.DB { return q.Where("id IN (" + everyObjective + ")") })
}

// MeasuresOfAgency returns the released measures in use that an agency leads or
// takes part in, in short.
func (s *Store) MeasuresOfAgency(ctx context.Context, id int64) ([]Measure, error) {
	return s.released(ctx, func(q *gorm.DB) *gorm.DB {
		return q.Where("(lead_agency_id = ? OR id IN (SELECT measure_id FROM measure_partners WHERE agency_id = ?))", id, id)
	})
}

// MeasuresInShortByID returns those of the measures that are released and in use.
func (s *Store) MeasuresInShortByID(ctx context.Context, ids []int64) ([]Measure, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return s.released(ctx, func(q *gorm.DB) *gorm.DB { return q.Where("id IN ?", ids) })
}

// released reads what a query selects of the measures in short.
func (s *Store) released(ctx context.Context, which func(*gorm.DB) *gorm.DB) ([]Measure, error) {
	return list[Measure](inShort(which(s.db.WithContext(ctx).Where("archived_at IS NULL AND state = ?", Released))))
}
