package auth

import (
	"slices"
	"time"

	"gcm/internal/audit"
	"gcm/internal/fault"
)

// Actor is who acts in a request or a command, with what he may do now. The zero
// Actor is a visitor without an account.
type Actor struct {
	audit.Who
	Roles    []Role // own ones, and those of people on leave whom he stands in for
	AgencyID int64  // 0 without an agency
	Scope    Scope  // of a partner
	Language string
	Zone     *time.Location // where days begin and end for him; nil for UTC

	TwoFactors    bool // the person has a second factor
	Demonstration bool // the person does not exist
	system        bool
}

// System is the program itself, which may do everything; name says which part
// of it acts: "command line", "schedule", "demonstration".
func System(name string) Actor { return Actor{Who: audit.Who{Name: name}, system: true} }

// Can reports whether the actor has the permission.
func (a Actor) Can(p Permission) bool {
	if a.system || p.Anyone() {
		return true
	}
	return a.UserID != 0 && (p == SignedIn || slices.ContainsFunc(a.Roles, func(r Role) bool { return r.Grants(p) }))
}

// Has reports whether the actor holds the role.
func (a Actor) Has(r Role) bool { return a.system || slices.Contains(a.Roles, r) }

// NeedsFactor reports whether a role of the actor's asks for a second factor,
// which the person does not have.
func (a Actor) NeedsFactor() bool {
	return !a.TwoFactors && slices.ContainsFunc(a.Roles, Role.Guarded)
}

// Need returns a fault.Forbidden when the actor lacks the permission.
func (a Actor) Need(p Permission) error {
	if a.Can(p) {
		return nil
	}
	return fault.New(fault.Forbidden, "error.forbidden", "%s is not given to user %d", p, a.UserID)
}
