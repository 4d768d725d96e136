package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/progress"
)

func TestCoordinatorInvitesAPartnerWhoComments(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o, measure, values, _ := withAhead(t, conn)
		far := person(t, o.app, "", auth.Partner)
		o.change(far, map[string]any{"scope": auth.Scope{Objectives: []int{outside}}})
		invites := func(guest *client, about, until string) (int, string) {
			form := url.Values{"partner": {strconv.FormatInt(guest.user.ID, 10)}, "about": {about}, "until": {until}, "note": {"Не жетіспейді?"}}
			w := o.coordinator.post("/work/invitations", form.Encode())
			return w.Code, w.Body.String()
		}
		path := "/work/entries/" + measure.Code
		link := `href="/work/invitations?about=entry/` + measure.Code + `"`
		if !strings.Contains(o.coordinator.get(path).Body.String(), link) || strings.Contains(o.partner.get(path).Body.String(), "/work/invitations") {
			t.Error("the entry does not lead the coordinator, and nobody else, to the invitations")
		}
		if body := o.coordinator.get("/work/invitations?about=entry/" + measure.Code).Body.String(); !strings.Contains(body, `value="entry/`+measure.Code+`" selected`) {
			t.Error("the form does not offer the entry that one came from")
		}
		if body := o.coordinator.get("/kk/objectives/5").Body.String(); !strings.Contains(body, `href="/work/invitations?about=objective/5"`) {
			t.Error("the objective does not lead to the form")
		}
		for problem, wrong := range map[string]struct {
			guest        *client
			about, until string
		}{
			"invite.error.scope": {far, "objective/5", ""}, "invite.error.about": {o.partner, "", ""}, "invite.error.partner": {o.auditor, "objective/5", ""}, "invite.error.until": {o.partner, "objective/5", "2029-01-01"},
		} {
			if status, body := invites(wrong.guest, wrong.about, wrong.until); status != http.StatusUnprocessableEntity || !strings.Contains(body, inKazakh(t, problem)) || !strings.Contains(body, "Не жетіспейді?") {
				t.Errorf("%s: answers %d", problem, status)
			}
		}
		for _, about := range []string{"entry/" + measure.Code, "objective/7"} {
			if status, _ := invites(o.partner, about, "2030-03-01"); status != http.StatusSeeOther {
				t.Fatalf("inviting to %s answers %d", about, status)
			}
		}
		for _, p := range []string{"/work", path, "/work/notices"} {
			if body := o.partner.get(p).Body.String(); !strings.Contains(body, "E-Visa") || p != "/work/notices" && (!strings.Contains(body, "Не жетіспейді?") || !strings.Contains(body, inKazakh(t, "invite.until", printer(t, "kk").Period("2030-03-01")))) {
				t.Errorf("%s does not tell of the invitation", p)
			}
		}
		for page, code := range map[string]string{"/kk/measures/e-visa": measure.Code, "/kk/indicators/refugees-registered": values.Code} { // of objective 7
			if body := o.partner.get(page).Body.String(); !strings.Contains(body, `<a href="/work/entries/`+code+`#comments">`) {
				t.Errorf("%s does not lead to where one comments", page)
			}
		}
		if w := o.partner.post(path+"/comments", "body=Толық+емес"); w.Code != http.StatusSeeOther {
			t.Errorf("commenting answers %d", w.Code)
		}
		for name, c := range map[string]*client{"a partner who is not invited": person(t, o.app, "", auth.Partner), "a partner whom nothing reaches": far} {
			if w := c.post(path+"/comments", "body=Пікір"); w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
				t.Errorf("%s comments: %d", name, w.Code)
			}
		}
		list, err := o.store.Invitations(t.Context(), o.as(o.coordinator))
		o.must(err)
		for _, i := range list {
			if w := o.coordinator.post("/work/invitations/"+strconv.FormatInt(i.ID, 10)+"/end", ""); w.Code != http.StatusSeeOther {
				t.Errorf("ending answers %d", w.Code)
			}
		}
		if body := o.partner.get(path).Body.String(); strings.Contains(body, path+"/comments") || !strings.Contains(body, "Толық емес") {
			t.Error("after the end one may comment, or no longer reads what one wrote")
		}
		if w := o.partner.post(path+"/comments", "body=Тағы"); w.Code != http.StatusForbidden {
			t.Errorf("commenting after the end answers %d", w.Code)
		}
	})
}

func TestInvitedPartnersAreToldWhereTheyBegin(t *testing.T) {
	o, _, _, _ := withAhead(t, country.SQLite(t))
	o.must(o.store.Invite(t.Context(), o.as(o.coordinator), progress.Invite{UserID: o.partner.user.ID, Objective: 5}))
	if body := o.partner.get("/work?lang=ru").Body.String(); !strings.Contains(body, `href="/ru/objectives/5"`) {
		t.Error("the objective is not one step away")
	}
	if body := o.coordinator.get("/work").Body.String(); strings.Contains(body, `id="invited"`) {
		t.Error("the coordinator is shown invitations of others as her own")
	}
}
