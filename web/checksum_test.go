package web

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// unchanged fails when what is done leaves another database behind.
func (o *office) unchanged(what string, do func()) {
	o.t.Helper()
	before := o.checksums()
	do()
	for table, sum := range o.checksums() {
		if before[table] != sum {
			o.t.Errorf("%s changes %s", what, table)
		}
	}
}

// checksums are those of all tables, in any order of rows. Of sessions only those
// of people count, and not when they were seen: a visitor's session carries the
// link that was followed.
func (o *office) checksums() map[string]string {
	o.t.Helper()
	tables, err := o.conn.Migrator().GetTables()
	o.must(err)
	sums := map[string]string{}
	for _, table := range tables {
		q := o.conn.Table(table)
		if table == "sessions" {
			q = q.Select("hash, user_id, created_at, expires_at").Where("user_id IS NOT NULL")
		}
		sums[table] = o.checksum(q)
	}
	return sums
}

func (o *office) checksum(q *gorm.DB) string {
	o.t.Helper()
	var rows []map[string]any
	o.must(q.Find(&rows).Error)
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = fmt.Sprint(row) // prints maps by key
	}
	slices.Sort(lines)
	return fmt.Sprintf("%d rows, %x", len(rows), sha256.Sum256([]byte(strings.Join(lines, "\n"))))
}
