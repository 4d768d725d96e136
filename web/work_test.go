package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

// client is a browser in which a person is signed in.
type client struct {
	app    *App
	user   auth.User
	cookie string
}

// anybody is what a person is called, in every language as the name is written.
const anybody = "Айгүл Сәрсенова"

// person makes a person with the roles in the database of the application and
// signs the person in. Agency is a code, empty for none. The language is
// Kazakh; the account is a real one with a real session, without a password.
func person(t testing.TB, app *App, agency string, roles ...auth.Role) *client {
	t.Helper()
	conn := app.site.DB
	user := auth.User{
		Email: fmt.Sprintf("person%d@gov.example", count(t, conn)+1), Name: anybody, Language: "kk", Digest: "daily",
		CreatedAt: conn.NowFunc(), Version: 1,
	}
	for _, role := range roles {
		user.Roles = append(user.Roles, auth.UserRole{Role: role})
	}
	if agency != "" {
		user.AgencyID = new(int64)
		if err := conn.Table("agencies").Where("code = ?", agency).Select("id").Take(user.AgencyID).Error; err != nil {
			t.Fatalf("the agency %s: %v", agency, err)
		}
	}
	if err := conn.Create(&user).Error; err != nil {
		t.Fatal(err)
	}
	return &client{app, user, session(t, app, user.ID)}
}

// session begins a session of a person and returns the Cookie header.
func session(t testing.TB, app *App, user int64) string {
	t.Helper()
	m := app.site.sessions
	ctx, err := m.Load(auth.WithVisit(t.Context(), &auth.Visit{UserID: user}), "")
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := m.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return m.Cookie.Name + "=" + token
}

func count(t testing.TB, conn *db.DB) (n int64) {
	t.Helper()
	if err := conn.Model(&auth.User{}).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// get asks for a page as the person; headers are name, value, name, value.
func (c *client) get(path string, headers ...string) *httptest.ResponseRecorder {
	return get(c.app, path, append([]string{"Cookie", c.cookie}, headers...)...)
}

// post sends a form as the person.
func (c *client) post(path, form string, headers ...string) *httptest.ResponseRecorder {
	return post(c.app, path, form, append([]string{"Cookie", c.cookie}, headers...)...)
}

// onEach runs a test on a site of its own with Kazakhstan in it, on each make of
// database.
func onEach(t *testing.T, test func(t *testing.T, app *App)) {
	t.Helper()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		test(t, open(t, config(t, conn)))
	})
}

// bare returns a site without a country on SQLite, for what needs no data.
func bare(t testing.TB) *App {
	t.Helper()
	return open(t, config(t, dbtest.SQLite(t)))
}

func TestVisitorIsLedToTheSignInPageAndOn(t *testing.T) {
	app := bare(t)
	w := get(app, "/work?x=1")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/sign-in?next=%2Fwork%3Fx%3D1" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if body := get(app, "/sign-in?next=%2Fwork%3Fx%3D1").Body.String(); !strings.Contains(body, `name="next" value="/work?x=1"`) {
		t.Errorf("the form forgets where one wanted to go: %s", body)
	}
	if w := post(app, "/sign-out", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("a form of a visitor answers %d", w.Code)
	}
}

func TestSignedInPersonSeesTheWork(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "mia", auth.Contributor)
		w := as.get("/work")
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(body, as.user.Name) || !strings.Contains(body, "Менің тапсырмаларым") || !strings.Contains(body, `action="/sign-out"`) {
			t.Errorf("answers %d: %s", w.Code, body)
		}
		if got := w.Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("may be kept: %q", got)
		}
	})
}

func TestColleagueStandsInDuringLeaveAlone(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		at(app.site.DB, now())
		absent := person(t, app, "mia", auth.Approver)
		for _, c := range []struct {
			agency, from, until string
			want                bool
		}{
			{"mia", "2030-01-01", "2030-01-02", true}, {"mia", "2030-01-02", "2030-01-09", true},
			{"mia", "2030-01-03", "2030-01-09", false}, {"mia", "2029-12-01", "2030-01-01", false}, {"mia", "", "", false},
			{"mfa", "2030-01-01", "2030-01-09", false},
		} {
			as := person(t, app, c.agency, auth.Contributor)
			err := app.site.DB.Model(&absent.user).Updates(map[string]any{"leave_from": c.from, "leave_until": c.until, "substitute_id": as.user.ID}).Error
			if err != nil {
				t.Fatal(err)
			}
			actor, err := app.site.accounts.Actor(t.Context(), as.user.ID)
			if err != nil || actor.Can(auth.Approve) != c.want || actor.Agency != c.agency {
				t.Errorf("%v: may approve %v, %v", c, actor, err)
			}
		}
	})
}

func TestSigningOutEndsTheSession(t *testing.T) {
	as := person(t, bare(t), "")
	if w := as.post("/sign-out", ""); w.Code != http.StatusSeeOther {
		t.Fatalf("answers %d", w.Code)
	}
	if w := as.get("/work"); w.Code != http.StatusSeeOther {
		t.Errorf("the old cookie still answers %d", w.Code)
	}
}

