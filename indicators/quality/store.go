package quality

import (
	"context"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/db"
)

// Store checks what a database holds.
type Store struct {
	db *gorm.DB

	mu    sync.Mutex
	state string // of the database when it was looked at last, and the day
	found []Finding
}

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db: db} }

// Run checks the indicators in use one after the other and tells what it finds in
// each, then what it finds between them. Of each indicator it keeps little, so that
// it needs no more memory for a million values than for those of the largest one.
func (s *Store) Run(ctx context.Context, tell func(Finding) error) error {
	accepted, err := s.accepted(ctx)
	if err != nil {
		return err
	}
	all, err := s.passports(ctx)
	if err != nil {
		return err
	}
	now := s.db.NowFunc()
	var beside house
	pass := func(found []Finding) error {
		inOrder(found)
		for _, f := range found {
			if a, ok := accepted[f.Mark]; ok {
				f.Accepted = &a
			}
			if err := tell(f); err != nil {
				return err
			}
		}
		return nil
	}
	read := reader{now: now, passports: all, tell: func(subject *subject, passages []passage) error {
		beside.join(subject, passages)
		return pass(subject.check())
	}}
	if err := read.all(s.db.WithContext(ctx)); err != nil {
		return err
	}
	return pass(beside.check())
}

// Findings returns what Run finds, by indicator. Whatever changes figures is on
// record, so that what was found stays true until the audit log goes on.
func (s *Store) Findings(ctx context.Context) ([]Finding, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	head, err := audit.ReadHead(ctx, s.db)
	if err != nil {
		return nil, err
	}
	state := head.String() + s.db.NowFunc().Format(time.DateOnly)
	if state == s.state && head.Seq > 0 {
		return slices.Clone(s.found), nil
	}
	var all []Finding
	if err = s.Run(ctx, func(f Finding) error {
		all = append(all, f)
		return nil
	}); err != nil {
		return nil, err
	}
	inOrder(all)
	s.state, s.found = state, all
	return slices.Clone(all), nil
}

// passports reads the indicators in use without their observations.
func (s *Store) passports(ctx context.Context) (map[int64]indicators.Indicator, error) {
	var rows []indicators.Indicator
	err := s.db.WithContext(ctx).Where("archived_at IS NULL").Order("id").Preload("Targets", ordered("period")).Preload("Breaks", ordered("period")).
		Preload("Dimensions", ordered("position")).Preload("Dimensions.Dimension.Codes", ordered("position")).
		Preload("Objectives", ordered("objective_id")).Preload("Objectives.Objective").Find(&rows).Error
	all := make(map[int64]indicators.Indicator, len(rows))
	for _, row := range rows {
		all[row.ID] = row
	}
	return all, db.Fault(err, "list the indicators to be checked")
}

func ordered(by string) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB { return q.Order(by) }
}

// accepted reads what was accepted, by mark.
func (s *Store) accepted(ctx context.Context) (map[string]Accepted, error) {
	var rows []Accepted
	err := s.db.WithContext(ctx).Order("id").Find(&rows).Error
	all := make(map[string]Accepted, len(rows))
	for _, row := range rows {
		all[row.Mark] = row
	}
	return all, db.Fault(err, "list accepted findings")
}

// Check is the function Check for values that are not stored yet, with what was
// accepted before.
func (s *Store) Check(ctx context.Context, ind indicators.Indicator, observations []indicators.Observation, now time.Time) ([]Finding, error) {
	accepted, err := s.accepted(ctx)
	found := Check(ind, observations, now)
	for n := range found {
		if a, ok := accepted[found[n].Mark]; ok {
			found[n].Accepted = &a
		}
	}
	return slices.Clip(found), err
}
