package indicators

import (
	"context"

	"gcm/internal/db"
	"gcm/objectives"
)

// hide takes from an observation all from which its value could be read: also
// its wording, its note and the passages that it is quoted from. It does not say
// whether the value is small or would give a small one away, since that alone
// narrows both down.
func (o *Observation) hide() {
	o.Value, o.Decimals, o.ValueText, o.Note, o.Quotes = nil, 0, "", nil, nil
	o.Qualifier, o.ObsStatus, o.ConfStatus = Missing, "Q", Confidential
	o.Hidden = true
}

// withholds returns what a release made now keeps back.
func (s *Store) withholds(ctx context.Context) ([]Withheld, error) {
	var rows []Withheld
	err := s.db.WithContext(ctx).Table("observations o").Joins("JOIN indicators i ON i.id = o.indicator_id").
		Select("o.indicator_id, o.period, o.breakdown, CASE WHEN i.state = ? AND i.archived_at IS NULL THEN o.conf_status ELSE '' END AS mark", objectives.Released).
		Where("o.state = ? AND (o.conf_status <> ? OR i.state <> ? OR i.archived_at IS NOT NULL)", objectives.Released, Free, objectives.Released).
		Order("o.id").Find(&rows).Error
	return rows, db.Fault(err, "read what is kept back")
}
