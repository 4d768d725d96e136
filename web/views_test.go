package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gcm/internal/auth"
)

func TestNarrowedListIsSavedAndIsOnesOwn(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		mine, other := person(t, app, "mia", auth.Contributor), person(t, app, "", auth.Partner)
		link := regexp.MustCompile(`/account/views\?view=[^"]+`).FindString(get(app, "/kk/measures?status=planned&page=0&objective=&x=1").Body.String())
		if link != "/account/views?view=%2Fmeasures%3Fstatus%3Dplanned" {
			t.Fatalf("the list leads to %q", link)
		}
		for path, want := range map[string]string{
			"/ru/matrix?status=planned": "/matrix?status=planned", "/en/timeline?cycle=&status=planned": "/timeline?status=planned", "/kk/data/gaps?objective=5": "/data/gaps?objective=5",
			"/en/indicators/compare?i=refugees-registered&i=kandas-arrivals": "/indicators/compare?i=refugees-registered&i=kandas-arrivals",
			"/kk/matrix": "", "/kk/matrix?status=x": "", "/en/indicators/compare": "",
		} {
			link := regexp.MustCompile(`/account/views\?view=[^"]+`).FindString(get(app, path).Body.String())
			if want != "" {
				want = "/account/views?view=" + url.QueryEscape(want)
			}
			if link != want {
				t.Errorf("%s is saved as %q, not %q", path, link, want)
			}
			if _, view, _ := strings.Cut(link, "="); view != "" && mine.get(link).Code != http.StatusOK {
				t.Errorf("%s cannot be saved", view)
			}
		}
		if w := get(app, link); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in?") {
			t.Errorf("without an account: %d to %s", w.Code, w.Header().Get("Location"))
		}
		bodySays(t, mine.get(link).Body.String(), `value="/measures?status=planned"`)
		save := func(name, path string) int {
			return mine.post("/account/views", url.Values{"name": {name}, "path": {path}}.Encode()).Code
		}
		if code := save("Жоспарланған", "/measures?status=planned"); code != http.StatusSeeOther {
			t.Fatalf("saved with %d", code)
		}
		if code := save("Жоспарланған", "/measures?status=dropped"); code != http.StatusSeeOther {
			t.Fatalf("saved anew with %d", code)
		}
		body := mine.get("/account/views").Body.String()
		bodySays(t, body, "Жоспарланған", `href="/kk/measures?status=dropped"`)
		if strings.Contains(body, "status=planned") || strings.Contains(other.get("/account/views").Body.String(), "Жоспарланған") {
			t.Error("the name stands for two views, or somebody else sees it")
		}
		drop := regexp.MustCompile(`/account/views/\d+/drop`).FindString(body)
		if w := other.post(drop, ""); w.Code != http.StatusNotFound {
			t.Errorf("somebody else removes it: %d", w.Code)
		}
		if w := mine.post(drop, ""); w.Code != http.StatusSeeOther || strings.Contains(mine.get("/account/views").Body.String(), "Жоспарланған") {
			t.Errorf("it is not removed: %d", w.Code)
		}
		for _, wrong := range []struct{ name, path string }{
			{"", "/measures"}, {"\x00", "/measures"}, {strings.Repeat("a", 101), "/measures"}, {"x", ""}, {"x", "/work/users"}, {"x", "//evil.example/measures"},
			{"x", "https://evil.example/measures"}, {"x", "/measures?text=" + strings.Repeat("a", 3000)}, {"x", "measures"}, {"x", "/measures\r\nX: y"}, {"x", "%zz"},
		} {
			if code := save(wrong.name, wrong.path); code != http.StatusUnprocessableEntity {
				t.Errorf("%.30q, %.30q: %d", wrong.name, wrong.path, code)
			}
		}
	})
}
