package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/notify"
)

const password = "төрт атты күйме"

// visitor keeps the cookies of a site, as a person's browser does.
type visitor struct {
	t       testing.TB
	app     http.Handler
	cookies map[string]string
}

func newVisitor(t testing.TB, app http.Handler) *visitor {
	return &visitor{t, app, map[string]string{}}
}

func (b *visitor) keep(w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return w
}

func (b *visitor) header() []string {
	var list []string
	for name, value := range b.cookies {
		list = append(list, name+"="+value)
	}
	return []string{"Cookie", strings.Join(list, "; ")}
}

func (b *visitor) get(path string) *httptest.ResponseRecorder {
	return b.keep(get(b.app, path, b.header()...))
}

// post sends a form of name, value, name, value.
func (b *visitor) post(path string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.keep(post(b.app, path, form.Encode(), b.header()...))
}

// expect fails unless an answer has the status, and leads to a path when it leads on.
func expect(t testing.TB, w *httptest.ResponseRecorder, status int, path string) {
	t.Helper()
	if w.Code != status || path != "" && w.Header().Get("Location") != path {
		t.Fatalf("answers %d to %q, want %d to %q: %s", w.Code, w.Header().Get("Location"), status, path, w.Body)
	}
}

// member makes a person with a password.
func member(t testing.TB, app *App, email string, roles ...auth.Role) auth.User {
	t.Helper()
	user, link, err := app.site.accounts.Invite(t.Context(), auth.System("test"), auth.Details{Email: email, Name: "Айгүл", Language: "kk", Roles: roles}, nil)
	if err == nil {
		_, err = app.site.accounts.UseLink(t.Context(), audit.Who{}, auth.HashOf(link), password)
	}
	if err != nil {
		t.Fatal(err)
	}
	return user
}

// strict is a site where the guarded roles need a second factor.
func strict(t *testing.T, conn *db.DB) *App {
	c := config(t, conn)
	c.SecondFactorOptional = false
	at(conn, now())
	return open(t, c)
}

func codeAt(t testing.TB, secret string, moment time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, moment)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

var shownSecret = regexp.MustCompile(`<p class="secret">([^<]+)</p>`)

// ASVS 6.3.3, 6.5.1, 7.2.4
func TestWhoDecidesNeedsASecondFactor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		app := strict(t, conn)
		member(t, app, "a@gov.example", auth.Coordinator)
		b := newVisitor(t, app)
		expect(t, b.get("/sign-in?next=/work"), http.StatusOK, "")
		expect(t, b.post("/sign-in", "email", " A@gov.example ", "password", password, "next", "/work"), http.StatusSeeOther, "/work")
		expect(t, b.get("/work"), http.StatusSeeOther, "/account/totp")
		expect(t, b.get("/account"), http.StatusSeeOther, "/account/totp")
		expect(t, b.post("/account", "name", "x"), http.StatusForbidden, "")
		w := b.get("/account/totp")
		expect(t, w, http.StatusOK, "")
		secret := shownSecret.FindStringSubmatch(w.Body.String())[1]
		if png := b.get("/account/totp.png"); png.Header().Get("Content-Type") != "image/png" || png.Header().Get("Cache-Control") != "no-store" || !bytes.HasPrefix(png.Body.Bytes(), []byte("\x89PNG")) {
			t.Errorf("the picture is %s, %s", png.Header().Get("Content-Type"), png.Header().Get("Cache-Control"))
		}
		if w := b.post("/account/totp", "present", password, "code", "000000"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), secret) {
			t.Errorf("a wrong code answers %d", w.Code)
		}
		w = b.post("/account/totp", "present", password, "code", codeAt(t, secret, now()))
		expect(t, w, http.StatusOK, "")
		recovery := regexp.MustCompile(`<li>([A-Z2-7-]{19})</li>`).FindStringSubmatch(w.Body.String())[1]
		expect(t, b.get("/work"), http.StatusOK, "")

		at(conn, now().Add(time.Minute))
		b = newVisitor(t, app)
		expect(t, b.post("/sign-in", "email", "a@gov.example", "password", password, "next", "/account"), http.StatusSeeOther, "/sign-in/factor")
		expect(t, b.get("/work"), http.StatusSeeOther, "/sign-in?next=%2Fwork")
		before := b.cookies["gcm"]
		expect(t, b.post("/sign-in/factor", "code", codeAt(t, secret, now())), http.StatusUnprocessableEntity, "") // it was used
		expect(t, b.post("/sign-in/factor", "code", codeAt(t, secret, now().Add(time.Minute))), http.StatusSeeOther, "/account")
		expect(t, b.get("/account"), http.StatusOK, "")
		if before == b.cookies["gcm"] {
			t.Error("the token is the one from before")
		}
		other := newVisitor(t, app)
		expect(t, other.post("/sign-in", "email", "a@gov.example", "password", password), http.StatusSeeOther, "/sign-in/factor")
		expect(t, other.post("/sign-in/factor", "code", recovery), http.StatusSeeOther, "/work")
		expect(t, other.get("/work"), http.StatusOK, "")
	})
}

