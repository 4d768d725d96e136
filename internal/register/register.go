// Package register keeps records that people create, change, archive, merge and
// lead to a successor, each time with an entry in the audit log. It knows what
// all registers have in common, and of a noun only what the noun's room says in
// its Register; it knows no noun of the Compact.
package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
)

// Register is one noun's register in a database. C is what people enter of a
// record: its content without ids, links by public codes. The table has the
// columns id, code, archived_at and successor_id.
type Register[C any] struct {
	DB       *db.DB
	Noun     string          // in the audit log: "measure"
	Table    string          // "measures"
	Name     string          // the column of what people call a record: "title"
	Class    string          // the column of its sort: "category"
	Released bool            // records have a state, and may be a draft
	May      auth.Permission // without which nothing is changed

	Read  func(tx *db.DB, code string) (C, error)                 // fault.NotFound when there is none
	Title func(C) i18n.Text                                       // what people call it
	Check func(tx *db.DB, code string, c *C, found *Checks) error // tidies and checks what was entered
	Write func(tx *db.DB, code string, c C) error                 // by its code, new or known

	// Then does in the same transaction what follows for others from a record that
	// was created, changed, archived or restored; it may be nil.
	Then func(tx *db.DB, log *audit.Log, code string) error
	// Join adds to a record what it takes over when another is merged into it.
	Join func(into *C, from C)
	// Follow changes in the same transaction what else must follow a merged record.
	Follow []Follow
}

// Follow leads what belonged to one record to the one that takes its place.
type Follow func(tx *db.DB, log *audit.Log, move Move) error

// Move says which record takes which one's place, and why.
type Move struct {
	From, Into string // codes
	Reason     string
}

// Revision stands for a record's content: it differs when the content does. A
// form carries it, so that nobody overwrites what he has not seen.
type Revision string

// RevisionOf returns the revision of a content.
func RevisionOf[C any](c C) (Revision, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("the revision of a record: %w", err)
	}
	sum := sha256.Sum256(b)
	return Revision(hex.EncodeToString(sum[:16])), nil
}

// Record is one record as it stands.
type Record[C any] struct {
	Code       string
	Content    C
	Revision   Revision
	ArchivedAt *time.Time
	Successor  string // code, empty without one
}

// Record returns a record by its code; a fault.NotFound when there is none.
func (r Register[C]) Record(ctx context.Context, code string) (Record[C], error) {
	tx := r.DB.WithContext(ctx)
	row, err := r.row(tx, code, false)
	if err != nil {
		return Record[C]{}, err
	}
	record := Record[C]{Code: code, ArchivedAt: row.ArchivedAt, Successor: row.Successor}
	if record.Content, err = r.Read(tx, code); err != nil {
		return record, err
	}
	record.Revision, err = RevisionOf(record.Content)
	return record, err
}

// row is what all registers' tables have.
type row struct {
	ID         int64
	ArchivedAt *time.Time
	Successor  string
}

// row reads a record's row; locked, it stays as it is until the transaction ends.
func (r Register[C]) row(tx *db.DB, code string, locked bool) (row, error) {
	var found row
	q := tx.Table(r.Table).Where("code = ?", code).
		Select("id, archived_at, COALESCE((SELECT s.code FROM " + r.Table + " s WHERE s.id = " + r.Table + ".successor_id), '') AS successor")
	if locked {
		q = q.Clauses(clause.Locking{Strength: db.Row})
	}
	err := q.Take(&found).Error
	return found, db.Fault(err, r.Noun+" "+code)
}

// transact runs work for an actor who may change the register.
func (r Register[C]) transact(ctx context.Context, actor auth.Actor, work func(tx *db.DB, log *audit.Log) error) error {
	if err := actor.Need(r.May); err != nil {
		return err
	}
	return audit.Transact(ctx, r.DB, actor.Who, work)
}

// then does what follows from a write.
func (r Register[C]) then(tx *db.DB, log *audit.Log, code string) error {
	if r.Then == nil {
		return nil
	}
	return r.Then(tx, log, code)
}

// reason checks that a reason was given.
func reason(given string) (string, error) {
	given = Tidy(given)
	var found Checks
	found.Length("reason", given, longText)
	if given == "" {
		found.Problems.Add("reason", "register.problem.missing")
	}
	return given, found.Problems.Err()
}
