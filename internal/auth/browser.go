package auth

import (
	"context"
	"time"

	"gcm/internal/db"
)

// KnownBrowser is a browser in which a person signed in before.
type KnownBrowser struct {
	Hash      string `gorm:"primaryKey"` // SHA-256 of the token in the cookie
	UserID    int64  `gorm:"primaryKey;autoIncrement:false"`
	ExpiresAt time.Time
}

// KnownFor is how long a browser is known after the last sign-in.
const KnownFor = 180 * 24 * time.Hour

// KnowBrowser remembers that a person signed in, or set a password that a letter
// let him set, in a browser. It returns the token for its cookie, in place of the
// one that the browser came with (empty for none); whoever else is known in the
// browser stays so.
func (s *Store) KnowBrowser(ctx context.Context, user int64, token string) (string, error) {
	fresh, old := newSecret(160), HashOf(token)
	err := db.Transact(ctx, s.db, func(tx *db.DB) error {
		if err := tx.Delete(&KnownBrowser{}, "hash = ? AND user_id = ?", old, user).Error; err != nil {
			return db.Fault(err, "forget a browser's token")
		}
		if err := tx.Model(&KnownBrowser{}).Where("hash = ?", old).Update("hash", HashOf(fresh)).Error; err != nil {
			return db.Fault(err, "renew a browser's token")
		}
		row := KnownBrowser{HashOf(fresh), user, tx.NowFunc().Add(KnownFor)}
		return db.Fault(tx.Create(&row).Error, "remember a browser")
	})
	return fresh, err
}

// knows reports whether the person of an address has signed in before in the
// browser with the token.
func (s *Store) knows(ctx context.Context, token, email string) (bool, error) {
	if token == "" {
		return false, nil
	}
	var n int64
	err := s.db.WithContext(ctx).Model(&KnownBrowser{}).
		Where("hash = ? AND expires_at > ? AND user_id = (SELECT id FROM users WHERE email = ?)", HashOf(token), s.db.NowFunc(), foldEmail(email)).Count(&n).Error
	return n > 0, db.Fault(err, "look whether a browser is known")
}

// forgetBrowsers makes all browsers strangers to a person.
func forgetBrowsers(tx *db.DB, user int64) error {
	return db.Fault(tx.Delete(&KnownBrowser{}, "user_id = ?", user).Error, "forget browsers")
}
