package indicators

import (
	"context"
	"time"

	"gcm/internal/db"
	"gcm/objectives"
)

// Search narrows the indicators whose observations are read; empty fields do not.
type Search struct {
	Codes     []string
	Objective int
	Agency    string    // code
	Breakdown Breakdown // of an observation
	Since     time.Time // an observation came to stand at this time or later
	First     string    // an observation is of this year or later: "2020"
	Last      string    // or earlier
}

// Observed returns the codes of the indicators that everybody may see and that
// have an observation as searched for, in the order of their codes.
func (s *Store) Observed(ctx context.Context, by Search) ([]string, error) {
	tx := s.db.WithContext(ctx)
	q := tx.Model(&Indicator{}).Where("state = ? AND archived_at IS NULL", objectives.Released)
	if len(by.Codes) > 0 {
		q = q.Where("code IN ?", by.Codes)
	}
	if by.Objective != 0 {
		q = q.Where("id IN (SELECT l.indicator_id FROM indicator_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number = ?)", by.Objective)
	}
	if by.Agency != "" {
		q = q.Where("agency_id = (SELECT id FROM agencies WHERE code = ?)", by.Agency)
	}
	if by.Breakdown != nil || !by.Since.IsZero() || by.First != "" || by.Last != "" {
		some := tx.Model(&Observation{}).Select("indicator_id").Where("state = ?", objectives.Released)
		if by.Breakdown != nil {
			some = some.Where("breakdown = ?", by.Breakdown.String())
		}
		if !by.Since.IsZero() {
			some = some.Where("since >= ?", by.Since.UTC())
		}
		if by.First != "" {
			some = some.Where("substr(period, 1, 4) >= ?", by.First)
		}
		if by.Last != "" {
			some = some.Where("period <> '' AND substr(period, 1, 4) <= ?", by.Last)
		}
		q = q.Where("id IN (?)", some)
	}
	var codes []string
	err := q.Order("code").Pluck("code", &codes).Error
	return codes, db.Fault(err, "search the indicators")
}