func TestNavigationLeadsOnlyWhereThePersonMayGo(t *testing.T) {
	app := bare(t)
	app.site.table = append(app.site.table, reads("/work/users", auth.Administer, nil))
	for role, want := range map[auth.Role]bool{auth.Admin: true, auth.Contributor: false} {
		if got := strings.Contains(person(t, app, "", role).get("/work").Body.String(), `href="/work/users"`); got != want {
			t.Errorf("%s sees the people: %v", role, got)
		}
	}
	if body := person(t, app, "", auth.Admin).get("/work").Body.String(); strings.Contains(body, `href="/work/nowhere"`) {
		t.Error("the navigation leads to a page that is not there")
	}
}

func TestPersonWithoutThePermissionIsRefused(t *testing.T) {
	app := bare(t)
	handler, err := app.site.router([]route{reads("/work/users", auth.Administer, app.site.showTasks), takes("/work/users", auth.Administer, app.site.showTasks)})
	if err != nil {
		t.Fatal(err)
	}
	app.Handler = app.site.guard(app.site.remember(handler))
	as := person(t, app, "", auth.Contributor)
	if w := as.get("/work/users"); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "Рұқсат жоқ") {
		t.Errorf("answers %d", w.Code)
	}
	if w := as.post("/work/users", ""); w.Code != http.StatusForbidden {
		t.Errorf("a form answers %d", w.Code)
	}
	if w := person(t, app, "", auth.Admin).get("/work/users"); w.Code != http.StatusOK {
		t.Errorf("an administrator gets %d", w.Code)
	}
}

func TestDisabledPersonIsSignedOut(t *testing.T) {
	app := bare(t)
	for _, change := range []map[string]any{{"disabled_at": app.site.DB.NowFunc()}, {"expires_at": app.site.DB.NowFunc().Add(-time.Second)}} {
		as := person(t, app, "")
		if err := app.site.DB.Model(&as.user).Updates(change).Error; err != nil {
			t.Fatal(err)
		}
		if w := as.get("/work"); w.Code != http.StatusSeeOther {
			t.Errorf("%v: answers %d", change, w.Code)
		}
		var left int64
		if app.site.DB.Model(&auth.Session{}).Where("user_id = ?", as.user.ID).Count(&left); left != 0 {
			t.Errorf("%v: the session is kept", change)
		}
	}
}

func TestLanguageOfTheWorkIsThePersonsUntilAnotherIsChosen(t *testing.T) {
	as := person(t, bare(t), "")
	if body := as.get("/work", "Accept-Language", "en").Body.String(); !strings.Contains(body, `<html lang="kk"`) {
		t.Error("the person's language is not taken")
	}
	w := as.get("/work?lang=ru")
	if !strings.Contains(w.Body.String(), `<html lang="ru"`) {
		t.Error("the language asked for is not taken")
	}
	as.cookie += "; lang=ru"
	if body := as.get("/work").Body.String(); !strings.Contains(body, `<html lang="ru"`) || !strings.Contains(w.Header().Get("Set-Cookie"), "lang=ru") {
		t.Error("the language is forgotten on the next page")
	}
}

// ASVS 4.1.3
func TestForgedAddressIsNotBelieved(t *testing.T) {
	for proxies, want := range map[string]string{"": "192.0.2.1", "192.0.2.0/24": "203.0.113.9"} {
		c := config(t, dbtest.SQLite(t))
		c.TrustedProxies = strings.Fields(proxies)
		app := open(t, c)
		var got string
		handler, err := app.site.router([]route{reads("/work", auth.Public, func(r *request) error {
			got = auth.VisitOf(r.Request.Context()).Origin
			return nil
		})})
		if err != nil {
			t.Fatal(err)
		}
		get(app.site.guard(app.site.remember(handler)), "/work", "X-Forwarded-For", "10.9.8.7, 203.0.113.9")
		if got != want {
			t.Errorf("with the proxies %q the address is %q, want %q", proxies, got, want)
		}
	}
}

func TestRouteMayTakeALargerBody(t *testing.T) {
	app := bare(t)
	read := func(r *request) error {
		_, err := r.form()
		return err
	}
	handler, err := app.site.router([]route{takes("/small", auth.Public, read), takes("/large", auth.Public, read).upTo(1 << 20)})
	if err != nil {
		t.Fatal(err)
	}
	kazakhstan(t, app.site.DB)
	body := "x=" + strings.Repeat("x", maxBody)
	for path, want := range map[string]int{"/small": http.StatusRequestEntityTooLarge, "/large": http.StatusOK} {
		if w := post(app.site.guard(handler), path, body); w.Code != want {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

func TestPublicPagesNeverAskForTheSession(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	if err := app.site.DB.WithContext(context.Background()).Exec("DROP TABLE sessions").Error; err != nil {
		t.Fatal(err)
	}
	if w := get(app, "/kk/measures", "Cookie", "gcm=x"); w.Code != http.StatusOK || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("answers %d", w.Code)
	}
	if w := get(app, "/work", "Cookie", "gcm=x"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("the work answers %d", w.Code)
	}
}
