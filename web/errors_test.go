package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
)

func TestUnknownAddressIsNotFoundInTheReadersLanguage(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]string{
		"/kk/nowhere": "Бет табылмады", "/ru/measures/nope": "Страница не найдена", "/en/objectives/24": "Page not found",
		"/en/objectives/05": "Page not found", "/en/objectives/x": "Page not found", "/en/agencies/nope": "Page not found",
		"/en/indicators/nope": "Page not found", "/en/indicators/nope.csv": "Page not found", "/en/reviews/1999": "Page not found",
		"/reviews/2022/de.pdf": "Бет табылмады", "/reviews/1999/kk.pdf": "Бет табылмады", "/reviews/2022/kk-full.pdf": "Бет табылмады",
		"/reviews/2022/..%2f..%2fetc.pdf": "Бет табылмады", "/static/fonts/OFL.txt": "Бет табылмады", "/static/../web.go": "Бет табылмады",
		"/de/": "Бет табылмады", "/indicators/refugees-registered": "Бет табылмады", "/en/reviews/2022/builds/kk-thick": "Page not found",
	} {
		w := get(h, path)
		if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, want %q", path, w.Code, want)
		}
		if id := w.Header().Get("X-Request-Id"); id == "" || !strings.Contains(w.Body.String(), id) {
			t.Errorf("%s does not show its request id", path)
		}
	}
}

func TestFailureShowsNothingFromInside(t *testing.T) {
	conn := country.SQLite(t)
	c := config(t, conn)
	c.BuildReview = func(context.Context, string, string, string, io.Writer) error {
		return errors.New("secret path /var/lib")
	}
	h := open(t, c)
	w := get(h, "/reviews/2022/en.pdf", "Accept-Language", "en")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if err := conn.Exec("DROP TABLE challenge_objectives").Error; err != nil {
		t.Fatal(err)
	}
	w = get(h, "/ru/objectives/5")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "table") || !strings.Contains(w.Body.String(), "Произошла ошибка") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	_ = db.Close(conn)
	if w = get(h, "/kk/"); w.Code < 500 || !strings.Contains(w.Body.String(), "<html lang=\"kk\"") {
		t.Errorf("a closed database answers %d", w.Code)
	}
	if w = get(h, "/healthz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("healthz answers %d", w.Code)
	}
}

func TestEmptyDatabaseSaysWhatToDo(t *testing.T) {
	h := open(t, config(t, dbtest.SQLite(t)))
	w := get(h, "/en/")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "gcm load PACK") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w = get(h, "/healthz"); w.Code != http.StatusOK {
		t.Errorf("healthz answers %d", w.Code)
	}
}

func TestPanicIsAnsweredWithAPage(t *testing.T) {
	s := &site{}
	err := protect(&request{site: s, log: config(t, nil).Log}, func(*request) error { panic("boom") })
	if status, _ := statusOf(err); err == nil || status != http.StatusInternalServerError || strings.Contains(err.Error(), "boom") {
		t.Errorf("%v", err)
	}
}

func TestEveryKindOfFailureHasAStatus(t *testing.T) {
	for kind, want := range map[fault.Kind]int{fault.Internal: 500, fault.NotFound: 404, fault.Conflict: 409, fault.Forbidden: 403, fault.Invalid: 422, fault.Unavailable: 503} {
		if status, _ := statusOf(fmt.Errorf("while: %w", fault.New(kind, "", "x"))); status != want {
			t.Errorf("kind %d answers %d, want %d", kind, status, want)
		}
	}
	if status, _ := statusOf(errors.New("x")); status != 500 {
		t.Errorf("an unknown failure answers %d", status)
	}
}

func TestWrongMethodIsRefusedAndTheRightOneNamed(t *testing.T) {
	h := loaded(t)
	for path, allow := range map[string]string{
		"/en/measures": "GET, HEAD, OPTIONS", "/en/reviews/2022/kk.pdf": "GET, HEAD, OPTIONS", "/static/css/gcm.css": "GET, HEAD, OPTIONS", "/": "GET, HEAD, OPTIONS",
		"/en/theme": "POST, OPTIONS", "/en/reviews/2022/builds": "POST, OPTIONS",
	} {
		methods := []string{"DELETE", "PUT", "TRACE", "PATCH", "PROPFIND"}
		if allow == "POST, OPTIONS" {
			methods = append(methods, "GET", "HEAD")
		} else {
			methods = append(methods, "POST")
		}
		for _, method := range methods {
			if w := ask(h, method, path); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != allow {
				t.Errorf("%s %s answers %d, Allow %q", method, path, w.Code, w.Header().Get("Allow"))
			}
		}
	}
	if w := ask(h, "HEAD", "/en/measures"); w.Code != http.StatusOK {
		t.Errorf("HEAD answers %d", w.Code)
	}
}
