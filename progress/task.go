package progress

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
	"gcm/objectives"
)

// mostTasks is how many lines of each sort a person's tasks show.
const mostTasks = 50

// Tasks are what waits for a person, the most urgent first. Each list has the
// first of them; the numbers count all.
type Tasks struct {
	Overdue  []RequestLine // past their day and not submitted
	Due      []RequestLine // asked for and not submitted
	Returned []Line        // to be mended
	Working  []Line        // the agency's other drafts
	Deciding []Line        // waiting for the person's own decision

	Overdues, Dues, Returns, Works, Decisions int
	Unread                                    int // notices
}

// Tasks returns what waits for the actor at the moment.
func (s *Store) Tasks(ctx context.Context, actor auth.Actor, now time.Time) (Tasks, error) {
	var t Tasks
	tx := s.db.WithContext(ctx)
	if actor.Can(auth.Enter) && actor.AgencyID != 0 {
		if err := s.toEnter(tx, actor, now.Format(day), &t); err != nil {
			return t, err
		}
	}
	var err error
	if deciding := decisions(tx, actor); deciding != nil {
		if t.Deciding, t.Decisions, err = s.some(tx, deciding); err != nil {
			return t, err
		}
	}
	var unread int64
	err = tx.Model(&notify.Notice{}).Where("user_id = ? AND read_at IS NULL", actor.UserID).Count(&unread).Error
	t.Unread = int(unread)
	return t, db.Fault(err, "count notices")
}

// toEnter fills in what waits for those who write for the agency.
func (s *Store) toEnter(tx *gorm.DB, actor auth.Actor, today string, t *Tasks) (err error) {
	if t.Overdue, t.Overdues, err = someRequests(tx, actor, "r.due < ?", today); err != nil {
		return err
	}
	if t.Due, t.Dues, err = someRequests(tx, actor, "r.due >= ?", today); err != nil {
		return err
	}
	drafts := func(returned bool) *gorm.DB {
		return tx.Table("(?) AS v", visible(tx, actor).Where("e.returned = ?", returned)).Where("v.state = ? AND v.agency_id = ? AND v.whole", objectives.Draft, actor.AgencyID)
	}
	if t.Returned, t.Returns, err = s.some(tx, drafts(true)); err != nil {
		return err
	}
	t.Working, t.Works, err = s.some(tx, drafts(false))
	return err
}

func someRequests(tx *gorm.DB, actor auth.Actor, where string, today string) ([]RequestLine, int, error) {
	q := requests(tx, unanswered+" AND r.agency_id = ? AND c.opened_at IS NOT NULL AND c.closed_at IS NULL", actor.AgencyID).Where(where, today)
	var n int64
	if err := q.Session(&gorm.Session{}).Count(&n).Error; err != nil {
		return nil, 0, db.Fault(err, "count requests")
	}
	var lines []RequestLine
	err := q.Order("r.due, r.id").Limit(mostTasks).Find(&lines).Error
	return lines, int(n), db.Fault(err, "list requests")
}

// some returns the first lines of what visible selected, and their number.
func (s *Store) some(tx, q *gorm.DB) ([]Line, int, error) {
	var n int64
	if err := q.Session(&gorm.Session{}).Count(&n).Error; err != nil {
		return nil, 0, db.Fault(err, "count entries")
	}
	return s.lines(tx, q.Select("v.*").Order("v.updated DESC, v.id DESC").Limit(mostTasks), int(n))
}

// decisions selects the entries that wait for the actor's own decision; nil when
// he decides on none. What he wrote himself waits for somebody else.
func decisions(tx *gorm.DB, actor auth.Actor) *gorm.DB {
	var c condition
	wrote := fmt.Sprintf("%%,%d,%%", actor.UserID)
	if actor.Can(auth.Approve) && actor.AgencyID != 0 {
		c.or("e.state = 'submitted' AND e.agency_id = ? AND e.submitted_by <> ? AND "+editors+" NOT LIKE ?", actor.AgencyID, actor.UserID, wrote)
	}
	if actor.Can(auth.Coordinate) {
		c.or("e.state = 'approved' AND e.submitted_by <> ? AND "+editors+" NOT LIKE ?", actor.UserID, wrote)
		c.or("e.state = 'accepted'")
	}
	if actor.UserID == 0 || len(c.terms) == 0 {
		return nil
	}
	return tx.Table("(?) AS v", visible(tx, actor).Where(c.expr()))
}

// editors is the list of who wrote an entry as ",1,2," on both makes.
const editors = "REPLACE(REPLACE(REPLACE(CAST(e.editors AS TEXT), ' ', ''), '[', ','), ']', ',')"
