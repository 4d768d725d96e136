package indicators

import (
	"context"

	"gcm/internal/db"
	"gcm/objectives"
)

// Vintages returns the earlier values of an indicator's observations, by period
// and breakdown, the latest first.
func (s *Store) Vintages(ctx context.Context, code string) ([]Vintage, error) {
	var rows []Vintage
	q := s.db.WithContext(ctx).Where("indicator_id = (SELECT id FROM indicators WHERE code = ?)", code)
	if !s.hidden {
		q = q.Where("state = ?", objectives.Released)
	}
	if err := q.Order("period, breakdown, until DESC, id DESC").Find(&rows).Error; err != nil || s.hidden {
		return rows, db.Fault(err, "read the earlier values of "+code)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	i, err := s.WithHidden().IndicatorByCode(ctx, code)
	if err != nil {
		return nil, err
	}
	return rows, s.concealVintages(ctx, i, rows)
}
