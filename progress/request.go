package progress

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/internal/period"
	"gcm/objectives"
)

// Ask is what an agency is asked for: an entry on a measure or on an indicator.
type Ask struct {
	Agency, Measure, Indicator string // codes; of the last two one is given
	Due                        string // a day; empty for the round's "agencies" milestone
	Note                       string // to the agency
}

// RequestLine is a request with what became of it.
type RequestLine struct {
	ID          int64
	Cycle       string
	Agency      string
	AgencyName  i18n.Text
	Kind        Kind   // of the entry that is asked for
	Record      string // code of the measure or indicator
	Title       i18n.Text
	Due         string
	Note        string
	Entry       string           // code of the entry; empty when it was not begun
	State       objectives.State // of the entry
	Returned    bool
	CreatedAt   time.Time
	WithdrawnAt *time.Time
}

// Ask sends requests to agencies in an open round, all or none, and returns how
// many were new: what an agency was asked for already is left out.
func (s *Store) Ask(ctx context.Context, actor auth.Actor, cycle string, asks []Ask) (int, error) {
	made := 0
	err := s.coordinate(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		if actor.UserID == 0 {
			return fault.New(fault.Forbidden, "error.forbidden", "ask: nobody is signed in")
		}
		c, err := holdCycle(tx.Preload("Milestones", byDue), "code = ?", cycle)
		if err != nil {
			return err
		}
		if !c.Open() {
			return fault.New(fault.Conflict, "entry.error.closed", "ask: round %s is not open", cycle)
		}
		var problems fault.Problems
		for i, a := range asks {
			asked, err := a.request(tx, c, fmt.Sprintf("asks.%d", i), &problems)
			if err != nil {
				return err
			}
			if problems != nil {
				continue // all that is wrong is looked for first
			}
			isNew, err := asked.send(tx, log, actor)
			if err != nil {
				return err
			}
			if isNew {
				made++
			}
		}
		return problems.Err()
	})
	if err != nil {
		return 0, err
	}
	return made, nil
}

// asked is a request with what is recorded and told of it.
type asked struct {
	Request
	cycle, agency, record string
	agencyName, title     i18n.Text
}

// request looks up what is asked for; problems name the fields that are wrong.
func (a Ask) request(tx *gorm.DB, c Cycle, field string, problems *fault.Problems) (asked, error) {
	r := asked{Request: Request{CycleID: c.ID, Due: a.Due}, cycle: c.Code, agency: a.Agency}
	if m, ok := c.Milestone("agencies"); ok && strings.TrimSpace(r.Due) == "" {
		r.Due = m.Due
	}
	due, err := period.Day(r.Due)
	if err != nil {
		problems.Add(field+".due", "cycle.error.day")
	}
	r.Due = due
	var problem string
	if r.Note, problem = NormalString(a.Note, longestReason); problem != "" {
		problems.Add(field+".note", problem, longestReason)
	}
	var agency objectives.Agency
	if err := tx.Select("id, name").Where("code = ? AND archived_at IS NULL", a.Agency).Limit(1).Find(&agency).Error; err != nil {
		return r, db.Fault(err, "agency "+a.Agency)
	}
	if r.AgencyID, r.agencyName = agency.ID, agency.Name; agency.ID == 0 {
		problems.Add(field+".agency", "request.error.agency")
	}
	if err := r.about(tx, a); err != nil {
		return r, err
	}
	if (r.MeasureID == nil) == (r.IndicatorID == nil) {
		problems.Add(field+".record", "request.error.record")
	}
	return r, nil
}

// about links the request to its measure or indicator.
func (r *asked) about(tx *gorm.DB, a Ask) error {
	if a.Measure != "" {
		var m objectives.Measure
		if err := tx.Select("id, title").Where("code = ? AND archived_at IS NULL", a.Measure).Limit(1).Find(&m).Error; err != nil {
			return db.Fault(err, "measure "+a.Measure)
		}
		if r.record, r.title = a.Measure, m.Title; m.ID != 0 {
			r.MeasureID = &m.ID
		}
	}
	if a.Indicator != "" {
		var i indicators.Indicator
		if err := tx.Select("id, name, formula").Where("code = ? AND archived_at IS NULL", a.Indicator).Limit(1).Find(&i).Error; err != nil {
			return db.Fault(err, "indicator "+a.Indicator)
		}
		if i.Formula.Kind != "" {
			return fault.New(fault.Conflict, "entry.error.calculated", "the values of %s are calculated", a.Indicator)
		}
		if r.record, r.title = a.Indicator, i.Name; i.ID != 0 {
			r.IndicatorID = &i.ID
		}
	}
	return nil
}

// send writes the request and tells the agency; false when it was asked already.
func (r *asked) send(tx *gorm.DB, log *audit.Log, actor auth.Actor) (bool, error) {
	r.CreatedBy, r.CreatedAt = actor.UserID, tx.NowFunc()
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&r.Request)
	if made.Error != nil || made.RowsAffected == 0 {
		return false, db.Fault(made.Error, "ask "+r.agency)
	}
	log.Add(audit.Change{Action: "ask", Noun: "request", Record: r.name(), After: requestRecord{r.Due, r.Note}})
	return true, r.tell(tx, actor, "request")
}

