package indicators

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/db"
)

// Extension is what a file brings that the register lacks.
type Extension struct {
	Dimensions []Dimension         // new ones with their codes, or known ones with the codes that are new
	Indicators []Indicator         // new ones
	Breakdowns map[string][]string // dimensions by which known indicators are now broken down too
}

// Extend adds what a file brings to the register; nothing that is there changes.
func (s *Store) Extend(ctx context.Context, e Extension) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		if err := addDimensions(tx, e.Dimensions); err != nil {
			return err
		}
		if err := NewStore(tx).PutIndicators(ctx, e.Indicators); err != nil || len(e.Breakdowns) == 0 {
			return err
		}
		find, err := newFinder(ctx, tx)
		if err != nil {
			return err
		}
		var links []IndicatorDimension
		for indicator, dimensions := range e.Breakdowns {
			for n, dimension := range dimensions {
				links = append(links, IndicatorDimension{IndicatorID: find.indicators[indicator], DimensionID: find.dimensions[dimension], Position: 1000 + n})
			}
		}
		return db.Put(tx, links, "indicator_id", "dimension_id")
	})
}

func addDimensions(tx *gorm.DB, rows []Dimension) error {
	known, err := db.ReadIDs[Dimension, string](tx, "code")
	if err != nil {
		return err
	}
	var codes []DimensionCode
	for _, d := range rows {
		id, there := known[d.Code]
		if !there {
			d := Dimension{Code: d.Code, Name: d.Name}
			if err := tx.Omit(clause.Associations).Create(&d).Error; err != nil {
				return db.Fault(err, "add dimension "+d.Code)
			}
			id = d.ID
		}
		for _, c := range d.Codes {
			c.DimensionID = id
			codes = append(codes, c)
		}
	}
	if err := db.Put(tx, codes, "dimension_id", "code"); err != nil {
		return fmt.Errorf("add codes of dimensions: %w", err)
	}
	return nil
}
