package indicators

import (
	"context"

	"gcm/internal/db"
	"gcm/objectives"
)

// Vintages returns the earlier values of an indicator's observations, by period
// and breakdown, the latest first.
func (s *Store) Vintages(ctx context.Context, code string) ([]Vintage, error) {
	i, err := s.WithHidden().IndicatorByCode(ctx, code)
	if err != nil {
		return nil, err
	}
	var rows []Vintage
	q := s.db.WithContext(ctx).Where("indicator_id = ?", i.ID)
	if !s.hidden {
		q = q.Where("state = ?", objectives.Released)
	}
	if err := q.Order("period, breakdown, until DESC, id DESC").Find(&rows).Error; err != nil || s.hidden {
		return rows, db.Fault(err, "read the earlier values of "+code)
	}
	return rows, s.concealVintages(ctx, i, rows)
}
