package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// drafted returns an entry of the person's agency in which a first text was
// replaced by a second one.
func drafted(t *testing.T, as *client) progress.Entry {
	t.Helper()
	s := as.app.site
	if err := s.DB.Exec("UPDATE cycles SET opened_at = ?", now().AddDate(0, -1, 0)).Error; err != nil {
		t.Fatal(err)
	}
	actor := actorOf(t, as)
	e, err := s.progress.Start(t.Context(), actor, "2022", progress.KindProgress, "e-visa", "")
	for _, words := range []string{"алғашқы құпия мәтін", "соңғы құпия мәтін"} {
		if err == nil {
			content := progress.Content{Progress: &progress.Progress{Status: objectives.Completed, Narrative: i18n.Text{"kk": words}}}
			e, err = s.progress.Save(t.Context(), actor, e.Code, e.Version, content)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func actorOf(t *testing.T, as *client) auth.Actor {
	t.Helper()
	actor, err := as.app.site.accounts.Actor(t.Context(), as.user.ID)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func TestHistoryOfAnEntryShowsEachVersionToItsAgencyAlone(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		at(app.site.DB, now())
		as := person(t, app, "mia", auth.Contributor)
		path := "/work/entries/" + drafted(t, as).Code + "/history"
		bodySays(t, as.get(path).Body.String(), "<del>алғашқы </del> <ins>соңғы </ins>құпия мәтін", "орындалу барысы · қазақ тілі", "Осы нұсқаны қалпына келтіру")
		for who, other := range map[string]*client{
			"another agency": person(t, app, "mfa", auth.Contributor), "the coordinator": person(t, app, "", auth.Coordinator),
			"a partner": person(t, app, "", auth.Partner), "an editor": person(t, app, "", auth.Editor),
		} {
			if w := other.get(path); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "құпия") {
				t.Errorf("%s gets %d", who, w.Code)
			}
		}
		body := person(t, app, "mia", auth.Approver).get(path).Body.String()
		bodySays(t, body, "соңғы")
		if strings.Contains(body, "Осы нұсқаны") || strings.Contains(body, "192.0.2.1") {
			t.Error("the approver may restore, or sees addresses")
		}
	})
}

func TestOldVersionOfAnEntryIsRestoredOnThePage(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		at(app.site.DB, now())
		as := person(t, app, "mia", auth.Contributor)
		e := drafted(t, as)
		path := "/work/entries/" + e.Code + "/history"
		past, err := app.site.progress.History(t.Context(), actorOf(t, as), e.Code, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		form := fmt.Sprintf("seq=%d&version=%d", past.Acts[1].Seq, e.Version)
		if w := person(t, app, "mfa", auth.Contributor).post(path, form); w.Code != http.StatusNotFound {
			t.Errorf("another agency gets %d", w.Code)
		}
		for _, wrong := range []string{"", "seq=x&version=1", "seq=1&version=x"} {
			if w := as.post(path, wrong); w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%q answers %d", wrong, w.Code)
			}
		}
		if w := as.post(path, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
			t.Fatalf("answers %d", w.Code)
		}
		bodySays(t, as.get(path).Body.String(), "<del>соңғы </del> <ins>алғашқы </ins>құпия мәтін", "нұсқа қалпына келтірілді")
		stale := fmt.Sprintf("seq=%d&version=%d", past.Acts[0].Seq, e.Version)
		if w := as.post(path, stale); w.Code != http.StatusConflict {
			t.Errorf("from a page that is old by now: %d", w.Code)
		}
	})
}

func TestOldVersionOfARegisteredRecordIsRestoredOnThePage(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Coordinator)
		r := app.site.objectives.MeasureRegister()
		record, err := r.Record(t.Context(), "e-visa")
		if err != nil {
			t.Fatal(err)
		}
		first := record.Revision
		record.Content.Title = i18n.Text{"kk": "Бұзылған атау"}
		if err := r.Change(t.Context(), actorOf(t, as), "e-visa", first, record.Content); err != nil {
			t.Fatal(err)
		}
		body := as.get("/work/measures/e-visa/history").Body.String()
		bodySays(t, body, "Бұзылған", "Осы нұсқаны қалпына келтіру", `name="version"`)
		values := map[string]string{}
		for n := range parse(t, body).Descendants() {
			if n.Data == "input" && attr(n, "type") == "hidden" {
				values[attr(n, "name")] = attr(n, "value")
			}
		}
		form := "seq=" + values["seq"] + "&version=" + values["version"]
		if w := person(t, app, "mia", auth.Contributor).post("/work/measures/e-visa/history", form); w.Code != http.StatusForbidden {
			t.Errorf("a contributor gets %d", w.Code)
		}
		if w := as.post("/work/measures/e-visa/history", form); w.Code != http.StatusSeeOther {
			t.Fatalf("answers %d: %v", w.Code, values)
		}
		if record, err := r.Record(t.Context(), "e-visa"); err != nil || record.Revision != first {
			t.Errorf("%v, %v", record.Content.Title, err)
		}
		for _, path := range []string{"measures", "indicators", "laws", "challenges", "agencies"} {
			if w := as.get("/work/" + path + "/nowhere/history"); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
	})
}
