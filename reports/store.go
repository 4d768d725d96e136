package reports

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Store reads and writes cycles, reviews and their narrative.
type Store struct{ db *gorm.DB }

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db} }

// Cycles returns the reporting rounds by code.
func (s *Store) Cycles(ctx context.Context) ([]Cycle, error) {
	var rows []Cycle
	err := s.db.WithContext(ctx).Order("code").Find(&rows).Error
	return rows, db.Fault(err, "list reporting rounds")
}

// Reviews returns all reviews with their cycles, the newest cycle first.
func (s *Store) Reviews(ctx context.Context) ([]Review, error) {
	var rows []Review
	err := s.db.WithContext(ctx).Joins("Cycle").Order(`"Cycle".code DESC`).Find(&rows).Error
	return rows, db.Fault(err, "list reviews")
}

// ReviewByCycle returns the review of a cycle with all of its narrative; a
// fault.NotFound when there is none.
func (s *Store) ReviewByCycle(ctx context.Context, cycle string) (Review, error) {
	var c Cycle
	if err := s.db.WithContext(ctx).Where("code = ?", cycle).Take(&c).Error; err != nil {
		return Review{}, db.Fault(err, "review cycle "+cycle)
	}
	var r Review
	err := s.db.WithContext(ctx).Where("cycle_id = ?", c.ID).Preload("Sections").Take(&r).Error
	r.Cycle = c
	return r, db.Fault(err, "review of cycle "+cycle)
}
