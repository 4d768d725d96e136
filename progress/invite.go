package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/internal/period"
	"gcm/objectives"
)

// Invitation asks a partner to comment on an entry, or on all that is entered for
// an objective, as far as it is in the partner's reach. It widens no reach.
type Invitation struct {
	ID          int64
	UserID      int64
	EntryID     *int64 // of this and ObjectiveID one is given
	ObjectiveID *int64
	Until       string // the last day; empty for as long as the account lasts
	Note        string // what is asked
	InvitedBy   int64
	CreatedAt   time.Time
	EndedAt     *time.Time
}

// TableName tells it from invitations to an account.
func (Invitation) TableName() string { return "comment_invitations" }

// Invite is whom to invite to comment on what.
type Invite struct {
	UserID      int64
	Entry       string // code; of this and Objective one is given
	Objective   int    // number
	Until, Note string
}

// Invited is an invitation with what it is for, as the actor may know it.
type Invited struct {
	Invitation
	Partner   string
	Ended     bool      // by its day, its coordinator, or with the account
	Entry     string    // code; empty for an objective
	Objective int       // number; 0 for an entry
	Title     i18n.Text // of either
	Agency    i18n.Text // that made the entry
}

// Invite invites a partner and tells him.
func (s *Store) Invite(ctx context.Context, actor auth.Actor, asked Invite) error {
	return s.coordinate(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		if actor.UserID == 0 {
			return fault.New(fault.Forbidden, "error.forbidden", "invite: nobody is signed in")
		}
		var problems fault.Problems
		i := Invitation{UserID: asked.UserID, InvitedBy: actor.UserID, CreatedAt: tx.NowFunc()}
		n := notify.Notice{Kind: "invited"}
		guest, err := guestNamed(tx, actor, asked.UserID)
		if err != nil {
			return err
		}
		if guest == nil {
			problems.Add("partner", "invite.error.partner")
		}
		if i.Until, err = untilDay(asked.Until, todayOf(tx, actor)); err != nil {
			problems.Add("until", "invite.error.until")
		}
		var problem string
		if i.Note, problem = NormalString(asked.Note, longestReason); problem != "" {
			problems.Add("note", problem, longestReason)
		}
		if guest != nil {
			if err := i.about(tx, actor, asked, *guest, &n, &problems); err != nil {
				return err
			}
		}
		if problems != nil {
			return problems.Err()
		}
		if err := tx.Create(&i).Error; err != nil {
			return db.Fault(err, "invite to comment")
		}
		log.Add(audit.Change{Action: "invite", Noun: "invitation", Record: fmt.Sprint(i.ID), After: inviteRecord{i.UserID, asked.Entry, asked.Objective, i.Until, i.Note}})
		n.Key = fmt.Sprintf("invited:%d", i.ID)
		return notify.Tell(tx, ToEach([]int64{i.UserID}, actor, n)...)
	})
}

// inviteRecord is what the audit log keeps of an invitation.
type inviteRecord struct {
	User      int64  `json:"user"`
	Entry     string `json:"entry,omitempty"`
	Objective int    `json:"objective,omitempty"`
	Until     string `json:"until,omitempty"`
	Note      string `json:"note,omitempty"`
}

// about links the invitation to what it is for, which the guest has to be able to
// read: there is no inviting beyond a scope.
func (i *Invitation) about(tx *db.DB, actor auth.Actor, asked Invite, guest auth.User, n *notify.Notice, problems *fault.Problems) error {
	switch {
	case asked.Entry != "" && asked.Objective == 0:
		h, err := take(tx, actor, asked.Entry)
		if fault.KindOf(err) == fault.NotFound {
			problems.Add("about", "invite.error.about")
			return nil
		} else if err != nil {
			return err
		}
		seen, err := h.readableBy(tx, guest)
		if err != nil {
			return err
		}
		if !seen {
			problems.Add("about", "invite.error.scope")
		}
		i.EntryID, n.Subject, n.Agency, n.Path = &h.ID, h.Title, h.AgencyName, "/work/entries/"+h.Code
	case asked.Entry == "" && asked.Objective != 0:
		var o objectives.Objective
		if err := tx.Select("id, short_title").Where("number = ?", asked.Objective).Limit(1).Find(&o).Error; err != nil {
			return db.Fault(err, "objective")
		}
		if o.ID == 0 {
			problems.Add("about", "invite.error.about")
			return nil
		}
		// by an agency or an indicator something may be in reach that serves the objective
		if only := guest.Scope; !only.All() && len(only.Agencies)+len(only.Indicators) == 0 && !slices.Contains(only.Objectives, asked.Objective) {
			problems.Add("about", "invite.error.scope")
		}
		i.ObjectiveID, n.Subject, n.Path = &o.ID, o.ShortTitle, "/work"
	default:
		problems.Add("about", "invite.error.about")
	}
	return nil
}

// EndInvitation takes an invitation back.
func (s *Store) EndInvitation(ctx context.Context, actor auth.Actor, id int64) error {
	return s.coordinate(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		now := tx.NowFunc()
		q := tx.Model(&Invitation{}).Where("id = ? AND ended_at IS NULL", id).Update("ended_at", now)
		if q.Error == nil && q.RowsAffected == 0 {
			return fault.New(fault.NotFound, "error.not_found", "no invitation %d that has not ended", id)
		}
		log.Add(audit.Change{Action: "invitation.end", Noun: "invitation", Record: fmt.Sprint(id)})
		return db.Fault(q.Error, "end an invitation")
	})
}

