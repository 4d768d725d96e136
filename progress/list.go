package progress

import (
	"context"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Filter narrows a list of entries or of requests; empty fields do not.
type Filter struct {
	Cycle, Agency, Measure, Indicator string // codes
	Kind                              Kind
	State                             objectives.State
	Status                            objectives.Status
	Assignee                          int64
	OverdueOn                         string // asked for, past its day on this one, and still not submitted
	Text                              string // a part of the title in any language
	Limit, Offset                     int    // 50 when no limit is given
}

// Line is an entry in a list: what it is about and how far it came, without its
// content. Of a draft that the actor may not read it says only that it exists.
type Line struct {
	ID          int64
	Code        string
	Readable    bool // the actor can open it
	Kind        Kind
	State       objectives.State
	Status      objectives.Status
	Cycle       string
	Agency      string
	AgencyName  i18n.Text
	Record      string // code of the measure or indicator
	Title       i18n.Text
	Assignee    string // name of who works on it
	Returned    bool
	Reopened    bool
	Version     int
	Due         string // the day by which it was asked for; empty when it was not
	UpdatedAt   *time.Time
	SubmittedAt *time.Time
}

// Entries returns one page of the entries in the actor's reach, the latest
// changed first, and how many there are.
func (s *Store) Entries(ctx context.Context, actor auth.Actor, f Filter) ([]Line, int, error) {
	tx := s.db.WithContext(ctx)
	q, err := f.on(tx, actor)
	if err != nil {
		return nil, 0, err
	}
	var n int64
	if err := q.Session(&gorm.Session{}).Count(&n).Error; err != nil {
		return nil, 0, db.Fault(err, "count entries")
	}
	page := q.Select("v.*").Order("v.updated DESC, v.id DESC").Limit(f.limit()).Offset(f.Offset)
	return s.lines(tx, page, int(n))
}

func (f Filter) limit() int {
	if f.Limit <= 0 {
		return 50
	}
	return f.Limit
}

// visible selects the entries that stand in the actor's lists, with what he may
// know of each.
func visible(tx *gorm.DB, actor auth.Actor) *gorm.DB {
	sees := reach(actor)
	whole := sees.whole.expr()
	return tx.Table("entries AS e").Where(sees.listed()).Select(`e.id, e.code, e.kind, e.cycle_id, e.agency_id, e.measure_id, e.indicator_id,
 e.updated_at AS updated, e.first_submitted_at, ? AS whole, ? AS readable,
 CASE WHEN ? OR ? THEN e.state ELSE 'released' END AS state,
 CASE WHEN ? THEN e.status WHEN e.released IS NOT NULL THEN COALESCE(e.released->'progress'->>'status', '') ELSE '' END AS status,
 CASE WHEN ? THEN e.assignee_id END AS assignee_id`, whole, sees.readable(), whole, sees.known.expr(), whole, whole)
}

// on selects what the filter lets through, as v.
func (f Filter) on(tx *gorm.DB, actor auth.Actor) (*gorm.DB, error) {
	q := tx.Table("(?) AS v", visible(tx, actor))
	equal := func(column string, value any, given bool) {
		if given {
			q = q.Where(column+" = (?)", value)
		}
	}
	equal("v.kind", f.Kind, f.Kind != "")
	equal("v.state", f.State, f.State != "")
	equal("v.status", f.Status, f.Status != "")
	equal("v.assignee_id", f.Assignee, f.Assignee != 0)
	equal("v.cycle_id", gorm.Expr("(?)", tx.Model(&Cycle{}).Select("id").Where("code = ?", f.Cycle)), f.Cycle != "")
	equal("v.agency_id", gorm.Expr("(?)", tx.Model(&objectives.Agency{}).Select("id").Where("code = ?", f.Agency)), f.Agency != "")
	equal("v.measure_id", gorm.Expr("(?)", tx.Model(&objectives.Measure{}).Select("id").Where("code = ?", f.Measure)), f.Measure != "")
	equal("v.indicator_id", gorm.Expr("(?)", tx.Model(&indicators.Indicator{}).Select("id").Where("code = ?", f.Indicator)), f.Indicator != "")
	if f.OverdueOn != "" {
		q = q.Where("v.state = 'draft' AND "+due+" < ? AND "+due+" <> ''", f.OverdueOn)
	}
	if f.Text == "" {
		return q, nil
	}
	found, err := search(tx, actor, f.Text)
	if err != nil {
		return nil, err
	}
	return q.Where(found.among("v.measure_id", "v.indicator_id", "v.id")), nil
}

// day is the form of a due day.
const day = "2006-01-02"

// due is the day by which an entry v was asked for.
const due = `COALESCE(CASE v.kind
 WHEN 'progress' THEN (SELECT r.due FROM requests r WHERE r.cycle_id = v.cycle_id AND r.agency_id = v.agency_id AND r.measure_id = v.measure_id AND r.withdrawn_at IS NULL)
 WHEN 'values' THEN (SELECT r.due FROM requests r WHERE r.cycle_id = v.cycle_id AND r.agency_id = v.agency_id AND r.indicator_id = v.indicator_id AND r.withdrawn_at IS NULL)
 END, '')`

// lines reads a page of what visible selected, with titles and names.
func (s *Store) lines(tx, page *gorm.DB, n int) ([]Line, int, error) {
	var rows []struct {
		Line  `gorm:"embedded"`
		Whole bool
	}
	err := tx.Table("(?) AS v", page).Joins("JOIN entries e ON e.id = v.id JOIN cycles c ON c.id = v.cycle_id JOIN agencies a ON a.id = v.agency_id").
		Joins("LEFT JOIN measures m ON m.id = v.measure_id LEFT JOIN indicators i ON i.id = v.indicator_id LEFT JOIN users u ON u.id = v.assignee_id").
		Select(`v.id, v.code, v.kind, v.state, v.status, v.readable, c.code AS cycle, a.code AS agency, a.name AS agency_name,
 COALESCE(m.code, i.code, '') AS record, COALESCE(m.title, i.name, CASE WHEN v.whole THEN e.content->'measure'->'title' END, '{}') AS title,
 COALESCE(u.name, '') AS assignee, (v.whole AND e.returned) AS returned, (v.whole AND e.reopened) AS reopened, e.version,
 v.whole, e.updated_at, e.submitted_at, ` + due + ` AS due`).
		Order("v.updated DESC, v.id DESC").Find(&rows).Error
	lines := make([]Line, len(rows))
	for i, row := range rows {
		lines[i] = row.Line
		if !row.Whole {
			lines[i].UpdatedAt, lines[i].SubmittedAt = nil, nil
		}
	}
	return lines, n, db.Fault(err, "list entries")
}
