package progress

import (
	"context"
	"time"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Lately is an entry that was released, as the public learns of it.
type Lately struct {
	Code       string // of the entry
	Kind       Kind
	Record     string // code of the measure or the indicator
	Title      i18n.Text
	Status     objectives.Status // of a measure's progress, as it was released; empty for others
	Agency     string            // code
	AgencyName i18n.Text
	Cycle      i18n.Text
	ReleasedAt time.Time
}

// Lately returns the entries that were released last on measures and indicators
// that the public sees, the latest first. With an agency's code those of it alone.
func (s *Store) Lately(ctx context.Context, agency string, limit int) ([]Lately, error) {
	var rows []Lately
	q := s.db.WithContext(ctx).Table("entries AS e").Joins(titled).
		Select(`e.code, e.kind, COALESCE(m.code, i.code) AS record, COALESCE(m.title, i.name) AS title,
 CASE WHEN e.kind = 'progress' THEN COALESCE(e.released->'progress'->>'status', '') ELSE '' END AS status,
 a.code AS agency, a.name AS agency_name, c.name AS cycle, e.released_at`).
		Where("e.released_at IS NOT NULL AND e.released IS NOT NULL").
		Where("(m.state = 'released' AND m.archived_at IS NULL OR i.state = 'released' AND i.archived_at IS NULL)")
	if agency != "" {
		q = q.Where("a.code = ?", agency)
	}
	err := q.Order("e.released_at DESC, e.id DESC").Limit(limit).Find(&rows).Error
	return rows, db.Fault(err, "list what was released lately")
}
