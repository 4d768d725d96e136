package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
)

var markOf = regexp.MustCompile(`name="mark" value="([0-9a-f]+)"`)

func TestFindingIsAcceptedOnThePageWithAReason(t *testing.T) {
	o := officeOf(t, dbtest.SQLite(t))
	path := qualityPath + "?rule=disagreeing-sources"
	w := o.coordinator.get(path)
	mark := markOf.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || mark == nil || !strings.Contains(w.Body.String(), "Дереккөздер бір-біріне қайшы") {
		t.Fatalf("%d, mark %v", w.Code, mark)
	}
	form := url.Values{"mark": {mark[1]}, "step": {"accept"}, "reason": {" "}}
	if w := o.coordinator.post(path, form.Encode()); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Себебін көрсетіңіз.") {
		t.Errorf("without a reason: %d", w.Code)
	}
	form.Set("reason", "Екі орган әртүрлі санайды.")
	if w := o.auditor.post(path, form.Encode()); w.Code == http.StatusSeeOther {
		t.Errorf("an auditor decides: %d", w.Code)
	}
	if w := o.coordinator.post(path, form.Encode()); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
		t.Errorf("with a reason: %d to %q", w.Code, w.Header().Get("Location"))
	}
	if body := o.auditor.get(path).Body.String(); !strings.Contains(body, "Екі орган әртүрлі санайды.") || strings.Contains(body, `name="mark"`) {
		t.Error("the auditor does not read the reason, or is offered to decide")
	}
	form.Set("step", "take_back")
	if w := o.coordinator.post(path, form.Encode()); w.Code != http.StatusSeeOther {
		t.Errorf("taken back: %d", w.Code)
	}
}

func TestContributorSeesTheFindingsOfTheOwnAgency(t *testing.T) {
	o := officeOf(t, dbtest.SQLite(t))
	all := strings.Count(o.auditor.get(qualityPath).Body.String(), `<th scope="row">`)
	own := strings.Count(o.contributor.get(qualityPath).Body.String(), `<th scope="row">`)
	other := strings.Count(o.stranger.get(qualityPath).Body.String(), `<th scope="row">`)
	if all == 0 || own >= all || other >= all || own == other {
		t.Errorf("the auditor sees %d, the contributor %d, one of another agency %d", all, own, other)
	}
	if w := o.auditor.get(qualityPath + "?rule=guess"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an unknown rule answers %d", w.Code)
	}
}

func TestFindingsAreForPeopleWhoMaySeeHiddenValues(t *testing.T) {
	o := officeOf(t, dbtest.SQLite(t))
	for _, role := range []auth.Role{auth.Editor, auth.Signatory, auth.Partner, auth.Admin} {
		if w := person(t, o.app, "", role).get(qualityPath); w.Code != http.StatusForbidden {
			t.Errorf("to the %s it answers %d", role, w.Code)
		}
	}
}
