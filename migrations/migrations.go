// Package migrations holds the schema as SQL, written once as PostgreSQL and
// read by SQLite through a handful of word replacements. It knows tables; it
// does not know what is stored in them.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed *.sql
var files embed.FS

// dialectSQLite replaces PostgreSQL's words by SQLite's.
var dialectSQLite = strings.NewReplacer(
	"BIGSERIAL PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT",
	"TIMESTAMPTZ", "DATETIME",
	"JSONB", "TEXT",
	"BYTEA", "BLOB",
	"DOUBLE PRECISION", "REAL",
)

// A step that cannot be shared is two files, one for each make of database.
const (
	onlyPostgres = ".postgres.sql"
	onlySQLite   = ".sqlite.sql"
)

// Migrator moves one database's schema.
type Migrator struct {
	provider *goose.Provider
	attempts int // how often Up tries again when another program was faster
}

// New returns the migrator of a database; postgres says which make it is.
func New(db *sql.DB, postgres bool) (*Migrator, error) {
	steps, err := steps(postgres)
	if err != nil {
		return nil, err
	}
	// SQLite has no lock that outlives a transaction. Each step is one transaction,
	// so the slower of two programs fails cleanly and tries again from there.
	dialect, options, attempts := goose.DialectSQLite3, []goose.ProviderOption{}, 20
	if postgres {
		dialect, attempts = goose.DialectPostgres, 1
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // replicas that start at once wait here, 5 minutes at most
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db, steps, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return &Migrator{provider, attempts}, nil
}

// Up brings the schema to the newest version and returns how many steps it took.
func (m *Migrator) Up(ctx context.Context) (int, error) {
	steps := 0
	for attempt := 1; ; attempt++ {
		before, _, _ := m.Status(ctx)
		done, err := m.provider.Up(ctx)
		steps += len(done)
		if err == nil {
			return steps, nil
		}
		after, _, _ := m.Status(ctx)
		if attempt >= m.attempts || attempt > 3 && after == before {
			return steps, fmt.Errorf("migrate the database: %w", err)
		}
		select {
		case <-ctx.Done():
			return steps, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Down takes back the newest step; it reports false when there is none left.
func (m *Migrator) Down(ctx context.Context) (bool, error) {
	_, err := m.provider.Down(ctx)
	if errors.Is(err, goose.ErrNoNextVersion) {
		return false, nil
	}
	return err == nil, err
}

// Status returns the schema's version and the newest version there is.
func (m *Migrator) Status(ctx context.Context) (at, newest int64, err error) {
	return m.provider.GetVersions(ctx)
}

// steps returns the SQL files as the make of database reads them.
func steps(postgres bool) (fs.FS, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		switch {
		case strings.HasSuffix(name, onlyPostgres) && !postgres, strings.HasSuffix(name, onlySQLite) && postgres:
			continue
		case !postgres:
			text = []byte(dialectSQLite.Replace(string(text)))
		}
		name = strings.TrimSuffix(strings.TrimSuffix(name, onlyPostgres), onlySQLite)
		name = strings.TrimSuffix(name, ".sql") + ".sql"
		out[name] = &fstest.MapFile{Data: text}
	}
	return out, nil
}

// Newest returns the version that the program's own schema has.
func Newest() (int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	return goose.NumericComponent(names[len(names)-1])
}
