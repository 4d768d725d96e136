package progress

import (
	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/register"
	"gcm/objectives"
)

// FollowAgency leads what one agency was asked for and has not finished to the
// one that took its place: open requests, and entries that are not released
// yet. What is released stays under the name that the agency had then. Where the other was asked for, or entered, the same, the old
// one is left as it is.
func FollowAgency(tx *db.DB, log *audit.Log, move register.Move) error {
	ids, err := db.ReadIDs[objectives.Agency, string](tx, "code")
	if err != nil {
		return err
	}
	from, into := ids[move.From], ids[move.Into]
	if err := followEntries(tx, log, move, from, into); err != nil {
		return err
	}
	var open []RequestLine
	err = requests(tx, "r.agency_id = ? AND r.withdrawn_at IS NULL AND COALESCE(e.agency_id, ?) <> ?", from, into, from).
		Where(`NOT EXISTS (SELECT 1 FROM requests o WHERE o.agency_id = ? AND o.cycle_id = r.cycle_id AND o.withdrawn_at IS NULL
 AND (o.measure_id = r.measure_id OR o.indicator_id = r.indicator_id))`, into).Order("r.id").Find(&open).Error
	if err != nil {
		return db.Fault(err, "read the requests to an agency")
	}
	for _, r := range open {
		if err := tx.Model(&Request{}).Where("id = ?", r.ID).Update("agency_id", into).Error; err != nil {
			return db.Fault(err, "lead a request to another agency")
		}
		name := asked{cycle: r.Cycle, agency: r.Agency, record: r.Record}.name()
		log.Add(audit.Change{Action: "move", Noun: "request", Record: name, Reason: move.Reason})
	}
	return nil
}

// followEntries leads the unfinished entries; it comes before the requests, of
// which those whose entry stays have to stay with it.
func followEntries(tx *db.DB, log *audit.Log, move register.Move, from, into int64) error {
	var unfinished []Entry
	err := tx.Where("agency_id = ? AND state IN ?", from, []objectives.State{objectives.Draft, objectives.Submitted, objectives.Approved, objectives.Accepted}).
		Where(`NOT EXISTS (SELECT 1 FROM entries o WHERE o.agency_id = ? AND o.cycle_id = entries.cycle_id AND o.kind = entries.kind
 AND (o.kind = 'progress' AND o.measure_id = entries.measure_id OR o.kind = 'values' AND o.indicator_id = entries.indicator_id))`, into).
		Order("id").Find(&unfinished).Error
	if err != nil {
		return db.Fault(err, "read the entries of an agency")
	}
	for _, before := range unfinished {
		after := before
		after.AgencyID, after.Version = into, before.Version+1
		if err := tx.Model(&after).Select("AgencyID", "Version").Updates(after).Error; err != nil {
			return db.Fault(err, "lead an entry to another agency")
		}
		log.Add(audit.Change{Action: "move", Noun: "entry", Record: before.Code, Reason: move.Reason})
	}
	return nil
}

// toSuccessor gives an entry that is to be changed again to the agency that took
// the place of its own: nobody of the old one is left to change it.
func (h *held) toSuccessor(tx *db.DB) error {
	var agency objectives.Agency
	for id := h.AgencyID; ; id = *agency.SuccessorID {
		agency = objectives.Agency{}
		if err := tx.Select("id", "code", "archived_at", "successor_id").Take(&agency, id).Error; err != nil {
			return db.Fault(err, "read the agency of entry "+h.Code)
		}
		if agency.ArchivedAt == nil || agency.SuccessorID == nil {
			break
		}
	}
	h.AgencyID, h.Agency = agency.ID, agency.Code
	return nil
}
