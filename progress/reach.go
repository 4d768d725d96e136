package progress

import (
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/auth"
)

// sight is which entries an actor sees, as conditions on entries e. What was
// released and taken back to be changed is seen in its released form by those
// who do not see drafts.
type sight struct {
	whole    condition // as they stand
	released condition // as they were released, where they have been
	known    condition // that they exist, and how far they have come
}

// reach is the one place that says who sees which entries.
func reach(a auth.Actor) sight {
	var s sight
	if a.Has(auth.Auditor) {
		s.whole.or("1 = 1")
	}
	if a.Has(auth.Coordinator) {
		s.whole.or("e.state <> 'draft'")
		s.released.or("1 = 1")
		s.known.or("1 = 1")
	}
	if a.AgencyID != 0 && (a.Has(auth.Contributor) || a.Has(auth.Approver)) {
		s.whole.or("e.agency_id = ?", a.AgencyID)
	}
	if a.Has(auth.Editor) || a.Has(auth.Signatory) || a.Has(auth.Partner) && a.Scope.All() {
		s.whole.or("e.state IN ('accepted', 'released')")
		s.released.or("1 = 1")
	} else if a.Has(auth.Partner) {
		inside := within(a.Scope)
		s.whole.or("e.state IN ('accepted', 'released') AND ?", inside)
		s.released.or("?", inside)
	}
	if a.UserID == 0 { // the public
		s.released.or("1 = 1")
	}
	return s
}

// within holds for the entries that a partner's scope names: those of one of its
// agencies, about one of its indicators, or serving one of its objectives.
func within(scope auth.Scope) clause.Expr {
	var c condition
	if len(scope.Objectives) > 0 {
		c.or(inScope, scope.Objectives, scope.Objectives)
	}
	if len(scope.Agencies) > 0 {
		c.or("e.agency_id IN (SELECT id FROM agencies WHERE code IN ?)", scope.Agencies)
	}
	if len(scope.Indicators) > 0 {
		c.or("e.indicator_id IN (SELECT id FROM indicators WHERE code IN ?)", scope.Indicators)
	}
	return c.expr()
}

// inScope holds for entries whose measure or indicator is mapped to one of some
// objectives. A proposal has no measure before it is released.
const inScope = `(e.measure_id IN (SELECT l.measure_id FROM measure_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number IN ?)
 OR e.indicator_id IN (SELECT l.indicator_id FROM indicator_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number IN ?))`

// readable holds for the entries of which the actor sees some content.
func (s sight) readable() clause.Expr {
	return gorm.Expr("(? OR e.released IS NOT NULL AND ?)", s.whole.expr(), s.released.expr())
}

// listed holds for the entries that stand in the actor's lists.
func (s sight) listed() clause.Expr {
	if len(s.known.terms) > 0 {
		return s.known.expr() // all that is readable is known
	}
	return s.readable()
}

// inside reports whether the actor works on the entry, or over the shoulders of
// those who do: others do not learn who wrote and decided.
func inside(a auth.Actor, e Entry) bool {
	return closeTo(a, e) || a.Has(auth.Coordinator)
}

// condition is a part of a WHERE that holds when one of its terms does.
type condition struct {
	terms []string
	args  []any
}

func (c *condition) or(term string, args ...any) {
	c.terms, c.args = append(c.terms, "("+term+")"), append(c.args, args...)
}

func (c condition) expr() clause.Expr {
	if len(c.terms) == 0 {
		return gorm.Expr("1 = 0")
	}
	return gorm.Expr("("+strings.Join(c.terms, " OR ")+")", c.args...)
}
