package auth

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// CheckPassword returns the person of an e-mail address and a password. The
// answer to an unknown person, a wrong password and an account that ended is
// one fault.Invalid, and takes the same time.
func (s *Store) CheckPassword(ctx context.Context, email, password string) (User, error) {
	var user User
	err := s.db.WithContext(ctx).Preload("Roles").Take(&user, "email = ?", foldEmail(email)).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return User{}, db.Fault(err, "read the account")
	}
	fits, stale, err := checkPassword(ctx, password, user.PasswordHash)
	if err != nil {
		return User{}, err
	}
	if !fits || !user.Active(s.db.NowFunc()) {
		return User{}, fault.New(fault.Invalid, "error.wrong_password", "a wrong e-mail address or password")
	}
	if stale {
		return user, s.rehash(ctx, user, password)
	}
	return user, nil
}

// rehash keeps a password under today's parameters.
func (s *Store) rehash(ctx context.Context, user User, password string) error {
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	who := audit.Who{UserID: user.ID, Name: user.Name}
	return audit.Transact(ctx, s.db, who, func(tx *db.DB, log *audit.Log) error {
		log.Add(audit.Change{Action: "password.rehash", Noun: "user", Record: user.Email})
		return db.Fault(tx.Model(&user).Select("PasswordHash").Updates(User{PasswordHash: hash}).Error, "keep the password")
	})
}

// foldEmail is the form in which addresses are kept and compared.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
