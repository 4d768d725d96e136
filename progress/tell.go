package progress

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
)

// tell says to those concerned that the entry made a step.
func (h *held) tell(tx *gorm.DB, actor auth.Actor, step Step) error {
	var kind string
	var to []int64
	var err error
	switch step {
	case StepSubmit:
		kind = "submitted"
		to, err = holders(tx, auth.Approver, h.AgencyID)
		to = slices.DeleteFunc(to, h.Editors.Has)
	case StepApprove:
		kind = "approved"
		to, err = holders(tx, auth.Coordinator, 0)
	case StepAccept:
		kind, to = "accepted", []int64{h.AssigneeID}
	case StepRelease:
		kind, to = "released", []int64{h.AssigneeID}
	case StepReturn:
		kind, to = "returned", append([]int64{h.AssigneeID}, h.Editors...)
	case StepReopen:
		kind, to = "reopened", append([]int64{h.AssigneeID}, h.Editors...)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	return h.notify(tx, actor, kind, fmt.Sprint(h.Version), to)
}

// notify tells people one thing about the entry; which makes the thing unique
// among those of its kind.
func (h *held) notify(tx *gorm.DB, actor auth.Actor, kind, which string, to []int64) error {
	return notify.Tell(tx, toEach(to, actor, notify.Notice{
		Key: fmt.Sprintf("%s:%s:%s", kind, h.Code, which), Kind: kind, Subject: h.Title, Agency: h.AgencyName, Path: "/work/entries/" + h.Code,
	})...)
}

// toEach addresses a notice to each of the people but the one who acts.
func toEach(to []int64, actor auth.Actor, n notify.Notice) []notify.Notice {
	slices.Sort(to)
	var list []notify.Notice
	for _, user := range slices.Compact(to) {
		if user == actor.UserID {
			continue
		}
		one := n
		one.Key, one.UserID, one.Actor = fmt.Sprintf("%s:%d", n.Key, user), user, actor.Name
		list = append(list, one)
	}
	return list
}

// holders returns the people who hold a role now, of one agency or (0) of all,
// and those who stand in for them today.
func holders(tx *gorm.DB, role auth.Role, agency int64) ([]int64, error) {
	holding := "id IN (SELECT user_id FROM user_roles WHERE role = ?)"
	args := []any{role}
	if agency != 0 {
		holding, args = holding+" AND agency_id = ?", append(args, agency)
	}
	day := tx.NowFunc().Format("2006-01-02")
	away := tx.Model(&auth.User{}).Select("substitute_id").Where(holding, args...).
		Where("substitute_id IS NOT NULL AND leave_from <> '' AND leave_from <= ? AND leave_until >= ?", day, day)
	var ids []int64
	err := active(tx).Where("("+holding+") OR id IN (?)", append(args, away)...).Order("id").Pluck("id", &ids).Error
	return ids, db.Fault(err, "read who holds a role")
}

// active selects the people who can sign in.
func active(tx *gorm.DB) *gorm.DB {
	return tx.Model(&auth.User{}).Where("disabled_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", tx.NowFunc())
}
