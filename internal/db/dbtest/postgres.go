package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// postgresURL names the environment variable with the URL of a PostgreSQL
// server on which the tests may make and drop databases.
const postgresURL = "GCM_TEST_POSTGRES_URL"

// A host is the server on which this process makes its databases.
type host struct {
	admin  *gorm.DB
	at     url.URL
	serial atomic.Int64
}

// server connects once in a process.
var server = sync.OnceValues(func() (*host, error) {
	address := os.Getenv(postgresURL)
	if address == "" {
		return nil, fmt.Errorf("%s is not set: run the tests with `.ci/with-postgres go test ./...` or `make test`", postgresURL)
	}
	at, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	admin, err := db.Open(context.Background(), address)
	if err != nil {
		return nil, err
	}
	db.Pool(admin).SetMaxIdleConns(1) // a server has few connections, and many packages ask at once
	return &host{admin: admin, at: *at}, nil
})

func (h *host) url(name string) string {
	at := h.at
	at.Path = "/" + name
	return at.String()
}

func (h *host) newName(what string) string {
	return fmt.Sprintf("gcm_%s_%d_%d_%d", what, os.Getpid(), time.Now().UnixNano(), h.serial.Add(1))
}

// postgresFrom copies a database for one test and returns the copy's URL.
func postgresFrom(t testing.TB, template string) string {
	t.Helper()
	h, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := h.newName("test")
	if err := h.admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy").Error; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	return h.url(name)
}
