package indicators

import (
	"context"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/objectives"
)

// Extent returns the units of the observations that are released, and when the
// latest of them came to stand.
func (s *Store) Extent(ctx context.Context) (units []Unit, latest time.Time, err error) {
	tx := s.db.WithContext(ctx).Model(&Observation{}).Where("state = ?", objectives.Released)
	if err := tx.Session(&gorm.Session{}).Distinct("unit").Order("unit").Pluck("unit", &units).Error; err != nil {
		return nil, latest, db.Fault(err, "read the units of observations")
	}
	var newest Observation
	err = tx.Session(&gorm.Session{}).Select("since").Order("since DESC").Limit(1).Find(&newest).Error
	return units, newest.Since.UTC(), db.Fault(err, "read the newest observation")
}
