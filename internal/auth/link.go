package auth

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// The kinds of link.
const (
	KindSetUp      = "setup"
	KindInvitation = "invitation"
	KindReset      = "reset"
)

// lifetimes are how long links may be used.
var lifetimes = map[string]time.Duration{KindSetUp: 24 * time.Hour, KindInvitation: 7 * 24 * time.Hour, KindReset: time.Hour}

// errLink is the answer to a link that was used, has ended, or never was.
var errLink = fault.New(fault.Invalid, "error.link", "the link cannot be used")

// Letter takes a new link to its person, in the transaction that makes it; nil
// when somebody hands it over by other means.
type Letter func(tx *db.DB, to User, kind, secret string) error

// newLink makes a link in place of those that the person had before.
func newLink(tx *db.DB, user User, kind string, letter Letter) (secret string, err error) {
	if err := tx.Delete(&Link{}, "user_id = ? AND used_at IS NULL", user.ID).Error; err != nil {
		return "", db.Fault(err, "take back earlier links")
	}
	secret, now := newSecret(160), tx.NowFunc()
	link := Link{Hash: HashOf(secret), Kind: kind, UserID: &user.ID, CreatedAt: now, ExpiresAt: now.Add(lifetimes[kind])}
	if err := tx.Create(&link).Error; err != nil {
		return "", db.Fault(err, "make a link")
	}
	if letter == nil {
		return secret, nil
	}
	return secret, letter(tx, user, kind, secret)
}

// LinkOwner returns whose link it is, by the hash of its secret, and its kind.
// One that cannot be used any longer is a fault.Invalid.
func (s *Store) LinkOwner(ctx context.Context, hash string) (User, string, error) {
	return linkOwner(s.db.WithContext(ctx), hash)
}

func linkOwner(tx *db.DB, hash string) (User, string, error) {
	var link Link
	err := tx.Take(&link, "hash = ? AND used_at IS NULL AND expires_at > ? AND user_id IS NOT NULL", hash, tx.NowFunc()).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return User{}, "", errLink
	}
	if err != nil {
		return User{}, "", db.Fault(err, "read the link")
	}
	user, err := find(tx, *link.UserID)
	if err == nil && !user.Active(tx.NowFunc()) {
		err = errLink
	}
	return user, link.Kind, err
}

// UseLink sets the password of the person whom an invitation or a reset was made
// for, once, and ends the person's sessions. A second factor stays as it is.
func (s *Store) UseLink(ctx context.Context, who audit.Who, hash, password string) (User, error) {
	user, kind, err := s.LinkOwner(ctx, hash)
	if err != nil {
		return User{}, err
	}
	if err := checkNew(password, user).Err(); err != nil {
		return User{}, err
	}
	hashed, err := hashPassword(ctx, password)
	if err != nil {
		return User{}, err
	}
	who.UserID, who.Name = user.ID, user.Name
	err = audit.Transact(ctx, s.db, who, func(tx *db.DB, log *audit.Log) error {
		now := tx.NowFunc()
		used := tx.Model(&Link{}).Where("hash = ? AND used_at IS NULL", hash).Update("used_at", now)
		if used.Error != nil {
			return db.Fault(used.Error, "use the link")
		}
		if used.RowsAffected == 0 {
			return errLink
		}
		log.Add(audit.Change{Action: "password." + kind, Noun: "user", Record: user.Email})
		return setPassword(tx, user.ID, hashed, "")
	})
	return user, err
}

// setPassword keeps a hash, ends the person's sessions but the one to keep, and
// makes the browsers strangers in which the old password was used.
func setPassword(tx *db.DB, user int64, hash, keep string) error {
	if err := tx.Model(&User{ID: user}).Select("PasswordHash").Updates(User{PasswordHash: hash}).Error; err != nil {
		return db.Fault(err, "keep the password")
	}
	if err := forgetBrowsers(tx, user); err != nil {
		return err
	}
	return endSessions(tx, user, keep)
}

// endSessions ends a person's sessions but the one to keep.
func endSessions(tx *db.DB, user int64, keep string) error {
	return db.Fault(tx.Delete(&Session{}, "user_id = ? AND hash <> ?", user, keep).Error, "end sessions")
}

// MakeLink makes an invitation for a person who has not taken up the first one,
// and a reset for any other; who administers hands it over, or the letter takes
// it there.
func (s *Store) MakeLink(ctx context.Context, actor Actor, id int64, letter Letter) (kind, secret string, err error) {
	if err := actor.Need(Administer); err != nil {
		return "", "", err
	}
	err = audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		user, err := find(tx, id)
		if err != nil {
			return err
		}
		if !user.Active(tx.NowFunc()) {
			return fault.New(fault.Conflict, "error.not_active", "user %d may not sign in", id)
		}
		kind = KindReset
		if user.PasswordHash == "" && user.Subject == "" {
			kind = KindInvitation
		}
		log.Add(audit.Change{Action: "link." + kind, Noun: "user", Record: user.Email})
		secret, err = newLink(tx, user, kind, letter)
		return err
	})
	return kind, secret, err
}

// RequestReset sends a reset to the person of an address. Whether there is one
// is not told; who asks too often is told so either way.
func (s *Store) RequestReset(ctx context.Context, who audit.Who, email string, letter Letter) error {
	if err := s.Try(ctx, "address:"+who.Origin, perAddress); err != nil {
		return err
	}
	if err := s.Try(ctx, "reset:"+HashOf(foldEmail(email)), perReset); err != nil {
		return err
	}
	var user User
	err := s.db.WithContext(ctx).Take(&user, "email = ?", foldEmail(email)).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && (user.PasswordHash == "" || !user.Active(s.db.NowFunc())) {
		return nil
	}
	if err != nil {
		return db.Fault(err, "read the account")
	}
	return audit.Transact(ctx, s.db, who, func(tx *db.DB, log *audit.Log) error {
		log.Add(audit.Change{Action: "reset.request", Noun: "user", Record: user.Email})
		_, err := newLink(tx, user, KindReset, letter)
		return err
	})
}
