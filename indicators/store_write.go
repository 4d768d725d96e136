package indicators

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/objectives"
)

// PutDimensions writes dimensions by their codes, each with its own codes, which
// replace those it had.
func (s *Store) PutDimensions(ctx context.Context, rows []Dimension) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		if err := db.Put(tx, rows, "code"); err != nil {
			return err
		}
		dimensions, err := db.ReadIDs[Dimension, string](tx, "code")
		if err != nil {
			return err
		}
		var owners []int64
		var codes []DimensionCode
		for _, d := range rows {
			owners = append(owners, dimensions[d.Code])
			for _, c := range d.Codes {
				c.DimensionID = dimensions[d.Code]
				codes = append(codes, c)
			}
		}
		return db.Replace(tx, "dimension_id", owners, codes)
	})
}

// PutIndicators writes indicators by their codes, each with its dimensions and
// mappings, which replace those it had. Linked records are found by their public
// keys. Observations are not touched: see PutObservations.
func (s *Store) PutIndicators(ctx context.Context, rows []Indicator) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		rows = slices.Clone(rows)
		agencies, err := db.ReadIDs[objectives.Agency, string](tx, "code")
		if err != nil {
			return err
		}
		for n := range rows {
			if err := rows[n].settle(agencies); err != nil {
				return fmt.Errorf("indicator %s: %w", rows[n].Code, err)
			}
		}
		if err := db.PutKeeping(tx, rows, []string{"archived_at", "successor_id"}, "code"); err != nil {
			return err
		}
		find, err := newFinder(ctx, tx)
		if err != nil {
			return err
		}
		var links indicatorLinks
		for _, i := range rows {
			if err := links.add(i, find); err != nil {
				return fmt.Errorf("indicator %s: %w", i.Code, err)
			}
		}
		return links.write(tx)
	})
}

// settle fills in what goes without saying, and who answers for the values.
func (i *Indicator) settle(agencies db.IDs[string]) error {
	i.Scope, i.AgencyID = cmp.Or(i.Scope, National), nil
	if i.Agency == nil {
		return nil
	}
	id, err := agencies.Of(i.Agency.Code, "agency")
	i.AgencyID = &id
	return err
}

// finder finds the records that indicators are linked to.
type finder struct {
	indicators, dimensions, measures, agencies db.IDs[string]
	objectives                                 db.IDs[int]
}

func newFinder(ctx context.Context, tx *gorm.DB) (f finder, err error) {
	if f.indicators, err = db.ReadIDs[Indicator, string](tx, "code"); err != nil {
		return f, err
	}
	if f.dimensions, err = db.ReadIDs[Dimension, string](tx, "code"); err != nil {
		return f, err
	}
	if f.agencies, err = db.ReadIDs[objectives.Agency, string](tx, "code"); err != nil {
		return f, err
	}
	f.objectives, f.measures, err = objectives.NewStore(tx).IDs(ctx)
	return f, err
}

// indicatorLinks gathers the links of several indicators, so that each table is
// written at once.
type indicatorLinks struct {
	owners     []int64
	dimensions []IndicatorDimension
	objectives []IndicatorObjective
	measures   []IndicatorMeasure
	targets    []Target
	breaks     []Break
}

func (l *indicatorLinks) add(i Indicator, find finder) (err error) {
	id := find.indicators[i.Code]
	l.owners = append(l.owners, id)
	for _, d := range i.Dimensions {
		d.IndicatorID = id
		if d.DimensionID, err = find.dimensions.Of(d.Dimension.Code, "dimension"); err != nil {
			return err
		}
		l.dimensions = append(l.dimensions, d)
	}
	for _, o := range i.Objectives {
		o.IndicatorID = id
		if o.ObjectiveID, err = find.objectives.Of(o.Objective.Number, "objective"); err != nil {
			return err
		}
		l.objectives = append(l.objectives, o)
	}
	for _, m := range i.Measures {
		m.IndicatorID = id
		if m.MeasureID, err = find.measures.Of(m.Measure.Code, "measure"); err != nil {
			return err
		}
		l.measures = append(l.measures, m)
	}
	for _, t := range i.Targets {
		t.IndicatorID = id
		l.targets = append(l.targets, t)
	}
	for _, b := range i.Breaks {
		b.IndicatorID = id
		l.breaks = append(l.breaks, b)
	}
	return nil
}

func (l *indicatorLinks) write(tx *gorm.DB) error {
	if err := db.Replace(tx, "indicator_id", l.owners, l.dimensions); err != nil {
		return err
	}
	if err := db.Replace(tx, "indicator_id", l.owners, l.objectives); err != nil {
		return err
	}
	if err := db.Replace(tx, "indicator_id", l.owners, l.measures); err != nil {
		return err
	}
	if err := db.Replace(tx, "indicator_id", l.owners, l.targets); err != nil {
		return err
	}
	return db.Replace(tx, "indicator_id", l.owners, l.breaks)
}
