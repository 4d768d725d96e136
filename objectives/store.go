package objectives

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Store reads and writes the nouns of this package.
type Store struct {
	db       *gorm.DB
	archived bool // its lists hold what is out of use too
}

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db: db} }

// WithArchived returns the store whose lists hold what is out of use too.
func (s *Store) WithArchived() *Store { return &Store{db: s.db, archived: true} }

// inUse leaves out what is archived, unless the store's lists hold it.
func (s *Store) inUse(q *gorm.DB) *gorm.DB {
	if s.archived {
		return q
	}
	return q.Where("archived_at IS NULL")
}

// all reads every row of T, in the order of the columns.
func all[T any](ctx context.Context, s *Store, columns string) ([]T, error) {
	return list[T](s.db.WithContext(ctx).Order(columns))
}

func list[T any](q *gorm.DB) ([]T, error) {
	var rows []T
	err := q.Find(&rows).Error
	return rows, db.Fault(err, fmt.Sprintf("list %T", rows))
}

// by orders the rows of an association.
func by(columns string) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB { return q.Order(columns) }
}

// Objectives returns the objectives with their actions, by number.
func (s *Store) Objectives(ctx context.Context) ([]Objective, error) {
	return list[Objective](s.db.WithContext(ctx).Preload("Actions", by("id")).Order("number"))
}

// Principles returns the guiding principles by letter.
func (s *Store) Principles(ctx context.Context) ([]Principle, error) {
	return all[Principle](ctx, s, "letter")
}

// RoundTables returns the round tables of the usual grouping with their objectives.
func (s *Store) RoundTables(ctx context.Context) ([]RoundTable, error) {
	return list[RoundTable](s.db.WithContext(ctx).Preload("Objectives", by("number")).Where("forum = ''").Order("number"))
}

// Country returns the State whose pack is loaded.
func (s *Store) Country(ctx context.Context) (Country, error) {
	var row Country
	err := s.db.WithContext(ctx).Order("id").Take(&row).Error
	return row, db.Fault(err, "the country pack")
}

// Sources returns the source documents by code.
func (s *Store) Sources(ctx context.Context) ([]Source, error) {
	return all[Source](ctx, s, "code")
}

// Agencies returns the agencies in use in the order in which they were entered.
func (s *Store) Agencies(ctx context.Context) ([]Agency, error) {
	return list[Agency](s.inUse(s.db.WithContext(ctx)).Preload("Successor").Order("id"))
}

// LegalInstruments returns the legal instruments in use in the order of entry.
func (s *Store) LegalInstruments(ctx context.Context) ([]LegalInstrument, error) {
	return list[LegalInstrument](s.inUse(s.db.WithContext(ctx)).Order("id"))
}

// Terms returns the glossary in the order of entry.
func (s *Store) Terms(ctx context.Context) ([]Term, error) {
	return all[Term](ctx, s, "id")
}

// Measures returns the measures in use, whole, in the order of entry.
func (s *Store) Measures(ctx context.Context) ([]Measure, error) {
	return list[Measure](s.inUse(wholeMeasure(s.db.WithContext(ctx))).Order("id"))
}

// MeasuresByCodes returns those of the measures that there are, whole, in use or
// not, in the order of entry.
func (s *Store) MeasuresByCodes(ctx context.Context, codes []string) ([]Measure, error) {
	return list[Measure](wholeMeasure(s.db.WithContext(ctx)).Where("code IN ?", codes).Order("id"))
}

// MeasureByCode returns one measure, whole, in use or not; a fault.NotFound when there is none.
func (s *Store) MeasureByCode(ctx context.Context, code string) (Measure, error) {
	var m Measure
	err := wholeMeasure(s.db.WithContext(ctx)).Where("code = ?", code).Take(&m).Error
	return m, db.Fault(err, "measure "+code)
}

func wholeMeasure(q *gorm.DB) *gorm.DB {
	return q.Preload("LeadAgency").
		Preload("Partners", by("position")).Preload("Partners.Agency").
		Preload("Objectives", by("objective_id")).Preload("Objectives.Objective").
		Preload("Actions", by("action_id")).Preload("Actions.Action").
		Preload("Principles", by("principle_id")).Preload("Principles.Principle").
		Preload("LegalInstruments", by("legal_instrument_id")).Preload("LegalInstruments.LegalInstrument").
		Preload("Milestones", by("position")).Preload("Budgets", by("position"))
}

// Challenges returns the challenges in use with their objectives, in the order of entry.
func (s *Store) Challenges(ctx context.Context) ([]Challenge, error) {
	return list[Challenge](s.inUse(wholeChallenge(s.db.WithContext(ctx))).Order("id"))
}

func wholeChallenge(q *gorm.DB) *gorm.DB {
	return q.Preload("Objectives", by("objective_id")).Preload("Objectives.Objective")
}
