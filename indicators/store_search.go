package indicators

import (
	"context"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/objectives"
)

// Search narrows the indicators whose observations are read; empty fields do not.
type Search struct {
	Codes     []string
	Archived  bool // those out of use too
	Objective int
	Agency    string    // code
	Breakdown Breakdown // of an observation
	Since     time.Time // an observation came to stand at this time or later
	First     string    // an observation is of this year or later: "2020"
	Last      string    // or earlier
}

// searched are the indicators that everybody may see and whose observations are
// searched for.
func (s *Store) searched(ctx context.Context, by Search) *gorm.DB {
	q := s.db.WithContext(ctx).Where("state = ?", objectives.Released)
	if !by.Archived {
		q = q.Where("archived_at IS NULL")
	}
	if len(by.Codes) > 0 {
		q = q.Where("code IN ?", by.Codes)
	}
	if by.Objective != 0 {
		q = q.Where("id IN (SELECT l.indicator_id FROM indicator_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number = ?)", by.Objective)
	}
	if by.Agency != "" {
		q = q.Where("agency_id = (SELECT id FROM agencies WHERE code = ?)", by.Agency)
	}
	return q
}

// Released is a fault.NotFound unless everybody may see an indicator of the code,
// in use or not.
func (s *Store) Released(ctx context.Context, code string) error {
	var one Indicator
	err := s.db.WithContext(ctx).Select("id").Where("code = ? AND state = ?", code, objectives.Released).Take(&one).Error
	return db.Fault(err, "indicator "+code)
}
