package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const embeddedRefugees = "/embed/indicators/refugees-registered"

func TestPieceOfAPageMayBeShownElsewhereAndNothingElse(t *testing.T) {
	h := loaded(t)
	for path, status := range map[string]int{
		embeddedRefugees: 200, "/embed/objectives/5": 200, "/embed/objectives/24": 404, "/embed/indicators/nope": 404, embeddedRefugees + "?theme=pink": 400, embeddedRefugees + "?lang=de": 400,
	} {
		w := get(h, path)
		policy := w.Header().Get("Content-Security-Policy")
		if w.Code != status || !strings.HasPrefix(policy, "default-src 'none'") || !strings.HasSuffix(policy, "frame-ancestors *") || strings.Contains(policy, "script") {
			t.Errorf("%s: %d %q", path, w.Code, policy)
		}
		if w.Header().Get("Set-Cookie") != "" || strings.Contains(w.Header().Get("Vary"), "Cookie") || w.Header().Get("X-Frame-Options") != "" {
			t.Errorf("%s: %v", path, w.Header())
		}
		for n := range parse(t, w.Body.String()).Descendants() {
			if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "form" || n.Data == "nav") {
				t.Errorf("%s holds a <%s>", path, n.Data)
			}
		}
	}
	for _, path := range []string{"/kk/indicators/refugees-registered", "/kk/objectives/5", "/kk/nowhere", "/sign-in", "/embed", "/embed/", "/embed/measures/e-visa", "/indicators/kandas-arrivals.svg", "/robots.txt"} {
		if strings.Contains(get(h, path).Header().Get("Content-Security-Policy"), "frame-ancestors *") && !strings.HasPrefix(path, embedPath) {
			t.Errorf("other sites may show %s", path)
		}
	}
}

func TestPieceOfAPageIsShownInALanguageAndATheme(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string][]string{
		embeddedRefugees + "?lang=kk":                    {`<html lang="kk">`, "Қазақстанда тұратын босқындар саны", "608", `href="/kk/indicators/refugees-registered"`, "Бетті толық ашу"},
		embeddedRefugees + "?lang=ru&theme=dark":         {`<html lang="ru" data-theme="dark">`, "Открыть страницу полностью"},
		embeddedRefugees + "?theme=auto&lang=en":         {`<html lang="en">`, "How to cite", `<meta name="description" content="Refugees living in Kazakhstan. `},
		"/embed/indicators/investor-visa-validity":       {"<table>", "/kk/indicators/investor-visa-validity"},
		"/embed/objectives/5?lang=en&theme=light":        {`data-theme="light"`, "Objective 5", "completed", `href="/en/objectives/5"`},
		"/embed/objectives/8?lang=ru":                    {"Цель 8", "A/RES/73/195"},
		"/embed/indicators/nope?lang=ru":                 {`<html lang="ru">`, "Страница не найдена", `href="/ru/"`},
		"/embed/indicators/nope?lang=ru&theme=dark":      {`<html lang="ru" data-theme="dark">`, "Страница не найдена"},
		"/embed/objectives/5?lang=en&theme=%3Cscript%3E": {"There is no such language or theme"},
	} {
		body := get(h, path, "Cookie", "theme=dark").Body.String()
		for _, words := range want {
			if !strings.Contains(body, words) {
				t.Errorf("%s does not say %q", path, words)
			}
		}
	}
	if body := get(h, embeddedRefugees, "Accept-Language", "ru", "Cookie", "theme=dark").Body.String(); !strings.Contains(body, `<html lang="ru">`) {
		t.Errorf("without a language it is not the reader's: %.60s", body)
	}
}

func TestFrameSendsNobodyToAMenuItLacks(t *testing.T) {
	w := get(loaded(t), "/embed/indicators/nope?lang=ru")
	if body := w.Body.String(); strings.Contains(body, "меню") || !strings.Contains(body, "найдите нужное на сайте") {
		t.Errorf("a frame without a menu says %s", body)
	}
}

func TestPageOffersTheCodeForOtherSites(t *testing.T) {
	h := loaded(t)
	for path, height := range map[string]string{"/kk/indicators/refugees-registered": "600", "/ru/objectives/5": "360"} {
		code := ""
		for n := range parse(t, get(h, path).Body.String()).Descendants() {
			if n.Type == html.ElementNode && n.Data == "textarea" && attr(n, "id") == "embed" {
				for _, a := range n.Attr {
					if a.Key == "readonly" {
						code = text(n)
					}
				}
			}
		}
		found := false
		for n := range parse(t, code).Descendants() {
			if n.Type == html.ElementNode && n.Data == "iframe" {
				found = true
				where := strings.TrimPrefix(attr(n, "src"), "http://example.com")
				if w := get(h, where); w.Code != http.StatusOK || attr(n, "title") == "" || attr(n, "height") != height || !strings.Contains(w.Body.String(), `lang="`+path[1:3]+`"`) {
					t.Errorf("%s: %s answers %d", path, code, w.Code)
				}
			}
		}
		if !found {
			t.Errorf("%s offers %q", path, code)
		}
	}
}

func TestDraftIsShownNowhereElse(t *testing.T) {
	conn := country.SQLite(t)
	if err := conn.Exec("UPDATE indicators SET state = 'accepted' WHERE code = 'refugees-registered'").Error; err != nil {
		t.Fatal(err)
	}
	h := open(t, config(t, conn))
	for _, path := range []string{embeddedRefugees, "/kk/indicators/refugees-registered/share.png"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	for _, path := range []string{"/sitemap.xml", "/kk/data", "/kk/feed.atom"} {
		if strings.Contains(get(h, path).Body.String(), "refugees-registered") {
			t.Errorf("%s tells of it", path)
		}
	}
}
