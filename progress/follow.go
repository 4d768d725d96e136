package progress

import (
	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/register"
	"gcm/objectives"
)

// FollowAgency leads what one agency was asked for and has not finished to the
// one that took its place: open requests, and entries that are not released
// yet. What is released stays under the name that the agency had then. Where the
// other was asked for, or entered, the same, the old one is left as it is.
func FollowAgency(tx *db.DB, log *audit.Log, move register.Move) error {
	return follow[objectives.Agency](tx, log, move, trail{
		column:  "agency_id",
		entry:   "o.kind = 'progress' AND o.measure_id = entries.measure_id OR o.kind = 'values' AND o.indicator_id = entries.indicator_id",
		request: "o.measure_id = r.measure_id OR o.indicator_id = r.indicator_id",
	})
}

// FollowMeasure does the same for a measure that was merged into another.
func FollowMeasure(tx *db.DB, log *audit.Log, move register.Move) error {
	return follow[objectives.Measure](tx, log, move, ofAgency("measure_id"))
}

// FollowIndicator does the same for an indicator that was merged into another.
func FollowIndicator(tx *db.DB, log *audit.Log, move register.Move) error {
	return follow[indicators.Indicator](tx, log, move, ofAgency("indicator_id"))
}

// trail is what entries and requests are led by, and which others o of the same
// round they would meet there.
type trail struct{ column, entry, request string }

func ofAgency(column string) trail {
	return trail{column: column, entry: "o.agency_id = entries.agency_id", request: "o.agency_id = r.agency_id"}
}

func follow[T any](tx *db.DB, log *audit.Log, move register.Move, along trail) error {
	ids, err := db.ReadIDs[T, string](tx, "code")
	if err != nil {
		return err
	}
	from, into := ids[move.From], ids[move.Into]
	if err := followEntries(tx, log, move, along, from, into); err != nil {
		return err
	}
	var open []RequestLine
	err = requests(tx, "r."+along.column+" = ? AND r.withdrawn_at IS NULL AND COALESCE(e."+along.column+", ?) <> ?", from, into, from).
		Where("NOT EXISTS (SELECT 1 FROM requests o WHERE o."+along.column+" = ? AND o.cycle_id = r.cycle_id AND o.withdrawn_at IS NULL AND ("+along.request+"))", into).
		Order("r.id").Find(&open).Error
	if err != nil {
		return db.Fault(err, "read the requests that follow")
	}
	for _, r := range open {
		if err := tx.Model(&Request{}).Where("id = ?", r.ID).Update(along.column, into).Error; err != nil {
			return db.Fault(err, "lead a request on")
		}
		name := asked{cycle: r.Cycle, agency: r.Agency, record: r.Record}.name()
		log.Add(audit.Change{Action: "move", Noun: "request", Record: name, Reason: move.Reason})
	}
	return nil
}

// followEntries leads the unfinished entries; it comes before the requests, of
// which those whose entry stays have to stay with it.
func followEntries(tx *db.DB, log *audit.Log, move register.Move, along trail, from, into int64) error {
	var unfinished []Entry
	err := tx.Where(along.column+" = ? AND state IN ?", from, []objectives.State{objectives.Draft, objectives.Submitted, objectives.Approved, objectives.Accepted}).
		Where("NOT EXISTS (SELECT 1 FROM entries o WHERE o."+along.column+" = ? AND o.cycle_id = entries.cycle_id AND o.kind = entries.kind AND ("+along.entry+"))", into).
		Order("id").Find(&unfinished).Error
	if err != nil {
		return db.Fault(err, "read the entries that follow")
	}
	for _, e := range unfinished {
		if err := tx.Model(&e).Updates(map[string]any{along.column: into, "version": e.Version + 1}).Error; err != nil {
			return db.Fault(err, "lead an entry on")
		}
		log.Add(audit.Change{Action: "move", Noun: "entry", Record: e.Code, Reason: move.Reason})
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
