package progress

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// longestComment is how many characters a comment has at most.
const longestComment = 5_000

// Remark is a comment with who made it.
type Remark struct {
	Comment    `gorm:"embedded"`
	Author     string
	AuthorFrom i18n.Text // name of the author's agency; empty without one
}

// commentField is the form of the name of a field; empty for the whole entry.
var commentField = regexp.MustCompile(`^[a-z0-9_.]{0,80}$`)

// AddComment adds a remark to the thread of an entry that the actor sees as it
// stands, about one field or (empty) the whole. People in whose reach the entry
// is are mentioned by @ and their e-mail address or the part before its @. A
// partner takes part once somebody has mentioned him, or by an invitation.
func (s *Store) AddComment(ctx context.Context, actor auth.Actor, entry, field, body string) (Comment, error) {
	if err := actor.Need(auth.Comment); err != nil {
		return Comment{}, err
	}
	var c Comment
	_, err := s.change(ctx, actor, entry, func(tx *db.DB, log *audit.Log, h *held) error {
		by, err := h.invited(tx, actor)
		if err != nil {
			return err
		}
		body, problem := NormalString(body, longestComment)
		if problem == "" && body == "" {
			problem = "comment.error.empty"
		}
		if !commentField.MatchString(field) {
			return fault.New(fault.Invalid, "error.invalid", "there is no field %q", field)
		}
		if problem != "" {
			return fault.Problems{{Field: "body", Key: problem, Args: []any{longestComment}}}
		}
		mentioned, err := Mentioned(tx, body, func(u auth.User) (bool, error) { return h.readableBy(tx, u) })
		if err != nil {
			return err
		}
		c = Comment{EntryID: h.ID, UserID: actor.UserID, Field: field, Body: body, Mentions: mentioned, CreatedAt: tx.NowFunc()}
		if err := tx.Create(&c).Error; err != nil {
			return db.Fault(err, "add a comment")
		}
		log.Add(audit.Change{Action: "comment", Noun: "comment", Record: fmt.Sprintf("%s %d", h.Code, c.ID), After: commentRecord{field, body}})
		if err := h.notify(tx, actor, "mention", fmt.Sprint(c.ID), slices.Clone(mentioned)); err != nil {
			return err
		}
		hosts, err := Holders(tx, actor, auth.Coordinator, 0)
		if err != nil {
			return err
		}
		waiting := []int64{h.AssigneeID}
		if slices.Contains(hosts, by.InvitedBy) { // still
			waiting = append(waiting, by.InvitedBy)
		}
		waiting = slices.DeleteFunc(waiting, mentioned.Has)
		return h.notify(tx, actor, "comment", fmt.Sprint(c.ID), waiting)
	})
	return c, err
}

// commentRecord is what the audit log keeps of a comment.
type commentRecord struct {
	Field string `json:"field,omitempty"`
	Body  string `json:"body"`
}

// MayComment reports whether the actor may take part in the thread of an entry, and
// by which invitation, if by one.
func (s *Store) MayComment(ctx context.Context, actor auth.Actor, entry string) (bool, Invitation, error) {
	var h held
	tx := s.db.WithContext(ctx)
	if err := find(tx, actor, "e.code = ?", entry).Take(&h).Error; err != nil {
		return false, Invitation{}, db.Fault(err, "entry "+entry)
	}
	if !h.Whole || !actor.Can(auth.Comment) {
		return false, Invitation{}, nil
	}
	by, err := h.invited(tx, actor)
	if fault.KindOf(err) == fault.Forbidden {
		return false, by, nil
	}
	return err == nil, by, err
}

// invited refuses who sees the entry from outside and was not asked, and returns
// the invitation of who was.
func (h *held) invited(tx *gorm.DB, actor auth.Actor) (by Invitation, err error) {
	if actor.UserID == 0 {
		return by, fault.New(fault.Forbidden, "error.forbidden", "comment on %s: nobody is signed in", h.Code)
	}
	if inside(actor, h.Entry) {
		return by, nil
	}
	invitations, err := invitedTo(tx, actor, h.ID)
	if by, asked := invitations[h.ID]; asked || err != nil {
		return by, err
	}
	seen, err := remarks(tx, h.Entry, actor)
	if err == nil && !slices.ContainsFunc(seen, func(r Remark) bool { return r.Mentions.Has(actor.UserID) }) {
		err = fault.New(fault.Forbidden, "comment.error.invited", "user %d was not asked to comment on %s", actor.UserID, h.Code)
	}
	return by, err
}

// Comments returns the thread of an entry, the oldest remark first. Those who do
// not work on it see what they wrote and what was written to them.
func (s *Store) Comments(ctx context.Context, actor auth.Actor, entry string) ([]Remark, error) {
	var h held
	tx := s.db.WithContext(ctx)
	if err := find(tx, actor, "e.code = ?", entry).Take(&h).Error; err != nil {
		return nil, db.Fault(err, "entry "+entry)
	}
	if !h.Whole || actor.UserID == 0 {
		return nil, nil
	}
	return remarks(tx, h.Entry, actor)
}

func remarks(tx *gorm.DB, e Entry, actor auth.Actor) ([]Remark, error) {
	var rows []Remark
	err := tx.Table("comments AS c").Joins("JOIN users u ON u.id = c.user_id LEFT JOIN agencies a ON a.id = u.agency_id").
		Select("c.*, u.name AS author, COALESCE(a.name, '{}') AS author_from").Where("c.entry_id = ?", e.ID).Order("c.id").Find(&rows).Error
	if !inside(actor, e) {
		rows = slices.DeleteFunc(rows, func(r Remark) bool { return r.UserID != actor.UserID && !r.Mentions.Has(actor.UserID) })
	}
	return rows, db.Fault(err, "list comments")
}

var mention = regexp.MustCompile(`(?:^|[\s(,;:])@([\p{L}\d._%+-]+(?:@[\p{L}\d.-]+\.\p{L}{2,})?)`)

// Mentioned returns the people who are named in a comment, by @ and their e-mail
// address or the part before its @, and who see what it is about.
func Mentioned(tx *gorm.DB, body string, sees func(auth.User) (bool, error)) (Editors, error) {
	ids := Editors{}
	names := map[string]bool{}
	for _, m := range mention.FindAllStringSubmatch(body, -1) {
		names[strings.ToLower(strings.TrimRight(m[1], ".-"))] = true
	}
	if len(names) == 0 {
		return ids, nil
	}
	s, err := readStaff(tx, tx.NowFunc())
	if err != nil {
		return nil, err
	}
	for _, u := range s.people {
		local, _, _ := strings.Cut(u.Email, "@")
		if !names[u.Email] && !names[local] {
			continue
		}
		seen, err := sees(u)
		if err != nil {
			return nil, err
		}
		if seen {
			ids = append(ids, u.ID)
		}
	}
	return ids, nil
}

// readableBy reports whether the entry is in a person's own reach, as it stands.
func (h *held) readableBy(tx *gorm.DB, u auth.User) (bool, error) {
	a := auth.Actor{Who: audit.Who{UserID: u.ID}, Scope: u.Scope}
	if u.AgencyID != nil {
		a.AgencyID = *u.AgencyID
	}
	for _, r := range u.Roles {
		a.Roles = append(a.Roles, r.Role)
	}
	var n int64
	err := tx.Table("entries AS e").Where("e.id = ? AND ?", h.ID, reach(a).whole.expr()).Count(&n).Error
	return n > 0, db.Fault(err, "look who sees entry "+h.Code)
}
