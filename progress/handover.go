package progress

import (
	"context"
	"fmt"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/objectives"
)

// InHand is an entry that a person works on, without what it says.
type InHand struct {
	ID         int64
	Code       string
	Kind       Kind
	State      objectives.State
	Cycle      string
	Title      i18n.Text // empty for a proposal of somebody else's
	AgencyName i18n.Text
}

// InHand returns what a person works on: entries that the agency has not
// approved yet. Who administers needs to know that much and sees no more.
func (s *Store) InHand(ctx context.Context, actor auth.Actor, user int64) ([]InHand, error) {
	if user != actor.UserID {
		if err := actor.Need(auth.Administer); err != nil {
			return nil, err
		}
	}
	rows, err := inHand(s.db.WithContext(ctx), user)
	for i := range rows {
		if rows[i].Kind == KindMeasure && user != actor.UserID {
			rows[i].Title = nil // of a proposal, which is what it says
		}
	}
	return rows, err
}

func inHand(tx *db.DB, user int64) ([]InHand, error) {
	var rows []InHand
	err := tx.Table("entries AS e").Joins(titled).
		Select("e.id, e.code, e.kind, e.state, c.code AS cycle, a.name AS agency_name, COALESCE(m.title, i.name, e.content->'measure'->'title', '{}') AS title").
		Where("e.assignee_id = ? AND e.state IN ?", user, []objectives.State{objectives.Draft, objectives.Submitted}).
		Order("e.id").Find(&rows).Error
	return rows, db.Fault(err, "list what a person works on")
}

// Handover gives what one person works on to a contributor of the same agency,
// and tells that one. It returns how many entries changed hands.
func (s *Store) Handover(ctx context.Context, actor auth.Actor, from, to int64) (int, error) {
	if err := actor.Need(auth.Administer); err != nil {
		return 0, err
	}
	var entries []InHand
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) (err error) {
		if err := mayTakeOver(tx, from, to); err != nil {
			return err
		}
		if entries, err = inHand(tx, from); err != nil {
			return err
		}
		var notices []notify.Notice
		for _, e := range entries {
			if err := tx.Model(&Entry{ID: e.ID}).Update("assignee_id", to).Error; err != nil {
				return db.Fault(err, "hand an entry over")
			}
			log.Add(audit.Change{Action: "handover", Noun: "entry", Record: e.Code, Before: assigned{from}, After: assigned{to}})
			notices = append(notices, notify.Notice{
				Key: fmt.Sprintf("handover:%s:%d:%d", e.Code, to, tx.NowFunc().UnixMicro()), UserID: to, Kind: "handover",
				Subject: e.Title, Agency: e.AgencyName, Actor: actor.Name, Path: "/work/entries/" + e.Code,
			})
		}
		return notify.Tell(tx, notices...)
	})
	return len(entries), err
}

// assigned is what the record says of a handover.
type assigned struct {
	ID int64 `json:"assignee_id"`
}

// mayTakeOver refuses all but contributors of the giver's agency.
func mayTakeOver(tx *db.DB, from, to int64) error {
	var n int64
	err := tx.Model(&auth.User{}).Where("disabled_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", tx.NowFunc()).Where("id = ? AND id <> ? AND agency_id = (SELECT agency_id FROM users WHERE id = ?)", to, from, from).
		Where("id IN (SELECT user_id FROM user_roles WHERE role = ?)", auth.Contributor).Count(&n).Error
	if err == nil && n == 0 {
		return fault.Problems{{Field: "to", Key: "error.handover.to"}}.Err()
	}
	return db.Fault(err, "find who takes over")
}
