package auth

import "slices"

// Role is what a person does in the work on the Compact. One can hold several.
type Role string

// The roles.
const (
	Partner     Role = "partner"     // UN, IOM; expires
	Contributor Role = "contributor" // enters and submits for the own agency
	Approver    Role = "approver"    // approves or returns the own agency's submissions
	Coordinator Role = "coordinator" // all agencies
	Editor      Role = "editor"      // writes reviews
	Signatory   Role = "signatory"   // signs reviews for the own body
	Auditor     Role = "auditor"     // reads everything, changes nothing
	Admin       Role = "admin"       // accounts, agencies, settings; no right over content
)

// Roles lists the roles in the order in which they are shown.
var Roles = []Role{Contributor, Approver, Coordinator, Editor, Signatory, Partner, Auditor, Admin}

// granted is the one table of who may do what. Public and SignedIn go without
// saying.
var granted = map[Role][]Permission{
	Partner:     {SeeEntries, Comment},
	Contributor: {SeeEntries, Comment, SeeHidden, Enter, UseForms, Account},
	Approver:    {SeeEntries, Comment, SeeHidden, Approve, SeeQueue, Account},
	Coordinator: {SeeEntries, Comment, SeeHidden, UseForms, SeeQueue, Account, Coordinate, SeeAgencies, Organise, SeeReview, Assess},
	Editor:      {SeeEntries, Account, SeeReview, EditReview},
	Signatory:   {SeeEntries, SeeReview, Sign},
	Auditor:     {SeeEntries, SeeHidden, SeeQueue, Account, SeeAgencies, SeeReview, SeeAudit},
	Admin:       {SeeAgencies, Organise, Administer},
}

// Grants reports whether the role brings the permission.
func (r Role) Grants(p Permission) bool {
	return p == Public || p == SignedIn || slices.Contains(granted[r], p)
}

// OfAgency reports whether the role is held for an agency, so that a person who
// has it needs one.
func (r Role) OfAgency() bool { return r == Contributor || r == Approver || r == Signatory }

// Guarded reports whether who has the role needs a second factor: it decides, or
// sees what is not the own agency's.
func (r Role) Guarded() bool { return r != Contributor && r != Partner }
