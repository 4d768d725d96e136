package audit

import (
	"context"
	"strings"
	"time"

	"gcm/internal/db"
)

// Filter says which entries are asked for; its zero fields ask for nothing.
type Filter struct {
	Noun, Record string
	Action       string
	Except       string    // not this action
	User         int64     // id of the person who acted
	From, To     time.Time // from the one on, before the other
	Text         string    // part of a name, a code, a reason or a content
	Before       int64     // only entries with a lower number: the next page
	Limit        int       // 0 for all
}

// List returns entries, the newest first.
func List(ctx context.Context, conn *db.DB, f Filter) ([]Entry, error) {
	q := f.narrow(conn.WithContext(ctx)).Order("seq DESC")
	if f.Before > 0 {
		q = q.Where("seq < ?", f.Before)
	}
	if f.Limit > 0 {
		q = q.Limit(f.Limit)
	}
	var rows []Entry
	err := q.Find(&rows).Error
	return rows, db.Fault(err, "list the audit log")
}

// ByNumber returns the entry with the number, or a fault.NotFound.
func ByNumber(ctx context.Context, conn *db.DB, seq int64) (Entry, error) {
	var e Entry
	err := conn.WithContext(ctx).Take(&e, "seq = ?", seq).Error
	return e, db.Fault(err, "read the audit log")
}

// narrow adds the filter's conditions but for the page.
func (f Filter) narrow(q *db.DB) *db.DB {
	for column, value := range map[string]string{"noun": f.Noun, "record": f.Record, "action": f.Action} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if f.Except != "" {
		q = q.Where("action <> ?", f.Except)
	}
	if f.User != 0 {
		q = q.Where("user_id = ?", f.User)
	}
	if !f.From.IsZero() {
		q = q.Where("at >= ?", f.From.UTC().Format(instant))
	}
	if !f.To.IsZero() {
		q = q.Where("at < ?", f.To.UTC().Format(instant))
	}
	if f.Text != "" {
		q = q.Where(contains(q), map[string]any{"text": "%" + escapeLike.Replace(f.Text) + "%"})
	}
	return q
}

// contains looks without regard to case; SQLite knows the cases of Latin alone.
func contains(q *db.DB) string {
	like := "LIKE"
	if db.IsPostgres(q) {
		like = "ILIKE"
	}
	var columns []string
	for _, column := range []string{"who", "record", "reason", "before", "after"} {
		columns = append(columns, column+" "+like+` @text ESCAPE '\'`)
	}
	return strings.Join(columns, " OR ")
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
