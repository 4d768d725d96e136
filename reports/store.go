package reports

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/progress"
)

// Store reads and writes reviews and their narrative.
type Store struct{ db *gorm.DB }

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db} }

// Reviews returns all reviews with their cycles, the newest cycle first.
func (s *Store) Reviews(ctx context.Context) ([]Review, error) {
	var rows []Review
	err := s.db.WithContext(ctx).Joins("Cycle").Order(`"Cycle".code DESC`).Find(&rows).Error
	return rows, db.Fault(err, "list reviews")
}

// ReviewByCycle returns the review of a cycle with all of its narrative; a
// fault.NotFound when there is none.
func (s *Store) ReviewByCycle(ctx context.Context, cycle string) (Review, error) {
	var c progress.Cycle
	if err := s.db.WithContext(ctx).Where("code = ?", cycle).Take(&c).Error; err != nil {
		return Review{}, s.unknownCycle(ctx, cycle, err)
	}
	var r Review
	err := s.db.WithContext(ctx).Where("cycle_id = ?", c.ID).Preload("Sections").Take(&r).Error
	r.Cycle = c
	return r, db.Fault(err, "review of cycle "+cycle)
}

// unknownCycle names the cycles that there are.
func (s *Store) unknownCycle(ctx context.Context, cycle string, err error) error {
	err = db.Fault(err, "review cycle "+cycle)
	all, listErr := s.Reviews(ctx)
	if fault.KindOf(err) != fault.NotFound || listErr != nil {
		return err
	}
	var codes []string
	for _, r := range all {
		codes = append(codes, r.Cycle.Code)
	}
	if len(codes) == 0 {
		return fault.New(fault.NotFound, "error.not_found", "there is no review yet: load a country pack with `gcm load PACK`")
	}
	return fault.New(fault.NotFound, "error.not_found", "there is no review of cycle %q: use one of %s", cycle, strings.Join(codes, ", "))
}
