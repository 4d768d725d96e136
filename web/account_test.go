package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
	"gcm/objectives"
	"gcm/progress"
)

// signedIn is a person with a password in a browser.
func signedIn(t testing.TB, app *App, email string, roles ...auth.Role) (*visitor, auth.User) {
	t.Helper()
	user := member(t, app, email, roles...)
	b := newVisitor(t, app)
	expect(t, b.post("/sign-in", "email", email, "password", password), http.StatusSeeOther, "/work")
	return b, user
}

func TestPersonMindsTheOwnProfile(t *testing.T) {
	app := bare(t)
	b, user := signedIn(t, app, "a@gov.example")
	expect(t, b.get("/account"), http.StatusOK, "")
	w := b.post("/account", "version", "1", "name", "", "language", "kk", "digest", "daily", "leave_from", "2030-02-09", "leave_until", "2030-02-01")
	if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `aria-describedby="name-error"`) ||
		!strings.Contains(body, `id="leave_until-error"`) || !strings.Contains(body, `value="2030-02-09"`) || !strings.Contains(body, `href="#name"`) {
		t.Errorf("answers %d: %s", w.Code, body)
	}
	expect(t, b.post("/account", "version", "1", "name", "Әсел", "language", "ru", "digest", "never"), http.StatusSeeOther, "/account")
	if body := b.get("/account").Body.String(); !strings.Contains(body, `<html lang="ru"`) || !strings.Contains(body, "Сохранено.") || !strings.Contains(body, `value="Әсел"`) {
		t.Error("the next page is not in the new language, or does not say that it was saved")
	}
	expect(t, b.post("/account", "version", "1", "name", "Older", "language", "ru", "digest", "never"), http.StatusConflict, "")
	if got, err := app.site.accounts.User(t.Context(), auth.System("test"), user.ID); err != nil || got.Name != "Әсел" || got.Digest != "never" {
		t.Errorf("%+v, %v", got, err)
	}
}

// ASVS 7.4.3, 7.5.1, 7.5.2
func TestPasswordIsChangedByWhoKnowsItAndEndsOtherSessions(t *testing.T) {
	app := bare(t)
	b, _ := signedIn(t, app, "a@gov.example")
	other := newVisitor(t, app)
	expect(t, other.post("/sign-in", "email", "a@gov.example", "password", password), http.StatusSeeOther, "/work")
	expect(t, b.post("/account/password", "present", "a wrong one", "password", "a new phrase of mine"), http.StatusUnprocessableEntity, "")
	expect(t, b.post("/account/password", "present", password, "password", "12345678"), http.StatusUnprocessableEntity, "")
	expect(t, other.get("/work"), http.StatusOK, "")
	expect(t, b.post("/account/password", "present", password, "password", "a new phrase of mine"), http.StatusSeeOther, "/account")
	expect(t, b.get("/account"), http.StatusOK, "")
	expect(t, other.get("/work"), http.StatusSeeOther, "/sign-in?next=%2Fwork")
	expect(t, other.post("/sign-in", "email", "a@gov.example", "password", "a new phrase of mine"), http.StatusSeeOther, "/work")
}

// ASVS 7.4.5, 7.5.2
func TestSessionsAreSeenAndEnded(t *testing.T) {
	app := bare(t)
	b, _ := signedIn(t, app, "a@gov.example")
	stranger, _ := signedIn(t, app, "b@gov.example")
	two, three := newVisitor(t, app), newVisitor(t, app)
	for _, v := range []*visitor{two, three} {
		expect(t, v.post("/sign-in", "email", "a@gov.example", "password", password), http.StatusSeeOther, "/work")
	}
	ends := regexp.MustCompile(`name="session" value="([^"]+)"`)
	body := b.get("/account").Body.String()
	found := ends.FindAllStringSubmatch(body, -1)
	if len(found) != 2 || !strings.Contains(body, "192.0.2.1") || strings.Count(body, "осы браузер") != 1 {
		t.Fatalf("%d other sessions are shown", len(found))
	}
	hash := strings.ReplaceAll(found[0][1], "&#43;", "+")
	expect(t, stranger.post("/account/sessions", "session", hash), http.StatusSeeOther, "/account")
	if left := ends.FindAllString(b.get("/account").Body.String(), -1); len(left) != 2 {
		t.Error("a stranger ended a session")
	}
	expect(t, b.post("/account/sessions", "session", hash), http.StatusSeeOther, "/account")
	if two.get("/work").Code == http.StatusOK && three.get("/work").Code == http.StatusOK {
		t.Error("both others are still signed in")
	}
	expect(t, b.post("/account/sessions"), http.StatusSeeOther, "/account")
	if two.get("/work").Code == http.StatusOK || three.get("/work").Code == http.StatusOK || b.get("/work").Code != http.StatusOK {
		t.Error("not all others are signed out, or the own session is")
	}
	expect(t, stranger.get("/work"), http.StatusOK, "")
}

