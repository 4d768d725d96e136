package objectives

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/db"
)

// storedCompact reads the reference data that the database holds.
func (s *Store) storedCompact(ctx context.Context) (c compact, err error) {
	if err := s.db.WithContext(ctx).Where("code = ?", compactFramework.Code).Find(&c.framework).Error; err != nil {
		return c, db.Fault(err, "read the Compact")
	}
	c.framework.ID = 0
	if c.objectives, err = s.Objectives(ctx); err != nil {
		return c, err
	}
	for i := range c.objectives {
		o := &c.objectives[i]
		o.ID, o.FrameworkID = 0, 0
		for n := range o.Actions {
			o.Actions[n].ID, o.Actions[n].ObjectiveID = 0, 0
		}
	}
	if c.principles, err = s.Principles(ctx); err != nil {
		return c, err
	}
	for i := range c.principles {
		c.principles[i].ID, c.principles[i].FrameworkID = 0, 0
	}
	tables, err := s.RoundTables(ctx)
	for _, t := range tables {
		var members []int
		for _, o := range t.Objectives {
			members = append(members, o.Number)
		}
		c.tables = append(c.tables, members)
	}
	return c, err
}

// equal compares as printed, where no list and an empty one are the same.
func (c compact) equal(other compact) bool { return fmt.Sprintf("%+v", c) == fmt.Sprintf("%+v", other) }

func (c compact) write(tx *gorm.DB) error {
	framework := c.framework
	if err := upsert(tx, &framework, "code"); err != nil {
		return err
	}
	byNumber := map[int]Objective{}
	for _, o := range c.objectives {
		o.FrameworkID = framework.ID
		if err := writeObjective(tx, &o); err != nil {
			return err
		}
		o.Actions = nil // written already
		byNumber[o.Number] = o
	}
	for _, p := range c.principles {
		p.FrameworkID = framework.ID
		if err := upsert(tx, &p, "code"); err != nil {
			return err
		}
	}
	for i, numbers := range c.tables {
		table := RoundTable{FrameworkID: framework.ID, Number: i + 1}
		var members []Objective
		for _, n := range numbers {
			members = append(members, byNumber[n])
		}
		if err := upsert(tx, &table, "framework_id", "forum", "number"); err != nil {
			return err
		}
		if err := tx.Model(&table).Association("Objectives").Replace(members); err != nil {
			return err
		}
	}
	return nil
}

func writeObjective(tx *gorm.DB, o *Objective) error {
	if err := upsert(tx, o, "code"); err != nil {
		return err
	}
	for _, a := range o.Actions {
		a.ObjectiveID = o.ID
		if err := upsert(tx, &a, "ref"); err != nil {
			return err
		}
	}
	return nil
}

// upsert writes the row alone (no associations) and reads its id back.
func upsert[T any](tx *gorm.DB, row *T, key ...string) error {
	var columns []clause.Column
	for _, k := range key {
		columns = append(columns, clause.Column{Name: k})
	}
	return tx.Omit(clause.Associations).
		Clauses(clause.OnConflict{Columns: columns, UpdateAll: true}, clause.Returning{Columns: []clause.Column{{Name: "id"}}}).
		Create(row).Error
}
