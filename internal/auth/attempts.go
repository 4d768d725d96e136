package auth

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/db"
)

// Limit is how often something may be tried in a time.
type Limit struct {
	Count  int
	Window time.Duration
}

// The limits of what guesses or sends.
var (
	perAccount = Limit{10, 15 * time.Minute} // passwords and codes; of strangers together, of a known browser by itself
	perAddress = Limit{50, 15 * time.Minute}
	perReset   = Limit{3, time.Hour} // letters to one address
)

// TooMany is the answer to somebody who tried too often.
type TooMany struct{ Wait time.Duration }

func (e *TooMany) Error() string { return fmt.Sprintf("tried too often, wait %s", e.Wait) }

// Try counts an attempt before it is made, so that many at once count too; a
// *TooMany says that it must not be made.
func (s *Store) Try(ctx context.Context, key string, limit Limit) error {
	now := s.db.NowFunc()
	row := Attempt{Key: key, Count: 1, Since: now}
	old := now.Add(-limit.Window)
	err := db.Transact(ctx, s.db, func(tx *db.DB) error {
		err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "key"}}, DoUpdates: clause.Assignments(map[string]any{
			"count": gorm.Expr("CASE WHEN attempts.since <= ? THEN 1 ELSE attempts.count + 1 END", old),
			"since": gorm.Expr("CASE WHEN attempts.since <= ? THEN ? ELSE attempts.since END", old, now),
		})}).Create(&row).Error
		if err != nil {
			return db.Fault(err, "count an attempt")
		}
		return db.Fault(tx.Take(&row, "key = ?", key).Error, "count an attempt")
	})
	if err != nil {
		return err
	}
	if row.Count > limit.Count {
		return &TooMany{row.Since.Add(limit.Window).Sub(now)}
	}
	return nil
}

// forget ends the count of a key whose attempt was right.
func (s *Store) forget(ctx context.Context, key string) error {
	return db.Fault(s.db.WithContext(ctx).Delete(&Attempt{}, "key = ?", key).Error, "forget attempts")
}

// takeBack takes one attempt back, which was right: others from the same address
// stay counted.
func (s *Store) takeBack(ctx context.Context, key string) error {
	err := s.db.WithContext(ctx).Model(&Attempt{}).Where("key = ? AND count > 0", key).Update("count", gorm.Expr("count - 1")).Error
	return db.Fault(err, "take an attempt back")
}

// accountKey counts what is tried against one account, whether there is one or
// not.
func accountKey(email string) string { return "account:" + HashOf(foldEmail(email)) }

// Sweep removes sessions, links and counts that are over.
func (s *Store) Sweep(ctx context.Context) error {
	conn, now := s.db.WithContext(ctx), s.db.NowFunc()
	for _, query := range []*gorm.DB{
		conn.Delete(&Session{}, "expires_at <= ?", now),
		conn.Delete(&KnownBrowser{}, "expires_at <= ?", now),
		conn.Delete(&Link{}, "expires_at <= ?", now.Add(-30*24*time.Hour)),
		conn.Delete(&Attempt{}, "since <= ?", now.Add(-24*time.Hour)),
	} {
		if query.Error != nil {
			return db.Fault(query.Error, "sweep what is over")
		}
	}
	return nil
}
