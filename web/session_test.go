package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

// at sets the clock of a database.
func at(conn *db.DB, moment time.Time) { conn.NowFunc = func() time.Time { return moment } }

// ASVS 7.3.1, 7.3.2
func TestSessionEndsIdleAndAltogether(t *testing.T) {
	app := bare(t)
	start := now()
	at(app.site.DB, start)
	for name, c := range map[string]struct {
		steps []time.Duration
		want  int
	}{
		"used every 29 minutes":        {[]time.Duration{29 * time.Minute, 58 * time.Minute, 87 * time.Minute}, http.StatusOK},
		"left alone for half an hour":  {[]time.Duration{30 * time.Minute}, http.StatusSeeOther},
		"used until twelve hours pass": {append(every(20*time.Minute, 12*time.Hour), 12*time.Hour), http.StatusSeeOther},
		"used until just before":       {append(every(20*time.Minute, 12*time.Hour), 12*time.Hour-time.Second), http.StatusOK},
	} {
		at(app.site.DB, start)
		as := person(t, app, "")
		code := 0
		for _, step := range c.steps {
			at(app.site.DB, start.Add(step))
			code = as.get("/work").Code
		}
		if code != c.want {
			t.Errorf("%s: answers %d, want %d", name, code, c.want)
		}
	}
}

func every(step, end time.Duration) (list []time.Duration) {
	for at := step; at < end; at += step {
		list = append(list, at)
	}
	return list
}

func TestUseIsNotedOnceAMinuteOnly(t *testing.T) {
	app := bare(t)
	start := now()
	at(app.site.DB, start)
	as := person(t, app, "")
	for _, c := range []struct {
		after, seen time.Duration
	}{{59 * time.Second, 0}, {time.Minute, time.Minute}, {90 * time.Second, time.Minute}} {
		at(app.site.DB, start.Add(c.after))
		as.get("/work")
		var row auth.Session
		if err := app.site.DB.Take(&row, "user_id = ?", as.user.ID).Error; err != nil || !row.SeenAt.Equal(start.Add(c.seen)) {
			t.Errorf("after %s it was seen at %s, %v", c.after, row.SeenAt, err)
		}
	}
}

// ASVS 3.3.1–3.3.4
func TestCookieIsHeldTightly(t *testing.T) {
	for base, want := range map[string][]string{
		"https://gcm.example": {"__Host-gcm=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"},
		"":                    {"gcm=", "Path=/", "HttpOnly", "SameSite=Lax"},
	} {
		c := config(t, dbtest.SQLite(t))
		c.BaseURL = base
		app := open(t, c)
		handler, err := app.site.router([]route{reads("/work", auth.Public, func(r *request) error { return r.beginSession(0) })})
		if err != nil {
			t.Fatal(err)
		}
		cookie := get(app.site.remember(handler), "/work").Header().Get("Set-Cookie")
		for cookie == "" || strings.HasPrefix(cookie, "lang=") {
			cookie = get(app.site.remember(handler), "/work").Header()["Set-Cookie"][1]
		}
		for _, part := range want {
			if !strings.Contains(cookie, part) || strings.Contains(cookie, "Domain") || strings.Contains(cookie, "Expires") {
				t.Errorf("%q: %s", base, cookie)
			}
		}
	}
}

// ASVS 7.2.3
func TestTokenIsLongAndOnlyItsHashIsKept(t *testing.T) {
	app := bare(t)
	as := person(t, app, "")
	_, token, _ := strings.Cut(as.cookie, "=")
	var row auth.Session
	if err := app.site.DB.Take(&row).Error; err != nil {
		t.Fatal(err)
	}
	if len(token) < 43 || row.Hash == token || strings.Contains(string(row.Data), token) {
		t.Errorf("token %q, row %+v", token, row)
	}
}

// ASVS 7.2.4
func TestSessionFromBeforeSignInIsWorthNothingAfter(t *testing.T) {
	app := bare(t)
	as := person(t, app, "")
	handler, err := app.site.router([]route{
		reads("/work", auth.SignedIn, app.site.showTasks),
		takes("/sign-in", auth.Public, func(r *request) error {
			if err := r.beginSession(as.user.ID); err != nil {
				return err
			}
			return r.to("/work", "Қош келдіңіз")
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	app.Handler = app.site.guard(app.site.remember(handler))
	w := as.post("/sign-in", "")
	if got := as.get("/work").Code; got != http.StatusSeeOther {
		t.Errorf("the token from before answers %d", got)
	}
	as.cookie = sessionCookie(w.Result().Cookies())
	if body := as.get("/work").Body.String(); !strings.Contains(body, "Қош келдіңіз") {
		t.Error("the new token does not carry on what was said")
	}
	if body := as.get("/work").Body.String(); strings.Contains(body, "Қош келдіңіз") {
		t.Error("it is said twice")
	}
}

// sessionCookie returns the Cookie header of the session among cookies that were set.
func sessionCookie(cookies []*http.Cookie) string {
	for _, c := range cookies {
		if strings.HasSuffix(c.Name, "gcm") {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

func TestSessionThatWasEndedDoesNotComeBack(t *testing.T) {
	app := bare(t)
	as := person(t, app, "")
	handler, err := app.site.router([]route{reads("/work", auth.SignedIn, func(r *request) error {
		r.flash("x")
		return app.site.DB.Exec("DELETE FROM sessions").Error // somebody ends it meanwhile
	})})
	if err != nil {
		t.Fatal(err)
	}
	as.app.Handler = app.site.guard(app.site.remember(handler))
	as.get("/work")
	if w := as.get("/work"); w.Code != http.StatusSeeOther {
		t.Errorf("answers %d", w.Code)
	}
}

func TestReaderWhoLeavesIsNoFailureOfTheSession(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		var log bytes.Buffer
		c := config(t, conn)
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		app := open(t, c)
		as := person(t, app, "")
		leaving, leave := context.WithCancel(t.Context())
		handler, err := app.site.router([]route{
			reads("/work", auth.SignedIn, app.site.showTasks),
			takes("/work/left", auth.SignedIn, func(r *request) error {
				leave()
				return r.to("/work", "Сақталды")
			}),
		})
		if err != nil {
			t.Fatal(err)
		}
		app.Handler = app.site.guard(app.site.remember(handler))
		ask := func(method, path string) {
			r := httptest.NewRequestWithContext(leaving, method, path, nil)
			r.Header.Set("Cookie", as.cookie)
			app.ServeHTTP(httptest.NewRecorder(), r)
		}
		ask(http.MethodPost, "/work/left") // leaves before the session is written
		ask(http.MethodGet, "/work")       // has left before it is read
		if strings.Contains(log.String(), "level=ERROR") {
			t.Error(log.String())
		}
		if body := as.get("/work").Body.String(); !strings.Contains(body, "Сақталды") {
			t.Error("what the form did is not said on the next page")
		}
	})
}
