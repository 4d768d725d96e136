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

// Place is from where somebody tries to sign in.
type Place struct {
	Address string // of the network
	Browser string // token of the cookie by which a browser is known; empty without
}

// CheckPassword returns the person of an e-mail address and a password. The
// answer to an unknown person, a wrong password and an account that ended is
// one fault.Invalid, and takes the same time; to who tries too often a *TooMany.
//
// Strangers are counted together, by account and by network address. A browser in
// which the person signed in before, with the token of its cookie, is counted by
// itself: whatever strangers try, it is not locked out.
func (s *Store) CheckPassword(ctx context.Context, from Place, email, password string) (User, error) {
	known, err := s.knows(ctx, from.Browser, email)
	if err != nil {
		return User{}, err
	}
	account, address := accountKey(email), "address:"+from.Address
	if known {
		account = "browser:" + HashOf(from.Browser) + ":" + account
	} else if err := s.Try(ctx, address, perAddress); err != nil {
		return User{}, err
	}
	if err := s.Try(ctx, account, perAccount); err != nil {
		return User{}, err
	}
	var user User
	err = s.db.WithContext(ctx).Preload("Roles").Take(&user, "email = ?", foldEmail(email)).Error
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
	if !known {
		if err := s.takeBack(ctx, address); err != nil {
			return User{}, err
		}
	}
	if err := s.forget(ctx, account); err != nil {
		return User{}, err
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

// signedIn is what the record says of a sign-in.
type signedIn struct {
	Factor string `json:"factor"` // none, totp, recovery
}

// SignIn puts on record that somebody whose password was right is signed in. Who
// has a second factor gives its code, which is used up.
func (s *Store) SignIn(ctx context.Context, actor Actor, code string) error {
	user, err := find(s.db.WithContext(ctx), actor.UserID)
	if err != nil {
		return err
	}
	guarded, key := user.TOTPSecret != "", "code:"+HashOf(user.Email)
	if guarded {
		if err := s.Try(ctx, key, perAccount); err != nil {
			return err
		}
	}
	err = audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		factor := "none"
		if guarded {
			var err error
			if factor, err = useCode(tx, user, code); err != nil {
				return err
			}
		}
		log.Add(audit.Change{Action: "sign_in", Noun: "user", Record: user.Email, After: signedIn{factor}})
		return nil
	})
	if err != nil || !guarded {
		return err
	}
	return s.forget(ctx, key)
}

// Identity is what an identity provider says of a person.
type Identity struct {
	Subject  string
	Email    string
	Verified bool // the provider knows that the address is the person's
}

// ByIdentity returns the person of an identity. The first time it is found by a
// verified address and bound to the account. There are only people who were
// invited: any other is a fault.Forbidden.
func (s *Store) ByIdentity(ctx context.Context, who audit.Who, id Identity) (User, error) {
	none := fault.New(fault.Forbidden, "error.no_account", "no account for the identity")
	var user User
	err := s.db.WithContext(ctx).Order("id").Take(&user, "subject = ?", id.Subject).Error
	if id.Subject == "" || err == nil && !user.Active(s.db.NowFunc()) {
		return User{}, none
	}
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		return user, db.Fault(err, "find the account of an identity")
	}
	if !id.Verified {
		return User{}, none
	}
	err = s.db.WithContext(ctx).Take(&user, "email = ? AND subject = ''", foldEmail(id.Email)).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !user.Active(s.db.NowFunc()) {
		return User{}, none
	}
	if err != nil {
		return User{}, db.Fault(err, "find the account of an identity")
	}
	who.UserID, who.Name = user.ID, user.Name
	return user, audit.Transact(ctx, s.db, who, func(tx *db.DB, log *audit.Log) error {
		log.Add(audit.Change{Action: "identity", Noun: "user", Record: user.Email})
		bound := tx.Model(&User{}).Where("id = ? AND subject = ''", user.ID).Update("subject", id.Subject)
		if bound.Error == nil && bound.RowsAffected == 0 {
			return none
		}
		return db.Fault(bound.Error, "bind the identity")
	})
}

// foldEmail is the form in which addresses are kept and compared.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
