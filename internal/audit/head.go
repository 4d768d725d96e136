package audit

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"gcm/internal/db"
	"gcm/internal/fault"
)

// Head is the newest entry's place and hash, in the one row of audit_heads.
type Head struct {
	ID   int64  `json:"-"` // always 1
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// TableName says that the Head is the row of audit_heads.
func (Head) TableName() string { return "audit_heads" }

// String is the form in which a head is noted: SEQ:HASH.
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Seq, h.Hash) }

var noted = regexp.MustCompile(`^([1-9][0-9]{0,17}):([0-9a-f]{64})$`)

// ParseHead reads what String wrote.
func ParseHead(text string) (Head, error) {
	m := noted.FindStringSubmatch(text)
	if m == nil {
		return Head{}, fault.New(fault.Invalid, "audit.error.head", "%q is not SEQ:HASH, as `gcm audit verify` prints it", text)
	}
	seq, err := strconv.ParseInt(m[1], 10, 64)
	return Head{Seq: seq, Hash: m[2]}, err
}

// ReadHead returns the head of the log; the zero Head when somebody took it away.
func ReadHead(ctx context.Context, conn *db.DB) (Head, error) {
	var head Head
	err := conn.WithContext(ctx).Limit(1).Find(&head).Error
	return head, db.Fault(err, "read the head of the audit log")
}
