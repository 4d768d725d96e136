// Package db opens the database, SQLite or PostgreSQL, and settles once what
// differs between the two. It knows connections and errors; it knows no table.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"gcm/internal/fault"
)

// DB is an open database, or a transaction on it. Rooms without a store of their
// own pass it on under this name and need not know gorm.
type DB = gorm.DB

// Transact runs do in one transaction: all of it is written, or nothing.
func Transact(ctx context.Context, db *DB, do func(tx *DB) error) error {
	leave, err := enter(ctx, db)
	if err != nil {
		return err
	}
	defer leave()
	err = db.WithContext(ctx).Transaction(do)
	switch gone := ctx.Err(); {
	case err == nil || fault.KindOf(err) != fault.Internal:
		return err
	case gone != nil: // it was rolled back under the statement that failed, which only says that it is over
		return fmt.Errorf("%w: %w", gone, err)
	}
	return explain(err)
}

// Exists says what to do when a URL names an SQLite file that is not there; a
// server is asked when it is opened.
func Exists(url string) error {
	path, isFile := strings.CutPrefix(url, "sqlite:")
	if !isFile {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return fault.New(fault.NotFound, "", "there is no database %s: name another with --database, or make it with `gcm migrate up`", path)
	}
	return nil
}

// pragmas stand in the connection string, so that every connection of the pool
// has them. Writers take their lock at once instead of failing half-way.
const pragmas = "_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
	"&_pragma=busy_timeout(5000)&_txlock=immediate"

// Open opens the database of a URL: "sqlite:PATH" (":memory:" is not offered,
// since each connection would see its own) or "postgres://…".
func Open(ctx context.Context, url string) (*DB, error) {
	var dialector gorm.Dialector
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		path := strings.TrimPrefix(url, "sqlite:")
		if err := checkFolder(path); err != nil {
			return nil, err
		}
		dialector = sqlite.Open("file:" + escape(path) + "?" + pragmas)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		dialector = postgres.Open(url)
	default:
		return nil, fault.New(fault.Invalid, "", "database URL: use sqlite:PATH or postgres://USER@HOST/NAME")
	}
	db, err := gorm.Open(dialector, &gorm.Config{
		TranslateError: true,
		NowFunc:        func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
		Logger:         logger.Discard, // failures are returned; who handles them logs them
	})
	if err == nil {
		err = Pool(db).PingContext(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", explain(err))
	}
	if IsPostgres(db) {
		Pool(db).SetMaxOpenConns(20)
		Pool(db).SetMaxIdleConns(20)
	}
	return db, nil
}

// checkFolder says early and plainly what SQLite would only call "unable to open".
func checkFolder(path string) error {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return fault.New(fault.Invalid, "", "database URL: name a file after sqlite:")
	}
	info, err := os.Stat(filepath.Dir(path))
	if err != nil || !info.IsDir() {
		return fault.New(fault.Invalid, "", "open the database: there is no folder %s", filepath.Dir(path))
	}
	return nil
}

// escape keeps a path with ? or # or % from being read as a query.
func escape(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// IsPostgres reports which make the database is.
func IsPostgres(db *DB) bool { return db.Name() == "postgres" }

// Pool returns the connection pool below gorm.
func Pool(db *DB) *sql.DB {
	pool, err := db.DB()
	if err != nil { // gorm returns one for every dialector we open
		panic(err)
	}
	return pool
}

// Close closes the database.
func Close(db *DB) error {
	turns.Delete(Pool(db))
	return Pool(db).Close()
}

// explain turns the commonest failures of either database into what to do.
func explain(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "SQLITE_BUSY"), strings.Contains(text, "database is locked"):
		return fault.New(fault.Unavailable, "", "the database is locked by another program: close it, then try again (%w)", err)
	case strings.Contains(text, "SQLITE_READONLY"), strings.Contains(text, "readonly database"), strings.Contains(text, "read-only transaction"):
		return fault.New(fault.Unavailable, "", "the database is read-only: make the file and its folder writable (%w)", err)
	case strings.Contains(text, "SQLITE_CANTOPEN"), strings.Contains(text, "unable to open database"), strings.Contains(text, "out of memory (14)"): // so the driver calls it
		return fault.New(fault.Unavailable, "", "the database file cannot be opened: check the path and its rights (%w)", err)
	case strings.Contains(text, "SQLITE_FULL"), strings.Contains(text, "disk is full"), strings.Contains(text, "SQLSTATE 53100"):
		return fault.New(fault.Unavailable, "error.full", "the disk is full: make room, then try again (%w)", err)
	case strings.Contains(text, "failed to connect to"), strings.Contains(text, "connection refused"), strings.Contains(text, "no such host"):
		return fault.New(fault.Unavailable, "", "the database server does not answer: check that it runs, and the address, user and password in the database URL (%s)", oneLine(text))
	case strings.Contains(text, "interrupted (9)"): // SQLite's driver does not say that nobody waits for the answer any more
		return fmt.Errorf("%w: %w", context.Canceled, err)
	case strings.Contains(text, "SQLSTATE 22021"): // PostgreSQL keeps no NUL and nothing that is not UTF-8
		return fault.New(fault.Invalid, "error.invalid", "the text has characters that cannot be kept (%w)", err)
	case strings.Contains(text, "SQLITE_NOTADB"), strings.Contains(text, "file is not a database"):
		return fault.New(fault.Invalid, "", "the file is not an SQLite database (%w)", err)
	}
	return err
}

// oneLine folds a message of several lines into one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Fault gives a database failure its kind: a missing record is NotFound, a
// broken unique key, check or reference is Conflict. SQLite's driver does not
// translate its codes 275 (CHECK) and 1811 (ON DELETE RESTRICT), so the text
// is looked at too.
func Fault(err error, what string) error {
	if err == nil {
		return nil
	}
	err = explain(err)
	wrapped := fmt.Errorf("%s: %w", what, err)
	if fault.KindOf(err) != fault.Internal {
		return wrapped
	}
	switch text := err.Error(); {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.New(fault.NotFound, "error.not_found", "%s: not found", what)
	case errors.Is(err, gorm.ErrDuplicatedKey), errors.Is(err, gorm.ErrForeignKeyViolated), errors.Is(err, gorm.ErrCheckConstraintViolated),
		strings.Contains(text, "(275)"), strings.Contains(text, "(1811)"), strings.Contains(text, "constraint failed"):
		return fault.New(fault.Conflict, "error.conflict", "%w", wrapped)
	}
	return wrapped
}
