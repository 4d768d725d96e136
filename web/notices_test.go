package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/notify"
)

// tell tells a person something of the kind and returns the notice.
func tell(t *testing.T, as *client, kind, path string) notify.Notice {
	t.Helper()
	n := notify.Notice{
		Key: fmt.Sprint(kind, path, as.user.ID), UserID: as.user.ID, Kind: kind, Path: path, Due: "2030-01-15",
		Subject: i18n.Text{"kk": "Электрондық виза", "ru": "Электронная виза", "en": "E-visa <b>"}, Agency: i18n.Text{"kk": "ІІМ"},
	}
	err := db.Transact(t.Context(), as.app.site.DB, func(tx *db.DB) error { return notify.Tell(tx, n) })
	if err != nil {
		t.Fatal(err)
	}
	if err := as.app.site.DB.Take(&n, "key = ?", n.Key).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// unread is the number that the person's pages show.
func (c *client) unread(t *testing.T) int {
	t.Helper()
	n, err := notify.Unread(t.Context(), c.app.site.DB, c.user.ID)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNoticeLeadsToWhatItSpeaksOfAndIsReadThen(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as, other := person(t, app, "mia", auth.Contributor), person(t, app, "mfa", auth.Contributor)
		first, second := tell(t, as, "returned", "/work/entries/abc"), tell(t, as, "due", "/work")
		body := as.get("/work/notices").Body.String()
		for _, words := range []string{"Пысықтауға қайтарылды: «Электрондық виза»", "ІІМ · мерзімі: 2030", "Бәрін оқылды деп белгілеу"} {
			if !strings.Contains(body, words) {
				t.Errorf("the page does not say %q", words)
			}
		}
		if body := as.get("/work/notices?lang=en").Body.String(); !strings.Contains(body, "Returned for revision: “E-visa &lt;b&gt;”") {
			t.Error("the English page says something else")
		}
		for _, c := range []struct {
			as           *client
			id           int64
			form, leads  string
			status, left int
		}{
			{other, first.ID, "", "", http.StatusNotFound, 2},
			{as, 999, "", "", http.StatusNotFound, 2},
			{as, first.ID, "", "/work/entries/abc", http.StatusSeeOther, 1},
			{as, second.ID, "stay=1", "/work/notices", http.StatusSeeOther, 0},
		} {
			w := c.as.post(fmt.Sprint("/work/notices/", c.id), c.form)
			if w.Code != c.status || w.Header().Get("Location") != c.leads || as.unread(t) != c.left {
				t.Errorf("notice %d: %d to %q, %d unread", c.id, w.Code, w.Header().Get("Location"), as.unread(t))
			}
		}
		if w := as.post("/work/notices/x", ""); w.Code != http.StatusNotFound {
			t.Errorf("a notice without a number answers %d", w.Code)
		}
	})
}

func TestAllThatWasShownIsReadAtOnceAndNoMore(t *testing.T) {
	app := bare(t)
	as := person(t, app, "")
	shown := tell(t, as, "due", "/work")
	tell(t, as, "overdue", "/work") // came since
	if w := as.post("/work/notices", fmt.Sprint("newest=", shown.ID)); w.Code != http.StatusSeeOther || as.unread(t) != 1 {
		t.Errorf("%d, %d unread", w.Code, as.unread(t))
	}
	if w := as.post("/work/notices", "newest=x"); w.Code != http.StatusBadRequest {
		t.Errorf("a form without the newest answers %d", w.Code)
	}
}

func TestNoticeNeverLeadsToAnotherSite(t *testing.T) {
	as := person(t, bare(t), "")
	n := tell(t, as, "due", "//evil.example/")
	if w := as.post(fmt.Sprint("/work/notices/", n.ID), ""); w.Header().Get("Location") != "/work/notices" {
		t.Errorf("leads to %q", w.Header().Get("Location"))
	}
}

func TestLongListOfNoticesHasPages(t *testing.T) {
	as := person(t, bare(t), "")
	for i := range noticesOnPage + 1 {
		tell(t, as, "comment", fmt.Sprint("/work/", i))
	}
	for page, want := range map[string]int{"": noticesOnPage, "?page=2": 1, "?page=3": 0, "?page=x": noticesOnPage, "?page=-1": noticesOnPage, "?page=99999999999": 0} {
		w := as.get("/work/notices" + page)
		if got := strings.Count(w.Body.String(), `name="stay"`); w.Code != http.StatusOK || got != want {
			t.Errorf("page %q answers %d with %d notices", page, w.Code, got)
		}
	}
}

func TestAdministratorSendsAgainWhatDidNotArrive(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Admin)
		conn := app.site.DB
		err := db.Transact(t.Context(), conn, func(tx *db.DB) error {
			return notify.Enqueue(tx, notify.Mail{Key: "a", Recipient: "a@example.org", Language: "kk", Subject: "Тақырып", Plain: "a secret"})
		})
		if err != nil {
			t.Fatal(err)
		}
		var m notify.Mail
		if err := conn.Take(&m).Error; err != nil {
			t.Fatal(err)
		}
		again := fmt.Sprintf("/work/mail/%d/retry", m.ID)
		if w := as.post(again, ""); w.Code != http.StatusConflict {
			t.Errorf("what waits is sent again: %d", w.Code)
		}
		if err := conn.Model(&m).Updates(map[string]any{"state": "uncertain", "error": "the line broke"}).Error; err != nil {
			t.Fatal(err)
		}
		body := as.get("/work/mail").Body.String()
		if !strings.Contains(body, "a@example.org") || !strings.Contains(body, "the line broke") || strings.Contains(body, "a secret") {
			t.Errorf("the page says %s", body)
		}
		if w := person(t, app, "mia", auth.Approver).post(again, ""); w.Code != http.StatusForbidden {
			t.Errorf("an approver gets %d", w.Code)
		}
		if w := as.post(again, ""); w.Code != http.StatusSeeOther {
			t.Errorf("answers %d", w.Code)
		}
		if conn.Take(&m); m.State != "queued" {
			t.Errorf("it is %s", m.State)
		}
		if w := as.post("/work/mail/x/retry", ""); w.Code != http.StatusNotFound {
			t.Errorf("a letter without a number answers %d", w.Code)
		}
	})
}
