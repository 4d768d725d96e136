package objectives

import (
	"context"

	"gcm/internal/db"
	"gcm/internal/period"
)

// Outline is a released measure in use with what it is sorted and judged by.
type Outline struct {
	ID     int64
	Status Status
	Starts period.Period
	Ends   period.Period
}

// Choice selects measures; empty fields select all.
type Choice struct {
	Objective string // a number, or "all" for those that serve every objective
	Agency    string // code of one that leads or takes part
}

// Outlines returns the measures of a choice in the order of entry.
func (s *Store) Outlines(ctx context.Context, c Choice) ([]Outline, error) {
	q := s.db.WithContext(ctx).Table("measures m").Select("m.id, m.status, m.starts, m.ends").Where(live).Order("m.id")
	switch c.Objective {
	case "":
	case "all":
		q = q.Where("m.id IN (" + everyObjective + ")")
	default:
		q = q.Where("m.id NOT IN ("+everyObjective+") AND m.id IN (SELECT l.measure_id FROM measure_objectives l JOIN objectives o ON o.id = l.objective_id WHERE CAST(o.number AS TEXT) = ?)", c.Objective)
	}
	if c.Agency != "" {
		q = q.Where("(m.lead_agency_id = (SELECT id FROM agencies WHERE code = ?) OR m.id IN (SELECT w.measure_id FROM measure_partners w JOIN agencies a ON a.id = w.agency_id WHERE a.code = ?))", c.Agency, c.Agency)
	}
	var rows []Outline
	return rows, db.Fault(q.Find(&rows).Error, "choose measures")
}

// Milestones returns the steps of measures by the measure's id, in their order.
func (s *Store) Milestones(ctx context.Context, ids []int64) (map[int64][]MeasureMilestone, error) {
	var rows []MeasureMilestone
	err := s.db.WithContext(ctx).Where("measure_id IN ?", ids).Order("measure_id, position").Find(&rows).Error
	by := map[int64][]MeasureMilestone{}
	for _, m := range rows {
		by[m.MeasureID] = append(by[m.MeasureID], m)
	}
	return by, db.Fault(err, "list milestones")
}

// ActiveAgencies returns the agencies that lead a released measure in use or take
// part in one, in the order of entry.
func (s *Store) ActiveAgencies(ctx context.Context) ([]Agency, error) {
	return list[Agency](s.db.WithContext(ctx).Select("id, code, name, acronyms, kind").Order("id").
		Where("id IN (SELECT m.lead_agency_id FROM measures m WHERE " + live + ") OR id IN (SELECT w.agency_id FROM measure_partners w JOIN measures m ON m.id = w.measure_id WHERE " + live + ")"))
}

// Predecessors returns the agencies whose place an agency took.
func (s *Store) Predecessors(ctx context.Context, id int64) ([]Agency, error) {
	return list[Agency](s.db.WithContext(ctx).Where("successor_id = ?", id).Order("id"))
}
