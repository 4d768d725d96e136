// Package audit keeps the record of what was done: who, when, from where, what
// before and after. Entries are written in the transaction of the change that
// they record, and chained by hashes, so that a row that was changed, deleted or
// slipped in later shows. It knows no noun of the Compact.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"gcm/internal/db"
)

// Who acts: a person, or the program itself when UserID is 0.
type Who struct {
	UserID  int64
	Name    string // as it was then; "command line", "schedule" for the program
	Agency  string // code of the person's agency, empty without one
	Origin  string // network address, empty for the program
	Request string // id of the request
}

// Change is what is recorded of one act.
type Change struct {
	Action string // "create", "submit", "role.add": a verb of the noun
	Noun   string // "entry", "measure", "user"
	Record string // the record's public code
	Reason string // what the person gave as reason, where one was asked for
	Before any    // as JSON; nil when there was nothing before
	After  any    // as JSON; nil when nothing is left, or nothing changed
}

// Entry is a Change on record.
type Entry struct {
	Seq      int64  `gorm:"primaryKey;autoIncrement:false" json:"seq"` // from 1, without a gap
	At       string `json:"at"`                                        // UTC, RFC 3339 with microseconds
	UserID   *int64 `json:"user_id"`                                   // nil for the program itself
	Who      string `json:"who"`
	Agency   string `json:"agency"`
	Origin   string `json:"origin"`
	Request  string `json:"request"`
	Action   string `json:"action"`
	Noun     string `json:"noun"`
	Record   string `json:"record"`
	Reason   string `json:"reason"`
	Before   string `json:"before"` // JSON, empty for nothing
	After    string `json:"after"`
	Previous string `json:"previous"` // Hash of the entry before; empty for the first
	Hash     string `json:"hash"`     // SHA-256 of all other fields, hexadecimal
}

// TableName says that an Entry is a row of audit_entries.
func (Entry) TableName() string { return "audit_entries" }

// instant is the form of Entry.At.
const instant = "2006-01-02T15:04:05.000000Z"

// Log gathers what one transaction changes.
type Log struct {
	who     Who
	changes []Change
}

// By names who makes the changes.
func (l *Log) By() string { return l.who.Name }

// Add puts a change on record when the transaction is done.
func (l *Log) Add(changes ...Change) { l.changes = append(l.changes, changes...) }

// Len is how many changes it holds.
func (l *Log) Len() int { return len(l.changes) }

// Transact runs work in a transaction and records what it added to the log
// before it commits: either both are there afterwards or neither is. The head of
// the chain is locked last, so that writers wait for each other briefly and in
// one order.
func Transact(ctx context.Context, conn *db.DB, who Who, work func(tx *db.DB, log *Log) error) error {
	return db.Transact(ctx, conn, func(tx *db.DB) error {
		log := Log{who: who}
		if err := work(tx, &log); err != nil {
			return err
		}
		return write(tx, who, log.changes)
	})
}

func write(tx *db.DB, who Who, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	var head Head
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&head, 1).Error; err != nil {
		return db.Fault(err, "lock the audit log")
	}
	entries := make([]Entry, len(changes))
	now := tx.NowFunc().UTC().Format(instant)
	for i, c := range changes {
		e := Entry{
			Seq: head.Seq + 1, At: now, Who: who.Name, Agency: who.Agency, Origin: who.Origin, Request: who.Request,
			Action: c.Action, Noun: c.Noun, Record: c.Record, Reason: c.Reason, Previous: head.Hash,
		}
		if who.UserID != 0 {
			e.UserID = &who.UserID
		}
		var err error
		if e.Before, err = text(c.Before); err != nil {
			return err
		}
		if e.After, err = text(c.After); err != nil {
			return err
		}
		e.Hash = e.sum()
		entries[i], head.Seq, head.Hash = e, e.Seq, e.Hash
	}
	if err := tx.CreateInBatches(entries, 100).Error; err != nil {
		return db.Fault(err, "write the audit log")
	}
	if err := mark(tx, entries); err != nil {
		return err
	}
	err := tx.Model(&head).Select("Seq", "Hash").Updates(head).Error
	return db.Fault(err, "write the head of the audit log")
}

func text(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("record a change: %w", err)
	}
	return string(b), nil
}

// sum hashes all fields but the hash, each with its length before it, so that no
// text can move from one field into the next.
func (e Entry) sum() string {
	h := sha256.New()
	for _, field := range []string{
		strconv.FormatInt(e.Seq, 10), e.At, e.user(), e.Who, e.Agency, e.Origin, e.Request,
		e.Action, e.Noun, e.Record, e.Reason, e.Before, e.After, e.Previous,
	} {
		_ = binary.Write(h, binary.BigEndian, uint64(len(field))) // a hash never fails
		_, _ = h.Write([]byte(field))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// user is the person's id in digits, empty for the program itself.
func (e Entry) user() string {
	if e.UserID == nil {
		return ""
	}
	return strconv.FormatInt(*e.UserID, 10)
}

// Time returns when the entry was written.
func (e Entry) Time() time.Time {
	t, _ := time.Parse(instant, e.At)
	return t
}
