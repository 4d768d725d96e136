package progress

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
)

// Upload is a file that a person sent and has not confirmed yet.
type Upload struct {
	UserID    int64  `gorm:"primaryKey;autoIncrement:false"`
	Hash      string // SHA-256 of the body, hexadecimal
	Body      []byte
	CreatedAt time.Time
}

// uploadLife is how long an upload waits to be confirmed.
const uploadLife = time.Hour

// KeepUpload keeps a file until the actor confirms it, in place of the one that
// waited before, and returns its hash. It is no record yet: nothing of it goes
// into the audit log.
func (s *Store) KeepUpload(ctx context.Context, actor auth.Actor, body []byte) (string, error) {
	if err := mayEnter(actor, ""); err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	u := Upload{UserID: actor.UserID, Hash: hex.EncodeToString(sum[:]), Body: body}
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, _ *audit.Log) error {
		u.CreatedAt = tx.NowFunc()
		return db.Put(tx, []Upload{u}, "user_id")
	})
	return u.Hash, err
}

// Upload returns the file with the hash that the actor sent within the last
// hour; a fault.NotFound when it waits no longer.
func (s *Store) Upload(ctx context.Context, actor auth.Actor, hash string) ([]byte, error) {
	var u Upload
	err := s.db.WithContext(ctx).Where("user_id = ? AND hash = ? AND created_at > ?", actor.UserID, hash, s.db.NowFunc().Add(-uploadLife)).Take(&u).Error
	return u.Body, db.Fault(err, "read an upload")
}

// SweepUploads removes the files that nobody confirmed in time.
func (s *Store) SweepUploads(ctx context.Context) error {
	return s.dropUploads(ctx, auth.System("schedule"), "created_at <= ?", s.db.NowFunc().Add(-uploadLife))
}

// DropUpload removes the actor's file once it is taken over.
func (s *Store) DropUpload(ctx context.Context, actor auth.Actor) error {
	return s.dropUploads(ctx, actor, "user_id = ?", actor.UserID)
}

func (s *Store) dropUploads(ctx context.Context, actor auth.Actor, where string, arg any) error {
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, _ *audit.Log) error {
		return db.Fault(tx.Where(where, arg).Delete(&Upload{}).Error, "remove uploads")
	})
}
