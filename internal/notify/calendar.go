package notify

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// CalendarLink lets a calendar program, which cannot sign in, read the dates of
// one person.
type CalendarLink struct {
	UserID    int64  `gorm:"primaryKey;autoIncrement:false"`
	Hash      string // SHA-256 of the secret in the address
	CreatedAt time.Time
}

// LinkCalendar makes a link to the actor's dates in place of an earlier one and
// returns its secret, which is not kept.
func (s *Store) LinkCalendar(ctx context.Context, actor auth.Actor) (string, error) {
	secret := rand.Text()
	err := s.changeLink(ctx, actor, "calendar.link", func(tx *db.DB) (bool, error) {
		link := CalendarLink{actor.UserID, hashOf(secret), tx.NowFunc()}
		return true, db.Put(tx, []CalendarLink{link}, "user_id")
	})
	return secret, err
}

// UnlinkCalendar ends the link to the actor's dates, if there is one.
func (s *Store) UnlinkCalendar(ctx context.Context, actor auth.Actor) error {
	return s.changeLink(ctx, actor, "calendar.unlink", func(tx *db.DB) (bool, error) {
		done := tx.Where("user_id = ?", actor.UserID).Delete(&CalendarLink{})
		return done.RowsAffected > 0, db.Fault(done.Error, "end the calendar link")
	})
}

// changeLink puts a change of the actor's link on record, when it is one.
func (s *Store) changeLink(ctx context.Context, actor auth.Actor, action string, change func(tx *db.DB) (bool, error)) error {
	if err := actor.Need(auth.SignedIn); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		var owner auth.User
		if err := tx.Take(&owner, actor.UserID).Error; err != nil {
			return db.Fault(err, "find the person")
		}
		changed, err := change(tx)
		if changed {
			log.Add(audit.Change{Action: action, Noun: "user", Record: owner.Email})
		}
		return err
	})
}

// CalendarLinkOf returns the link to the actor's dates, nil when there is none.
func (s *Store) CalendarLinkOf(ctx context.Context, actor auth.Actor) (*CalendarLink, error) {
	var links []CalendarLink
	err := s.db.WithContext(ctx).Where("user_id = ?", actor.UserID).Find(&links).Error
	if err != nil || len(links) == 0 {
		return nil, db.Fault(err, "read the calendar link")
	}
	return &links[0], nil
}

// CalendarOwner returns the id of the person whose dates a secret opens. One
// that opens nothing is not found.
func (s *Store) CalendarOwner(ctx context.Context, secret string) (int64, error) {
	var link CalendarLink
	err := s.db.WithContext(ctx).Where("hash = ?", hashOf(secret)).Take(&link).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, fault.New(fault.NotFound, "error.not_found", "no calendar has this address")
	}
	return link.UserID, db.Fault(err, "find whose calendar it is")
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
