package dbtest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/migrations"
)

// A Template is a database that is filled once in a process, on each make where
// a test asks for it, and copied for every test.
type Template struct {
	fill     func(*gorm.DB) error
	sqlite   func() ([]byte, error) // the file
	postgres func() (string, error) // the database's name
}

// NewTemplate returns the template of a migrated database in which fill, if
// there is one, writes what the tests begin with.
func NewTemplate(fill func(*gorm.DB) error) *Template {
	p := &Template{fill: fill}
	p.sqlite = sync.OnceValues(p.makeSQLite)
	p.postgres = sync.OnceValues(p.makePostgres)
	return p
}

// Each runs test on a copy of each make; it returns when both are done.
func (p *Template) Each(t *testing.T, test func(t *testing.T, db *gorm.DB)) {
	t.Helper()
	both(t, test, func(t *testing.T) *gorm.DB { return p.SQLite(t) }, func(t *testing.T) *gorm.DB { return p.PostgreSQL(t) })
}

// SQLite returns a copy in a file.
func (p *Template) SQLite(t testing.TB) *gorm.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	if err := p.File(path); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

// File makes an SQLite copy in a file of the caller's.
func (p *Template) File(path string) error {
	file, err := p.sqlite()
	if err != nil {
		return err
	}
	return os.WriteFile(path, file, 0o600)
}

// PostgreSQL returns a copy on the server.
func (p *Template) PostgreSQL(t testing.TB) *gorm.DB {
	t.Helper()
	name, err := p.postgres()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, postgresFrom(t, name))
}

func (p *Template) makeSQLite() ([]byte, error) {
	dir, err := os.MkdirTemp("", "gcm-template-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := p.make("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// makePostgres leaves the template on the server, which is thrown away after the
// tests.
func (p *Template) makePostgres() (string, error) {
	s, err := server()
	if err != nil {
		return "", err
	}
	name := s.newName("template")
	if err := s.admin.Exec("CREATE DATABASE " + name).Error; err != nil {
		return "", err
	}
	return name, p.make(s.url(name))
}

// make fills the database of a URL and lets go of it, so that it is whole in its
// file and free to be copied.
func (p *Template) make(url string) error {
	g, err := db.Open(context.Background(), url)
	if err != nil {
		return err
	}
	schema, err := migrations.New(db.Pool(g), db.IsPostgres(g))
	if err == nil {
		_, err = schema.Up(context.Background())
	}
	if err == nil && p.fill != nil {
		err = p.fill(g)
	}
	if closed := db.Close(g); err == nil {
		err = closed
	}
	return err
}
