// Package dbtest runs one test on both makes of database: an SQLite file in a
// temporary folder and a PostgreSQL database of its own. What every test begins
// with is made once in a process; each test gets a copy.
package dbtest

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// empty is what most tests begin with: the schema and nothing in it.
var empty = NewTemplate(nil)

// Each runs test on an empty, migrated database of each make. Without a
// PostgreSQL server it fails and says how to get one: it never skips.
func Each(t *testing.T, test func(t *testing.T, db *gorm.DB)) {
	t.Helper()
	empty.Each(t, test)
}

// EachURL is Each for tests that open the database themselves: it hands over the
// URL of an empty database without a schema. Both makes are tested at once; it
// returns when both are done.
func EachURL(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	both(t, test, func(t *testing.T) string { return "sqlite:" + t.TempDir() + "/test.db" }, func(t *testing.T) string { return Postgres(t) })
}

// SQLite returns an empty, migrated SQLite database.
func SQLite(t testing.TB) *gorm.DB {
	t.Helper()
	return empty.SQLite(t)
}

// PostgreSQL returns an empty, migrated PostgreSQL database.
func PostgreSQL(t testing.TB) *gorm.DB {
	t.Helper()
	return empty.PostgreSQL(t)
}

// Postgres makes an empty PostgreSQL database without a schema and returns its URL.
func Postgres(t testing.TB) string {
	t.Helper()
	return postgresFrom(t, "template1")
}

// both runs test on what the two functions make, at once.
func both[T any](t *testing.T, test func(*testing.T, T), sqlite, postgres func(*testing.T) T) {
	t.Helper()
	t.Run("on", func(t *testing.T) {
		t.Run("sqlite", func(t *testing.T) {
			t.Parallel()
			test(t, sqlite(t))
		})
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			test(t, postgres(t))
		})
	})
}

func open(t testing.TB, url string) *gorm.DB {
	t.Helper()
	g, err := db.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(g) })
	return g
}
