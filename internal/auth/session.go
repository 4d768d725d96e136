package auth

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/fault"
)

// Session is a browser that signed in. UserID is nil before.
type Session struct {
	Hash      string `gorm:"primaryKey"` // SHA-256 of the token in the cookie
	UserID    *int64
	Data      []byte
	Origin    string
	Agent     string
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
}

// Visit is what a session's row says besides the data of the session library.
// It travels in the context: reading a session fills it in, writing one takes
// it from there.
type Visit struct {
	Hash   string // of the session that was found; empty without
	UserID int64  // 0 for a visitor
	Origin string // network address
	Agent  string // what the browser calls itself
}

type visitKey struct{}

// WithVisit returns a context that carries the visit.
func WithVisit(ctx context.Context, v *Visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// VisitOf returns the context's visit, a visitor's when it carries none.
func VisitOf(ctx context.Context) *Visit {
	if v, ok := ctx.Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}

// Sessions keeps the sessions of the library in the database. A session ends
// when its life is over or it was idle for too long, whatever the library says.
// The library hashes the tokens before they come here.
type Sessions struct {
	db             *gorm.DB
	idle, lifetime time.Duration
}

// NewSessions returns the sessions of an open, migrated database.
func NewSessions(db *gorm.DB, idle, lifetime time.Duration) *Sessions {
	return &Sessions{db, idle, lifetime}
}

// visitorsLifetime is how long the session of somebody who is not signed in lives:
// as long as the link to a new password. Signing in begins another.
const visitorsLifetime = time.Hour

// touchEvery is how exactly it is known when a session was used last: reading
// does not write more often.
const touchEvery = time.Minute

// FindCtx returns the data of a session that has not ended.
func (s *Sessions) FindCtx(ctx context.Context, hash string) (data []byte, found bool, err error) {
	var row Session
	conn := s.db.WithContext(ctx)
	if err := conn.Take(&row, "hash = ?", hash).Error; errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, db.Fault(err, "read the session")
	}
	now := s.db.NowFunc()
	idle := now.Sub(row.SeenAt)
	if idle >= s.idle || !now.Before(row.ExpiresAt) {
		return nil, false, nil
	}
	if idle >= touchEvery {
		if err := dispensable(db.Fault(conn.Model(&row).Select("SeenAt").Updates(Session{SeenAt: now}).Error, "touch the session")); err != nil {
			return nil, false, err
		}
	}
	visit := VisitOf(ctx)
	visit.Hash = hash
	if row.UserID != nil {
		visit.UserID = *row.UserID
	}
	return row.Data, true, nil
}

// dispensable lets go of a write that finds no room, so that on a full disk one
// can still read. What is lost is when a session was used and what one page says
// on the next: who is signed in is written under a new token.
func dispensable(err error) error {
	if fault.KindOf(err) == fault.Unavailable {
		return nil
	}
	return err
}

// CommitCtx writes a session, also of a reader who has left: what their form did is
// done, and the next page says so. One that was found and ended meanwhile stays ended.
func (s *Sessions) CommitCtx(ctx context.Context, hash string, data []byte, _ time.Time) error {
	visit, now := VisitOf(ctx), s.db.NowFunc()
	row := Session{
		Hash: hash, Data: data, Origin: visit.Origin, Agent: visit.Agent,
		CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(s.lifetime),
	}
	if visit.UserID != 0 {
		row.UserID = &visit.UserID
	} else {
		row.ExpiresAt = now.Add(min(s.lifetime, visitorsLifetime))
	}
	conn := s.db.WithContext(context.WithoutCancel(ctx))
	if hash == visit.Hash {
		return dispensable(db.Fault(conn.Model(&row).Select("UserID", "Data", "SeenAt").Updates(row).Error, "write the session"))
	}
	return db.Fault(conn.Create(&row).Error, "begin a session")
}

// DeleteCtx ends a session.
func (s *Sessions) DeleteCtx(ctx context.Context, hash string) error {
	return db.Fault(s.db.WithContext(ctx).Delete(&Session{}, "hash = ?", hash).Error, "end the session")
}

// Find is FindCtx without a context, which the library's interface wants.
func (s *Sessions) Find(hash string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), hash)
}

// Commit is CommitCtx without a context, which the library's interface wants.
func (s *Sessions) Commit(hash string, data []byte, end time.Time) error {
	return s.CommitCtx(context.Background(), hash, data, end)
}

// Delete is DeleteCtx without a context, which the library's interface wants.
func (s *Sessions) Delete(hash string) error { return s.DeleteCtx(context.Background(), hash) }
