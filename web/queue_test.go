package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/objectives"
	"gcm/progress"
)

// decides sends a decision of the queue.
func (c *client) decides(step string, entries ...progress.Entry) (status int, body string) {
	form := url.Values{"step": {step}}
	for _, e := range entries {
		form.Add("entry", e.Code+":"+strconv.Itoa(e.Version))
	}
	w := c.post("/work/queue", form.Encode())
	return w.Code, w.Body.String()
}

func (o *office) state(code string) objectives.State {
	o.t.Helper()
	var e progress.Entry
	o.must(o.conn.Where("code = ?", code).Take(&e).Error)
	return e.State
}

func TestQueueShowsWhatWaitsForThePerson(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o, waiting, own, approved, accepted := busy(t, db)
		for name, want := range map[string]struct {
			who        *client
			sees, lack []progress.Entry
		}{
			"approver":    {o.approver, []progress.Entry{waiting, own}, []progress.Entry{approved, accepted}},
			"coordinator": {o.coordinator, []progress.Entry{approved, accepted}, []progress.Entry{waiting, own}},
			"auditor":     {o.auditor, []progress.Entry{waiting, own, approved, accepted}, nil},
		} {
			w := want.who.get("/work/queue")
			if w.Code != http.StatusOK {
				t.Fatalf("%s: %d", name, w.Code)
			}
			for _, e := range want.sees {
				if !strings.Contains(w.Body.String(), "/work/entries/"+e.Code) {
					t.Errorf("%s does not see %s", name, e.State)
				}
			}
			for _, e := range want.lack {
				if strings.Contains(w.Body.String(), e.Code) {
					t.Errorf("%s sees %s", name, e.State)
				}
			}
		}
		if w := o.contributor.get("/work/queue"); w.Code != http.StatusForbidden {
			t.Errorf("the contributor gets %d", w.Code)
		}
		if body := o.auditor.get("/work/queue").Body.String(); strings.Contains(body, `name="step"`) {
			t.Error("the auditor is offered a decision")
		}
	})
}

func TestOwnEntryHasNoBoxAndSaysWhy(t *testing.T) {
	o, waiting, own, _, _ := busy(t, country.SQLite(t))
	body := o.both.get("/work/queue").Body.String()
	if !strings.Contains(body, `value="`+waiting.Code+":") || strings.Contains(body, `value="`+own.Code+":") {
		t.Error("the boxes are at the wrong lines")
	}
	if reason := inKazakh(t, "entry.error.own"); !strings.Contains(body, reason) {
		t.Errorf("the page does not say %q", reason)
	}
	if status, _ := o.both.decides("approve", own); status != http.StatusUnprocessableEntity || o.state(own.Code) != objectives.Submitted {
		t.Errorf("approving it answers %d", status)
	}
}

func TestBulkDecisionIsAllOrNothing(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o, waiting, own, approved, accepted := busy(t, db)
		status, body := o.both.decides("approve", waiting, own)
		if status != http.StatusUnprocessableEntity || o.state(waiting.Code) != objectives.Submitted {
			t.Errorf("answers %d, and the other one is %s", status, o.state(waiting.Code))
		}
		for _, want := range []string{`id="refusal-` + own.Code, `value="` + waiting.Code + ":" + strconv.Itoa(waiting.Version) + `" checked`} {
			if !strings.Contains(body, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		if status, _ := o.approver.decides("approve", waiting, own); status != http.StatusSeeOther {
			t.Errorf("approving both answers %d", status)
		}
		if status, _ := o.coordinator.decides("accept", approved); status != http.StatusSeeOther {
			t.Errorf("accepting answers %d", status)
		}
		if status, _ := o.coordinator.decides("release", accepted); status != http.StatusSeeOther {
			t.Errorf("releasing answers %d", status)
		}
		for code, want := range map[string]objectives.State{waiting.Code: objectives.Approved, own.Code: objectives.Approved, approved.Code: objectives.Accepted, accepted.Code: objectives.Released} {
			if got := o.state(code); got != want {
				t.Errorf("is %s, want %s", got, want)
			}
		}
	})
}

