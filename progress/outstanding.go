package progress

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
)

// outstanding is a request of an open round for which nothing was submitted, or
// what was came back.
type outstanding struct {
	ID         int64
	Due        string
	CreatedAt  time.Time
	Cycle      string
	CycleName  i18n.Text
	AgencyID   int64
	Agency     i18n.Text
	Subject    i18n.Text // title of the measure, or name of the indicator
	Entry      string    // code of the entry that was begun, empty without
	AssigneeID int64     // who works on it
}

// outstandingRequests selects what is due until a day, by due day.
func outstandingRequests(tx *gorm.DB, until string) *gorm.DB {
	return tx.Table("requests AS r").
		Select("r.id, r.due, r.created_at, r.agency_id, c.code AS cycle, c.name AS cycle_name, a.name AS agency, "+
			"COALESCE(m.title, i.name) AS subject, COALESCE(e.code, '') AS entry, COALESCE(e.assignee_id, 0) AS assignee_id").
		Joins("JOIN cycles c ON c.id = r.cycle_id AND c.opened_at IS NOT NULL AND c.closed_at IS NULL").
		Joins("JOIN agencies a ON a.id = r.agency_id").
		Joins("LEFT JOIN measures m ON m.id = r.measure_id").
		Joins("LEFT JOIN indicators i ON i.id = r.indicator_id").
		Joins(matching).
		Where("r.withdrawn_at IS NULL AND r.due <= ? AND (e.id IS NULL OR e.state = 'draft')", until).
		Order("r.due, r.id")
}

// Deadline is a day in somebody's calendar: a milestone of a round, or the day on
// which requests are due.
type Deadline struct {
	Day       string // 2027-01-15
	Cycle     string // code of the round
	CycleName i18n.Text
	Milestone CycleMilestone // the zero one for requests
	Requests  []i18n.Text    // what the agency is still asked for until that day
}

// Deadlines returns the milestones of the open rounds, and the due days of what
// the actor's agency has not submitted yet, by day.
func (s *Store) Deadlines(ctx context.Context, actor auth.Actor) ([]Deadline, error) {
	conn := s.db.WithContext(ctx)
	var cycles []Cycle
	err := conn.Preload("Milestones", func(q *gorm.DB) *gorm.DB { return q.Order("due, id") }).
		Where("opened_at IS NOT NULL AND closed_at IS NULL").Order("code").Find(&cycles).Error
	if err != nil {
		return nil, db.Fault(err, "list open rounds")
	}
	var list []Deadline
	for _, c := range cycles {
		for _, m := range c.Milestones {
			list = append(list, Deadline{Day: m.Due, Cycle: c.Code, CycleName: c.Name, Milestone: m})
		}
	}
	var waiting []outstanding // a person without an agency, 0, is asked for nothing
	if err := outstandingRequests(conn, lastDay).Where("r.agency_id = ?", actor.AgencyID).Find(&waiting).Error; err != nil {
		return nil, db.Fault(err, "list what an agency is asked for")
	}
	list = append(list, byDay(waiting)...)
	slices.SortStableFunc(list, func(a, b Deadline) int { return cmp.Compare(a.Day, b.Day) })
	return list, nil
}

// lastDay is after every due day.
const lastDay = "9999-12-31"

// byDay gathers requests by round and due day, in their order.
func byDay(waiting []outstanding) []Deadline {
	var list []Deadline
	place := map[[2]string]int{}
	for _, r := range waiting {
		key := [2]string{r.Cycle, r.Due}
		at, known := place[key]
		if !known {
			at = len(list)
			place[key] = at
			list = append(list, Deadline{Day: r.Due, Cycle: r.Cycle, CycleName: r.CycleName})
		}
		list[at].Requests = append(list[at].Requests, r.Subject)
	}
	return list
}
