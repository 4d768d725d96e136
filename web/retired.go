package web

import (
	"context"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

// retired says on a record's public page that it is out of use, and what took
// its place.
type retired struct {
	Path string    // of the successor's page, empty without one
	Name i18n.Text // of the successor
}

// retirement returns what to say of a record; nil when it is in use.
func (r *request) retirement(archivedAt *time.Time, section, code string, successor func(context.Context, string) (*register.Line, error)) (*retired, error) {
	if archivedAt == nil {
		return nil, nil
	}
	next, err := successor(r.Request.Context(), code)
	if err != nil || next == nil || next.State != "" && next.State != string(objectives.Released) {
		return &retired{}, err
	}
	return &retired{r.url("/" + section + "/" + next.Code), next.Name}, nil
}