// Invitations returns the invitations, the latest first: to who coordinates all of
// them, to others their own that have not ended, for what is in their reach.
func (s *Store) Invitations(ctx context.Context, actor auth.Actor) ([]Invited, error) {
	tx := s.db.WithContext(ctx)
	now, today := tx.NowFunc(), todayOf(tx, actor)
	q := tx.Table("comment_invitations AS v").Joins("JOIN users u ON u.id = v.user_id LEFT JOIN objectives o ON o.id = v.objective_id").
		Select(`v.*, u.name AS partner, COALESCE(o.number, 0) AS objective, COALESCE(o.short_title, '{}') AS title,
 (v.ended_at IS NOT NULL OR v.until <> '' AND v.until < ? OR u.disabled_at IS NOT NULL OR u.expires_at IS NOT NULL AND u.expires_at <= ?) AS ended`, today, now.UTC())
	all := actor.Can(auth.Coordinate)
	if !all {
		q = q.Where("v.user_id = ? AND v.ended_at IS NULL AND (v.until = '' OR v.until >= ?)", actor.UserID, today)
	}
	var rows []Invited
	if err := q.Order("v.id DESC").Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "list invitations")
	}
	var ids []int64
	for _, i := range rows {
		if i.EntryID != nil {
			ids = append(ids, *i.EntryID)
		}
	}
	var about []held
	if err := find(tx, actor, "e.id IN ?", ids).Find(&about).Error; err != nil {
		return nil, db.Fault(err, "list what invitations are for")
	}
	list := rows[:0]
	for _, i := range rows {
		if i.EntryID != nil {
			at := slices.IndexFunc(about, func(h held) bool { return h.ID == *i.EntryID && h.Whole })
			if at < 0 && !all {
				continue // out of reach by now
			}
			if at >= 0 {
				i.Entry, i.Title, i.Agency = about[at].Code, about[at].Title, about[at].AgencyName
			}
		}
		list = append(list, i)
	}
	return list, nil
}

// Guests returns the partners who can be invited.
func (s *Store) Guests(ctx context.Context, actor auth.Actor) ([]auth.User, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return nil, err
	}
	return guests(s.db.WithContext(ctx), actor)
}

func guests(tx *db.DB, actor auth.Actor) ([]auth.User, error) {
	s, err := readStaff(tx, tx.NowFunc().In(cmp.Or(actor.Zone, time.UTC)))
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(s.people, func(u auth.User) bool { return !u.Holds(auth.Partner) })
	slices.SortStableFunc(list, func(a, b auth.User) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

func guestNamed(tx *db.DB, actor auth.Actor, id int64) (*auth.User, error) {
	list, err := guests(tx, actor)
	if i := slices.IndexFunc(list, func(u auth.User) bool { return u.ID == id }); i >= 0 {
		return &list[i], err
	}
	return nil, err
}

// InvitedTo returns by which invitation the actor comments on each of some
// entries, by id; those that he comments on for another reason are not there.
func (s *Store) InvitedTo(ctx context.Context, actor auth.Actor, entries ...int64) (map[int64]Invitation, error) {
	return invitedTo(s.db.WithContext(ctx), actor, entries...)
}

func invitedTo(tx *gorm.DB, actor auth.Actor, entries ...int64) (map[int64]Invitation, error) {
	var rows []struct {
		Invitation `gorm:"embedded"`
		Subject    int64
	}
	err := tx.Table("comment_invitations AS v").Joins("JOIN users u ON u.id = v.user_id AND u.disabled_at IS NULL AND (u.expires_at IS NULL OR u.expires_at > ?)", tx.NowFunc().UTC()).Joins(`JOIN entries e ON e.id = v.entry_id
 OR v.objective_id IN (SELECT l.objective_id FROM measure_objectives l WHERE l.measure_id = e.measure_id)
 OR v.objective_id IN (SELECT l.objective_id FROM indicator_objectives l WHERE l.indicator_id = e.indicator_id)`).
		Select("v.*, e.id AS subject").
		Where("v.user_id = ? AND v.ended_at IS NULL AND (v.until = '' OR v.until >= ?) AND e.id IN ?", actor.UserID, todayOf(tx, actor), entries).
		Order("CASE WHEN v.entry_id IS NULL THEN 0 ELSE 1 END, v.id").Find(&rows).Error // the latest one to the entry itself is what counts
	by := map[int64]Invitation{}
	for _, row := range rows {
		by[row.Subject] = row.Invitation
	}
	return by, db.Fault(err, "look who is invited")
}

// todayOf is the day that it is for the actor.
func todayOf(tx *gorm.DB, actor auth.Actor) string {
	return dayOf(tx.NowFunc(), cmp.Or(actor.Zone, time.UTC))
}

// untilDay is a last day that has not passed, or none.
func untilDay(typed, today string) (string, error) {
	if strings.TrimSpace(typed) == "" {
		return "", nil
	}
	until, err := period.Day(typed)
	if err == nil && until < today {
		err = fault.New(fault.Invalid, "invite.error.until", "%s has passed", until)
	}
	return until, err
}
