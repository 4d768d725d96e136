package indicators

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/internal/register"
	"gcm/objectives"
)

// PlanContent is what people enter of the plan for a gap; the agency is a code.
// It is also what the audit log keeps.
type PlanContent struct {
	Agency string        `json:"agency,omitempty"`
	Plan   i18n.Text     `json:"plan,omitempty"`
	Due    period.Period `json:"due,omitempty"`
}

// Content returns what people entered of the plan; nothing of no plan.
func (p *GapPlan) Content() PlanContent {
	if p == nil {
		return PlanContent{}
	}
	c := PlanContent{Plan: p.Plan, Due: p.Due}
	if p.Agency != nil {
		c.Agency = p.Agency.Code
	}
	return c
}

// Revision stands for the content, so that nobody overwrites what he has not seen.
func (c PlanContent) Revision() (register.Revision, error) { return register.RevisionOf(c) }

func (c PlanContent) empty() bool { return c.Agency == "" && len(c.Plan) == 0 && c.Due == "" }

// GapPlans returns the plans for gaps in the order of entry.
func (s *Store) GapPlans(ctx context.Context) ([]GapPlan, error) {
	var rows []GapPlan
	err := s.db.WithContext(ctx).Preload("Agency").Order("id").Find(&rows).Error
	return rows, db.Fault(err, "list plans for data gaps")
}

// PlanGap writes the plan for a gap in place of the one that the actor saw; an
// empty one takes it away. When somebody else wrote another meanwhile it is a
// fault.Conflict.
func (s *Store) PlanGap(ctx context.Context, actor auth.Actor, g Gap, seen register.Revision, c PlanContent) error {
	if err := actor.Need(auth.Coordinate); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		agency, err := c.check(tx)
		if err != nil {
			return err
		}
		if err := holdGap(tx, g); err != nil {
			return err
		}
		plans, err := NewStore(tx).GapPlans(ctx)
		if err != nil {
			return err
		}
		var was *GapPlan
		if at := slices.IndexFunc(plans, func(p GapPlan) bool { return p.closes(g) }); at >= 0 {
			was = &plans[at]
		}
		before := was.Content()
		now, err := before.Revision()
		if err != nil {
			return err
		}
		if after, err := c.Revision(); err != nil || after == now {
			return err
		}
		if seen != now {
			return fault.New(fault.Conflict, "error.changed_meanwhile", "the plan for %s was changed meanwhile", g.Key())
		}
		if err := writePlan(tx, was, g, c, agency, actor); err != nil {
			return err
		}
		change := audit.Change{Action: "plan", Noun: "gap", Record: g.Key(), After: c}
		if was != nil {
			change.Before = before
		}
		log.Add(change)
		return nil
	})
}

// check tidies what was entered and finds the agency.
func (c *PlanContent) check(tx *db.DB) (*int64, error) {
	var found register.Checks
	found.Text("plan", &c.Plan)
	found.Period("due", &c.Due)
	var agency *int64
	if c.Agency != "" {
		var a objectives.Agency
		if err := tx.Select("id").Where("code = ? AND archived_at IS NULL", c.Agency).Limit(1).Find(&a).Error; err != nil {
			return nil, db.Fault(err, "agency "+c.Agency)
		}
		if agency = &a.ID; a.ID == 0 {
			register.Unknown(&found, "agency", c.Agency)
		}
	}
	if len(c.Plan) == 0 && (c.Agency != "" || c.Due != "") {
		found.Problems.Add("plan", "gap.problem.plan")
	}
	return agency, found.Problems.Err()
}

// holdGap keeps others from planning for the same gap until the transaction ends.
func holdGap(tx *db.DB, g Gap) error {
	q := tx.Clauses(clause.Locking{Strength: db.Row}).Select("id")
	if g.Indicator != nil {
		return db.Fault(q.Take(&Indicator{}, g.Indicator.ID).Error, "hold "+g.Key())
	}
	return db.Fault(q.Take(&objectives.Objective{}, g.Objectives[0].ID).Error, "hold "+g.Key())
}

func writePlan(tx *gorm.DB, was *GapPlan, g Gap, c PlanContent, agency *int64, actor auth.Actor) error {
	if c.empty() {
		return db.Fault(tx.Delete(&GapPlan{}, was.ID).Error, "take the plan for "+g.Key()+" away")
	}
	p := GapPlan{Kind: g.Kind, AgencyID: agency, Plan: c.Plan, Due: c.Due, MadeBy: actor.Name, MadeAt: tx.NowFunc()}
	if g.Indicator != nil {
		p.IndicatorID = &g.Indicator.ID
	} else {
		p.ObjectiveID = &g.Objectives[0].ID
	}
	if g.Dimension != nil {
		p.DimensionID = &g.Dimension.ID
	}
	if was != nil {
		p.ID = was.ID
	}
	return db.Fault(tx.Omit("Agency").Save(&p).Error, "write the plan for "+g.Key())
}
