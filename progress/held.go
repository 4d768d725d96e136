package progress

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// held is an entry with what is recorded and told of it.
type held struct {
	Entry      `gorm:"embedded"`
	Whole      bool // the actor sees it as it stands
	Cycle      string
	Agency     string
	AgencyName i18n.Text
	Record     string // code of the measure or indicator; empty for a proposed one
	Title      i18n.Text
	Unit       indicators.Unit // of the indicator, with what decides on small values
	FigureType indicators.FigureType
	SmallCell  *int
	OpenedAt   *time.Time
	ClosedAt   *time.Time
}

// open reports whether the entry's round is open to agencies.
func (h held) open() bool { return Cycle{OpenedAt: h.OpenedAt, ClosedAt: h.ClosedAt}.Open() }

// titled joins entries e with what they are about.
const titled = `JOIN cycles c ON c.id = e.cycle_id JOIN agencies a ON a.id = e.agency_id
 LEFT JOIN measures m ON m.id = e.measure_id LEFT JOIN indicators i ON i.id = e.indicator_id`

// find reads the entries that the conditions select and the actor may read.
func find(tx *gorm.DB, actor auth.Actor, where string, args ...any) *gorm.DB {
	sees := reach(actor)
	return tx.Table("entries AS e").Joins(titled).
		Select(`e.*, ? AS whole, c.code AS cycle, c.opened_at, c.closed_at, a.code AS agency, a.name AS agency_name,
 COALESCE(m.code, i.code, '') AS record, COALESCE(m.title, i.name, e.content->'measure'->'title', '{}') AS title,
 COALESCE(i.unit, '') AS unit, COALESCE(i.figure_type, '') AS figure_type, i.small_cell`, sees.whole.expr()).
		Where(sees.readable()).Where(where, args...)
}

// take reads the entry, which stays as it is until the transaction ends, and so
// does its round. What the actor does not see as it stands is not found.
func take(tx *gorm.DB, actor auth.Actor, code string) (held, error) {
	var h held
	err := find(tx, actor, "e.code = ?", code).Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "e"}}).Take(&h).Error
	if err != nil {
		return h, db.Fault(err, "entry "+code)
	}
	if !h.Whole {
		return h, fault.New(fault.NotFound, "error.not_found", "entry %s is a draft", code)
	}
	c, err := holdCycle(tx, "id = ?", h.CycleID)
	h.OpenedAt, h.ClosedAt = c.OpenedAt, c.ClosedAt
	return h, err
}

// holdCycle reads a round that nobody opens or closes until the transaction ends.
func holdCycle(tx *gorm.DB, where string, args ...any) (Cycle, error) {
	var c Cycle
	err := tx.Clauses(clause.Locking{Strength: "SHARE"}).Where(where, args...).Take(&c).Error
	return c, db.Fault(err, "reporting round")
}

// seenBy returns the entry as the actor sees it.
func (h held) seenBy(a auth.Actor) Entry {
	e := h.Entry
	if !h.Whole {
		e.Content, e.State, e.Returned, e.Reopened, e.Status = *e.Released, objectives.Released, false, false, ""
		if e.Content.Progress != nil {
			e.Status = e.Content.Progress.Status
		}
	}
	if h.veiled(a, &e.Content, e.Released) {
		e.Content.veil()
		if e.Released != nil {
			released := *e.Released
			released.veil()
			e.Released = &released
		}
	}
	if !inside(a, e) {
		e.Reason, e.AssigneeID, e.Editors = "", 0, nil
		e.SubmittedBy, e.ApprovedBy, e.AcceptedBy, e.ReleasedBy = nil, nil, nil, nil
	}
	return e
}

// Snapshot is what the audit log keeps of an entry, before a change and after.
type Snapshot struct {
	Cycle    string            `json:"cycle"`
	Kind     Kind              `json:"kind"`
	Agency   string            `json:"agency"`
	Record   string            `json:"record,omitempty"`
	State    objectives.State  `json:"state"`
	Status   objectives.Status `json:"status,omitempty"`
	Version  int               `json:"version"`
	Returned bool              `json:"returned,omitempty"`
	Reopened bool              `json:"reopened,omitempty"`
	Content  Content           `json:"content"`
}

func (h held) snapshot() Snapshot {
	return Snapshot{
		h.Cycle, h.Kind, h.Agency, h.Record, h.State, h.Entry.Status, h.Version, h.Returned, h.Reopened, h.Content,
	}
}
