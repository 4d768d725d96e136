package progress

import (
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

// apply writes what an entry says into the registers, which the public sees.
func (h *held) apply(tx *gorm.DB, log *audit.Log) error {
	switch {
	case h.Content.Progress != nil:
		return h.applyStatus(tx, log)
	case h.Content.Values != nil:
		return h.applyValues(tx, log)
	case h.Content.Mapping != nil:
		return h.applyMeasure(tx, log, func(m *objectives.Measure) error { return h.remap(tx, m) })
	}
	return h.applyProposal(tx, log)
}

// applyStatus gives the measure the status of the entry, unless a later round
// has spoken already.
func (h *held) applyStatus(tx *gorm.DB, log *audit.Log) error {
	var later int64
	err := tx.Table("entries AS e").Joins("JOIN cycles c ON c.id = e.cycle_id").
		Where("e.measure_id = ? AND e.kind = ? AND e.released IS NOT NULL", h.MeasureID, KindProgress).
		Where("c.cutoff > (SELECT cutoff FROM cycles WHERE id = ?)", h.CycleID).Count(&later).Error
	if err != nil || later > 0 {
		return db.Fault(err, "look for a later round")
	}
	return h.applyMeasure(tx, log, func(m *objectives.Measure) error {
		m.Status = h.Content.Progress.Status
		return nil
	})
}

// applyMeasure changes the entry's measure.
func (h *held) applyMeasure(tx *gorm.DB, log *audit.Log, change func(*objectives.Measure) error) error {
	q := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id")
	if err := q.Where("code = ?", h.Record).Take(&objectives.Measure{}).Error; err != nil {
		return db.Fault(err, "hold measure "+h.Record)
	}
	store := objectives.NewStore(tx)
	m, err := store.MeasureByCode(tx.Statement.Context, h.Record)
	if err != nil {
		return err
	}
	if m.ArchivedAt != nil {
		return fault.New(fault.Conflict, "entry.error.archived", "measure %s is archived", m.Code)
	}
	before := m.Content()
	if err := change(&m); err != nil {
		return err
	}
	if err := store.PutMeasures(tx.Statement.Context, []objectives.Measure{m}); err != nil {
		return err
	}
	log.Add(audit.Change{Action: "release", Noun: "measure", Record: m.Code, Reason: "entry " + h.Code, Before: before, After: m.Content()})
	return nil
}

// applyProposal makes the proposed measure, led by the agency that proposed it;
// once there is one, it is changed.
func (h *held) applyProposal(tx *gorm.DB, log *audit.Log) error {
	p := h.Content.Measure
	fill := func(m *objectives.Measure) error {
		m.Title, m.Description, m.Category, m.Status, m.Starts, m.Ends = p.Title, p.Description, p.Category, p.Status, p.Starts, p.Ends
		return h.remap(tx, m)
	}
	if h.MeasureID != nil {
		return h.applyMeasure(tx, log, fill)
	}
	code, err := register.FreeCode(tx, "measures", p.Title)
	if err != nil {
		return err
	}
	m := objectives.Measure{Code: code, LeadAgency: &objectives.Agency{Code: h.Agency}, State: objectives.Released}
	if err := fill(&m); err != nil {
		return err
	}
	if err := objectives.NewStore(tx).PutMeasures(tx.Statement.Context, []objectives.Measure{m}); err != nil {
		return err
	}
	var made objectives.Measure
	if err := tx.Select("id").Where("code = ?", code).Take(&made).Error; err != nil {
		return db.Fault(err, "measure "+code)
	}
	h.MeasureID, h.Record = &made.ID, code
	log.Add(audit.Change{Action: "create", Noun: "measure", Record: code, Reason: "entry " + h.Code, After: m.Content()})
	return nil
}

// remap gives a measure the mapping that the entry makes of its present one.
func (h *held) remap(tx *gorm.DB, m *objectives.Measure) error {
	to, err := h.Content.mapping().mapped(tx, h.Code, h.Released, *mappingOf(*m))
	to.replaceIn(m)
	return err
}

// replaceIn puts the mapping in place of the measure's. What the source itself
// states stays stated, with its quotes.
func (m Mapping) replaceIn(measure *objectives.Measure) {
	var to []objectives.MeasureObjective
	for _, o := range m.Objectives {
		link := objectives.MeasureObjective{Objective: objectives.Objective{Number: o.Number}}
		at := slices.IndexFunc(measure.Objectives, func(l objectives.MeasureObjective) bool { return l.Objective.Number == o.Number })
		if at >= 0 {
			link = measure.Objectives[at]
		}
		link.Mapping = remapped(link.Mapping, o.Rank, o.Reason)
		to = append(to, link)
	}
	var actions []objectives.MeasureAction
	for _, a := range m.Actions {
		link := objectives.MeasureAction{Action: objectives.Action{Ref: a.Ref}}
		at := slices.IndexFunc(measure.Actions, func(l objectives.MeasureAction) bool { return l.Action.Ref == a.Ref })
		if at >= 0 {
			link = measure.Actions[at]
		}
		link.Mapping = remapped(link.Mapping, a.Rank, a.Reason)
		actions = append(actions, link)
	}
	for _, l := range measure.Objectives { // what the source itself says is not for a proposal to take away
		if l.Basis == objectives.Stated && !slices.ContainsFunc(m.Objectives, func(o ObjectiveLink) bool { return o.Number == l.Objective.Number }) {
			to = append(to, l)
		}
	}
	measure.Objectives, measure.Actions = to, actions
}

// remapped returns a mapping with another rank and reason.
func remapped(m objectives.Mapping, rank objectives.Rank, reason i18n.Text) objectives.Mapping {
	m.Rank, m.Reason = rank, reason
	if m.Basis != objectives.Stated {
		m.Basis = objectives.Inferred
	}
	return m
}
