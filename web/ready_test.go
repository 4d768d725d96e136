package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db"
)

func TestReadyWhenTheDatabaseAnswersAtTheProgramsSchema(t *testing.T) {
	country.Each(t, func(t *testing.T, conn *gorm.DB) {
		app := open(t, config(t, conn))
		if w := get(app, "/readyz"); w.Code != http.StatusOK || w.Body.String() != "ready\n" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if _, err := app.site.schema.Down(t.Context()); err != nil {
			t.Fatal(err)
		}
		if w := get(app, "/readyz"); w.Code != http.StatusServiceUnavailable || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") || !strings.Contains(w.Body.String(), "another schema") {
			t.Errorf("at an older schema: %d %s", w.Code, w.Body)
		}
		if err := db.Close(conn); err != nil {
			t.Fatal(err)
		}
		if w := get(app, "/readyz"); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "sql") || !strings.Contains(w.Body.String(), "does not answer") {
			t.Errorf("without a database: %d %s", w.Code, w.Body)
		}
	})
}

func TestMetricsTellOfRoutesAndOfNobody(t *testing.T) {
	conn := country.SQLite(t)
	app := open(t, config(t, conn))
	get(app, "/kk/measures/e-visa")
	get(app, "/kk/measures/e-visa")
	get(app, "/kk/measures/e-visa?unknown=1")
	get(app, "/nowhere/secret-in-the-address")
	r := httptest.NewRequest("BREW", "/kk/", nil)
	app.ServeHTTP(httptest.NewRecorder(), r)
	w := get(app.Metrics(), "/metrics")
	body, err := io.ReadAll(w.Body)
	if err != nil || w.Code != http.StatusOK {
		t.Fatal(w.Code, err)
	}
	said := string(body)
	for _, want := range []string{
		`gcm_http_requests_total{method="GET",route="/:lang/measures/:code",status="200"} 3`,
		`gcm_http_requests_total{method="GET",route="none",status="404"} 1`,
		`gcm_http_request_duration_seconds_count{route="/:lang/measures/:code"} 3`,
		`gcm_kept_pages_total{result="hit"} 1`, `gcm_kept_pages_total{result="made"} 1`, `gcm_kept_pages_total{result="bypassed"} 1`,
		`gcm_review_builds_total{result="done"} 0`, `gcm_mail_letters{state="queued"} 0`,
		`go_sql_open_connections{db_name="gcm"}`, "go_goroutines ",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, secret := range []string{"secret-in-the-address", "e-visa", "BREW"} {
		if strings.Contains(said, secret) {
			t.Errorf("the metrics tell of %q", secret)
		}
	}
	if w := get(app, "/metrics"); w.Code != http.StatusNotFound {
		t.Errorf("the public listener answers /metrics with %d", w.Code)
	}
}
