package auth

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Digests lists how often one may be written to.
var Digests = []string{"daily", "weekly", "never"}

// Profile is what a person says of himself or herself.
type Profile struct {
	Name         string
	Language     string
	Digest       string
	LeaveFrom    string // days; both empty without leave
	LeaveUntil   string
	SubstituteID *int64 // a colleague of the same agency
}

// check names what is wrong and brings the days of leave into their form.
func (p *Profile) check() fault.Problems {
	var wrong fault.Problems
	if name := strings.TrimSpace(p.Name); name == "" || utf8.RuneCountInString(name) > 200 || strings.ContainsFunc(name, control) {
		wrong.Add("name", "error.user.name")
	}
	if !slices.Contains(i18n.Languages, p.Language) {
		wrong.Add("language", "error.user.language")
	}
	if !slices.Contains(Digests, p.Digest) {
		wrong.Add("digest", "error.user.digest")
	}
	if p.LeaveFrom == "" && p.LeaveUntil == "" {
		return wrong
	}
	for field, day := range map[string]*string{"leave_from": &p.LeaveFrom, "leave_until": &p.LeaveUntil} {
		tidy, err := period.Day(*day)
		if err != nil {
			wrong.Add(field, "error.user.day")
			return wrong
		}
		*day = tidy
	}
	if p.LeaveUntil < p.LeaveFrom {
		wrong.Add("leave_until", "error.user.leave_ends_first")
	}
	return wrong
}

// ChangeProfile writes the actor's own profile. From an older version it is a
// fault.Conflict.
func (s *Store) ChangeProfile(ctx context.Context, actor Actor, version int, p Profile) error {
	wrong := p.check()
	if p.SubstituteID != nil {
		colleagues, err := s.Colleagues(ctx, actor.UserID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(colleagues, func(u User) bool { return u.ID == *p.SubstituteID }) {
			wrong.Add("substitute", "error.user.substitute")
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		before, err := find(tx, actor.UserID)
		if err != nil {
			return err
		}
		user := before
		user.Name, user.Language, user.Digest = strings.TrimSpace(p.Name), p.Language, p.Digest
		user.LeaveFrom, user.LeaveUntil, user.SubstituteID, user.Version = p.LeaveFrom, p.LeaveUntil, p.SubstituteID, version+1
		written := tx.Model(&User{}).Where("id = ? AND version = ?", user.ID, version).
			Select("Name", "Language", "Digest", "LeaveFrom", "LeaveUntil", "SubstituteID", "Version").Updates(user)
		if written.Error == nil && written.RowsAffected == 0 {
			return errVersion
		}
		log.Add(audit.Change{Action: "profile", Noun: "user", Record: user.Email, Before: before, After: user})
		return db.Fault(written.Error, "write the profile")
	})
}

// ChangePassword sets the actor's password, who shows the present one. Other
// sessions than the one to keep are ended.
func (s *Store) ChangePassword(ctx context.Context, actor Actor, present, password, keep string) error {
	if err := s.confirm(ctx, actor, present); err != nil {
		return err
	}
	user, err := find(s.db.WithContext(ctx), actor.UserID)
	if err != nil {
		return err
	}
	if err := checkNew(password, user).Err(); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.own(ctx, actor, "password.change", func(tx *db.DB, user User) error {
		return setPassword(tx, user.ID, hash, keep)
	})
}

// confirm asks the actor for the own password once more, before something that
// a stranger at an open browser must not do. Who has none signed in elsewhere.
func (s *Store) confirm(ctx context.Context, actor Actor, password string) error {
	user, err := find(s.db.WithContext(ctx), actor.UserID)
	if err != nil || user.PasswordHash == "" {
		return err
	}
	key := accountKey(user.Email)
	if err := s.Try(ctx, key, perAccount); err != nil {
		return err
	}
	fits, _, err := checkPassword(ctx, password, user.PasswordHash)
	if err != nil {
		return err
	}
	if !fits {
		return fault.Problems{{Field: "present", Key: "error.present_password"}}.Err()
	}
	return s.forget(ctx, key)
}

// Sessions returns the actor's sessions, the one used last first.
func (s *Store) Sessions(ctx context.Context, actor Actor) ([]Session, error) {
	var rows []Session
	err := s.db.WithContext(ctx).Omit("Data").Where("user_id = ? AND expires_at > ?", actor.UserID, s.db.NowFunc()).Order("seen_at DESC, hash").Find(&rows).Error
	return rows, db.Fault(err, "list sessions")
}

// EndSession ends one of the actor's sessions.
func (s *Store) EndSession(ctx context.Context, actor Actor, hash string) error {
	return s.own(ctx, actor, "session.end", func(tx *db.DB, user User) error {
		return db.Fault(tx.Delete(&Session{}, "user_id = ? AND hash = ?", user.ID, hash).Error, "end the session")
	})
}

// EndOtherSessions ends the actor's sessions but the one to keep.
func (s *Store) EndOtherSessions(ctx context.Context, actor Actor, keep string) error {
	return s.own(ctx, actor, "sessions.end", func(tx *db.DB, user User) error { return endSessions(tx, user.ID, keep) })
}
