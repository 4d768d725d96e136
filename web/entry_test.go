package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/progress"
)

// round is a site with an open round, in which the Ministry of Internal Affairs
// was asked for progress on e-visa and figures on refugees.
type round struct {
	*App
	contributor, colleague, approver, stranger, coordinator, partner *client
}

// inRound runs a test in a round under way, on each make of database.
func inRound(t *testing.T, test func(t *testing.T, r *round)) {
	t.Helper()
	onEach(t, func(t *testing.T, app *App) { test(t, roundUnderWay(t, app)) })
}

func roundUnderWay(t testing.TB, app *App) *round {
	t.Helper()
	at(app.site.DB, now())
	r := &round{
		App: app, contributor: person(t, app, "mia", auth.Contributor), colleague: person(t, app, "mia", auth.Contributor),
		approver: person(t, app, "mia", auth.Approver), stranger: person(t, app, "mfa", auth.Contributor, auth.Approver),
		coordinator: person(t, app, "", auth.Coordinator), partner: person(t, app, "", auth.Partner),
	}
	as := r.coordinator.actor(t)
	_, err := app.site.progress.OpenCycle(t.Context(), as, progress.Cycle{
		Code: "2030", Name: i18n.Text{"kk": "2030 жылғы кезең", "ru": "Цикл 2030 года", "en": "Round of 2030"}, Cutoff: "2030-12-31", CutoffBasis: "inferred",
		CutoffReason: i18n.Text{"en": "by habit"}, Covers: "2030",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = app.site.progress.Ask(t.Context(), as, "2030", []progress.Ask{
		{Agency: "mia", Measure: "e-visa", Due: "2030-01-10", Note: "Нәтижелерді де көрсетіңіз."}, {Agency: "mia", Indicator: "refugees-registered", Due: "2029-12-30"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// actor is who the person is to the domain.
func (c *client) actor(t testing.TB) auth.Actor {
	t.Helper()
	a, err := c.app.site.accounts.Actor(t.Context(), c.user.ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// begin starts an entry through its form and returns the path of its page.
func (c *client) begin(t testing.TB, kind progress.Kind, record string) string {
	t.Helper()
	w := c.post("/work/entries/new", url.Values{"cycle": {"2030"}, "kind": {string(kind)}, "record": {record}}.Encode())
	path := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/work/entries/") {
		t.Fatalf("starting %s %s answers %d to %q: %s", kind, record, w.Code, path, w.Body)
	}
	return path
}

// send posts a form given as name, value, name, value.
func (c *client) send(path string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return c.post(path, form.Encode())
}

// must fails the test unless the answer has the status and says all of the words.
func must(t testing.TB, w *httptest.ResponseRecorder, status int, words ...string) string {
	t.Helper()
	body := w.Body.String()
	if w.Code != status {
		t.Fatalf("answers %d, want %d: %s", w.Code, status, body)
	}
	for _, word := range words {
		if !strings.Contains(body, word) {
			t.Fatalf("does not say %q: %s", word, body)
		}
	}
	return body
}

// filled is a form of progress that can be submitted.
func filled(version int) []string {
	return []string{"version", fmt.Sprint(version), "progress.status", "in_progress", "progress.narrative.kk", "Виза енді онлайн беріледі", "progress.narrative.ru", "Виза выдаётся онлайн"}
}

func TestEntryGoesFromRequestToReleaseThroughItsPages(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.get(path), http.StatusOK, "Нәтижелерді де көрсетіңіз.", `name="progress.narrative.kk"`, `name="version" value="1"`)
		must(t, r.contributor.send(path, append(filled(1), "step", "submit")...), http.StatusSeeOther)
		if w := r.colleague.send(path+"/approve", "version", "3"); w.Code != http.StatusForbidden {
			t.Fatalf("a contributor approves: %d", w.Code)
		}
		must(t, r.approver.get(path), http.StatusOK, "Виза енді онлайн беріледі", `action="`+path+`/approve"`)
		must(t, r.approver.send(path+"/approve", "version", "3"), http.StatusSeeOther)
		must(t, r.partner.get(path), http.StatusNotFound)
		must(t, r.coordinator.send(path+"/accept", "version", "4"), http.StatusSeeOther)
		must(t, r.partner.get(path), http.StatusOK, "Виза енді онлайн беріледі")
		if body := get(r, "/kk/measures/e-visa").Body.String(); strings.Contains(body, "Виза енді онлайн беріледі") {
			t.Error("what was accepted is public")
		}
		must(t, r.coordinator.send(path+"/release", "version", "5"), http.StatusSeeOther)
		must(t, get(r, "/kk/measures/e-visa"), http.StatusOK, "Виза енді онлайн беріледі", "2030 жылғы кезең")
	})
}

func TestReturnNeedsAReasonThatTheContributorReads(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.send(path, append(filled(1), "step", "submit")...), http.StatusSeeOther)
		body := must(t, r.approver.send(path+"/return", "version", "3", "reason", " "), http.StatusUnprocessableEntity, `id="reason-return-problem"`)
		if !strings.Contains(body, `<details class="move" open>`) {
			t.Error("the form of the reason is folded away")
		}
		must(t, r.approver.send(path+"/return", "version", "3", "reason", "Сандарды <b>қосыңыз</b>"), http.StatusSeeOther)
		must(t, r.contributor.get(path), http.StatusOK, "Сандарды &lt;b&gt;қосыңыз&lt;/b&gt;")
		must(t, r.contributor.get("/work"), http.StatusOK, "Сандарды &lt;b&gt;қосыңыз&lt;/b&gt;")
	})
}

func TestTypedTextSurvivesARefusal(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		w := r.contributor.send(path, "version", "1", "step", "save", "progress.status", "nonsense", "progress.results.en", "as <typed>")
		must(t, w, http.StatusUnprocessableEntity, "as &lt;typed&gt;", `href="#progress.status"`, "data-unsaved")
		w = r.contributor.send(path, "version", "1", "step", "submit", "progress.status", "completed", "progress.results.en", "kept")
		must(t, w, http.StatusUnprocessableEntity, "kept", `href="#progress.narrative"`, `href="#evidence"`, `id="progress.note-problem"`, `id="evidence"`)
		must(t, r.contributor.get(path), http.StatusOK, "kept")

		path = r.contributor.begin(t, progress.KindValues, "refugees-registered")
		w = r.contributor.send(path, "version", "1", "step", "save", "values.rows.0.period", "soon", "values.rows.0.value", "many", "values.rows.0.qualifier", "exact")
		must(t, w, http.StatusUnprocessableEntity, `value="soon"`, `value="many"`, `id="values.rows.0.period-problem"`, `href="#values.rows.0.value"`)
	})
}

