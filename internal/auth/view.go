package auth

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// View is a page that a person wants to find again under a name. It is the
// person's own; nobody else sees it.
type View struct {
	ID        int64     `json:"-"`
	UserID    int64     `json:"-"`
	Name      string    `json:"name"`
	Path      string    `json:"path"` // without the language: "/measures?status=planned"
	CreatedAt time.Time `json:"created_at"`
}

// MaxViews is how many views a person keeps.
const MaxViews = 100

// longestPath is how many bytes the path of a view has at most.
const longestPath = 2000

// SaveView keeps a page under a name, in place of the one that had it. Whether the
// path leads anywhere is for the caller to know.
func (s *Store) SaveView(ctx context.Context, actor Actor, name, path string) error {
	if err := actor.Need(SignedIn); err != nil {
		return err
	}
	var wrong fault.Problems
	if name = strings.TrimSpace(name); name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 100 || strings.ContainsFunc(name, control) {
		wrong.Add("name", "view.error.name")
	}
	if !strings.HasPrefix(path, "/") || !utf8.ValidString(path) || len(path) > longestPath || strings.ContainsFunc(path, control) {
		wrong.Add("path", "view.error.path")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		user, err := find(tx, actor.UserID)
		if err != nil {
			return err
		}
		var others int64
		if err := tx.Model(&View{}).Where("user_id = ? AND name <> ?", user.ID, name).Count(&others).Error; err != nil {
			return db.Fault(err, "count views")
		}
		if others >= MaxViews {
			return fault.Problems{{Field: "name", Key: "view.error.many", Args: []any{strconv.Itoa(MaxViews)}}}
		}
		v := View{UserID: user.ID, Name: name, Path: path, CreatedAt: tx.NowFunc()}
		log.Add(audit.Change{Action: "view.save", Noun: "user", Record: user.Email, After: v})
		return db.Put(tx, []View{v}, "user_id", "name")
	})
}

// DropView forgets one of the actor's views.
func (s *Store) DropView(ctx context.Context, actor Actor, id int64) error {
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		user, err := find(tx, actor.UserID)
		if err != nil {
			return err
		}
		var v View
		if err := tx.Where("id = ? AND user_id = ?", id, user.ID).Take(&v).Error; err != nil {
			return db.Fault(err, "find the view")
		}
		log.Add(audit.Change{Action: "view.drop", Noun: "user", Record: user.Email, Before: v})
		return db.Fault(tx.Delete(&v).Error, "forget the view")
	})
}

// Views returns the actor's views by name.
func (s *Store) Views(ctx context.Context, actor Actor) ([]View, error) {
	var rows []View
	err := s.db.WithContext(ctx).Where("user_id = ?", actor.UserID).Order("name, id").Find(&rows).Error
	return rows, db.Fault(err, "list views")
}
