package desk

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
	"gcm/reports"
)

// Beginning is what a new review begins with.
type Beginning struct {
	Title i18n.Text // in all languages of the State
	Lead  string    // the language in which it is written first; empty for the State's first
	Like  string    // cycle of the review whose outline it takes over; empty for the usual outline
}

// Begin makes the review of a cycle that has none. Nobody but those who may see a
// review at work sees it until it is published.
func (s *Store) Begin(ctx context.Context, actor auth.Actor, cycle string, b Beginning) (reports.Review, error) {
	var r reports.Review
	if err := actor.Need(auth.EditReview); err != nil {
		return r, err
	}
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		var c progress.Cycle
		if err := tx.Where("code = ?", cycle).Take(&c).Error; err != nil {
			return db.Fault(err, "cycle "+cycle)
		}
		var there int64
		if err := tx.Model(&reports.Review{}).Where("cycle_id = ?", c.ID).Count(&there).Error; err != nil {
			return db.Fault(err, "look for the review of cycle "+cycle)
		}
		if there > 0 {
			return fault.New(fault.Conflict, "desk.error.begun", "cycle %s has a review", cycle)
		}
		r = reports.Review{CycleID: c.ID, State: reports.Drafting, Title: b.Title, LeadLanguage: b.Lead, Version: 1}
		if b.Like != "" {
			like, err := take(tx, b.Like)
			if err != nil {
				return err
			}
			r.Outline, r.Author = like.Outline, like.Author
		}
		spoken, err := languages(tx)
		if err != nil {
			return err
		}
		var problems fault.Problems
		frame := Frame{r.Title, r.LeadLanguage, r.Outline}
		frame.check(spoken, &problems)
		if err := problems.Err(); err != nil {
			return err
		}
		r.Title = frame.Title
		if err := tx.Omit("Cycle").Create(&r).Error; err != nil {
			return db.Fault(err, "create the review of cycle "+cycle)
		}
		r.Cycle = c
		log.Add(audit.Change{Action: "create", Noun: "review", Record: cycle, After: frameRecord{r.Title, r.LeadLanguage, r.Outline}})
		return nil
	})
	return r, err
}
