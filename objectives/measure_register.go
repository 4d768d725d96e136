package objectives

import (
	"context"
	"regexp"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/register"
)

// currency is the form of a code of ISO 4217.
var currency = regexp.MustCompile(`^[A-Z]{3}$`)

// MeasureRegister returns the register of measures. What else is to follow a
// merged measure, rooms above this one say.
func (s *Store) MeasureRegister(follow ...register.Follow) register.Register[MeasureContent] {
	return register.Register[MeasureContent]{
		DB: s.db, Noun: "measure", Table: "measures", Name: "title", Class: "category", Released: true, May: auth.Coordinate,
		Title: func(c MeasureContent) i18n.Text { return c.Title },
		Read: func(tx *db.DB, code string) (MeasureContent, error) {
			m, err := NewStore(tx).MeasureByCode(tx.Statement.Context, code)
			return m.Content(), err
		},
		Check: checkMeasure,
		Write: func(tx *db.DB, code string, c MeasureContent) error {
			m := c.measure(code)
			if err := NewStore(tx).PutMeasures(tx.Statement.Context, []Measure{m}); err != nil {
				return err
			}
			return writePlan(tx, m)
		},
		Join:   joinMeasure,
		Follow: follow,
	}
}

// writePlan writes the milestones and budgets of a measure in place of those it had.
func writePlan(tx *db.DB, m Measure) error {
	var row Measure
	if err := tx.Select("id").Where("code = ?", m.Code).Take(&row).Error; err != nil {
		return db.Fault(err, "measure "+m.Code)
	}
	for i := range m.Milestones {
		m.Milestones[i].MeasureID = row.ID
	}
	for i := range m.Budgets {
		m.Budgets[i].MeasureID = row.ID
	}
	if err := db.Replace(tx, "measure_id", []int64{row.ID}, m.Milestones); err != nil {
		return err
	}
	return db.Replace(tx, "measure_id", []int64{row.ID}, m.Budgets)
}

// joinMeasure adds the mapping and the partners of a merged measure. Its dates,
// milestones and money are of its own history and stay there.
func joinMeasure(into *MeasureContent, from MeasureContent) {
	if into.Lead == "" {
		into.Lead = from.Lead
	}
	for _, code := range append(slices.Clone(from.Partners), from.Lead) {
		if code != "" && code != into.Lead && !into.Partners.Has(code) {
			into.Partners = append(into.Partners, code)
		}
	}
	into.Objectives = JoinObjectives(into.Objectives, from.Objectives)
	into.Actions = Joined(into.Actions, from.Actions)
	into.Laws = Joined(into.Laws, from.Laws)
}

// AssignLead gives measures to the agency that is to lead them, all or none.
func (s *Store) AssignLead(ctx context.Context, actor auth.Actor, codes []string, agency string) error {
	if err := actor.Need(auth.Coordinate); err != nil {
		return err
	}
	if len(codes) == 0 {
		return fault.Problems{{Field: "code", Key: "register.problem.none_chosen"}}
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		a, err := NewStore(tx).AgencyByCode(ctx, agency)
		if fault.KindOf(err) == fault.NotFound || err == nil && a.ArchivedAt != nil {
			return fault.Problems{{Field: "lead_agency", Key: "register.problem.choose_agency"}}
		} else if err != nil {
			return err
		}
		chosen := func(q *db.DB) *db.DB { return q.Where("code IN ?", codes) }
		var n int64
		if err := chosen(tx.Model(&Measure{})).Count(&n).Error; err != nil {
			return db.Fault(err, "count the chosen measures")
		}
		slices.Sort(codes)
		if int(n) != len(slices.Compact(slices.Clone(codes))) {
			return fault.New(fault.NotFound, "error.not_found", "some of the chosen measures do not exist: %v", codes)
		}
		return rewriteMeasures(tx, log, audit.Change{Action: "assign"}, chosen, func(c *MeasureContent) {
			c.Lead, c.Partners = agency, without(c.Partners, agency)
		})
	})
}
