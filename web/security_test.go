package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/objectives"
)

func ask(h http.Handler, method, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	return w
}

// ASVS 3.4.3–3.4.6, 4.1.1
func TestEveryAnswerIsGuarded(t *testing.T) {
	h := loaded(t)
	for _, path := range []string{"/", "/healthz", "/kk/", "/en/nowhere", "/static/css/gcm.css", "/indicators/e-visas-issued.csv", "/indicators/e-visas-issued.json", "/indicators/kandas-arrivals.svg", "/reviews/2022/kk.pdf"} {
		w := get(h, path)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Request-Id": "",
			"Permissions-Policy": "camera=(), geolocation=(), microphone=()", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := w.Header().Get(name); got == "" || !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := w.Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") && !strings.Contains(policy, "sandbox") {
			t.Errorf("%s: %s", path, policy)
		}
		if kind := w.Header().Get("Content-Type"); w.Code != http.StatusFound && (kind == "" || strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8")) {
			t.Errorf("%s: type %q", path, kind)
		}
		if w.Header().Get("Strict-Transport-Security") != "" {
			t.Errorf("%s demands HTTPS over HTTP", path)
		}
	}
}

// ASVS 3.4.1
func TestHTTPSIsKeptOnceThere(t *testing.T) {
	c := config(t, dbtest.SQLite(t))
	c.BaseURL = "https://gcm.example"
	if got := get(open(t, c), "/healthz").Header().Get("Strict-Transport-Security"); !strings.Contains(got, "max-age=31536000") {
		t.Errorf("%q", got)
	}
}

// ASVS 3.5.1
func TestFormFromAnotherSiteIsRefused(t *testing.T) {
	h := loaded(t)
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		for _, path := range []string{"/kk/theme", "/kk/reviews/2022/builds"} {
			w := post(h, path, "theme=dark&language=kk&profile=full", headers...)
			if w.Code != http.StatusForbidden || w.Header().Get("Set-Cookie") != "" || !strings.Contains(w.Body.String(), "Сұрау басқа сайттан келді") || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) {
				t.Errorf("%v %s answers %d", headers, path, w.Code)
			}
		}
	}
	if w := post(h, "/kk/theme", "theme=dark&back=/measures", "Sec-Fetch-Site", "same-origin"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/kk/measures" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
}

// ASVS 5.2.1
func TestLargeBodyIsRefused(t *testing.T) {
	if w := post(loaded(t), "/en/theme", "theme="+strings.Repeat("x", maxBody)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("answers %d", w.Code)
	}
}

// ASVS 3.7.2
func TestThemeLeadsNowhereElse(t *testing.T) {
	h := loaded(t)
	for _, back := range []string{"//evil.example", "https://evil.example", "/%5Cevil.example", "/%0d%0aX:1", ""} {
		if got := post(h, "/kk/theme", "theme=dark&back="+back).Header().Get("Location"); got != "/kk/" {
			t.Errorf("%q leads to %s", back, got)
		}
	}
	if w := post(h, "/kk/theme", "theme=pink"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an unknown theme answers %d", w.Code)
	}
}

func TestChosenThemeIsOnThePage(t *testing.T) {
	h := loaded(t)
	cookie := post(h, "/en/theme", "theme=dark").Header().Get("Set-Cookie")
	if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("cookie %q", cookie)
	}
	if body := get(h, "/en/about", "Cookie", "theme=dark").Body.String(); !strings.Contains(body, `data-theme="dark"`) {
		t.Error("the page is not dark")
	}
	if body := get(h, "/en/about", "Cookie", `theme="><script>`).Body.String(); strings.Contains(body, "data-theme") {
		t.Error("an unknown theme is on the page")
	}
}

// hostile are texts that would break out of the place where they are printed.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</title><script>alert(1)</script>`,
	`{{.}}`, `javascript:alert(1)`, `</svg><script>alert(1)</script>`, "\u2028<svg onload=alert(1)>", `]]><script>`, `&lt;script&gt;`, `a-b<script>x-y</script>`, `<x-y onclick=a-b>`,
}

// ASVS 1.2.1
func TestNoTextBecomesMarkup(t *testing.T) {
	db := country.SQLite(t)
	plain := elements(t, open(t, config(t, db)))
	text := strings.Join(hostile, " ")
	{
		value, err := i18n.Text{"kk": text, "ru": text, "en": text}.Value()
		if err != nil {
			t.Fatal(err)
		}
		quotes, err := objectives.Quotes{{Source: "policy-kk", Offset: 0, Text: text}}.Value()
		if err != nil {
			t.Fatal(err)
		}
		for table, columns := range map[string][]string{
			"states": {"name", "notice"}, "sources": {"title", "note"}, "agencies": {"name", "note"}, "measures": {"title", "description", "note"},
			"challenges": {"statement", "note"}, "indicators": {"name", "definition", "scale_note", "data_source", "note"}, "observations": {"note"},
			"dimension_codes": {"name"}, "dimensions": {"name"}, "legal_instruments": {"name", "note"}, "reviews": {"title", "notice"},
			"cycles": {"name", "cutoff_reason"}, "measure_objectives": {"reason"}, "objectives": {"title", "short_title"}, "actions": {"summary"},
		} {
			for _, column := range columns {
				if err := db.WithContext(context.Background()).Exec("UPDATE "+table+" SET "+column+" = ? WHERE "+column+" NOT IN ('{}', '')", value).Error; err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, table := range []string{"measures", "agencies", "observations"} {
			if err := db.Exec("UPDATE "+table+" SET quotes = ?", quotes).Error; err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Exec("UPDATE observations SET value_text = ?", text).Error; err != nil {
			t.Fatal(err)
		}
		for path, got := range elements(t, open(t, config(t, db))) {
			for name := range got {
				if plain[path][name] == 0 {
					t.Errorf("%q on %s makes %s", text, path, name)
				}
			}
		}
	}
}

// elements counts each page's elements and attributes, the title apart from its text.
func elements(t *testing.T, h http.Handler) map[string]map[string]int {
	t.Helper()
	pages := map[string]map[string]int{}
	for _, path := range []string{"/en/", "/en/objectives/5", "/en/measures", "/en/measures/e-visa", "/en/indicators", "/en/indicators/refugees-registered", "/en/indicators/foreign-workers-by-sector", "/en/agencies", "/en/agencies/mia", "/en/reviews/2022", "/en/about", "/en/data"} {
		counts := map[string]int{}
		for n := range parse(t, get(h, path).Body.String()).Descendants() {
			if n.Type != html.ElementNode || attr(n, "class") == "nb" { // our own, around words with a hyphen
				continue
			}
			counts["<"+n.Data+">"]++
			for _, a := range n.Attr {
				counts["<"+n.Data+" "+a.Key+">"]++
				if a.Key == "href" && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, globalMetadata) {
					t.Errorf("%s leads to %q", path, a.Val)
				}
			}
		}
		pages[path] = counts
	}
	return pages
}
