package progress

import (
	"context"
	"crypto/rand"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
)

// Start begins the entry of the actor's agency on a record in an open round, and
// returns the one that there is already. The record is the code of a measure or
// an indicator, empty for a measure to be proposed; the agency is a code, empty
// for the actor's own, and no other one is his to write for.
func (s *Store) Start(ctx context.Context, actor auth.Actor, cycle string, kind Kind, record, agency string) (Entry, error) {
	if err := mayEnter(actor, agency); err != nil {
		return Entry{}, err
	}
	var h held
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) (err error) {
		h, err = start(tx, log, actor, cycle, kind, record)
		return err
	})
	return h.Entry, err
}

// start is Start within a transaction; the entry stays as it is until that ends.
func start(tx *db.DB, log *audit.Log, actor auth.Actor, cycle string, kind Kind, record string) (held, error) {
	c, err := holdCycle(tx, "code = ?", cycle)
	if err != nil {
		return held{}, err
	}
	e := Entry{CycleID: c.ID, Kind: kind, AgencyID: actor.AgencyID, AssigneeID: actor.UserID, Code: newCode(), State: objectives.Draft, Version: 1, Editors: Editors{}}
	if err := e.begin(tx, record); err != nil {
		return held{}, err
	}
	known, err := e.known(tx)
	if known == "" && err == nil {
		if !c.Open() {
			return held{}, fault.New(fault.Conflict, "entry.error.closed", "start an entry: round %s is not open", cycle)
		}
		known, err = e.create(tx)
	}
	if err != nil {
		return held{}, err
	}
	h, err := take(tx, actor, known)
	if err == nil && known == e.Code {
		log.Add(audit.Change{Action: "start", Noun: "entry", Record: e.Code, After: h.snapshot()})
	}
	return h, err
}

func mayEnter(actor auth.Actor, agency string) error {
	if err := actor.Need(auth.Enter); err != nil {
		return err
	}
	if actor.UserID == 0 || actor.AgencyID == 0 || agency != "" && agency != actor.Agency {
		return fault.New(fault.Forbidden, "error.forbidden", "start an entry: user %d does not write for agency %q", actor.UserID, agency)
	}
	return nil
}

// newCode returns a code that tells nothing and cannot be guessed.
func newCode() string { return strings.ToLower(rand.Text()[:14]) }

// create writes the entry and returns the code of the one that is there then:
// somebody else may have begun it at the same moment.
func (e *Entry) create(tx *gorm.DB) (string, error) {
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(e)
	if made.Error != nil || made.RowsAffected > 0 {
		return e.Code, db.Fault(made.Error, "start an entry")
	}
	return e.known(tx)
}

// known returns the code of the entry that there is already: of progress and
// values one in a round, of a mapping one that is still on its way, of proposals
// the actor's own that is yet untouched.
func (e *Entry) known(tx *gorm.DB) (string, error) {
	q := tx.Model(&Entry{}).Select("code").Where("cycle_id = ? AND agency_id = ? AND kind = ?", e.CycleID, e.AgencyID, e.Kind)
	switch e.Kind {
	case KindProgress:
		q = q.Where("measure_id = ?", e.MeasureID)
	case KindValues:
		q = q.Where("indicator_id = ?", e.IndicatorID)
	case KindMapping:
		q = q.Where("measure_id = ? AND state <> ?", e.MeasureID, objectives.Released)
	case KindMeasure:
		q = q.Where("assignee_id = ? AND version = 1", e.AssigneeID)
	}
	var codes []string
	err := q.Order("id").Limit(1).Find(&codes).Error
	if len(codes) == 0 {
		return "", db.Fault(err, "look for the entry")
	}
	return codes[0], nil
}

// begin links the entry to its record and fills in what is known of it.
func (e *Entry) begin(tx *gorm.DB, record string) error {
	switch e.Kind {
	case KindValues:
		var i indicators.Indicator
		if err := tx.Select("id, formula").Where("code = ? AND archived_at IS NULL", record).Take(&i).Error; err != nil {
			return db.Fault(err, "indicator "+record)
		}
		if i.Formula.Kind != "" {
			return fault.New(fault.Conflict, "entry.error.calculated", "the values of %s are calculated", record)
		}
		e.IndicatorID, e.Content.Values = &i.ID, &Values{Rows: []Figure{}}
	case KindProgress, KindMapping:
		m, err := objectives.NewStore(tx).MeasureByCode(tx.Statement.Context, record)
		if err != nil {
			return err
		}
		if m.ArchivedAt != nil {
			return fault.New(fault.NotFound, "error.not_found", "measure %s is archived", record)
		}
		e.MeasureID = &m.ID
		if e.Kind == KindMapping {
			e.Content.Mapping = mappingOf(m)
			break
		}
		e.Status, e.Content.Progress = m.Status, &Progress{Status: m.Status}
	case KindMeasure:
		e.Content.Measure = &Proposal{Status: objectives.Planned}
	default:
		return fault.New(fault.Invalid, "error.invalid", "start an entry: there is no kind %q", e.Kind)
	}
	return nil
}

// mappingOf returns a measure's present mapping.
func mappingOf(m objectives.Measure) *Mapping {
	var mapping Mapping
	for _, o := range m.Objectives {
		mapping.Objectives = append(mapping.Objectives, ObjectiveLink{o.Objective.Number, o.Rank, o.Reason})
	}
	for _, a := range m.Actions {
		mapping.Actions = append(mapping.Actions, ActionLink{a.Action.Ref, a.Rank, a.Reason})
	}
	return &mapping
}

// Entry returns one entry as the actor sees it; a fault.NotFound when it is out
// of his reach.
func (s *Store) Entry(ctx context.Context, actor auth.Actor, code string) (Entry, error) {
	var h held
	err := find(s.db.WithContext(ctx), actor, "e.code = ?", code).Take(&h).Error
	if err != nil {
		return Entry{}, db.Fault(err, "entry "+code)
	}
	return h.seenBy(actor), nil
}
