package progress

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Waiting is an entry that waits for a decision.
type Waiting struct {
	ID             int64
	Code           string
	Kind           Kind
	Version        int
	Cycle          string
	CycleName      i18n.Text
	AgencyID       int64
	Agency         i18n.Text
	Title          i18n.Text // of the measure or indicator; of the proposal for a new measure
	Submitter      string    // name of who submitted it last
	SubmittedAt    *time.Time
	FirstSubmitted *time.Time
	Since          time.Time         // when it came to its state
	Due            string            // of the request; empty when nobody asked for it
	Before         objectives.Status // the measure's
	Status         objectives.Status // as the entry says; empty for other kinds
	Evidence       int               // pieces
	Content        Content           // what the hints on its quality are read from
	Barred         string            // key of why the actor may not decide on it; empty when he may

	MeasureID, IndicatorID, SubmittedBy *int64
	Editors                             Editors
	Reopened                            bool
	OpenedAt, ClosedAt                  *time.Time // of the round
}

// bar says why the actor may not decide on it.
func (w *Waiting) bar(actor auth.Actor, state objectives.State) {
	e := Entry{Code: w.Code, AgencyID: w.AgencyID, State: state, Editors: w.Editors, SubmittedBy: w.SubmittedBy, Reopened: w.Reopened}
	_, err := e.may(actor, leadsOn[state], Cycle{OpenedAt: w.OpenedAt, ClosedAt: w.ClosedAt}.Open())
	w.Barred = fault.KeyOf(err)
}

// Late reports whether it was submitted first after the day on which it was due,
// as days are counted in the zone.
func (w Waiting) Late(zone *time.Location) bool {
	return w.Due != "" && w.FirstSubmitted != nil && w.FirstSubmitted.In(zone).Format(time.DateOnly) > w.Due
}

// QueueFilter narrows a queue; empty fields narrow nothing.
type QueueFilter struct {
	Cycle, Agency string // codes
	Kind          Kind
	Status        objectives.Status
	Objective     int       // number
	Text          string    // in the title, in any language
	Before        time.Time // it has been waiting since before
	Limit, Offset int
}

// Queues lists the states in which entries wait for a decision of the actor, or
// are there for him to look at.
func Queues(actor auth.Actor) []objectives.State {
	return slices.DeleteFunc([]objectives.State{objectives.Submitted, objectives.Approved, objectives.Accepted}, func(s objectives.State) bool {
		return !actor.Can(auth.SeeAudit) && !Decides(actor, s)
	})
}

// leadsOn are the steps that lead on from the states in which entries wait.
var leadsOn = map[objectives.State]Step{
	objectives.Submitted: StepApprove, objectives.Approved: StepAccept, objectives.Accepted: StepRelease,
}

// Decides reports whether the actor decides on entries in the state, of his own
// agency or of all of them.
func Decides(actor auth.Actor, state objectives.State) bool {
	if state == objectives.Submitted {
		return actor.Can(auth.Approve) && actor.AgencyID != 0
	}
	return (state == objectives.Approved || state == objectives.Accepted) && actor.Can(auth.Coordinate)
}

// Queued is what waits in one state: a page of it, and how many there are in all.
type Queued struct {
	State   objectives.State
	Waiting []Waiting
	Total   int
}