func TestFiguresComeBackAsTheReaderWritesThem(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindValues, "refugees-registered")
		must(t, r.contributor.get(path), http.StatusOK, "Соңғы белгілі мән")
		must(t, r.contributor.send(path, "version", "1", "step", "save", "values.rows.3.period", "2029", "values.rows.3.value", "1 234,50", "values.rows.3.qualifier", "exact"), http.StatusSeeOther)
		must(t, r.contributor.get(path), http.StatusOK, `name="values.rows.0.value" value="1234,50"`, `data-row="values.rows.1"`)
		must(t, r.contributor.get(path+"?lang=en"), http.StatusOK, `name="values.rows.0.value" value="1234.50"`)
	})
}

func TestRowIsAddedWithoutAScript(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindMapping, "e-visa")
		w := r.contributor.send(path, "version", "1", "add", "mapping.objectives", "mapping.objectives.0.number", "5", "mapping.objectives.0.reason.kk", "тікелей", "mapping.objectives.1.number", "")
		must(t, w, http.StatusOK, `data-row="mapping.objectives.2"`, "тікелей")
	})
}

func TestSecondOfTwoWritersChoosesFieldByField(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.send(path, "version", "1", "step", "save", "progress.status", "in_progress", "progress.narrative.kk", "ескі мәтін", "progress.results.kk", "ескі нәтиже"), http.StatusSeeOther)
		must(t, r.contributor.send(path, "version", "2", "step", "save", "progress.status", "in_progress", "progress.narrative.kk", "бірінші мәтін", "progress.results.kk", "олардың нәтижесі"), http.StatusSeeOther)
		w := r.colleague.send(path, "version", "2", "step", "save", "progress.status", "in_progress", "progress.narrative.kk", "екінші мәтін", "progress.results.kk", "ескі нәтиже", "progress.support.en", "mine alone")
		must(t, w, http.StatusConflict, `name="theirs.progress.narrative.kk" value="бірінші мәтін"`, `name="progress.narrative.kk" value="екінші мәтін"`, `name="version" value="3"`,
			`>ескі мәтін</span>`, "<ins>бірінші </ins>", "<ins>екінші </ins>", // what both began with, and what each made of it
			`name="choice.progress.narrative.kk" value="mine" checked`, `name="choice.progress.results.kk" value="theirs" checked`, `name="choice.progress.support.en" value="mine" checked`)
		w = r.colleague.send(path, "version", "3", "step", "save", "progress.status", "in_progress", "progress.narrative.kk", "екінші мәтін", "progress.support.en", "mine alone",
			"choice.progress.narrative.kk", "mine", "choice.progress.results.kk", "theirs", "theirs.progress.results.kk", "олардың нәтижесі", "choice.progress.support.en", "mine")
		must(t, w, http.StatusSeeOther)
		must(t, r.contributor.get(path), http.StatusOK, "екінші мәтін", "олардың нәтижесі", "mine alone")
	})
}

