package auth

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// Store reads and writes accounts.
type Store struct {
	db   *gorm.DB
	zone *time.Location // of days
}

// NewStore returns the store on an open, migrated database.
func NewStore(db *gorm.DB) *Store { return &Store{db, time.UTC} }

// In returns the store that counts days in the State's zone.
func (s *Store) In(zone *time.Location) *Store { return &Store{s.db, zone} }

// Actor returns who a person is now. One who is unknown, disabled or whose
// account has ended is a visitor.
func (s *Store) Actor(ctx context.Context, id int64) (Actor, error) {
	conn := s.db.WithContext(ctx)
	user, err := find(conn, id)
	if fault.KindOf(err) == fault.NotFound {
		return Actor{}, nil
	}
	if err != nil {
		return Actor{}, err
	}
	now := s.db.NowFunc()
	if !user.Active(now) {
		return Actor{}, nil
	}
	actor := Actor{
		Who: audit.Who{UserID: user.ID, Name: user.Name}, Language: user.Language, Zone: s.zone,
		TwoFactors: user.TOTPSecret != "", Demonstration: user.Demonstration,
	}
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
	people := append(absent, user)
	actor.Roles, actor.Scope = rolesOf(people), scopeOf(people)
	return actor, nil
}

// find reads an account with its roles.
func find(tx *db.DB, id int64) (User, error) {
	var user User
	err := tx.Preload("Roles", func(q *gorm.DB) *gorm.DB { return q.Order("role") }).Take(&user, id).Error
	return user, db.Fault(err, "find the account")
}

// User returns an account; an administrator may see any, everybody the own.
func (s *Store) User(ctx context.Context, actor Actor, id int64) (User, error) {
	if id != actor.UserID {
		if err := actor.Need(Administer); err != nil {
			return User{}, err
		}
	}
	return find(s.db.WithContext(ctx), id)
}

// ByEmail returns the account of an address.
func (s *Store) ByEmail(ctx context.Context, actor Actor, email string) (User, error) {
	if err := actor.Need(Administer); err != nil {
		return User{}, err
	}
	var user User
	err := s.db.WithContext(ctx).Preload("Roles").Take(&user, "email = ?", foldEmail(email)).Error
	return user, db.Fault(err, "find the account "+foldEmail(email))
}

// Users returns all accounts by name.
func (s *Store) Users(ctx context.Context, actor Actor) ([]User, error) {
	if err := actor.Need(Administer); err != nil {
		return nil, err
	}
	var users []User
	err := s.db.WithContext(ctx).Preload("Roles").Order("name, id").Find(&users).Error
	return users, db.Fault(err, "list accounts")
}

// Colleagues returns those of the person's agency who may sign in, without the
// person, by name.
func (s *Store) Colleagues(ctx context.Context, id int64) ([]User, error) {
	conn := s.db.WithContext(ctx)
	person, err := find(conn, id)
	if err != nil {
		return nil, err
	}
	var users []User
	err = conn.Preload("Roles").Where("id <> ?", id).Order("name, id").Find(&users).Error
	now := s.db.NowFunc()
	return slices.DeleteFunc(users, func(u User) bool { return !u.Active(now) || !MayStandIn(person, u) }), db.Fault(err, "list colleagues")
}

// absent returns the colleagues of the same agency who are on leave today and
// whom the person stands in for.
func (s *Store) absent(conn *gorm.DB, user User, now time.Time) ([]User, error) {
	today := now.In(s.zone).Format(time.DateOnly)
	var list []User
	err := conn.Preload("Roles").Where("substitute_id = ? AND leave_from <= ? AND leave_until >= ?", user.ID, today, today).Order("id").Find(&list).Error
	return slices.DeleteFunc(list, func(u User) bool { return !u.Active(now) || !MayStandIn(u, user) }), db.Fault(err, "read who is on leave")
}

// MayStandIn reports whether a person may act for another on leave: a colleague
// of the same agency may. Among people without an agency, who come from different
// bodies, only one who holds the roles himself; nobody stands in for a partner.
func MayStandIn(absent, person User) bool {
	switch {
	case absent.AgencyID != nil:
		return person.AgencyID != nil && *absent.AgencyID == *person.AgencyID
	case person.AgencyID != nil:
		return false
	}
	holds := func(u User, r Role) bool {
		return slices.ContainsFunc(u.Roles, func(h UserRole) bool { return h.Role == r })
	}
	return len(absent.Roles) > 0 && !slices.ContainsFunc(absent.Roles, func(h UserRole) bool { return h.Role == Partner || !holds(person, h.Role) })
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
