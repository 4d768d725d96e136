package reports

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/progress"
)

// PutReviews writes reviews, without their sections, by the code of their cycle.
func (s *Store) PutReviews(ctx context.Context, rows []Review) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		cycles, err := db.ReadIDs[progress.Cycle, string](tx, "code")
		if err != nil {
			return err
		}
		owned := make([]Review, len(rows))
		for i, r := range rows {
			if r.CycleID, err = cycles.Of(r.Cycle.Code, "review cycle"); err != nil {
				return err
			}
			owned[i] = r
		}
		return db.Put(tx, owned, "cycle_id")
	})
}

// PutSections writes narrative of a cycle's review by section and language.
func (s *Store) PutSections(ctx context.Context, cycle string, rows []ReviewSection) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		var review Review
		err := tx.Select("reviews.id").Joins("JOIN cycles ON cycles.id = reviews.cycle_id").Where("cycles.code = ?", cycle).Take(&review).Error
		if err != nil {
			return db.Fault(err, "review of cycle "+cycle)
		}
		owned := make([]ReviewSection, len(rows))
		for i, r := range rows {
			r.ReviewID = review.ID
			owned[i] = r
		}
		return db.Put(tx, owned, "review_id", "section", "language")
	})
}