func TestAutosaveTellsScriptsWhatBecameOfTheText(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.send(path+"/autosave", "version", "1", "progress.status", "in_progress", "progress.narrative.kk", "бір"), http.StatusOK, `{"version":2}`)
		must(t, r.contributor.send(path+"/autosave", "version", "2", "progress.status", "in_progress", "progress.narrative.kk", "бір"), http.StatusOK, `{"version":2}`)
		must(t, r.colleague.send(path+"/autosave", "version", "1", "progress.status", "in_progress", "progress.narrative.kk", "екі"), http.StatusConflict, `"compare":"`+path+`"`)
		must(t, r.colleague.send(path+"/autosave", "version", "2", "progress.status", "late"), http.StatusUnprocessableEntity, `"field":"progress.status"`, `"text":`)
		must(t, post(r, path+"/autosave", "version=2"), http.StatusUnauthorized)
		if w := r.stranger.send(path+"/autosave", "version", "2"); w.Code != http.StatusNotFound {
			t.Errorf("another agency's draft answers %d", w.Code)
		}
	})
}

func TestNobodySeesTheDraftOfAnotherAgency(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.send(path, append(filled(1), "step", "save")...), http.StatusSeeOther)
		for name, as := range map[string]*client{"another agency": r.stranger, "the coordinator": r.coordinator, "a partner": r.partner} {
			for _, page := range []string{path, "/work/entries", "/work", path + "/evidence", path + "/discard"} {
				w := as.get(page)
				if strings.Contains(w.Body.String(), "Виза енді онлайн") || w.Code == http.StatusOK && strings.HasPrefix(page, path) {
					t.Errorf("%s gets %d from %s", name, w.Code, page)
				}
			}
		}
	})
}

func TestDraftIsDiscardedAfterAQuestion(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.get(path+"/discard"), http.StatusOK, `action="`+path+`/discard"`)
		must(t, r.contributor.send(path+"/discard", "version", "1", "back", "/work/entries"), http.StatusSeeOther)
		must(t, r.contributor.get(path), http.StatusNotFound)
	})
}

func TestLikelyDuplicateIsShownBeforeAProposalGoesOut(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		var title i18n.Text
		if err := r.site.DB.Table("measures").Where("code = 'e-visa'").Select("title").Row().Scan(&title); err != nil {
			t.Fatal(err)
		}
		path := r.contributor.begin(t, progress.KindMeasure, "")
		proposal := []string{
			"version", "1", "step", "submit", "measure.title.kk", title["kk"], "measure.category", "digital_service", "measure.status", "planned",
			"measure.objectives.0.number", "5", "measure.objectives.0.rank", "primary", "measure.objectives.0.reason.kk", "виза",
		}
		must(t, r.contributor.send(path, proposal...), http.StatusOK, `href="/kk/measures/e-visa"`, `name="seen" value="`)
		proposal[1] = "2"
		must(t, r.contributor.send(path, append(proposal, "seen", "e-visa ")...), http.StatusSeeOther)
	})
}

func TestTasksShowWhatIsDueReturnedAndToBeDecided(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		body := must(t, r.contributor.get("/work?lang=en"), http.StatusOK, "8 days left", "3 days late", "not begun yet", "Round of 2030")
		if strings.Index(body, `id="overdue"`) > strings.Index(body, `id="due"`) {
			t.Error("what is overdue does not come first")
		}
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.send(path, append(filled(1), "step", "submit")...), http.StatusSeeOther)
		must(t, r.approver.get("/work?lang=en"), http.StatusOK, "Waiting for your decision", `href="`+path+`"`)
		must(t, r.partner.get("/work?lang=ru"), http.StatusOK, "Принятые, но ещё не опубликованные сведения")
	})
}

func TestListOfEntriesIsFilteredByItsAddress(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		for query, found := range map[string]bool{
			"": true, "?state=draft&kind=progress&cycle=2030&agency=mia&mine=1": true, "?state=released": false, "?kind=values": false, "?text=виза": true, "?text=zzz": false, "?page=9": false, "?overdue=1": false,
		} {
			if w := r.contributor.get("/work/entries" + query); w.Code != http.StatusOK || strings.Contains(w.Body.String(), `href="`+path+`"`) != found {
				t.Errorf("%q: %d, found %v", query, w.Code, !found)
			}
		}
	})
}

func TestCommentIsAddedOrComesBackWithTheReason(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		name, _, _ := strings.Cut(r.approver.user.Email, "@")
		must(t, r.contributor.send(path+"/comments", "field", "progress.narrative", "body", "@"+name+" <script>қараңызшы</script>"), http.StatusSeeOther)
		must(t, r.approver.get(path), http.StatusOK, "<mark>@"+name+"</mark>", "&lt;script&gt;қараңызшы")
		must(t, r.contributor.send(path+"/comments", "field", "progress.narrative", "body", " "), http.StatusUnprocessableEntity, `id="comment-problem"`, `value="progress.narrative" selected`)
		must(t, r.stranger.send(path+"/comments", "body", "x"), http.StatusNotFound)
	})
}

func TestMomentsAreThoseOfTheState(t *testing.T) {
	app := bare(t)
	app.site.Zone = time.FixedZone("Almaty", 5*3600)
	r := &request{site: app.site, p: printer(t, "en")}
	if got := r.moment(time.Date(2029, 12, 31, 21, 30, 0, 0, time.UTC)); got != "1\u00a0January 2030, 02:30" {
		t.Errorf("the moment is %q", got)
	}
}
