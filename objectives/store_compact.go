package objectives

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

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