// Queue lists what waits in each of the states, what waits longest first, without
// those states whose queue the actor does not see.
func (s *Store) Queue(ctx context.Context, actor auth.Actor, f QueueFilter, states ...objectives.State) (list []Queued, err error) {
	tx := s.db.WithContext(ctx)
	var named hits
	if f.Text != "" { // once for all states
		if named, err = search(tx, actor, f.Text); err != nil {
			return nil, err
		}
	}
	for _, state := range states {
		if !slices.Contains(Queues(actor), state) {
			continue
		}
		one, err := f.queued(tx, actor, state, named)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// queued reads one queue; named are the hits of the text.
func (f QueueFilter) queued(tx *db.DB, actor auth.Actor, state objectives.State, named hits) (Queued, error) {
	one := Queued{State: state}
	q, err := f.on(waitingIn(tx, actor, state), state, named)
	if err != nil {
		return one, err
	}
	// The order first and then a page's lines: sorting them whole takes much longer.
	var ids []int64
	if err := q.Order("e."+since[state]+", e.id").Pluck("e.id", &ids).Error; err != nil {
		return one, db.Fault(err, "put the queue in order")
	}
	one.Total = len(ids)
	ids = ids[min(f.Offset, len(ids)):]
	if f.Limit > 0 {
		ids = ids[:min(f.Limit, len(ids))]
	}
	err = waitingIn(tx, actor, state).Joins("LEFT JOIN users u ON u.id = e.submitted_by").
		Select(`e.id, e.code, e.kind, e.version, e.agency_id, e.measure_id, e.indicator_id, e.status, e.editors, e.submitted_by, e.reopened,
 e.submitted_at, e.first_submitted_at AS first_submitted, e.`+since[state]+` AS since, c.code AS cycle, c.name AS cycle_name, c.opened_at, c.closed_at, a.name AS agency,
 COALESCE(m.title, i.name, e.content->'measure'->'title', '{}') AS title, COALESCE(m.status, '') AS before, COALESCE(u.name, '') AS submitter`).
		Where("e.id IN ?", ids).Order("since, e.id").Find(&one.Waiting).Error
	if err != nil {
		return one, db.Fault(err, "read the queue")
	}
	for i := range one.Waiting {
		one.Waiting[i].bar(actor, state)
	}
	return one, complete(tx, one.Waiting)
}

// since is the column that says when an entry came to a state.
var since = map[objectives.State]string{
	objectives.Submitted: "submitted_at", objectives.Approved: "approved_at", objectives.Accepted: "accepted_at",
}

// waitingIn selects what waits in a state and may be seen there.
func waitingIn(tx *db.DB, actor auth.Actor, state objectives.State) *db.DB {
	q := tx.Table("entries AS e").Joins(titled).Where("e.state = ?", state)
	if state == objectives.Submitted && !actor.Can(auth.SeeAudit) {
		q = q.Where("e.agency_id = ?", actor.AgencyID)
	}
	return q
}

// on narrows what waits in a state to what the filter lets through.
func (f QueueFilter) on(q *db.DB, state objectives.State, named hits) (*db.DB, error) {
	for column, value := range map[string]string{"c.code": f.Cycle, "a.code": f.Agency, "e.kind": string(f.Kind), "e.status": string(f.Status)} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if !f.Before.IsZero() {
		q = q.Where("e."+since[state]+" < ?", f.Before.UTC())
	}
	if f.Text != "" {
		q = q.Where(named.among("e.measure_id", "e.indicator_id", "e.id"))
	}
	if f.Objective != 0 {
		found, err := serving(q.Session(&gorm.Session{NewDB: true}), state, f.Objective)
		if err != nil {
			return nil, err
		}
		q = q.Where(found.among("e.measure_id", "e.indicator_id", "e.id"))
	}
	return q, nil
}

// eachContent hands over what was entered; at maps the entry's id to a place.
func eachContent(tx *db.DB, at map[int64]int, use func(place int, c Content)) error {
	ids := make([]int64, 0, len(at))
	for id := range at {
		ids = append(ids, id)
	}
	for part := range slices.Chunk(ids, 500) {
		var found []Entry
		if err := tx.Select("id", "content").Where("id IN ?", part).Find(&found).Error; err != nil {
			return db.Fault(err, "read what was entered")
		}
		for _, e := range found {
			use(at[e.ID], e.Content)
		}
	}
	return nil
}

// complete reads what is shown of each line beside its place in the queue.
func complete(tx *db.DB, rows []Waiting) error {
	if len(rows) == 0 {
		return nil
	}
	at := map[int64]int{}
	ids := make([]int64, len(rows))
	for i, w := range rows {
		at[w.ID], ids[i] = i, w.ID
	}
	if err := eachContent(tx, at, func(i int, c Content) { rows[i].Content = c }); err != nil {
		return err
	}
	var counts []struct {
		EntryID int64
		N       int
	}
	err := tx.Model(&Evidence{}).Select("entry_id, COUNT(*) AS n").Where("entry_id IN ? AND removed_at IS NULL", ids).
		Group("entry_id").Find(&counts).Error
	if err != nil {
		return db.Fault(err, "count evidence")
	}
	for _, c := range counts {
		rows[at[c.EntryID]].Evidence = c.N
	}
	var dues []struct {
		ID  int64
		Due string
	}
	err = tx.Table("entries v").Select("v.id, "+due+" AS due").Where("v.id IN ?", ids).Find(&dues).Error
	for _, d := range dues {
		rows[at[d.ID]].Due = d.Due
	}
	return db.Fault(err, "read when entries are due")
}
