package auth

import (
	"slices"
	"time"
)

// User is a person's account.
type User struct {
	ID           int64      `json:"-"`
	Email        string     `json:"email"` // folded to lower case: what one signs in with
	Name         string     `json:"name"`
	Language     string     `json:"language"`
	AgencyID     *int64     `json:"agency_id,omitempty"`
	Scope        Scope      `json:"scope,omitzero"`
	ExpiresAt    *time.Time `json:"expires_at,omitempty"` // a partner's account ends
	DisabledAt   *time.Time `json:"disabled_at,omitempty"`
	PasswordHash string     `json:"-"`                 // argon2id; empty until the invitation is taken up
	Subject      string     `json:"subject,omitempty"` // of the identity provider; empty without
	TOTPSecret   string     `gorm:"column:totp_secret" json:"-"`
	TOTPStep     int64      `gorm:"column:totp_step" json:"-"` // the last time step that was used: a code counts once
	Digest       string     `json:"digest"`                    // daily, weekly, never
	LeaveFrom    string     `json:"leave_from,omitempty"`      // days, 2026-12-24
	LeaveUntil   string     `json:"leave_until,omitempty"`
	SubstituteID *int64     `json:"substitute_id,omitempty"` // stands in during leave; of the same agency
	// Demonstration marks people who do not exist.
	Demonstration bool      `json:"demonstration,omitempty"`
	CreatedAt     time.Time `json:"created_at"`
	Version       int       `json:"version"` // counts changes: who writes an older one is told

	Roles []UserRole `json:"roles"`
}

// Active reports whether the person may sign in.
func (u User) Active(now time.Time) bool {
	return u.DisabledAt == nil && (u.ExpiresAt == nil || now.Before(*u.ExpiresAt))
}

// Holds reports whether the person has the role.
func (u User) Holds(role Role) bool {
	return slices.ContainsFunc(u.Roles, func(r UserRole) bool { return r.Role == role })
}

// RoleList returns the person's roles in the order in which roles are shown.
func (u User) RoleList() []Role { return rolesOf([]User{u}) }

// UserRole is a role that a person holds.
type UserRole struct {
	UserID int64 `gorm:"primaryKey" json:"-"`
	Role   Role  `gorm:"primaryKey" json:"role"`
}

// RecoveryCode lets a person in once who has lost the second factor.
type RecoveryCode struct {
	ID     int64
	UserID int64
	Hash   string
	UsedAt *time.Time
}

// Link is a secret that is sent once: an invitation, a reset, the first set-up.
type Link struct {
	Hash      string `gorm:"primaryKey"`
	Kind      string // setup, invitation, reset
	UserID    *int64 // nil for the set-up
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// Attempt counts how often something was tried.
type Attempt struct {
	Key   string `gorm:"primaryKey"`
	Count int
	Since time.Time
}

// Proof stands for the password and the second factor that the person has now:
// who proved one of them is asked again when either was changed since.
func (u User) Proof() string { return HashOf(u.PasswordHash + " " + u.TOTPSecret) }
