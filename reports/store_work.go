package reports

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Assessments returns where a review judges that objectives stand, in the order
// of the objectives.
func (s *Store) Assessments(ctx context.Context, review int64) ([]Assessment, error) {
	return assessed(s.db.WithContext(ctx).Where("assessments.review_id = ?", review))
}

// Cleared returns those of a review that were not changed since its newest edition;
// all of one that has none.
func (s *Store) Cleared(ctx context.Context, review int64) ([]Assessment, error) {
	return assessed(s.db.WithContext(ctx).Where("assessments.review_id = ? AND assessments.changed_at <= COALESCE("+published+", assessments.changed_at)", review))
}

func assessed(q *gorm.DB) (rows []Assessment, err error) {
	err = q.Joins("Objective").Order(`"Objective".number`).Find(&rows).Error
	return rows, db.Fault(err, "read the assessments of a review")
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
