package auth

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// Details are what an administrator says of a person.
type Details struct {
	Email     string
	Name      string
	Language  string
	Agency    string // code; empty for none
	Roles     []Role
	ExpiresAt *time.Time // a partner's has to
	Scope     Scope

	Demonstration bool // a person who does not exist; said once, by the invitation
}

// user is the account as it is kept, without its agency.
func (d Details) user(now time.Time) User {
	u := User{
		Email: foldEmail(d.Email), Name: strings.TrimSpace(d.Name), Language: d.Language, ExpiresAt: d.ExpiresAt, Scope: d.Scope,
		Digest: "daily", CreatedAt: now, Version: 1, Demonstration: d.Demonstration,
	}
	for _, r := range d.Roles {
		u.Roles = append(u.Roles, UserRole{Role: r})
	}
	return u
}

// check returns what is wrong with the account.
func (d Details) check() fault.Problems {
	var wrong fault.Problems
	if address, err := mail.ParseAddress(foldEmail(d.Email)); err != nil || address.Address != foldEmail(d.Email) || len(d.Email) > 254 {
		wrong.Add("email", "error.user.email")
	}
	if name := strings.TrimSpace(d.Name); name == "" || utf8.RuneCountInString(name) > 200 || strings.ContainsFunc(name, control) {
		wrong.Add("name", "error.user.name")
	}
	if !slices.Contains(i18n.Languages, d.Language) {
		wrong.Add("language", "error.user.language")
	}
	if slices.ContainsFunc(d.Roles, func(r Role) bool { return !slices.Contains(Roles, r) }) {
		wrong.Add("roles", "error.user.role")
	}
	if d.Agency == "" && slices.ContainsFunc(d.Roles, Role.OfAgency) {
		wrong.Add("agency", "error.user.agency_needed")
	}
	if d.ExpiresAt == nil && slices.Contains(d.Roles, Partner) {
		wrong.Add("expires", "error.user.expiry_needed")
	}
	d.Scope.check(&wrong)
	return wrong
}

// control reports whether a character is none that is printed.
func control(r rune) bool { return r < ' ' || r == 0x7f }

// Invite makes an account and an invitation, which the letter takes to the
// person or an administrator hands over.
func (s *Store) Invite(ctx context.Context, actor Actor, d Details, letter Letter) (user User, secret string, err error) {
	if err := actor.Need(Administer); err != nil {
		return User{}, "", err
	}
	if err := d.check().Err(); err != nil {
		return User{}, "", err
	}
	user = d.user(s.db.NowFunc())
	err = audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		var err error
		if user.AgencyID, err = agencyID(tx, d.Agency); err != nil {
			return err
		}
		if err := d.Scope.known(tx); err != nil {
			return err
		}
		if err := create(tx, &user); err != nil {
			return err
		}
		log.Add(audit.Change{Action: "create", Noun: "user", Record: user.Email, After: user})
		secret, err = newLink(tx, user, KindInvitation, letter)
		return err
	})
	return user, secret, err
}

// create writes a new account; an address that is known is a problem of the form.
func create(tx *db.DB, user *User) error {
	var known int64
	if err := tx.Model(&User{}).Where("email = ?", user.Email).Count(&known).Error; err != nil {
		return db.Fault(err, "look for the address")
	}
	if known > 0 {
		return fault.Problems{{Field: "email", Key: "error.user.email_known"}}.Err()
	}
	return db.Fault(tx.Create(user).Error, "write the account")
}

// agencyID finds the agency of a code; none for an empty one.
func agencyID(tx *db.DB, code string) (*int64, error) {
	if code == "" {
		return nil, nil
	}
	var ids []int64
	if err := tx.Table("agencies").Where("code = ? AND archived_at IS NULL", code).Pluck("id", &ids).Error; err != nil {
		return nil, db.Fault(err, "find the agency")
	}
	if len(ids) == 0 {
		return nil, fault.Problems{{Field: "agency", Key: "error.user.agency_unknown"}}.Err()
	}
	return &ids[0], nil
}

// Change writes what an administrator says of a person: all but the address,
// which one signs in with. From an older version it is a fault.Conflict.
func (s *Store) Change(ctx context.Context, actor Actor, id int64, version int, d Details) (User, error) {
	return s.administer(ctx, actor, id, "change", func(tx *db.DB, user *User) error {
		if user.Version != version {
			return errVersion
		}
		d.Email = user.Email
		if err := d.check().Err(); err != nil {
			return err
		}
		agency, err := agencyID(tx, d.Agency)
		if err != nil {
			return err
		}
		if err := d.Scope.known(tx); err != nil {
			return err
		}
		if deref(user.AgencyID) != deref(agency) { // who stands in is of the same agency
			user.SubstituteID = nil
		}
		wanted := d.user(user.CreatedAt)
		user.Name, user.Language, user.AgencyID, user.ExpiresAt, user.Scope = wanted.Name, wanted.Language, agency, wanted.ExpiresAt, wanted.Scope
		user.Roles = wanted.Roles
		return nil
	})
}

