package progress

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
)

// reminder is a step at which people are told of a request that is still open.
type reminder struct {
	kind string    // of the notice
	days int       // until it is due; negative ones are over it
	role auth.Role // who is told: of the agency, but for the coordinators
}

// reminders are the steps, the first one first.
var reminders = []reminder{
	{"due", 14, auth.Contributor},
	{"due", 7, auth.Contributor},
	{"due", 3, auth.Contributor},
	{"due", 1, auth.Contributor},
	{"overdue", -1, auth.Contributor},
	{"escalated", -3, auth.Approver},
	{"escalated", -7, auth.Coordinator},
}

// Remind tells people of requests that are due soon or overdue, each step once
// to each person. Days are those of now's location. It may be called at any time
// and by several programs: of steps before the due day the last one reached is
// told, of those after it all.
func (s *Store) Remind(ctx context.Context, now time.Time) error {
	return audit.Transact(ctx, s.db, auth.System("schedule").Who, func(tx *db.DB, _ *audit.Log) error {
		var open []outstanding
		until := now.AddDate(0, 0, reminders[0].days).Format(time.DateOnly)
		if err := outstandingRequests(tx, until).Find(&open).Error; err != nil || len(open) == 0 {
			return db.Fault(err, "list what is due")
		}
		staff, err := readStaff(tx, now)
		if err != nil {
			return err
		}
		var notices []notify.Notice
		for _, r := range open {
			for _, step := range r.steps(now) {
				notices = append(notices, r.notices(step, staff)...)
			}
		}
		return notify.Tell(tx, notices...)
	})
}

// steps are those to be told now. One before the due day that had been reached
// when the request was made says nothing new.
func (r outstanding) steps(now time.Time) []reminder {
	due, err := time.Parse(time.DateOnly, r.Due)
	if err != nil {
		return nil // a due day is checked when it is written
	}
	today, made := now.Format(time.DateOnly), r.CreatedAt.In(now.Location()).Format(time.DateOnly)
	var before, after []reminder
	for _, step := range reminders {
		switch day := due.AddDate(0, 0, -step.days).Format(time.DateOnly); {
		case today < day:
		case step.days < 0:
			after = append(after, step)
		case made < day:
			before = []reminder{step} // it takes the place of those before it
		}
	}
	if len(after) > 0 {
		return after
	}
	return before
}

// notices addresses a step to each person whom it concerns.
func (r outstanding) notices(step reminder, staff *staff) []notify.Notice {
	agency, path := r.AgencyID, "/work"
	if r.Entry != "" {
		path = "/work/entries/" + r.Entry
	}
	if step.role == auth.Coordinator { // who may not see what was not submitted
		agency, path = 0, "/work/requests"
	}
	to := staff.holding(step.role, agency)
	if step.kind == "due" && slices.Contains(to, r.AssigneeID) {
		to = []int64{r.AssigneeID} // who works on it already
	}
	var list []notify.Notice
	for _, person := range staff.standIns(to) {
		list = append(list, notify.Notice{
			Key:    fmt.Sprintf("%s:%d:%s:%d:%d", step.kind, r.ID, r.Due, step.days, person),
			UserID: person, Kind: step.kind, Subject: r.Subject, Agency: r.Agency, Due: r.Due, Path: path,
		})
	}
	return list
}
