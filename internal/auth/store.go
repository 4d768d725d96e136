package auth

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db"
)

// Store reads and writes accounts.
type Store struct{ db *gorm.DB }

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db} }

// Actor returns who a person is now. One who is unknown, disabled or whose
// account has ended is a visitor.
func (s *Store) Actor(ctx context.Context, id int64) (Actor, error) {
	conn := s.db.WithContext(ctx)
	var user User
	err := conn.Preload("Roles").Take(&user, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Actor{}, nil
	}
	if err != nil {
		return Actor{}, db.Fault(err, "read the account")
	}
	now := s.db.NowFunc()
	if !user.Active(now) {
		return Actor{}, nil
	}
	actor := Actor{Who: audit.Who{UserID: user.ID, Name: user.Name}, Scope: user.Scope, Language: user.Language}
	if user.AgencyID != nil {
		actor.AgencyID = *user.AgencyID
		if err := conn.Table("agencies").Where("id = ?", user.AgencyID).Pluck("code", &actor.Agency).Error; err != nil {
			return Actor{}, db.Fault(err, "read the agency of the account")
		}
	}
	absent, err := s.absent(conn, user, now)
	if err != nil {
		return Actor{}, err
	}
	actor.Roles = rolesOf(append(absent, user))
	return actor, nil
}

// absent returns the colleagues of the same agency who are on leave today and
// whom the person stands in for.
func (s *Store) absent(conn *gorm.DB, user User, now time.Time) ([]User, error) {
	today := now.Format(time.DateOnly)
	var list []User
	err := conn.Preload("Roles").Where("substitute_id = ? AND leave_from <= ? AND leave_until >= ?", user.ID, today, today).Order("id").Find(&list).Error
	return slices.DeleteFunc(list, func(u User) bool { return !u.Active(now) || !sameAgency(u, user) }), db.Fault(err, "read who is on leave")
}

// sameAgency reports whether two people belong to one agency, or both to none.
func sameAgency(a, b User) bool {
	return (a.AgencyID == nil) == (b.AgencyID == nil) && (a.AgencyID == nil || *a.AgencyID == *b.AgencyID)
}

// rolesOf gathers the people's roles in the order in which roles are shown.
func rolesOf(users []User) []Role {
	held := map[Role]bool{}
	for _, u := range users {
		for _, r := range u.Roles {
			held[r.Role] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return !held[r] })
}