func TestDecisionOnWhatChangedMeanwhileIsRefused(t *testing.T) {
	o, waiting, _, _, _ := busy(t, country.SQLite(t))
	draft := o.takes(waiting, o.contributor, (*progress.Store).Withdraw)
	draft, err := o.store.Save(t.Context(), o.as(o.contributor), draft.Code, draft.Version, running(objectives.Dropped, "Басқа мәтін."))
	o.must(err)
	o.takes(draft, o.contributor, (*progress.Store).Submit)
	if status, body := o.approver.decides("approve", waiting); status != http.StatusUnprocessableEntity || !strings.Contains(body, inKazakh(t, "entry.error.clash")) {
		t.Errorf("answers %d", status)
	}
}

func TestDecisionWithoutAChoiceSaysSo(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	for form, key := range map[string]string{"step=approve": "queue.none_chosen", "step=burn&entry=x:1": "queue.no_step", "": "queue.no_step"} {
		w := o.approver.post("/work/queue", form)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), inKazakh(t, key)) {
			t.Errorf("%q answers %d", form, w.Code)
		}
	}
}

func TestQueueIsFilteredByItsAddress(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o, waiting, own, approved, accepted := busy(t, db)
		all := []progress.Entry{waiting, own, approved, accepted}
		for query, want := range map[string][]progress.Entry{
			"round=2029&kind=progress": {waiting, own, approved},
			"agency=mia":               {waiting, own},
			"kind=values":              {accepted},
			"status=dropped":           {waiting},
			"state=approved":           {approved},
			"text=" + url.QueryEscape("МАУСЫМ"): {approved},
			"objective=4": {waiting},
			"age=3":       nil,
		} {
			body := o.auditor.get("/work/queue?" + query).Body.String()
			for _, e := range all {
				if shown := strings.Contains(body, e.Code); shown != contains(want, e) {
					t.Errorf("%s: %s of %s is shown: %v", query, e.Kind, e.State, shown)
				}
			}
		}
		if w := o.auditor.get("/work/queue?agency=nobody"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "nobody") {
			t.Errorf("an unknown agency answers %d", w.Code)
		}
	})
}

func contains(list []progress.Entry, e progress.Entry) bool {
	for _, one := range list {
		if one.ID == e.ID {
			return true
		}
	}
	return false
}

// coordinationPages are what coordinators, approvers and auditors read.
func coordinationPages(entries ...progress.Entry) []string {
	pages := []string{"/work/queue", "/work/rounds", "/work/rounds/2029", "/work/rounds/2029/ask", "/work/rounds/2029/release", "/work/requests", "/work/requests/new", "/work/invitations", "/work/rounds/2029/edit", "/work/rounds/new"}
	for _, e := range entries {
		pages = append(pages, "/work/entries/"+e.Code+"/changes")
	}
	return pages
}

func TestNoDraftIsReadByTheCoordinator(t *testing.T) {
	o, waiting, own, approved, accepted := busy(t, country.SQLite(t))
	for _, path := range coordinationPages(waiting, own, approved, accepted) {
		w := o.coordinator.get(path)
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, w.Code)
		}
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("%s shows a draft", path)
		}
	}
	var draft progress.Entry
	o.must(o.conn.Where("state = 'draft'").Take(&draft).Error)
	for name, c := range map[string]*client{"coordinator": o.coordinator, "partner": o.partner, "contributor of another agency": o.contributor} {
		if w := c.get("/work/entries/" + draft.Code + "/changes"); w.Code != http.StatusNotFound {
			t.Errorf("the %s gets %d", name, w.Code)
		}
	}
	if w := o.stranger.get("/work/entries/" + draft.Code + "/changes"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<ins>"+secret) {
		t.Errorf("its own agency gets %d", w.Code)
	}
}
