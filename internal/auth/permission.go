// Package auth says who may do what, and knows the people who sign in. It knows
// permissions, roles, accounts and sessions; it knows no route and no page, and
// of an agency only its id.
package auth

// Permission is what a route asks of its visitor. Its zero value is none at
// all: a route that forgets to name one cannot be registered.
type Permission struct{ name string }

// The permissions. Which records of a kind a person may see or change is for the
// room of those records to decide; without the permission there is no asking.
var (
	Public      = Permission{"public"}      // what is released, and the way in
	SignedIn    = Permission{"signed in"}   // one's own account, tasks and notices
	SeeEntries  = Permission{"see entries"} // entries in one's reach
	Comment     = Permission{"comment"}     // on entries in one's reach
	SeeHidden   = Permission{"see hidden"}  // values that are kept from the public
	Enter       = Permission{"enter"}       // entries of the own agency
	UseForms    = Permission{"use forms"}   // spreadsheets to be filled in
	Approve     = Permission{"approve"}     // the own agency's submissions
	SeeQueue    = Permission{"see queue"}   // what waits for a decision
	Account     = Permission{"account"}     // matrix, timeliness, white spots
	Coordinate  = Permission{"coordinate"}  // rounds, requests, acceptance, release, registers
	SeeAgencies = Permission{"see agencies"}
	Organise    = Permission{"organise"}   // agencies
	SeeReview   = Permission{"see review"} // a review that is being written
	EditReview  = Permission{"edit review"}
	Assess      = Permission{"assess"} // where objectives stand, and what became of promises
	Sign        = Permission{"sign"}
	SeeAudit    = Permission{"see audit"}
	Administer  = Permission{"administer"} // accounts and settings
)

// Permissions lists all of them.
var Permissions = []Permission{
	Public, SignedIn, SeeEntries, Comment, SeeHidden, Enter, UseForms, Approve, SeeQueue, Account, Coordinate, SeeAgencies, Organise, SeeReview, EditReview, Assess, Sign, SeeAudit, Administer,
}

// Named reports whether the permission was named.
func (p Permission) Named() bool { return p.name != "" }

// Anyone reports whether a visitor without an account has the permission.
func (p Permission) Anyone() bool { return p == Public }

func (p Permission) String() string { return p.name }
