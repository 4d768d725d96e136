package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/objectives"
	"gcm/progress"
)

// newRound is the form of a round with one milestone.
func newRound() url.Values {
	return url.Values{
		"code": {"2031"}, "name.kk": {"2031 жылғы есептілік"}, "covers": {"2031"}, "cutoff": {"31.12.2031"}, "cutoff_basis": {"inferred"},
		"milestones.0.due": {"2032-01-20"}, "milestones.0.name.kk": {"Органдар"},
	}
}

func TestRoundIsOpenedChangedClosedAndReopened(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		if w := o.coordinator.post("/work/rounds", newRound().Encode()); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/work/rounds/2031" {
			t.Fatalf("opening answers %d to %s", w.Code, w.Header().Get("Location"))
		}
		change := valuesOf(t, o.coordinator.get("/work/rounds/2031/edit").Body.String())
		if change.Get("milestones.0.due") != "2032-01-20" || change.Get("version") == "" {
			t.Errorf("the form holds %v", change)
		}
		change.Set("name.ru", "Отчётность за 2031 год")
		if w := o.coordinator.post("/work/rounds/2031", change.Encode()); w.Code != http.StatusSeeOther {
			t.Errorf("changing answers %d", w.Code)
		}
		if w := o.coordinator.post("/work/rounds/2031", change.Encode()); w.Code != http.StatusConflict {
			t.Errorf("changing what changed meanwhile answers %d", w.Code)
		}
		if w := o.coordinator.post("/work/rounds/2031/close", ""); w.Code != http.StatusSeeOther {
			t.Errorf("closing answers %d", w.Code)
		}
		if w := o.coordinator.post("/work/rounds/2031/reopen", "reason=+"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `id="reason-error"`) {
			t.Errorf("reopening without a reason answers %d", w.Code)
		}
		if w := o.coordinator.post("/work/rounds/2031/reopen", "reason="+url.QueryEscape("Кешіккен орган")); w.Code != http.StatusSeeOther {
			t.Errorf("reopening answers %d", w.Code)
		}
		c, err := o.store.Cycle(t.Context(), "2031")
		if err != nil || !c.Open() || c.Name["ru"] == "" || len(c.Milestones) != 1 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

func TestRoundThatWasOnlyPresentedCanBeOpened(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	if w := o.coordinator.post("/work/rounds/2022/open", ""); w.Code != http.StatusSeeOther {
		t.Fatalf("answers %d", w.Code)
	}
	c, err := o.store.Cycle(t.Context(), "2022")
	if err != nil || !c.Open() || len(c.Milestones) != 2 || c.Milestones[0].Due != "2022-01-15" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestWrongRoundKeepsWhatWasTyped(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	form := newRound()
	form.Set("code", "Екі мың")
	form.Set("milestones.0.drop", "1")
	form.Set("milestones.1.due", "")
	form.Set("milestones.2.due", "2032-02-31")
	form.Set("milestones.2.name.kk", "Үйлестіруші")
	w := o.coordinator.post("/work/rounds", form.Encode())
	body := w.Body.String()
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("answers %d", w.Code)
	}
	for _, want := range []string{`href="#code"`, `id="code-error"`, `value="Екі мың"`, `href="#milestones.0.due"`, `id="milestones.0.due-error"`, `value="Үйлестіруші"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "milestones.1.due") {
		t.Error("rows that were empty or dropped are shown again")
	}
}

func TestMilestoneIsAddedWithoutAScript(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	form := newRound()
	form.Set("add", "milestone")
	w := o.coordinator.post("/work/rounds", form.Encode())
	if got := valuesOf(t, w.Body.String()); w.Code != http.StatusOK || !got.Has("milestones.1.due") || got.Get("milestones.0.name.kk") != "Органдар" {
		t.Errorf("answers %d with %v", w.Code, got)
	}
	if _, err := o.store.Cycle(t.Context(), "2031"); err == nil {
		t.Error("the round was opened")
	}
}

func TestRoundShowsHowFarAgenciesHaveComeAndWhatHinders(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o, _, _, _, _ := busy(t, db)
		round, err := o.store.Cycle(t.Context(), "2029")
		if err != nil {
			t.Fatal(err)
		}
		all, err := o.store.Standings(t.Context(), o.as(o.coordinator), "2030-01-02", round)
		standings := all[round.ID]
		if err != nil || len(standings) != 2 {
			t.Fatalf("%+v, %v", standings, err)
		}
		mlspp := standings[1]
		if standings[0].Agency.Code != "mia" {
			mlspp = standings[0]
		}
		if mlspp.Asked != 2 || mlspp.Silent != 0 || mlspp.Overdue != 1 || mlspp.Entered() != 3 || mlspp.Reached(objectives.Approved) != 2 || mlspp.Reached(objectives.Accepted) != 1 {
			t.Errorf("%+v", mlspp)
		}
		body := o.coordinator.get("/work/rounds/2029").Body.String()
		for _, want := range []string{inKazakh(t, "round.hinders.draft", 1), inKazakh(t, "round.hinders.submitted", 2), inKazakh(t, "round.hinders.accepted", 1)} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		own := o.contributor.get("/work/rounds/2029").Body.String()
		if strings.Contains(own, "Еңбек және халықты әлеуметтік қорғау") || strings.Contains(own, "/close") || !strings.Contains(own, "Ішкі істер министрлігі") {
			t.Error("a contributor sees more, or less, than the own agency")
		}
		if partner := o.partner.get("/work/rounds/2029"); partner.Code != http.StatusOK || strings.Contains(partner.Body.String(), `id="standing"`) {
			t.Errorf("a partner sees how agencies come on (%d)", partner.Code)
		}
	})
}

func TestReleaseOfARoundShowsWhatThePublicWillSee(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o, _, _, approved, accepted := busy(t, db)
		o.takes(approved, o.coordinator, (*progress.Store).Accept)
		page := o.coordinator.get("/work/rounds/2029/release").Body.String()
		for _, want := range []string{inKazakh(t, "release.figures.new", 2), inKazakh(t, "measure.status.completed"), inKazakh(t, "measure.status.in_progress")} {
			if !strings.Contains(page, want) {
				t.Errorf("the preview lacks %q", want)
			}
		}
		form := valuesOf(t, page)
		if len(form["entry"]) != 2 {
			t.Fatalf("the form holds %v", form)
		}
		stale := url.Values{"entry": {form["entry"][0], strings.Split(form["entry"][1], ":")[0] + ":1"}}
		if w := o.coordinator.post("/work/rounds/2029/release", stale.Encode()); w.Code != http.StatusUnprocessableEntity || o.state(accepted.Code) != objectives.Accepted || o.state(approved.Code) != objectives.Accepted {
			t.Errorf("a release of what changed meanwhile answers %d", w.Code)
		}
		if w := o.coordinator.post("/work/rounds/2029/release", form.Encode()); w.Code != http.StatusSeeOther || o.state(accepted.Code) != objectives.Released || o.state(approved.Code) != objectives.Released {
			t.Errorf("the release answers %d", w.Code)
		}
	})
}
