package progress

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
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
		to, err = Holders(tx, actor, auth.Approver, h.AgencyID)
		to = slices.DeleteFunc(to, h.Editors.Has)
	case StepApprove:
		kind = "approved"
		to, err = Holders(tx, actor, auth.Coordinator, 0)
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
	return notify.Tell(tx, ToEach(to, actor, notify.Notice{
		Key: fmt.Sprintf("%s:%s:%s", kind, h.Code, which), Kind: kind, Subject: h.Title, Agency: h.AgencyName, Path: "/work/entries/" + h.Code,
	})...)
}

// ToEach addresses a notice to each of the people but the one who acts.
func ToEach(to []int64, actor auth.Actor, n notify.Notice) []notify.Notice {
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

// Holders returns the people who hold a role now, of one agency or (0) of all,
// and those who stand in for them on the day that it is for the actor.
func Holders(tx *gorm.DB, actor auth.Actor, role auth.Role, agency int64) ([]int64, error) {
	s, err := readStaff(tx, tx.NowFunc().In(cmp.Or(actor.Zone, time.UTC)))
	if err != nil {
		return nil, err
	}
	return s.standIns(s.holding(role, agency)), nil
}
