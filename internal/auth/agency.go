package auth

import (
	"gcm/internal/audit"
	"gcm/internal/db"
)

// MoveUsers leads the people of one agency to another, which took its place.
func MoveUsers(tx *db.DB, log *audit.Log, from, to int64, reason string) error {
	var people []User
	if err := tx.Preload("Roles").Where("agency_id = ?", from).Order("id").Find(&people).Error; err != nil {
		return db.Fault(err, "read the people of an agency")
	}
	for _, before := range people {
		after := before
		after.AgencyID, after.Version = &to, before.Version+1
		if err := tx.Model(&after).Select("AgencyID", "Version").Updates(after).Error; err != nil {
			return db.Fault(err, "move a person to another agency")
		}
		log.Add(audit.Change{Action: "change", Noun: "user", Record: before.Email, Reason: reason, Before: before, After: after})
	}
	return nil
}
