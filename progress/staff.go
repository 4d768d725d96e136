package progress

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
)

// staff are the people who can sign in, as they are on a day.
type staff struct {
	people []auth.User     // by id
	away   map[int64]int64 // who is on leave → who stands in
}

// readStaff reads them at a moment, whose location says which day it is.
func readStaff(tx *gorm.DB, now time.Time) (*staff, error) {
	s := &staff{away: map[int64]int64{}}
	err := tx.Preload("Roles").Where("disabled_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", now.UTC()).Order("id").Find(&s.people).Error
	if err != nil {
		return nil, db.Fault(err, "read who works on entries")
	}
	present := map[int64]auth.User{}
	for _, u := range s.people {
		present[u.ID] = u
	}
	today := now.Format(time.DateOnly)
	for _, u := range s.people {
		if u.SubstituteID == nil {
			continue
		}
		other, here := present[*u.SubstituteID]
		if here && auth.MayStandIn(u, other) && u.LeaveFrom != "" && u.LeaveFrom <= today && today <= u.LeaveUntil {
			s.away[u.ID] = *u.SubstituteID
		}
	}
	return s, nil
}

// holding returns the ids of those who hold the role, of one agency or (0) of all.
func (s *staff) holding(role auth.Role, agency int64) []int64 {
	var ids []int64
	for _, u := range s.people {
		holds := slices.ContainsFunc(u.Roles, func(r auth.UserRole) bool { return r.Role == role })
		if holds && (agency == 0 || u.AgencyID != nil && *u.AgencyID == agency) {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

// standIns adds to people those who stand in for them today.
func (s *staff) standIns(ids []int64) []int64 {
	all := slices.Clone(ids)
	for _, id := range ids {
		if substitute, away := s.away[id]; away {
			all = append(all, substitute)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