func TestHalfASignInDoesNotLast(t *testing.T) {
	app := bare(t)
	user := member(t, app, "a@gov.example")
	if err := app.site.DB.Model(&user).Update("totp_secret", "JBSWY3DPEHPK3PXP").Error; err != nil {
		t.Fatal(err)
	}
	b := newVisitor(t, app)
	expect(t, b.post("/sign-in", "email", user.Email, "password", password), http.StatusSeeOther, "/sign-in/factor")
	expect(t, b.get("/sign-in/factor"), http.StatusOK, "")
	app.site.Now = func() time.Time { return now().Add(halfway) }
	expect(t, b.get("/sign-in/factor"), http.StatusSeeOther, "/sign-in")
	expect(t, b.post("/sign-in/factor", "code", codeAt(t, "JBSWY3DPEHPK3PXP", time.Now())), http.StatusSeeOther, "/sign-in")
	expect(t, b.get("/work"), http.StatusSeeOther, "/sign-in?next=%2Fwork")
}

// ASVS 3.7.2
func TestSignInLeadsNowhereElse(t *testing.T) {
	app := bare(t)
	member(t, app, "a@gov.example")
	for _, to := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "/work\r\nX: 1", "javascript:alert(1)", "evil.example", "", "/..//evil.example", "/sign-in@evil.example"} {
		w := newVisitor(t, app).post("/sign-in", "email", "a@gov.example", "password", password, "next", to)
		expect(t, w, http.StatusSeeOther, "/work")
	}
}

// ASVS 6.3.1
func TestWrongSignInSaysTheSameToAll(t *testing.T) {
	app := bare(t)
	user := member(t, app, "known@gov.example")
	bodies := map[string]bool{}
	for _, email := range []string{user.Email, "unkno@gov.example"} {
		w := newVisitor(t, app).post("/sign-in", "email", email, "password", "a wrong one")
		expect(t, w, http.StatusUnprocessableEntity, "")
		body := strings.ReplaceAll(w.Body.String(), email, "EMAIL")
		if !strings.Contains(body, "EMAIL") || strings.Contains(body, "a wrong one") {
			t.Error("the address is not kept in the form, or the password is")
		}
		bodies[regexp.MustCompile(`[0-9a-f]{16}`).ReplaceAllString(body, "ID")] = true
	}
	if len(bodies) != 1 {
		t.Error("the pages differ")
	}
	for range 10 {
		newVisitor(t, app).post("/sign-in", "email", user.Email, "password", "a wrong one")
	}
	w := newVisitor(t, app).post("/sign-in", "email", user.Email, "password", password)
	expect(t, w, http.StatusTooManyRequests, "")
	if w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Тым көп әрекет") {
		t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
	}
}

