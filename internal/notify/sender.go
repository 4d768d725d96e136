package notify

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"gcm/internal/db"
)

const (
	drainLease = "mail"
	drainHold  = 5 * time.Minute // of the lease, and of each mail's claim: longer than any talk
	mostTries  = 8
)

// Sender sends the letters of the queue. Each program has one; of several on a
// database one drains at a time.
type Sender struct {
	db    *db.DB
	post  *Post
	owner string
}

// NewSender returns a sender that gives the letters of a database to a server.
func NewSender(conn *db.DB, post *Post) *Sender { return &Sender{conn, post, NewOwner()} }

// Drain sends the letters that are due and returns how many the server took. It
// does nothing while another program drains. When ctx ends, the letter under way
// is finished and the rest waits.
func (s *Sender) Drain(ctx context.Context) (int, error) {
	held, err := Take(ctx, s.db, drainLease, s.owner, drainHold)
	if err != nil || !held {
		return 0, err
	}
	sent, err := s.drain(ctx)
	if back := GiveBack(ctx, s.db, drainLease, s.owner); err == nil {
		err = back
	}
	return sent, err
}

func (s *Sender) drain(ctx context.Context) (sent int, err error) {
	if err := s.doubt(ctx); err != nil {
		return 0, err
	}
	if due, err := s.due(ctx); err != nil || !due {
		return 0, err
	}
	t, err := s.post.dial(ctx)
	if err != nil {
		return 0, s.waits(ctx, err)
	}
	defer func() { t.end() }()
	for ctx.Err() == nil {
		m, err := s.claim(ctx)
		if err != nil || m == nil {
			return sent, err
		}
		result, trouble := t.send(*m, s.db.NowFunc())
		if err := s.settle(context.WithoutCancel(ctx), *m, result, trouble); err != nil {
			return sent, err
		}
		switch result {
		case delivered:
			sent++
		case notYet, unknown:
			t.breakOff()
			fresh, err := s.post.dial(ctx)
			if err != nil {
				return sent, s.waits(ctx, err)
			}
			t = fresh
		}
		if held, err := prolong(ctx, s.db, drainLease, s.owner, drainHold); err != nil || !held {
			return sent, err
		}
	}
	return sent, nil
}

// doubt marks the letters whose sender ended before it said what became of
// them. They may have arrived, so they are not sent again by themselves.
func (s *Sender) doubt(ctx context.Context) error {
	err := s.db.WithContext(ctx).Model(&Mail{}).Where("state = 'sending' AND lease_until < ?", s.db.NowFunc()).Update("state", "uncertain").Error
	return db.Fault(err, "look for letters that were being sent")
}

func (s *Sender) due(ctx context.Context) (bool, error) {
	var ids []int64
	err := s.db.WithContext(ctx).Model(&Mail{}).Where("state = 'queued' AND next_at <= ?", s.db.NowFunc()).Limit(1).Pluck("id", &ids).Error
	return len(ids) > 0, db.Fault(err, "look for letters to send")
}

// waits notes why the letters that are due wait; that counts as no attempt.
func (s *Sender) waits(ctx context.Context, why error) error {
	err := s.db.WithContext(context.WithoutCancel(ctx)).Model(&Mail{}).Where("state = 'queued' AND next_at <= ?", s.db.NowFunc()).
		Update("error", reason(why)).Error
	if err != nil {
		return db.Fault(err, "note why letters wait")
	}
	return why
}

// claim takes the next letter that is due, so that it is known to be under way
// before the server hears of it; nil when there is none.
func (s *Sender) claim(ctx context.Context) (*Mail, error) {
	var due []Mail
	err := db.Transact(ctx, s.db, func(tx *db.DB) error {
		now := tx.NowFunc()
		next := tx.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
		if err := next.Where("state = 'queued' AND next_at <= ?", now).Order("next_at, id").Limit(1).Find(&due).Error; err != nil || len(due) == 0 {
			return err
		}
		until := now.Add(drainHold)
		m := &due[0]
		m.State, m.Owner, m.LeaseUntil, m.Attempts = "sending", s.owner, &until, m.Attempts+1
		return tx.Model(m).Select("State", "Owner", "LeaseUntil", "Attempts").Updates(m).Error
	})
	if err != nil || len(due) == 0 {
		return nil, db.Fault(err, "claim a letter")
	}
	return &due[0], nil
}

// settle writes what became of a letter. What was delivered is not kept: it may
// hold a link that lets somebody in.
func (s *Sender) settle(ctx context.Context, m Mail, result outcome, trouble error) error {
	now := s.db.NowFunc()
	m.LeaseUntil, m.Error = nil, reason(trouble)
	switch {
	case result == delivered:
		m.State, m.SentAt, m.Plain, m.HTML = "sent", &now, "", ""
	case result == unknown:
		m.State = "uncertain"
	case result == refused || m.Attempts >= mostTries:
		m.State = "failed"
	default:
		m.State, m.NextAt = "queued", now.Add(time.Minute<<(m.Attempts-1))
	}
	err := s.db.WithContext(ctx).Model(&Mail{}).Where("id = ? AND owner = ? AND attempts = ?", m.ID, m.Owner, m.Attempts).
		Select("State", "SentAt", "Plain", "HTML", "NextAt", "LeaseUntil", "Error").Updates(m).Error
	return db.Fault(err, "note what became of a letter")
}

// reason is a failure in one line of bounded length.
func reason(err error) string {
	if err == nil {
		return ""
	}
	text := []rune(oneLine(err.Error()))
	return string(text[:min(len(text), 500)])
}
