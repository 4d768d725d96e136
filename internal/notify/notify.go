// Package notify tells people what concerns them: as notices inside the
// application, and by mail through a queue in the database. It knows people and
// addresses; what the notices speak of it takes as text.
package notify

import (
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/i18n"
)

// Notice tells one person one thing.
type Notice struct {
	ID        int64
	Key       string // unique: the same thing is told once, whoever asks for it
	UserID    int64
	Kind      string    // "request", "returned", …: its text is notice.KIND of the catalogue
	Subject   i18n.Text // title of the measure or indicator
	Agency    i18n.Text // whose entry it is; empty when it does not matter
	Actor     string    // who did it; empty for the program
	Due       string    // a day, 2027-01-15; empty without
	Path      string    // where it leads: "/work/entries/CODE"
	CreatedAt time.Time
	ReadAt    *time.Time
	MailedAt  *time.Time
}

// Mail is a letter in the queue.
type Mail struct {
	ID         int64
	Key        string // unique: the same letter is queued once
	Recipient  string // an address
	Language   string
	Subject    string
	Plain      string
	HTML       string `gorm:"column:html"`
	State      string // queued, sending, sent, failed, uncertain
	Attempts   int
	NextAt     time.Time
	LeaseUntil *time.Time
	Owner      string // the program that is sending it
	Error      string
	CreatedAt  time.Time
	SentAt     *time.Time
}

// Tell adds notices within the caller's transaction. One whose key is known was
// told already and is left out.
func Tell(tx *db.DB, notices ...Notice) error {
	if len(notices) == 0 {
		return nil
	}
	for i := range notices {
		notices[i].CreatedAt = tx.NowFunc()
	}
	return db.Fault(onceOnly(tx).CreateInBatches(notices, 100).Error, "tell people")
}

// Enqueue adds letters within the caller's transaction. One whose key is known
// was queued already and is left out.
func Enqueue(tx *db.DB, mails ...Mail) error {
	_, err := enqueue(tx, mails...)
	return err
}

// enqueue is Enqueue that says how many letters were new.
func enqueue(tx *db.DB, mails ...Mail) (int64, error) {
	if len(mails) == 0 {
		return 0, nil
	}
	now := tx.NowFunc()
	for i := range mails {
		mails[i].State, mails[i].CreatedAt, mails[i].NextAt = "queued", now, now
	}
	done := onceOnly(tx).CreateInBatches(mails, 100)
	return done.RowsAffected, db.Fault(done.Error, "queue mail")
}

func onceOnly(tx *gorm.DB) *gorm.DB {
	return tx.Clauses(db.OnKnown("key"))
}
