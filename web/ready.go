package web

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// readyTimeout is how long the database may take to answer.
const readyTimeout = 5 * time.Second

// ready says whether requests can be answered: the database answers, and its
// schema is the program's. What is wrong goes to the log.
func (s *site) ready(r *request) error {
	r.Header("Cache-Control", "no-store")
	ctx, cancel := context.WithTimeout(r.Request.Context(), readyTimeout)
	defer cancel()
	at, newest, err := s.schema.Status(ctx)
	said := "the database does not answer"
	if err == nil && at != newest {
		said, err = "the database is at another schema than the program", fmt.Errorf("the database is at schema %d, the program at %d", at, newest)
	}
	if err != nil {
		r.log.Warn("not ready", "id", r.id, "error", err)
		r.String(http.StatusServiceUnavailable, "not ready: %s\n", said)
		return nil
	}
	r.String(http.StatusOK, "ready\n")
	return nil
}