// AddRole gives a person a role.
func (s *Store) AddRole(ctx context.Context, actor Actor, id int64, role Role) (User, error) {
	return s.administer(ctx, actor, id, "role.add", func(_ *db.DB, user *User) error {
		switch {
		case !slices.Contains(Roles, role):
			return fault.New(fault.Invalid, "error.user.role", "there is no role %q", role)
		case role.OfAgency() && user.AgencyID == nil:
			return fault.New(fault.Invalid, "error.user.agency_needed", "the role %s needs an agency", role)
		case role == Partner && user.ExpiresAt == nil:
			return fault.New(fault.Invalid, "error.user.expiry_needed", "a partner's account has to end")
		case !user.Holds(role):
			user.Roles = append(user.Roles, UserRole{Role: role})
		}
		return nil
	})
}

// RemoveRole takes a role from a person.
func (s *Store) RemoveRole(ctx context.Context, actor Actor, id int64, role Role) (User, error) {
	return s.administer(ctx, actor, id, "role.remove", func(_ *db.DB, user *User) error {
		user.Roles = slices.DeleteFunc(user.Roles, func(r UserRole) bool { return r.Role == role })
		return nil
	})
}

// Disable keeps a person out from now on.
func (s *Store) Disable(ctx context.Context, actor Actor, id int64) (User, error) {
	return s.administer(ctx, actor, id, "disable", func(tx *db.DB, user *User) error {
		if user.DisabledAt == nil {
			now := tx.NowFunc()
			user.DisabledAt = &now
		}
		return nil
	})
}

// Enable lets a person in again.
func (s *Store) Enable(ctx context.Context, actor Actor, id int64) (User, error) {
	return s.administer(ctx, actor, id, "enable", func(_ *db.DB, user *User) error {
		user.DisabledAt = nil
		return nil
	})
}

// ResetFactor takes a lost second factor from a person, who then has to enrol
// another where the roles need one.
func (s *Store) ResetFactor(ctx context.Context, actor Actor, id int64) (User, error) {
	return s.administer(ctx, actor, id, "factor.reset", func(tx *db.DB, user *User) error {
		if err := removeFactor(tx, user.ID); err != nil {
			return err
		}
		return endSessions(tx, user.ID, "")
	})
}

// EndSessions signs a person out everywhere.
func (s *Store) EndSessions(ctx context.Context, actor Actor, id int64) error {
	_, err := s.administer(ctx, actor, id, "sessions.end", func(tx *db.DB, user *User) error {
		return endSessions(tx, user.ID, "")
	})
	return err
}

var (
	errVersion   = fault.New(fault.Conflict, "error.conflict", "the account was changed by somebody else")
	errLastAdmin = fault.New(fault.Conflict, "error.last_admin", "the last administrator stays one")
)

// administer changes an account, on record with what it was before. There is an
// administrator afterwards when there was one before.
func (s *Store) administer(ctx context.Context, actor Actor, id int64, action string, change func(tx *db.DB, user *User) error) (user User, err error) {
	if err := actor.Need(Administer); err != nil {
		return User{}, err
	}
	err = audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		if err := lockAdmins(tx); err != nil {
			return err
		}
		had, err := admins(tx)
		if err != nil {
			return err
		}
		if user, err = find(tx, id); err != nil {
			return err
		}
		before := user
		before.Roles = slices.Clone(user.Roles)
		if err := change(tx, &user); err != nil {
			return err
		}
		user.Version++
		if err := save(tx, &user, before); err != nil {
			return err
		}
		log.Add(audit.Change{Action: action, Noun: "user", Record: user.Email, Before: before, After: user})
		if has, err := admins(tx); err != nil || has > 0 || had == 0 {
			return err
		}
		return errLastAdmin
	})
	return user, err
}

// lockAdmins makes those who change accounts wait for each other.
func lockAdmins(tx *db.DB) error {
	var rows []UserRole
	return db.Fault(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Order("user_id").Find(&rows, "role = ?", Admin).Error, "lock the administrators")
}

// save writes what is administered of an account. Who may no longer sign in is
// signed out, and links are taken back.
func save(tx *db.DB, user *User, before User) error {
	err := tx.Model(user).Omit(clause.Associations).
		Select("Name", "Language", "AgencyID", "Scope", "ExpiresAt", "DisabledAt", "SubstituteID", "Version").Updates(user).Error
	if err != nil {
		return db.Fault(err, "write the account")
	}
	for i := range user.Roles {
		user.Roles[i].UserID = user.ID
	}
	if !slices.Equal(user.Roles, before.Roles) {
		if err := db.Replace(tx, "user_id", []int64{user.ID}, user.Roles); err != nil {
			return err
		}
	}
	if user.Active(tx.NowFunc()) {
		return nil
	}
	if err := tx.Delete(&Link{}, "user_id = ?", user.ID).Error; err != nil {
		return db.Fault(err, "take back links")
	}
	return endSessions(tx, user.ID, "")
}

// deref returns the id, 0 for none.
func deref(id *int64) int64 {
	if id == nil {
		return 0
	}
	return *id
}
