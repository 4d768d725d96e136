package audit

import (
	"context"

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

// Version stands for all that is on record but for the acts that do not matter:
// it is another one as soon as any other is committed, never the same again, and
// empty when there is none. It is the hash of the newest entry that matters.
func Version(ctx context.Context, conn *db.DB, without ...Act) (string, error) {
	marks := conn.WithContext(ctx).Model(&Mark{}).Select("MAX(seq)")
	for _, act := range without {
		if act.Action == "" {
			marks = marks.Where("noun <> ?", act.Noun)
		} else {
			marks = marks.Where("NOT (noun = ? AND action = ?)", act.Noun, act.Action)
		}
	}
	var hashes []string
	err := conn.WithContext(ctx).Model(&Entry{}).Where("seq = (?)", marks).Pluck("hash", &hashes).Error
	if err != nil || len(hashes) == 0 {
		return "", db.Fault(err, "read the version of the data")
	}
	return hashes[0], nil
}
