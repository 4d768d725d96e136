package objectives

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// kept are the columns that a country pack does not speak of.
var kept = []string{"archived_at", "successor_id"}

// PutMeasures writes measures by their codes, each with its partners and
// mappings, which replace those it had. Linked records are found by their public
// keys: LeadAgency.Code, Objective.Number, Action.Ref and so on.
func (s *Store) PutMeasures(ctx context.Context, rows []Measure) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		find, err := newFinder(tx)
		if err != nil {
			return err
		}
		rows = slices.Clone(rows)
		for i := range rows {
			if rows[i].LeadAgencyID, err = find.agency(rows[i].LeadAgency); err != nil {
				return fmt.Errorf("measure %s: %w", rows[i].Code, err)
			}
		}
		if err := db.PutKeeping(tx, rows, kept, "code"); err != nil {
			return err
		}
		measures, err := db.ReadIDs[Measure, string](tx, "code")
		if err != nil {
			return err
		}
		var links measureLinks
		for _, m := range rows {
			if err := links.add(measures[m.Code], m, find); err != nil {
				return fmt.Errorf("measure %s: %w", m.Code, err)
			}
		}
		return links.write(tx)
	})
}

// PutChallenges writes challenges by their codes, each with its mappings, which
// replace those it had. Objectives are found by their numbers.
func (s *Store) PutChallenges(ctx context.Context, rows []Challenge) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		find, err := newFinder(tx)
		if err != nil {
			return err
		}
		if err := db.PutKeeping(tx, rows, kept, "code"); err != nil {
			return err
		}
		challenges, err := db.ReadIDs[Challenge, string](tx, "code")
		if err != nil {
			return err
		}
		var owners []int64
		var links []ChallengeObjective
		for _, c := range rows {
			owners = append(owners, challenges[c.Code])
			for _, l := range c.Objectives {
				l.ChallengeID = challenges[c.Code]
				if l.ObjectiveID, err = find.objectives.Of(l.Objective.Number, "objective"); err != nil {
					return fmt.Errorf("challenge %s: %w", c.Code, err)
				}
				links = append(links, l)
			}
		}
		return db.Replace(tx, "challenge_id", owners, links)
	})
}

// IDs finds the ids of the records that those of other rooms are linked to: the
// Compact's objectives by number, the measures by code.
func (s *Store) IDs(ctx context.Context) (objectives db.IDs[int], measures db.IDs[string], err error) {
	tx := s.db.WithContext(ctx)
	if objectives, err = compactIDs(tx); err != nil {
		return nil, nil, err
	}
	measures, err = db.ReadIDs[Measure, string](tx, "code")
	return objectives, measures, err
}

func compactIDs(tx *gorm.DB) (db.IDs[int], error) {
	return db.ReadIDs[Objective, int](tx.Where("framework_id = (SELECT id FROM frameworks WHERE code = ?)", compactFramework.Code), "number")
}

// finder finds the records that others are linked to.
type finder struct {
	agencies, actions, principles, laws db.IDs[string]
	objectives                          db.IDs[int]
}

func newFinder(tx *gorm.DB) (f finder, err error) {
	if f.agencies, err = db.ReadIDs[Agency, string](tx, "code"); err != nil {
		return f, err
	}
	if f.actions, err = db.ReadIDs[Action, string](tx, "ref"); err != nil {
		return f, err
	}
	if f.principles, err = db.ReadIDs[Principle, string](tx, "code"); err != nil {
		return f, err
	}
	if f.laws, err = db.ReadIDs[LegalInstrument, string](tx, "code"); err != nil {
		return f, err
	}
	f.objectives, err = compactIDs(tx)
	return f, err
}

func (f finder) agency(a *Agency) (*int64, error) {
	if a == nil {
		return nil, nil
	}
	id, err := f.agencies.Of(a.Code, "agency")
	return &id, err
}

// measureLinks gathers the links of several measures, so that each table is
// written at once.
type measureLinks struct {
	owners     []int64
	partners   []MeasurePartner
	objectives []MeasureObjective
	actions    []MeasureAction
	principles []MeasurePrinciple
	laws       []MeasureLegalInstrument
}

func (l *measureLinks) add(id int64, m Measure, find finder) (err error) {
	l.owners = append(l.owners, id)
	for _, p := range m.Partners {
		p.MeasureID = id
		if p.AgencyID, err = find.agencies.Of(p.Agency.Code, "agency"); err != nil {
			return err
		}
		l.partners = append(l.partners, p)
	}
	for _, o := range m.Objectives {
		o.MeasureID = id
		if o.ObjectiveID, err = find.objectives.Of(o.Objective.Number, "objective"); err != nil {
			return err
		}
		l.objectives = append(l.objectives, o)
	}
	for _, a := range m.Actions {
		a.MeasureID = id
		if a.ActionID, err = find.actions.Of(a.Action.Ref, "action"); err != nil {
			return err
		}
		l.actions = append(l.actions, a)
	}
	for _, p := range m.Principles {
		p.MeasureID = id
		if p.PrincipleID, err = find.principles.Of(p.Principle.Code, "guiding principle"); err != nil {
			return err
		}
		l.principles = append(l.principles, p)
	}
	for _, i := range m.LegalInstruments {
		i.MeasureID = id
		if i.LegalInstrumentID, err = find.laws.Of(i.LegalInstrument.Code, "legal instrument"); err != nil {
			return err
		}
		l.laws = append(l.laws, i)
	}
	return nil
}

func (l *measureLinks) write(tx *gorm.DB) error {
	if err := db.Replace(tx, "measure_id", l.owners, l.partners); err != nil {
		return err
	}
	if err := db.Replace(tx, "measure_id", l.owners, l.objectives); err != nil {
		return err
	}
	if err := db.Replace(tx, "measure_id", l.owners, l.actions); err != nil {
		return err
	}
	if err := db.Replace(tx, "measure_id", l.owners, l.principles); err != nil {
		return err
	}
	return db.Replace(tx, "measure_id", l.owners, l.laws)
}
