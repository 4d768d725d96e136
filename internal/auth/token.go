package auth

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// TokenScope is what a token opens. It never opens more than its person sees.
type TokenScope string

// The scopes of tokens.
const (
	ReadPublic   TokenScope = "read:public"   // what everybody sees, counted for the token instead of the address
	ReadAccepted TokenScope = "read:accepted" // also what is accepted and not yet released
)

// TokenScopes lists the scopes in the order in which they are shown.
var TokenScopes = []TokenScope{ReadPublic, ReadAccepted}

// Grants is a list of scopes in one JSON column.
type Grants []TokenScope

// Value stores the scopes as JSON.
func (g Grants) Value() (driver.Value, error) { return i18n.JSONValue(g, "[]") }

// Scan reads what Value stored.
func (g *Grants) Scan(src any) error { return i18n.ScanJSON(g, src) }

// Token lets a program read for a person.
type Token struct {
	ID        int64      `json:"-"`
	UserID    int64      `json:"-"`
	Name      string     `json:"name"` // what the person calls it
	Hash      string     `json:"-"`    // SHA-256 of the secret
	Begins    string     `json:"begins"`
	Scopes    Grants     `json:"scopes"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	UsedAt    *time.Time `json:"-"` // last, to the minute
	EndedAt   *time.Time `json:"-"`
}

// Live reports whether the token opens anything.
func (t Token) Live(now time.Time) bool { return t.EndedAt == nil && now.Before(t.ExpiresAt) }

// tokenPrefix begins every secret, so that one that lies around is known for what
// it is.
const tokenPrefix = "gcm_"

// The bounds of tokens.
const (
	MaxTokens    = 20  // live ones of a person
	MaxTokenDays = 366 // from now
)

// MakeToken makes a token of the actor's, who shows the password, and returns its
// secret, which is not kept. It ends after so many days, and with the account.
func (s *Store) MakeToken(ctx context.Context, actor Actor, present, name string, scopes []TokenScope, days int) (Token, string, error) {
	if err := actor.Need(SignedIn); err != nil {
		return Token{}, "", err
	}
	var wrong fault.Problems
	if name = strings.TrimSpace(name); name == "" || utf8.RuneCountInString(name) > 100 || strings.ContainsFunc(name, control) {
		wrong.Add("name", "token.error.name")
	}
	if len(scopes) == 0 || slices.ContainsFunc(scopes, func(g TokenScope) bool { return !slices.Contains(TokenScopes, g) }) {
		wrong.Add("scopes", "token.error.scopes")
	} else if slices.Contains(scopes, ReadAccepted) && !actor.Can(SeeEntries) {
		wrong.Add("scopes", "token.error.not_yours")
	}
	if days < 1 || days > MaxTokenDays {
		wrong.Add("days", "token.error.days", strconv.Itoa(MaxTokenDays))
	}
	if err := wrong.Err(); err != nil {
		return Token{}, "", err
	}
	if err := s.confirm(ctx, actor, present); err != nil {
		return Token{}, "", err
	}
	secret := tokenPrefix + strings.ToLower(newSecret(200))
	now := s.db.NowFunc()
	t := Token{
		UserID: actor.UserID, Name: name, Hash: HashOf(secret), Begins: secret[:len(tokenPrefix)+4], Scopes: slices.Compact(slices.Clone(scopes)),
		CreatedAt: now, ExpiresAt: now.Add(time.Duration(days) * 24 * time.Hour),
	}
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		user, err := find(tx, actor.UserID)
		if err != nil {
			return err
		}
		if user.ExpiresAt != nil && user.ExpiresAt.Before(t.ExpiresAt) {
			t.ExpiresAt = *user.ExpiresAt
		}
		var live int64
		if err := tx.Model(&Token{}).Where("user_id = ? AND ended_at IS NULL AND expires_at > ?", user.ID, now).Count(&live).Error; err != nil {
			return db.Fault(err, "count tokens")
		}
		if live >= MaxTokens {
			return fault.Problems{{Field: "name", Key: "token.error.many", Args: []any{strconv.Itoa(MaxTokens)}}}
		}
		log.Add(audit.Change{Action: "token.make", Noun: "user", Record: user.Email, After: t})
		return db.Fault(tx.Create(&t).Error, "write the token")
	})
	return t, secret, err
}

// EndToken ends one of the actor's tokens.
func (s *Store) EndToken(ctx context.Context, actor Actor, id int64) error {
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		user, err := find(tx, actor.UserID)
		if err != nil {
			return err
		}
		var t Token
		if err := tx.Where("id = ? AND user_id = ? AND ended_at IS NULL", id, user.ID).Take(&t).Error; err != nil {
			return db.Fault(err, "find the token")
		}
		log.Add(audit.Change{Action: "token.end", Noun: "user", Record: user.Email, Before: t})
		return db.Fault(tx.Model(&t).Update("ended_at", tx.NowFunc()).Error, "end the token")
	})
}

// Tokens returns the actor's tokens that open something, the newest first.
func (s *Store) Tokens(ctx context.Context, actor Actor) ([]Token, error) {
	var rows []Token
	err := s.db.WithContext(ctx).Where("user_id = ? AND ended_at IS NULL AND expires_at > ?", actor.UserID, s.db.NowFunc()).Order("id DESC").Find(&rows).Error
	return rows, db.Fault(err, "list tokens")
}

// ErrToken is the answer to a token that opens nothing.
var ErrToken = errors.New("the token opens nothing")

// ByToken returns the token of a secret and for whom it reads: nobody in
// particular without ReadAccepted, else its person, with what the person may now.
func (s *Store) ByToken(ctx context.Context, secret string) (Token, Actor, error) {
	var t Token
	conn := s.db.WithContext(ctx)
	err := conn.Where("hash = ?", HashOf(secret)).Take(&t).Error
	now := s.db.NowFunc()
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !t.Live(now) {
		return Token{}, Actor{}, ErrToken
	}
	if err != nil {
		return Token{}, Actor{}, db.Fault(err, "read the token")
	}
	actor, err := s.Actor(ctx, t.UserID)
	switch {
	case err != nil:
		return Token{}, Actor{}, err
	case actor.UserID == 0: // disabled, or the account has ended
		return Token{}, Actor{}, ErrToken
	}
	if t.UsedAt == nil || now.Sub(*t.UsedAt) >= touchEvery {
		if err := dispensable(db.Fault(conn.Model(&t).Update("used_at", now).Error, "touch the token")); err != nil {
			return Token{}, Actor{}, err
		}
	}
	if !slices.Contains(t.Scopes, ReadAccepted) || !actor.Can(SeeEntries) {
		return t, Actor{}, nil
	}
	return t, actor, nil
}