func TestAdministratorInvitesChangesAndDisables(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, app *App) {
		b, _ := signedIn(t, app, "admin@gov.example", auth.Admin)
		expect(t, b.get("/work/users"), http.StatusOK, "")
		expect(t, b.get("/work/users/new"), http.StatusOK, "")
		w := b.post("/work/users", "email", "x", "name", "<b>Ерлан</b>", "language", "ru", "roles", "approver", "roles", "partner", "scope", "5, 24")
		if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "&lt;b&gt;Ерлан") || !strings.Contains(body, `value="partner" checked`) ||
			strings.Count(body, `class="error-text"`) != 4 { // address, agency, last day, objectives
			t.Errorf("answers %d: %s", w.Code, body)
		}
		w = b.post("/work/users", "email", "e@gov.example", "name", "Ерлан", "language", "ru", "roles", "contributor", "agency", "mia")
		expect(t, w, http.StatusOK, "")
		link := regexp.MustCompile(`http://example.com(/invitation/[A-Z2-7]+)`).FindStringSubmatch(w.Body.String())
		if link == nil {
			t.Fatal("no link is shown")
		}
		invited := newVisitor(t, app)
		invited.get(link[1])
		expect(t, invited.post("/invitation", "password", password), http.StatusSeeOther, "/sign-in")
		expect(t, invited.post("/sign-in", "email", "e@gov.example", "password", password), http.StatusSeeOther, "/work")

		var user auth.User
		if err := app.site.DB.Take(&user, "email = ?", "e@gov.example").Error; err != nil {
			t.Fatal(err)
		}
		path := userPath(user.ID)
		change := []string{"name", "Ерлан Н.", "language", "kk", "roles", "partner", "expires", "2030-06-30", "scope", "5, 21"}
		expect(t, b.post(path, append(change, "version", "1")...), http.StatusSeeOther, path)
		expect(t, b.post(path, append(change, "version", "1")...), http.StatusConflict, "")
		if body := b.get(path).Body.String(); !strings.Contains(body, `value="2030-06-30"`) || !strings.Contains(body, `value="5, 21"`) || !strings.Contains(body, `value="partner" checked`) {
			t.Error("the form does not show what was written")
		}
		expect(t, b.post(path+"/sessions"), http.StatusSeeOther, path)
		expect(t, invited.get("/work"), http.StatusSeeOther, "/sign-in?next=%2Fwork")
		expect(t, invited.post("/sign-in", "email", "e@gov.example", "password", password), http.StatusSeeOther, "/work")
		expect(t, b.post(path+"/link"), http.StatusOK, "")
		expect(t, b.post(path+"/factor"), http.StatusSeeOther, path)
		expect(t, b.post(path+"/disable"), http.StatusSeeOther, path)
		expect(t, invited.post("/sign-in", "email", "e@gov.example", "password", password), http.StatusUnprocessableEntity, "")
		expect(t, b.post(path+"/link"), http.StatusConflict, "")
		expect(t, b.post(path+"/enable"), http.StatusSeeOther, path)
		expect(t, b.get("/work/users/9999"), http.StatusNotFound, "")
		expect(t, b.get("/work/users/x"), http.StatusNotFound, "")
	})
}

// begun makes an entry that a person works on.
func begun(t *testing.T, conn *db.DB, user auth.User) progress.Entry {
	t.Helper()
	var measure, cycle int64
	for table, id := range map[string]*int64{"measures": &measure, "cycles": &cycle} {
		if err := conn.Table(table).Select("id").Order("id").Limit(1).Scan(id).Error; err != nil {
			t.Fatal(err)
		}
	}
	e := progress.Entry{
		Code: fmt.Sprintf("entry%d", user.ID), CycleID: cycle, Kind: progress.KindProgress, AgencyID: *user.AgencyID, MeasureID: &measure,
		State: objectives.Draft, Version: 1, AssigneeID: user.ID, CreatedAt: now(), UpdatedAt: now(),
	}
	if err := conn.Create(&e).Error; err != nil {
		t.Fatal(err)
	}
	return e
}

