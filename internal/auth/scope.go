package auth

import (
	"database/sql/driver"
	"slices"

	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// Scope is what a partner sees: what concerns one of the objectives, comes from
// one of the agencies, or is about one of the indicators. An empty one is all.
type Scope struct {
	Objectives []int    `json:"objectives,omitempty"` // numbers
	Agencies   []string `json:"agencies,omitempty"`   // codes
	Indicators []string `json:"indicators,omitempty"` // codes
}

// Value stores the scope as JSON.
func (s Scope) Value() (driver.Value, error) { return i18n.JSONValue(s, "{}") }

// Scan reads what Value stored.
func (s *Scope) Scan(src any) error { return i18n.ScanJSON(s, src) }

// All reports whether the scope leaves nothing out.
func (s Scope) All() bool { return len(s.Objectives)+len(s.Agencies)+len(s.Indicators) == 0 }

// with joins two scopes, neither of them all.
func (s Scope) with(other Scope) Scope {
	return Scope{joined(s.Objectives, other.Objectives), joined(s.Agencies, other.Agencies), joined(s.Indicators, other.Indicators)}
}

func joined[T int | string](a, b []T) []T {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// scopeOf joins the scopes of the partners among the people: all, when one of them
// sees all.
func scopeOf(users []User) Scope {
	var scope Scope
	for _, u := range users {
		if !u.Holds(Partner) {
			continue
		}
		if u.Scope.All() {
			return Scope{}
		}
		scope = scope.with(u.Scope)
	}
	return scope
}

// check names objectives that the Compact does not have.
func (s Scope) check(wrong *fault.Problems) {
	if slices.ContainsFunc(s.Objectives, func(n int) bool { return n < 1 || n > 23 }) {
		wrong.Add("scope", "error.user.scope")
	}
}

// known names agencies and indicators that there are not: a scope that names
// nothing would let its partner see nothing, and nobody would know why.
func (s Scope) known(tx *db.DB) error {
	var wrong fault.Problems
	for _, in := range []struct {
		field, table string
		codes        []string
	}{{"scope_agencies", "agencies", s.Agencies}, {"scope_indicators", "indicators", s.Indicators}} {
		var found []string
		if err := tx.Table(in.table).Where("code IN ?", in.codes).Pluck("code", &found).Error; err != nil {
			return db.Fault(err, "look for what the scope names")
		}
		for _, code := range in.codes {
			if !slices.Contains(found, code) {
				wrong.Add(in.field, "error.user.scope_unknown", code)
				break
			}
		}
	}
	return wrong.Err()
}
