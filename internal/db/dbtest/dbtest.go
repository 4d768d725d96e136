// Package dbtest runs one test on both makes of database: an SQLite file in a
// temporary folder and a PostgreSQL database of its own.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/migrations"
)

// postgresURL names the environment variable with the URL of a PostgreSQL
// server on which the tests may make and drop databases.
const postgresURL = "GCM_TEST_POSTGRES_URL"

var serial atomic.Int64

// Each runs test on an empty, migrated database of each make. Without a
// PostgreSQL server it fails and says how to get one: it never skips.
func Each(t *testing.T, test func(t *testing.T, db *gorm.DB)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { test(t, open(t, url, true)) })
}

// EachURL is Each for tests that open the database themselves: it hands over the
// URL of an empty database without a schema. Both makes are tested at once; it
// returns when both are done.
func EachURL(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("on", func(t *testing.T) {
		t.Run("sqlite", func(t *testing.T) {
			t.Parallel()
			test(t, "sqlite:"+t.TempDir()+"/test.db")
		})
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			test(t, Postgres(t))
		})
	})
}

// SQLite returns an empty, migrated SQLite database.
func SQLite(t testing.TB) *gorm.DB {
	t.Helper()
	return open(t, "sqlite:"+t.TempDir()+"/test.db", true)
}

// PostgreSQL returns an empty, migrated PostgreSQL database.
func PostgreSQL(t testing.TB) *gorm.DB {
	t.Helper()
	return open(t, Postgres(t), true)
}

// Postgres makes an empty PostgreSQL database and returns its URL.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(postgresURL)
	if server == "" {
		t.Fatalf("%s is not set: run the tests with `.ci/with-postgres go test ./...` or `make test`", postgresURL)
	}
	admin := open(t, server, false)
	name := fmt.Sprintf("gcm_test_%d_%d_%d", os.Getpid(), time.Now().UnixNano(), serial.Add(1))
	if err := admin.Exec("CREATE DATABASE " + name).Error; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func open(t testing.TB, url string, migrate bool) *gorm.DB {
	t.Helper()
	g, err := db.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(g) })
	if migrate {
		m, err := migrations.New(db.Pool(g), strings.HasPrefix(url, "postgres"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Up(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return g
}
