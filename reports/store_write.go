package reports

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/progress"
)

// atWork are the columns of a review that people fill and no pack writes over.
var atWork = []string{"outline", "lead_language", "erratum", "version", "snapshot_id"}

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
			r.Version = max(r.Version, 1)
			owned[i] = r
		}
		return db.PutKeeping(tx, owned, atWork, "cycle_id")
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
		if err := tx.Where("review_id = ?", review.ID).Find(&review.Sections).Error; err != nil {
			return db.Fault(err, "texts of cycle "+cycle)
		}
		now := tx.NowFunc() // one for all: no language is newer than another
		owned := make([]ReviewSection, len(rows))
		for i, r := range rows {
			r.ReviewID, r.ChangedAt, r.ConfirmedAt, r.Version = review.ID, now, now, 1
			if old := review.Section(r.Section, r.Language); old != nil {
				r.Version = old.Version + 1
			}
			owned[i] = r
		}
		return db.Put(tx, owned, "review_id", "section", "language")
	})
}
