package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
)

// token is the secret of a new token of a person's.
func (o *office) token(by *client, scopes ...auth.TokenScope) string {
	o.t.Helper()
	_, secret, err := o.app.site.accounts.MakeToken(o.t.Context(), o.as(by), "", "test", scopes, 30)
	o.must(err)
	return secret
}

// shows are the states of the entries that the API shows, by code.
func (o *office) shows(headers ...string) map[string]string {
	o.t.Helper()
	w := get(o.app, apiPath+"/entries", headers...)
	var list apiList[apiEntry]
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != http.StatusOK {
		o.t.Fatalf("%d %v", w.Code, err)
	}
	states := map[string]string{}
	for _, e := range list.Items {
		states[e.Code] = e.State
		if e.Public != (e.State == "released") {
			o.t.Errorf("%s is %s and public: %v", e.Code, e.State, e.Public)
		}
	}
	return states
}

// ASVS 8.2.2, 14.3.2
func TestTokenOpensWhatItsPersonSeesAndNoMore(t *testing.T) {
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o, _, _, approved, accepted := busy(t, conn)
		waits := o.accepted("e-visa", running(objectives.InProgress, "Қабылданды, жарияланбады."))
		bearer := func(secret string) []string { return []string{"Authorization", "Bearer " + secret} }
		if seen := o.shows(); len(seen) != 0 {
			t.Errorf("the public sees %v", seen)
		}
		for who, secret := range map[string]string{
			"a token for what is public": o.token(o.partner, auth.ReadPublic), "a stranger's": o.token(o.contributor, auth.ReadPublic, auth.ReadAccepted),
		} {
			if seen := o.shows(bearer(secret)...); len(seen) != 0 {
				t.Errorf("%s shows %v", who, seen)
			}
		}
		secret := o.token(o.partner, auth.ReadPublic, auth.ReadAccepted)
		if seen := o.shows(bearer(secret)...); seen[accepted.Code] != "accepted" || seen[waits.Code] != "accepted" || seen[approved.Code] != "" || len(seen) != 2 {
			t.Errorf("the partner's token shows %v", seen)
		}
		w := get(o.app, apiPath+"/entries/"+waits.Code, bearer(secret)...)
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "private, no-store" || !strings.Contains(w.Body.String(), "жарияланбады") {
			t.Errorf("one entry answers %d %v", w.Code, w.Header())
		}
		o.change(o.partner, map[string]any{"scope": auth.Scope{Indicators: []string{"refugees-registered"}}})
		if seen := o.shows(bearer(secret)...); len(seen) != 1 || seen[accepted.Code] == "" {
			t.Errorf("within the scope are %v", seen)
		}
		if w := get(o.app, apiPath+"/entries/"+waits.Code, bearer(secret)...); w.Code != http.StatusNotFound {
			t.Errorf("beyond the scope answers %d", w.Code)
		}
		// a coordinator sees more than what is accepted; the token does not
		if seen := o.shows(bearer(o.token(o.coordinator, auth.ReadAccepted))...); len(seen) != 2 || seen[approved.Code] != "" {
			t.Errorf("the coordinator's token shows %v", seen)
		}
		if seen := o.shows("Cookie", o.partner.cookie); len(seen) != 0 {
			t.Errorf("a cookie opens %v", seen)
		}
	})
}

func TestTokenThatOpensNothingIsRefused(t *testing.T) {
	conn := country.SQLite(t)
	o := officeOf(t, conn)
	secret := o.token(o.partner, auth.ReadAccepted)
	refused := func(when, authorization string) {
		t.Helper()
		w := get(o.app, apiPath+"/measures", "Authorization", authorization, "Accept-Language", "ru")
		if w.Code != http.StatusUnauthorized || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") || !strings.Contains(w.Body.String(), "Ключ недействителен") {
			t.Errorf("%s: %d %s", when, w.Code, w.Body)
		}
	}
	refused("no token at all", "Bearer gcm_nonsense")
	refused("another way to sign in", "Basic eDp5")
	if w := get(o.app, apiPath+"/measures", "Authorization", "bearer "+secret); w.Code != http.StatusOK {
		t.Errorf("the token answers %d", w.Code)
	}
	expiry := now().Add(-time.Minute)
	o.change(o.partner, map[string]any{"expires_at": expiry})
	refused("the account has ended", "Bearer "+secret)
	o.change(o.partner, map[string]any{"expires_at": nil, "disabled_at": now()})
	refused("the account is disabled", "Bearer "+secret)
	o.change(o.partner, map[string]any{"disabled_at": nil})
	conn.NowFunc = func() time.Time { return now().AddDate(0, 0, 31) }
	refused("the token has ended", "Bearer "+secret)
	conn.NowFunc = now
	list, err := o.app.site.accounts.Tokens(t.Context(), o.as(o.partner))
	o.must(err)
	if list[0].UsedAt == nil || list[0].Hash == secret || strings.Contains(list[0].Hash, secret[4:]) {
		t.Errorf("the token is kept as %+v", list[0])
	}
	o.must(o.app.site.accounts.EndToken(t.Context(), o.as(o.partner), list[0].ID))
	refused("the person ended it", "Bearer "+secret)
	if err := o.app.site.accounts.EndToken(t.Context(), o.as(o.contributor), list[0].ID); err == nil {
		t.Error("somebody else ends it")
	}
	soon := now().Add(48 * time.Hour)
	o.change(o.partner, map[string]any{"expires_at": soon})
	made, _, err := o.app.site.accounts.MakeToken(t.Context(), o.as(o.partner), "", "x", []auth.TokenScope{auth.ReadPublic}, 90)
	if err != nil || !made.ExpiresAt.Equal(soon) {
		t.Errorf("the token outlives its account: %v, %v", made.ExpiresAt, err)
	}
}

func TestTokenIsShownOnceAndEndedOnThePage(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	b := o.partner
	for _, wrong := range []string{"name=&days=30&scopes=read:public", "name=x&days=0&scopes=read:public", "name=x&days=30", "name=x&days=30&scopes=write:all"} {
		if w := b.post("/account/tokens", wrong); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "aria-invalid") && !strings.Contains(w.Body.String(), `href="#scopes"`) {
			t.Errorf("%s answers %d", wrong, w.Code)
		}
	}
	if w := b.post("/account/tokens", "name=Сервис-7&days=30&scopes=read:public&scopes=read:accepted"); w.Code != http.StatusSeeOther {
		t.Fatalf("making answers %d", w.Code)
	}
	secret := regexp.MustCompile(`gcm_[a-z2-7]{40}`)
	first := secret.FindString(b.get("/account/tokens").Body.String())
	again := b.get("/account/tokens").Body.String()
	if first == "" || secret.MatchString(again) || !strings.Contains(again, "Сервис-7") {
		t.Errorf("the secret is %q, and there again: %v", first, secret.MatchString(again))
	}
	if w := get(o.app, apiPath+"/measures", "Authorization", "Bearer "+first); w.Code != http.StatusOK {
		t.Errorf("the secret answers %d", w.Code)
	}
	end := regexp.MustCompile(`/account/tokens/\d+/end`).FindString(again)
	if w := b.post(end, ""); w.Code != http.StatusSeeOther || strings.Contains(b.get("/account/tokens").Body.String(), "Сервис-7") {
		t.Errorf("ending answers %d", w.Code)
	}
	admin := person(t, o.app, "", auth.Admin)
	if w := admin.post("/account/tokens", "name=x&days=30&scopes=read:accepted"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("who sees no entries makes a token for them: %d", w.Code)
	}
}