func TestWorkOfWhoLeavesIsHandedOver(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		conn := app.site.DB
		admin := person(t, app, "", auth.Admin)
		leaving, next := person(t, app, "mia", auth.Contributor), person(t, app, "mia", auth.Contributor)
		approver, foreign := person(t, app, "mia", auth.Approver), person(t, app, "mfa", auth.Contributor)
		entry := begun(t, conn, leaving.user)
		path := userPath(leaving.user.ID)
		w := admin.post(path+"/disable", "")
		expect(t, w, http.StatusSeeOther, path+"/handover")
		if body := admin.get(path + "/handover").Body.String(); !strings.Contains(body, "Жұмыстағы мәліметтер: 1") {
			t.Error(body)
		}
		for _, to := range []*client{approver, foreign, leaving, admin} {
			expect(t, admin.post(path+"/handover", fmt.Sprint("to=", to.user.ID)), http.StatusUnprocessableEntity, "")
		}
		expect(t, next.post(path+"/handover", fmt.Sprint("to=", next.user.ID)), http.StatusForbidden, "")
		expect(t, admin.post(path+"/handover", fmt.Sprint("to=", next.user.ID)), http.StatusSeeOther, path)
		if err := conn.Take(&entry, entry.ID).Error; err != nil || entry.AssigneeID != next.user.ID || entry.Version != 1 {
			t.Errorf("%+v, %v", entry, err)
		}
		if n, err := notify.Unread(t.Context(), conn, next.user.ID); err != nil || n != 1 {
			t.Errorf("%d notices, %v", n, err)
		}
	})
}

// ASVS 3.5.1
func TestEveryFormFromAnotherSiteIsRefused(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	admin := person(t, app, "mia", auth.Roles...)
	var before, after int64
	app.site.DB.Table("audit_entries").Count(&before)
	forms := 0
	for _, r := range app.site.table {
		if r.method != http.MethodPost {
			continue
		}
		forms++
		path := regexp.MustCompile(`:\w+`).ReplaceAllString(r.path, "1")
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
			if w := admin.post(path, "to=1", headers...); w.Code != http.StatusForbidden {
				t.Errorf("%s with %v answers %d", path, headers, w.Code)
			}
		}
	}
	if app.site.DB.Table("audit_entries").Count(&after); after != before || forms < 20 {
		t.Errorf("%d forms, %d entries on record", forms, after-before)
	}
}

// ASVS 3.5.3, 8.2.1, 14.3.2
func TestReadingChangesNothingAndIsNotKept(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	conn := app.site.DB
	at(conn, now())
	as := person(t, app, "mia", auth.Roles...)
	tables := []string{"users", "user_roles", "links", "recovery_codes", "attempts", "audit_entries", "entries", "requests", "cycles", "notices", "mails", "measures", "agencies"}
	sum := func() string {
		var b strings.Builder
		for _, table := range tables {
			var rows []map[string]any
			if err := conn.Table(table).Order("1, 2").Find(&rows).Error; err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, table, rows)
		}
		return b.String()
	}
	before := sum()
	for _, r := range app.site.table {
		if r.method != http.MethodGet || r.permission == auth.Public && !personal(r.path) {
			continue
		}
		path := regexp.MustCompile(`:\w+`).ReplaceAllString(r.path, "1")
		w := as.get(path)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s answers %d", path, w.Code)
		}
		if !strings.Contains(strings.Join(w.Header()["Cache-Control"], ","), "no-store") {
			t.Errorf("%s may be kept: %q", path, w.Header()["Cache-Control"])
		}
		if r.permission != auth.Public {
			expect(t, get(app, path), http.StatusSeeOther, signInPath(path))
		}
	}
	if after := sum(); after != before {
		t.Error("reading changed the database")
	}
}

func TestPersonalPagesAreWellMade(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	as := person(t, app, "mia", auth.Roles...)
	for _, lang := range []string{"kk", "ru", "en"} {
		for _, path := range []string{"/account", "/account/totp", "/work/users", "/work/users/new", userPath(as.user.ID), userPath(as.user.ID) + "/handover", "/work"} {
			w := as.get(path + "?lang=" + lang)
			expect(t, w, http.StatusOK, "")
			checkPage(t, path+"?lang="+lang, parse(t, w.Body.String()))
		}
		for _, path := range []string{"/sign-in", "/forgotten", "/setup"} {
			w := get(app, path+"?lang="+lang)
			expect(t, w, http.StatusOK, "")
			root := parse(t, w.Body.String())
			checkPage(t, path+"?lang="+lang, root)
			for n := range root.Descendants() {
				if looksLikeKey(n.Data) && n.FirstChild == nil {
					t.Errorf("%s prints the key %q", path, n.Data)
				}
			}
		}
	}
}
