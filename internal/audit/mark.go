package audit

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"

	"gcm/internal/db"
)

// Mark is the newest entry of one kind of act.
type Mark struct {
	Noun   string `gorm:"primaryKey"`
	Action string `gorm:"primaryKey"`
	Seq    int64
}

// TableName says that a Mark is a row of audit_marks.
func (Mark) TableName() string { return "audit_marks" }

// mark notes the newest of the entries, which are in their order. The head of the
// chain is locked already, so that no mark goes back.
func mark(tx *db.DB, entries []Entry) error {
	var marks []Mark
	known := map[Mark]int{}
	for _, e := range entries {
		m := Mark{Noun: e.Noun, Action: e.Action}
		if i, seen := known[m]; seen {
			marks[i].Seq = e.Seq
			continue
		}
		known[m] = len(marks)
		m.Seq = e.Seq
		marks = append(marks, m)
	}
	return db.Put(tx, marks, "noun", "action")
}

// Act names a kind of act; with an empty Action, all acts on the noun.
type Act struct{ Noun, Action string }

// Versions reads the version of what is on record but for acts that do not matter.
type Versions struct {
	conn *db.DB
	sql  string

	mu           sync.Mutex
	head, newest *sql.Stmt // prepared when they are asked for first
	seen         string    // the head when the version was read last
	version      string
}

// NewVersions returns the reader of a database, which may be migrated later.
func NewVersions(conn *db.DB, without ...Act) *Versions {
	var b strings.Builder
	b.WriteString("SELECT hash FROM audit_entries WHERE seq = (SELECT MAX(seq) FROM audit_marks WHERE 1 = 1")
	for _, act := range without {
		if act.Action == "" {
			b.WriteString(" AND noun <> " + quoted(act.Noun))
		} else {
			b.WriteString(" AND NOT (noun = " + quoted(act.Noun) + " AND action = " + quoted(act.Action) + ")")
		}
	}
	b.WriteString(")")
	return &Versions{conn: conn, sql: b.String()}
}

// quoted is one of the program's own words in SQL, where parameters are written
// differently on the two makes.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", "''") + "'" }

// Read returns what stands for all that is on record and matters: it is another
// one as soon as any more is committed, never the same again, and empty when there
// is nothing. It is the hash of the newest entry that matters. That one is looked
// for only when the head of the log has moved since the last time.
func (v *Versions) Read(ctx context.Context) (string, error) {
	if err := v.prepare(ctx); err != nil {
		return "", db.Fault(err, "read the version of the data")
	}
	head, err := one(ctx, v.head)
	if err != nil {
		return "", err
	}
	v.mu.Lock()
	seen, version := v.seen, v.version
	v.mu.Unlock()
	if head != "" && head == seen {
		return version, nil
	}
	if version, err = one(ctx, v.newest); err != nil {
		return "", err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen, v.version = head, version
	return version, nil
}

// one reads a single text, empty when there is none.
func one(ctx context.Context, stmt *sql.Stmt) (text string, err error) {
	if err = stmt.QueryRowContext(ctx).Scan(&text); errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, db.Fault(err, "read the version of the data")
}

func (v *Versions) prepare(ctx context.Context) (err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.newest != nil {
		return nil
	}
	if v.head == nil {
		if v.head, err = db.Pool(v.conn).PrepareContext(ctx, "SELECT hash FROM audit_heads"); err != nil {
			return err
		}
	}
	v.newest, err = db.Pool(v.conn).PrepareContext(ctx, v.sql)
	return err
}