// ASVS 14.2.1, 16.2.5
func TestLinkIsTakenUpAndItsSecretIsNeitherInAddressNorLog(t *testing.T) {
	conn := dbtest.SQLite(t)
	c := config(t, conn)
	var log bytes.Buffer
	c.Log, c.BaseURL, c.MailServer = slog.New(slog.NewTextHandler(&log, nil)), "https://gcm.example", "mail.example:25"
	app := open(t, c)
	user, secret, err := app.site.accounts.Invite(t.Context(), auth.System("test"), auth.Details{Email: "a@gov.example", Name: "Айгүл", Language: "kk"}, app.site.letter())
	if err != nil {
		t.Fatal(err)
	}
	var mail notify.Mail
	if err := conn.Take(&mail).Error; err != nil || mail.Recipient != user.Email || !strings.Contains(mail.Plain, "https://gcm.example/invitation/"+secret) {
		t.Errorf("%+v, %v", mail, err)
	}
	b := newVisitor(t, app)
	expect(t, b.get("/invitation/"+secret), http.StatusSeeOther, "/invitation")
	if body := b.get("/invitation").Body.String(); !strings.Contains(body, user.Email) || strings.Contains(body, secret) {
		t.Error("the page does not say whose it is, or says the secret")
	}
	expect(t, b.post("/invitation", "password", "12345678"), http.StatusUnprocessableEntity, "")
	expect(t, b.post("/invitation", "password", password), http.StatusSeeOther, "/sign-in")
	if body := b.get("/sign-in").Body.String(); !strings.Contains(body, "Құпиясөз сақталды") {
		t.Error("the next page does not say that it is done")
	}
	expect(t, b.get("/invitation/"+secret), http.StatusUnprocessableEntity, "")
	expect(t, b.get("/invitation"), http.StatusUnprocessableEntity, "")
	expect(t, b.get("/reset/"+secret+"/x"), http.StatusNotFound, "")
	expect(t, b.post("/forgotten", "email", user.Email), http.StatusOK, "")
	expect(t, newVisitor(t, app).post("/forgotten", "email", "nobody@gov.example"), http.StatusOK, "")
	var letters int64
	if conn.Model(&notify.Mail{}).Count(&letters); letters != 2 {
		t.Errorf("%d letters are queued", letters)
	}
	b.post("/sign-in", "email", user.Email, "password", password+"x")
	b.post("/sign-in", "email", user.Email, "password", password)
	for _, hidden := range []string{secret, password, b.cookies["__Host-gcm"], auth.HashOf(secret)} {
		if hidden == "" || strings.Contains(log.String(), hidden) {
			t.Errorf("the log has %q", hidden)
		}
	}
}

func TestDeadLinksLeaveNoSession(t *testing.T) {
	app := bare(t)
	for _, path := range []string{"/invitation/NOTHING", "/reset/NOTHING"} {
		w := get(app, path)
		if w.Code != http.StatusUnprocessableEntity || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s answers %d with the cookie %q", path, w.Code, w.Header().Get("Set-Cookie"))
		}
	}
	var n int64
	if err := app.site.DB.Model(&auth.Session{}).Count(&n).Error; err != nil || n != 0 {
		t.Errorf("%d sessions were begun, %v", n, err)
	}
}

// ASVS 6.3.1: whoever tries passwords, a person still signs in where he did before
func TestStrangerLocksNobodyOutOfHisOwnBrowser(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		at(conn, now())
		app := open(t, config(t, conn))
		user := member(t, app, "minister@gov.example")
		own := newVisitor(t, app)
		expect(t, own.post("/sign-in", "email", user.Email, "password", password), http.StatusSeeOther, "/work")
		expect(t, own.post("/sign-out"), http.StatusSeeOther, "/sign-in")
		at(conn, now().Add(100*24*time.Hour)) // it may be long ago
		for range 11 {
			newVisitor(t, app).post("/sign-in", "email", user.Email, "password", "a wrong one")
		}
		expect(t, newVisitor(t, app).post("/sign-in", "email", user.Email, "password", password), http.StatusTooManyRequests, "")
		was := own.cookies[browserCookie]
		expect(t, own.post("/sign-in", "email", user.Email, "password", password), http.StatusSeeOther, "/work")
		if was == "" || was == own.cookies[browserCookie] {
			t.Errorf("the browser is known by %q, before by %q", own.cookies[browserCookie], was)
		}
		expect(t, newVisitor(t, app).post("/sign-in", "email", user.Email, "password", password), http.StatusTooManyRequests, "") // strangers wait on
	})
}

func TestWithoutMailOneIsToldWhomToAsk(t *testing.T) {
	app := bare(t)
	if body := get(app, "/forgotten").Body.String(); !strings.Contains(body, "әкімшіден сұраңыз") || strings.Contains(body, `action="/forgotten"`) {
		t.Error(body)
	}
}

// ASVS 6.3.2
func TestFirstAdministratorSetsUpAndSignsIn(t *testing.T) {
	conn := dbtest.SQLite(t)
	app := strict(t, conn)
	code, err := app.site.accounts.SetUpCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := newVisitor(t, app)
	expect(t, b.get("/setup"), http.StatusOK, "")
	fields := []string{"name", "Айгүл", "email", "a@gov.example", "language", "kk", "password", password}
	expect(t, b.post("/setup", append(fields, "code", "AAAA")...), http.StatusUnprocessableEntity, "")
	expect(t, b.post("/setup", append(fields, "code", code)...), http.StatusSeeOther, "/sign-in")
	expect(t, b.post("/setup", append(fields, "code", code)...), http.StatusUnprocessableEntity, "")
	expect(t, b.post("/sign-in", "email", "a@gov.example", "password", password), http.StatusSeeOther, "/work")
	expect(t, b.get("/work"), http.StatusSeeOther, "/account/totp")
}
