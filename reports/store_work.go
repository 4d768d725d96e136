package reports

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Assessments returns where a review judges that objectives stand, in the order
// of the objectives.
func (s *Store) Assessments(ctx context.Context, review int64) ([]Assessment, error) {
	var rows []Assessment
	err := s.db.WithContext(ctx).Joins("Objective").Where("assessments.review_id = ?", review).Order(`"Objective".number`).Find(&rows).Error
	return rows, db.Fault(err, "read the assessments of a review")
}

// Cleared returns the assessments of a review without those that were changed since
// its newest edition and that no body has signed, where a correction is under way.
func (s *Store) Cleared(ctx context.Context, review Review) ([]Assessment, error) {
	all, err := s.Assessments(ctx, review.ID)
	if err != nil || review.State == Published {
		return all, err
	}
	var newest []time.Time
	err = s.db.WithContext(ctx).Table("editions").Where("review_id = ?", review.ID).Order("number DESC").Limit(1).Pluck("published_at", &newest).Error
	if len(newest) > 0 {
		all = slices.DeleteFunc(all, func(a Assessment) bool { return a.ChangedAt.After(newest[0]) })
	}
	return all, db.Fault(err, "read when a review was published")
}

// Promises returns what a review promises, each with what later reviews say of it.
func (s *Store) Promises(ctx context.Context, review int64) ([]Promise, error) {
	var rows []Promise
	err := s.db.WithContext(ctx).Joins("Objective").Joins("Agency").Preload("Outcomes", func(q *gorm.DB) *gorm.DB { return q.Order("review_id") }).
		Where("promises.review_id = ?", review).Order("promises.position, promises.id").Find(&rows).Error
	return rows, db.Fault(err, "read the promises of a review")
}

// Before returns the review of the cycle before another one, which is looked for
// among the codes; nil for the first.
func (s *Store) Before(ctx context.Context, cycle string) (*Review, error) {
	var rows []Review
	err := s.db.WithContext(ctx).Joins("Cycle").Where(`"Cycle".code < ?`, cycle).Order(`"Cycle".code DESC`).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err, "review before that of "+cycle)
	}
	return &rows[0], nil
}
