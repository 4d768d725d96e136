package progress

import (
	"context"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
)

// Standing is how far one agency has come in a round. It counts and says
// nothing of what was written.
type Standing struct {
	Agency  objectives.Agency
	Asked   int // requests that stand
	Silent  int // of these, without an entry
	Overdue int // of these, due before today and never submitted
	States  map[objectives.State]int
}

// Entered is how many entries there are, whatever their state.
func (s Standing) Entered() (n int) {
	for _, count := range s.States {
		n += count
	}
	return n
}

// Reached is how many entries have come to the state or beyond it.
func (s Standing) Reached(state objectives.State) (n int) {
	counting := false
	for _, at := range States {
		counting = counting || at == state
		if counting {
			n += s.States[at]
		}
	}
	return n
}

// Whole is what the round expects of the agency: an entry for each request, and
// those that it made unasked.
func (s Standing) Whole() int { return s.Silent + s.Entered() }

// States are the states of an entry in the order in which it passes them.
var States = []objectives.State{objectives.Draft, objectives.Submitted, objectives.Approved, objectives.Accepted, objectives.Released}

// Standings tells how far each agency has come that was asked in a round or
// entered something, in the order of entry of agencies, by the id of the round.
// Today is a day, 2027-01-15. Who belongs to an agency and does not coordinate or
// audit sees the own agency alone.
func (s *Store) Standings(ctx context.Context, actor auth.Actor, today string, rounds ...Cycle) (map[int64][]Standing, error) {
	if err := actor.Need(auth.Account); err != nil {
		return nil, err
	}
	tx := s.db.WithContext(ctx)
	ids := make([]int64, len(rounds))
	for i, c := range rounds {
		ids[i] = c.ID
	}
	reached := map[share]Standing{}
	if err := countAsked(tx, ids, today, reached); err != nil {
		return nil, err
	}
	if err := countEntered(tx, ids, reached); err != nil {
		return nil, err
	}
	var agencies []objectives.Agency
	if err := tx.Order("id").Find(&agencies).Error; err != nil {
		return nil, db.Fault(err, "list agencies")
	}
	all := actor.Can(auth.Coordinate) || actor.Can(auth.EditReview) || actor.Can(auth.SeeAudit)
	out := map[int64][]Standing{}
	for _, id := range ids {
		for _, a := range agencies {
			if one, has := reached[share{id, a.ID}]; has && (all || a.ID == actor.AgencyID) {
				one.Agency = a
				out[id] = append(out[id], one)
			}
		}
	}
	return out, nil
}

// share is the part of an agency in a round.
type share struct{ CycleID, AgencyID int64 }

// matching joins a request r to the entry that answers it. Asked by one key after
// the other, each make of database uses its index; with OR PostgreSQL does not.
const matching = `LEFT JOIN entries e ON e.id = COALESCE(
 (SELECT p.id FROM entries p WHERE p.kind = 'progress' AND p.cycle_id = r.cycle_id AND p.agency_id = r.agency_id AND p.measure_id = r.measure_id),
 (SELECT p.id FROM entries p WHERE p.kind = 'values' AND p.cycle_id = r.cycle_id AND p.agency_id = r.agency_id AND p.indicator_id = r.indicator_id))`

func countAsked(tx *db.DB, rounds []int64, today string, into map[share]Standing) error {
	var rows []struct {
		Of                     share `gorm:"embedded"`
		Asked, Silent, Overdue int
	}
	err := tx.Table("requests r").Select(`r.cycle_id, r.agency_id, COUNT(*) AS asked,
		SUM(CASE WHEN e.id IS NULL THEN 1 ELSE 0 END) AS silent,
		SUM(CASE WHEN r.due < ? AND e.first_submitted_at IS NULL THEN 1 ELSE 0 END) AS overdue`, today).
		Joins(matching).Where("r.cycle_id IN ? AND r.withdrawn_at IS NULL", rounds).Group("r.cycle_id, r.agency_id").Find(&rows).Error
	for _, row := range rows {
		into[row.Of] = Standing{Asked: row.Asked, Silent: row.Silent, Overdue: row.Overdue}
	}
	return db.Fault(err, "count requests of rounds")
}

func countEntered(tx *db.DB, rounds []int64, into map[share]Standing) error {
	var rows []struct {
		Of    share `gorm:"embedded"`
		State objectives.State
		N     int
	}
	err := tx.Model(&Entry{}).Select("cycle_id, agency_id, state, COUNT(*) AS n").Where("cycle_id IN ?", rounds).
		Group("cycle_id, agency_id, state").Find(&rows).Error
	for _, row := range rows {
		one := into[row.Of]
		if one.States == nil {
			one.States = map[objectives.State]int{}
		}
		one.States[row.State] = row.N
		into[row.Of] = one
	}
	return db.Fault(err, "count entries of rounds")
}
