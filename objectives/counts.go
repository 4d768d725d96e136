package objectives

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/period"
)

// MeasureCount is how many released measures in use are alike in what a table of
// them shows. What is not asked for is empty.
type MeasureCount struct {
	Number    int    // of the objective; 0 for measures that serve all of them
	Agency    string // code
	Leads     bool   // the agency leads them
	Principle string // code
	Status    Status
	Ends      period.Period
	N         int
}

// StatusAt is the status of the measures as judged at a cut-off.
func (c MeasureCount) StatusAt(cutoff time.Time) Status {
	return Measure{Status: c.Status, Ends: c.Ends}.StatusAt(cutoff)
}

// live selects the measures that the public sees in lists, everyObjective those
// that serve all objectives alike.
const live = "m.archived_at IS NULL AND m.state = 'released'"

var (
	everyObjective  = fmt.Sprintf("SELECT measure_id FROM measure_objectives GROUP BY measure_id HAVING COUNT(*) = %d", Total)
	toOwnObjectives = "JOIN measure_objectives l ON l.measure_id = m.id AND l.measure_id NOT IN (" + everyObjective + ") JOIN objectives o ON o.id = l.objective_id"
)

const (
	leading = "JOIN agencies a ON a.id = m.lead_agency_id"
	joining = "JOIN measure_partners w ON w.measure_id = m.id JOIN agencies a ON a.id = w.agency_id"
)

// grouping is a column by which measures are counted, and its field.
type grouping struct{ of, as string }

var (
	byNumber    = grouping{"o.number", "number"}
	byAgency    = grouping{"a.code", "agency"}
	byPrinciple = grouping{"p.code", "principle"}
)

// count groups the measures that a query selects.
func (s *Store) count(ctx context.Context, join func(*gorm.DB) *gorm.DB, columns ...grouping) ([]MeasureCount, error) {
	var rows []MeasureCount
	q := join(s.db.WithContext(ctx).Table("measures m")).Where(live)
	group, as := "m.status, m.ends", "m.status, m.ends"
	for _, column := range columns {
		group, as = column.of+", "+group, column.of+" AS "+column.as+", "+as
	}
	err := q.Select(as + ", COUNT(*) AS n").Group(group).Order(group).Find(&rows).Error
	return rows, db.Fault(err, "count measures")
}

// CountMeasures counts all measures by status.
func (s *Store) CountMeasures(ctx context.Context) ([]MeasureCount, error) {
	return s.count(ctx, func(q *gorm.DB) *gorm.DB { return q })
}

// CountByObjective counts measures by objective. Cross-cutting ones are left out.
func (s *Store) CountByObjective(ctx context.Context) ([]MeasureCount, error) {
	return s.count(ctx, func(q *gorm.DB) *gorm.DB { return q.Joins(toOwnObjectives) }, byNumber)
}

// CountByPrinciple counts measures by the guiding principle that they follow.
func (s *Store) CountByPrinciple(ctx context.Context) ([]MeasureCount, error) {
	return s.count(ctx, func(q *gorm.DB) *gorm.DB {
		return q.Joins("JOIN measure_principles l ON l.measure_id = m.id JOIN principles p ON p.id = l.principle_id")
	}, byPrinciple)
}

// CountByAgency counts measures by the agencies that lead them and take part.
func (s *Store) CountByAgency(ctx context.Context) ([]MeasureCount, error) {
	return s.withAgencies(ctx, "")
}

// CountMatrix counts measures by objective and by the agencies that lead them and
// take part. Cross-cutting ones stand under the number 0.
func (s *Store) CountMatrix(ctx context.Context) ([]MeasureCount, error) {
	own, err := s.withAgencies(ctx, toOwnObjectives, byNumber)
	if err != nil {
		return nil, err
	}
	all, err := s.withAgencies(ctx, "JOIN ("+everyObjective+") x ON x.measure_id = m.id")
	return append(own, all...), err
}

// withAgencies counts first by the agencies that lead, then by those that take part.
func (s *Store) withAgencies(ctx context.Context, joins string, columns ...grouping) ([]MeasureCount, error) {
	var all []MeasureCount
	for _, agency := range []string{leading, joining} {
		rows, err := s.count(ctx, func(q *gorm.DB) *gorm.DB { return q.Joins(agency).Joins(joins) }, append(columns, byAgency)...)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			rows[i].Leads = agency == leading
		}
		all = append(all, rows...)
	}
	return all, nil
}

// CountChallenges counts the released challenges in use by the objective that they
// concern, and all of them under 0.
func (s *Store) CountChallenges(ctx context.Context) (map[int]int, error) {
	var rows []struct{ Number, N int }
	tx := s.db.WithContext(ctx)
	const used = "c.archived_at IS NULL AND c.state = 'released'"
	err := tx.Table("challenges c").Select("o.number, COUNT(*) AS n").
		Joins("JOIN challenge_objectives l ON l.challenge_id = c.id JOIN objectives o ON o.id = l.objective_id").Where(used).Group("o.number").Find(&rows).Error
	counts := map[int]int{}
	for _, r := range rows {
		counts[r.Number] = r.N
	}
	if err == nil {
		var all int64
		err = tx.Table("challenges c").Where(used).Count(&all).Error
		counts[0] = int(all)
	}
	return counts, db.Fault(err, "count challenges")
}

// CountFounded counts by id of the legal instrument the released measures in use
// that it founds.
func (s *Store) CountFounded(ctx context.Context) (map[int64]int, error) {
	var rows []struct {
		ID int64
		N  int
	}
	err := s.db.WithContext(ctx).Table("measures m").Select("l.legal_instrument_id AS id, COUNT(*) AS n").
		Joins("JOIN measure_legal_instruments l ON l.measure_id = m.id").Where(live).Group("l.legal_instrument_id").Find(&rows).Error
	counts := map[int64]int{}
	for _, r := range rows {
		counts[r.ID] = r.N
	}
	return counts, db.Fault(err, "count the measures that laws found")
}
