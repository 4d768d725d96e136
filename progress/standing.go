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

// Standings tells how far each agency has come that was asked in the round or
// entered something, in the order of entry of agencies. Today is a day,
// 2027-01-15. Who belongs to an agency and does not coordinate or audit sees the
// own agency alone.
func (s *Store) Standings(ctx context.Context, actor auth.Actor, cycle, today string) ([]Standing, error) {
	if err := actor.Need(auth.Account); err != nil {
		return nil, err
	}
	tx := s.db.WithContext(ctx)
	var c Cycle
	if err := tx.Where("code = ?", cycle).Take(&c).Error; err != nil {
		return nil, db.Fault(err, "reporting round "+cycle)
	}
	asked, err := askedByAgency(tx, c.ID, today)
	if err != nil {
		return nil, err
	}
	entered, err := enteredByAgency(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var agencies []objectives.Agency
	if err := tx.Order("id").Find(&agencies).Error; err != nil {
		return nil, db.Fault(err, "list agencies")
	}
	all := actor.Can(auth.Coordinate) || actor.Can(auth.EditReview) || actor.Can(auth.SeeAudit)
	var out []Standing
	for _, a := range agencies {
		standing := asked[a.ID]
		standing.Agency, standing.States = a, entered[a.ID]
		if (standing.Asked > 0 || len(standing.States) > 0) && (all || a.ID == actor.AgencyID) {
			out = append(out, standing)
		}
	}
	return out, nil
}

// matching joins a request r to the entry that answers it. Asked by one key after
// the other, each make of database uses its index; with OR PostgreSQL does not.
const matching = `LEFT JOIN entries e ON e.id = COALESCE(
 (SELECT p.id FROM entries p WHERE p.kind = 'progress' AND p.cycle_id = r.cycle_id AND p.agency_id = r.agency_id AND p.measure_id = r.measure_id),
 (SELECT p.id FROM entries p WHERE p.kind = 'values' AND p.cycle_id = r.cycle_id AND p.agency_id = r.agency_id AND p.indicator_id = r.indicator_id))`

func askedByAgency(tx *db.DB, cycle int64, today string) (map[int64]Standing, error) {
	var rows []struct {
		AgencyID               int64
		Asked, Silent, Overdue int
	}
	err := tx.Table("requests r").Select(`r.agency_id, COUNT(*) AS asked,
		SUM(CASE WHEN e.id IS NULL THEN 1 ELSE 0 END) AS silent,
		SUM(CASE WHEN r.due < ? AND e.first_submitted_at IS NULL THEN 1 ELSE 0 END) AS overdue`, today).
		Joins(matching).Where("r.cycle_id = ? AND r.withdrawn_at IS NULL", cycle).Group("r.agency_id").Find(&rows).Error
	out := map[int64]Standing{}
	for _, row := range rows {
		out[row.AgencyID] = Standing{Asked: row.Asked, Silent: row.Silent, Overdue: row.Overdue}
	}
	return out, db.Fault(err, "count requests of the round")
}

func enteredByAgency(tx *db.DB, cycle int64) (map[int64]map[objectives.State]int, error) {
	var rows []struct {
		AgencyID int64
		State    objectives.State
		N        int
	}
	err := tx.Model(&Entry{}).Select("agency_id, state, COUNT(*) AS n").Where("cycle_id = ?", cycle).
		Group("agency_id, state").Find(&rows).Error
	out := map[int64]map[objectives.State]int{}
	for _, row := range rows {
		if out[row.AgencyID] == nil {
			out[row.AgencyID] = map[objectives.State]int{}
		}
		out[row.AgencyID][row.State] = row.N
	}
	return out, db.Fault(err, "count entries of the round")
}
