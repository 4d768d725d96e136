package notify

import (
	"context"
	"strconv"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// MailStates lists the states of a letter in the order in which an
// administrator looks at them.
var MailStates = []string{"uncertain", "failed", "queued", "sending", "sent"}

// Letters returns the newest letters of the queue in a state, without their
// text, which is for the recipient alone.
func (s *Store) Letters(ctx context.Context, actor auth.Actor, state string, limit int) ([]Mail, error) {
	if err := actor.Need(auth.Administer); err != nil {
		return nil, err
	}
	var rows []Mail
	err := s.db.WithContext(ctx).Omit("plain", "html").Where("state = ?", state).Order("id DESC").Limit(limit).Find(&rows).Error
	return rows, db.Fault(err, "list letters")
}

// CountLetters counts the letters of the queue by state.
func (s *Store) CountLetters(ctx context.Context, actor auth.Actor) (map[string]int, error) {
	if err := actor.Need(auth.Administer); err != nil {
		return nil, err
	}
	return s.QueueLength(ctx)
}

// QueueLength counts the letters of the queue by state, for who watches the
// program: it tells of no letter to whom it goes.
func (s *Store) QueueLength(ctx context.Context) (map[string]int, error) {
	var rows []struct {
		State string
		Count int
	}
	err := s.db.WithContext(ctx).Model(&Mail{}).Select("state, count(*) AS count").Group("state").Find(&rows).Error
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.State] = row.Count
	}
	return counts, db.Fault(err, "count letters")
}

// SendAgain puts a letter back into the queue that was refused, or of which
// nobody knows whether it arrived.
func (s *Store) SendAgain(ctx context.Context, actor auth.Actor, id int64) error {
	if err := actor.Need(auth.Administer); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		var m Mail
		if err := tx.Omit("plain", "html").Take(&m, id).Error; err != nil {
			return db.Fault(err, "find the letter")
		}
		before := m.State
		m.State, m.Owner, m.NextAt, m.Error = "queued", "", tx.NowFunc(), ""
		done := tx.Model(&m).Where("state IN ('failed', 'uncertain')").Select("State", "Owner", "NextAt", "Error").Updates(&m)
		if done.Error != nil {
			return db.Fault(done.Error, "queue the letter again")
		}
		if done.RowsAffected == 0 {
			return fault.New(fault.Conflict, "error.conflict", "the letter %d is %s", id, before)
		}
		log.Add(audit.Change{Action: "retry", Noun: "mail", Record: strconv.FormatInt(id, 10),
			Before: map[string]string{"state": before}, After: map[string]string{"state": m.State}})
		return nil
	})
}
