package register

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/i18n"
)

// Line is a record in a list.
type Line struct {
	Code       string
	Name       i18n.Text
	Class      string // its sort
	State      string // "draft" for one that the public does not see; empty where records have none
	ArchivedAt *time.Time
}

// Filter says which records a list shows; its zero value shows all in use.
type Filter struct {
	Text     string // part of the name, in any language, or of the code
	Class    string
	Archived bool // those out of use instead
	Limit    int  // 0 for all
	Offset   int
	Where    func(q *db.DB) *db.DB // what else a noun's list filters by; may be nil
}

// Lines returns a page of the records in the order of entry, and how many there
// are on all pages. Text is compared here, since SQLite folds no Cyrillic letter.
func (r Register[C]) Lines(ctx context.Context, f Filter) ([]Line, int, error) {
	q := r.DB.WithContext(ctx).Table(r.Table).Select(r.columns())
	if f.Archived {
		q = q.Where("archived_at IS NOT NULL")
	} else {
		q = q.Where("archived_at IS NULL")
	}
	if f.Class != "" {
		q = q.Where(r.Class+" = ?", f.Class)
	}
	if f.Where != nil {
		q = f.Where(q)
	}
	if f.Text == "" && f.Limit > 0 {
		return r.page(q, f)
	}
	var lines []Line
	if err := q.Order("id").Find(&lines).Error; err != nil {
		return nil, 0, db.Fault(err, "list "+r.Table)
	}
	lines = holding(lines, strings.ToLower(Tidy(f.Text)))
	total := len(lines)
	lines = lines[min(f.Offset, total):]
	if f.Limit > 0 {
		lines = lines[:min(f.Limit, len(lines))]
	}
	return lines, total, nil
}

// page reads no more than one page.
func (r Register[C]) page(q *db.DB, f Filter) ([]Line, int, error) {
	q = q.Session(&gorm.Session{}) // used twice
	var total int64
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, db.Fault(err, "count "+r.Table)
	}
	var lines []Line
	err := q.Order("id").Limit(f.Limit).Offset(f.Offset).Find(&lines).Error
	return lines, int(total), db.Fault(err, "list "+r.Table)
}

func (r Register[C]) columns() string {
	state := "''"
	if r.Released {
		state = "state"
	}
	return "code, " + r.Name + " AS name, " + r.Class + " AS class, " + state + " AS state, archived_at"
}

// holding returns the lines in which the text occurs.
func holding(lines []Line, text string) []Line {
	if text == "" {
		return lines
	}
	var kept []Line
	for _, line := range lines {
		found := strings.Contains(line.Code, text)
		for _, name := range line.Name {
			found = found || strings.Contains(strings.ToLower(name), text)
		}
		if found {
			kept = append(kept, line)
		}
	}
	return kept
}

// Successor returns the record that took the place of another, nil when none did.
func (r Register[C]) Successor(ctx context.Context, code string) (*Line, error) {
	var lines []Line
	err := r.DB.WithContext(ctx).Table(r.Table).Select(r.columns()).
		Where("id = (SELECT gone.successor_id FROM "+r.Table+" gone WHERE gone.code = ?)", code).Find(&lines).Error
	if err != nil || len(lines) == 0 {
		return nil, db.Fault(err, "the successor of "+code)
	}
	return &lines[0], nil
}
