package notify

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
)

// Store reads notices and the queue of mail.
type Store struct{ db *gorm.DB }

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db} }

// Unread counts the notices that a person has not read.
func Unread(ctx context.Context, conn *db.DB, user int64) (int, error) {
	var count int64
	err := conn.WithContext(ctx).Model(&Notice{}).Where("user_id = ? AND read_at IS NULL", user).Count(&count).Error
	return int(count), db.Fault(err, "count notices")
}

// Notices returns what the actor was told: what is unread first, each part newest
// first; and how many there are in all.
func (s *Store) Notices(ctx context.Context, actor auth.Actor, limit, offset int) ([]Notice, int, error) {
	var n int64
	if err := s.own(ctx, actor.UserID).Count(&n).Error; err != nil {
		return nil, 0, db.Fault(err, "count notices")
	}
	var rows []Notice
	err := s.own(ctx, actor.UserID).Order("CASE WHEN read_at IS NULL THEN 0 ELSE 1 END, id DESC").Limit(limit).Offset(offset).Find(&rows).Error
	return rows, int(n), db.Fault(err, "list notices")
}

// Open marks one of the actor's notices as read and returns it. Another
// person's is not found.
func (s *Store) Open(ctx context.Context, actor auth.Actor, id int64) (Notice, error) {
	var n Notice
	if err := s.own(ctx, actor.UserID).Take(&n, id).Error; err != nil {
		return Notice{}, db.Fault(err, "find the notice")
	}
	return n, s.read(s.own(ctx, actor.UserID).Where("id = ?", id))
}

// ReadAll marks the actor's notices up to the newest that he was shown as read.
func (s *Store) ReadAll(ctx context.Context, actor auth.Actor, newest int64) error {
	return s.read(s.own(ctx, actor.UserID).Where("id <= ?", newest))
}

func (s *Store) read(query *gorm.DB) error {
	return db.Fault(query.Where("read_at IS NULL").Update("read_at", s.db.NowFunc()).Error, "mark notices as read")
}

func (s *Store) own(ctx context.Context, user int64) *gorm.DB {
	return s.db.WithContext(ctx).Model(&Notice{}).Where("user_id = ?", user)
}
