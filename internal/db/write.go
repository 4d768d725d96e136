package db

import (
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/fault"
)

// batch is how many rows one statement writes; both makes count its parameters.
const batch = 200

// Row is how a row is locked that others refer to: who writes a reference to it is
// not kept waiting, which with two who hold each other's would last for ever.
const Row = "NO KEY UPDATE"

// Put writes rows alone, without what they are linked to: new ones are added,
// those whose key columns are known are replaced and keep their id. The rows
// themselves are not changed.
func Put[T any](tx *DB, rows []T, key ...string) error { return PutKeeping(tx, rows, nil, key...) }

// PutKeeping is Put that leaves the columns in keep of known rows as they are.
func PutKeeping[T any](tx *DB, rows []T, keep []string, key ...string) error {
	if len(rows) == 0 {
		return nil
	}
	parsed := &gorm.Statement{DB: tx}
	if err := parsed.Parse(&rows); err != nil {
		return Fault(err, "write rows")
	}
	updated := slices.DeleteFunc(slices.Clone(parsed.Schema.DBNames), func(c string) bool {
		return c == "id" || slices.Contains(keep, c) || slices.Contains(key, c)
	})
	var columns []clause.Column
	for _, k := range key {
		columns = append(columns, clause.Column{Name: k})
	}
	onConflict := clause.OnConflict{Columns: columns, DoNothing: len(updated) == 0}
	if len(updated) > 0 {
		onConflict.DoUpdates = clause.AssignmentColumns(updated)
	}
	rows = slices.Clone(rows) // gorm writes ids into them
	err := tx.Omit(clause.Associations).Clauses(onConflict).CreateInBatches(&rows, batch).Error
	return Fault(err, "write "+table(tx, rows))
}

// Replace writes the links of some owners in place of those they had; column is
// the one that names the owner.
func Replace[T any](tx *DB, column string, owners []int64, links []T) error {
	for part := range slices.Chunk(owners, batch) {
		if err := tx.Where(column+" IN ?", part).Delete(new(T)).Error; err != nil {
			return Fault(err, "replace "+table(tx, links))
		}
	}
	if len(links) == 0 {
		return nil
	}
	err := tx.Omit(clause.Associations).CreateInBatches(slices.Clone(links), batch).Error
	return Fault(err, "write "+table(tx, links))
}

func table[T any](tx *DB, rows []T) string {
	stmt := &gorm.Statement{DB: tx}
	if err := stmt.Parse(&rows); err != nil {
		return "rows"
	}
	return stmt.Table
}

// IDs maps the public keys of a table's rows to their ids.
type IDs[K comparable] map[K]int64

// ReadIDs reads the ids of the rows of T that query selects, by the column.
func ReadIDs[T any, K comparable](query *DB, column string) (IDs[K], error) {
	var rows []struct {
		Key K
		ID  int64
	}
	if err := query.Model(new(T)).Select(column + " AS key, id").Find(&rows).Error; err != nil {
		return nil, Fault(err, "read the keys of "+table(query, []T{}))
	}
	found := IDs[K]{}
	for _, row := range rows {
		found[row.Key] = row.ID
	}
	return found, nil
}

// Of returns the id of a key; a fault.Invalid that names the noun when there is none.
func (m IDs[K]) Of(key K, noun string) (int64, error) {
	if id, known := m[key]; known {
		return id, nil
	}
	return 0, fault.New(fault.Invalid, "", "there is no %s %v", noun, key)
}

// OnKnown leaves out rows whose unique column is known already.
func OnKnown(column string) clause.OnConflict {
	return clause.OnConflict{Columns: []clause.Column{{Name: column}}, DoNothing: true}
}