// name is what the audit log calls the request.
func (r asked) name() string { return strings.Join([]string{r.cycle, r.agency, r.record}, " ") }

func (r asked) tell(tx *gorm.DB, actor auth.Actor, kind string) error {
	to, err := Holders(tx, actor, auth.Contributor, r.AgencyID)
	if err != nil {
		return err
	}
	return notify.Tell(tx, ToEach(to, actor, notify.Notice{
		Key: fmt.Sprintf("%s:%d", kind, r.ID), Kind: kind, Subject: r.title, Agency: r.agencyName, Due: r.Due, Path: "/work",
	})...)
}

// requestRecord is what the audit log keeps of a request.
type requestRecord struct {
	Due  string `json:"due"`
	Note string `json:"note,omitempty"`
}

// WithdrawRequest takes a request back for a reason; an entry that was begun for
// it stays.
func (s *Store) WithdrawRequest(ctx context.Context, actor auth.Actor, id int64, reason string) error {
	reason, err := rule{reason: true}.reasonOf(reason)
	if err != nil {
		return err
	}
	return s.coordinate(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		var line RequestLine
		if err := requests(tx, "r.id = ? AND r.withdrawn_at IS NULL", id).Take(&line).Error; err != nil {
			return db.Fault(err, fmt.Sprint("request ", id))
		}
		r := asked{cycle: line.Cycle, agency: line.Agency, record: line.Record, agencyName: line.AgencyName, title: line.Title}
		if err := tx.Take(&r.Request, id).Error; err != nil {
			return db.Fault(err, "request "+r.name())
		}
		taken := tx.Model(&Request{}).Where("id = ? AND withdrawn_at IS NULL", id).Update("withdrawn_at", tx.NowFunc())
		if taken.Error != nil || taken.RowsAffected == 0 {
			return db.Fault(taken.Error, "withdraw request "+r.name())
		}
		log.Add(audit.Change{Action: "withdraw", Noun: "request", Record: r.name(), Reason: reason, Before: requestRecord{r.Due, r.Note}})
		return r.tell(tx, actor, "request_withdrawn")
	})
}

// requests selects requests r with what became of them.
func requests(tx *gorm.DB, where string, args ...any) *gorm.DB {
	return tx.Table("requests AS r").Joins("JOIN cycles c ON c.id = r.cycle_id JOIN agencies a ON a.id = r.agency_id").
		Joins("LEFT JOIN measures m ON m.id = r.measure_id LEFT JOIN indicators i ON i.id = r.indicator_id").
		Joins(matching).
		Select(`r.id, c.code AS cycle, a.code AS agency, a.name AS agency_name, CASE WHEN r.measure_id IS NULL THEN 'values' ELSE 'progress' END AS kind,
 COALESCE(m.code, i.code, '') AS record, COALESCE(m.title, i.name, '{}') AS title, r.due, r.note, COALESCE(e.code, '') AS entry, COALESCE(e.state, '') AS state,
 COALESCE(e.returned, FALSE) AS returned, r.created_at, r.withdrawn_at`).Where(where, args...)
}

// unanswered holds for requests r that still wait for their entry.
const unanswered = "r.withdrawn_at IS NULL AND COALESCE(e.state, 'draft') = 'draft'"

// Requests returns one page of the requests to the actor's agency, to the
// coordinator and the auditor of all, by their days, and how many there are.
// Withdrawn ones are left out.
func (s *Store) Requests(ctx context.Context, actor auth.Actor, f Filter) ([]RequestLine, int, error) {
	tx := s.db.WithContext(ctx)
	q := requests(tx, "r.withdrawn_at IS NULL")
	if !actor.Has(auth.Coordinator) && !actor.Has(auth.Auditor) {
		if !actor.Has(auth.Contributor) && !actor.Has(auth.Approver) {
			return nil, 0, nil
		}
		q = q.Where("r.agency_id = ?", actor.AgencyID)
	}
	for column, value := range map[string]string{"c.code": f.Cycle, "a.code": f.Agency, "m.code": f.Measure, "i.code": f.Indicator} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if f.State != "" {
		q = q.Where("e.state = ?", f.State)
	}
	if f.OverdueOn != "" {
		q = q.Where(unanswered+" AND r.due < ?", f.OverdueOn)
	}
	if f.Text != "" {
		found, err := search(tx, actor, f.Text)
		if err != nil {
			return nil, 0, err
		}
		q = q.Where("r.measure_id IN " + found.measures + " OR r.indicator_id IN " + found.indicators)
	}
	var n int64
	if err := q.Session(&gorm.Session{}).Count(&n).Error; err != nil {
		return nil, 0, db.Fault(err, "count requests")
	}
	var lines []RequestLine
	err := q.Order("r.due, r.id").Limit(f.limit()).Offset(f.Offset).Find(&lines).Error
	return lines, int(n), db.Fault(err, "list requests")
}
