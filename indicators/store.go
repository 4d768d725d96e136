package indicators

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/objectives"
)

// Store reads and writes the nouns of this package. What it returns of values is
// what the public may see; WithHidden returns the rest too.
type Store struct {
	db       *gorm.DB
	archived bool // its lists hold what is out of use too
	hidden   bool // its answers hold what the public may not see
	decided  *decisions
	stood    *standings
	covered  *covers
}

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store {
	return &Store{db: db, decided: &decisions{}, stood: &standings{}, covered: &covers{}}
}

// WithArchived returns the store whose lists hold what is out of use too.
func (s *Store) WithArchived() *Store {
	return &Store{db: s.db, archived: true, hidden: s.hidden, decided: s.decided, stood: s.stood, covered: s.covered}
}

// WithHidden returns the store that hides nothing: values as they are, and who
// made them. Its answers are for people entitled to them and for calculations,
// never for the public.
func (s *Store) WithHidden() *Store {
	return &Store{db: s.db, archived: s.archived, hidden: true, decided: s.decided, stood: s.stood, covered: s.covered}
}

// Dimensions returns the dimensions with their codes, in the order of entry.
func (s *Store) Dimensions(ctx context.Context) ([]Dimension, error) {
	var rows []Dimension
	err := s.db.WithContext(ctx).Order("id").Preload("Codes", by("position")).Find(&rows).Error
	return rows, db.Fault(err, "list dimensions")
}

// Indicators returns the indicators in use, whole, in the order of entry.
func (s *Store) Indicators(ctx context.Context) ([]Indicator, error) {
	var rows []Indicator
	q := whole(s.db.WithContext(ctx)).Order("id")
	if !s.archived {
		q = q.Where("archived_at IS NULL")
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "list indicators")
	}
	return rows, s.observe(ctx, rows)
}

// IndicatorByCode returns one indicator, whole, in use or not; a fault.NotFound when there is none.
func (s *Store) IndicatorByCode(ctx context.Context, code string) (Indicator, error) {
	row := make([]Indicator, 1)
	if err := whole(s.db.WithContext(ctx)).Where("code = ?", code).Take(&row[0]).Error; err != nil {
		return row[0], db.Fault(err, "indicator "+code)
	}
	err := s.observe(ctx, row)
	return row[0], err
}

// observe reads what was measured of whole indicators, as far as the store shows it.
func (s *Store) observe(ctx context.Context, list []Indicator) error {
	q := s.db.WithContext(ctx)
	if s.hidden {
		return readObservations(q, list, wholeColumns)
	}
	if err := readObservations(q.Where("state = ?", objectives.Released), list, publicColumns); err != nil {
		return err
	}
	return s.conceal(ctx, list)
}

// Observed hands over indicators, in their order, with what was measured of them.
// It reads a part of them at a time, so that no more is held.
func (s *Store) Observed(ctx context.Context, passports []Indicator, yield func(Indicator) error) error {
	for part := range slices.Chunk(passports, atOnce) {
		list := slices.Clone(part)
		if err := s.observe(ctx, list); err != nil {
			return err
		}
		for _, i := range list {
			if err := yield(i); err != nil {
				return err
			}
		}
	}
	return nil
}

func whole(q *gorm.DB) *gorm.DB {
	return q.Preload("Agency").Preload("Override").Preload("Targets", by("period")).Preload("Breaks", by("period")).Preload("Dimensions", by("position")).Preload("Dimensions.Dimension.Codes", by("position")).
		Preload("Objectives", by("objective_id")).Preload("Objectives.Objective").
		Preload("Measures", by("measure_id")).Preload("Measures.Measure")
}

// by orders the rows of an association.
func by(columns string) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB { return q.Order(columns) }
}

// Outline returns the indicators in use with their units, formulas and dimensions,
// without what was measured.
func (s *Store) Outline(ctx context.Context) ([]Indicator, error) {
	var rows []Indicator
	err := s.db.WithContext(ctx).Select("id", "code", "unit", "scale_note", "formula").Where("archived_at IS NULL").Order("id").
		Preload("Dimensions", by("position")).Preload("Dimensions.Dimension").Find(&rows).Error
	return rows, db.Fault(err, "list the outline of indicators")
}
