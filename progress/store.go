package progress

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Store reads and writes the nouns of this package.
type Store struct{ db *gorm.DB }

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db} }

// Cycles returns the reporting rounds by code.
func (s *Store) Cycles(ctx context.Context) ([]Cycle, error) {
	var rows []Cycle
	err := s.db.WithContext(ctx).Preload("Milestones", byDue).Order("code").Find(&rows).Error
	return rows, db.Fault(err, "list reporting rounds")
}

// PutCycles writes reporting rounds by their codes, as a country pack words
// them. Whether a round is open is not the pack's to say.
func (s *Store) PutCycles(ctx context.Context, rows []Cycle) error {
	return db.PutKeeping(s.db.WithContext(ctx), rows, []string{"opened_at", "closed_at", "covers"}, "code")
}
