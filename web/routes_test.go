package web

import (
	"net/http"
	"strings"
	"testing"

	"gcm/internal/auth"
)

func TestRouteWithoutAPermissionIsRefused(t *testing.T) {
	s := &site{}
	handle := func(*request) error { return nil }
	if _, err := s.router([]route{reads("/x", auth.Permission{}, handle)}); err == nil {
		t.Error("a route that names no permission is registered")
	}
	if _, err := s.router([]route{reads("/x", auth.Public, handle)}); err != nil {
		t.Error(err)
	}
}

func TestAddressWithAnEmptyPartIsNotFound(t *testing.T) {
	h := loaded(t)
	for _, path := range []string{"//", "//measures", "/%2f", "/%2fmeasures", "/kk//", "/kk//measures", "/kk/reviews//kk.pdf", "///"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := post(h, "//theme", "theme=dark"); w.Code != http.StatusNotFound || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("POST //theme answers %d", w.Code)
	}
}

func TestOnlyRealPagesAreRedirectedTo(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]string{
		"/kk": "/kk/", "/ru?x=1": "/ru/?x=1", "/en/measures/": "/en/measures", "/en/measures/?status=planned": "/en/measures?status=planned",
	} {
		w := get(h, path, "X-Forwarded-Prefix", "/evil")
		if w.Code != http.StatusFound && w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	for _, path := range []string{"/metrics", "/favicon.ico", "/search", "/de", "/kk/nowhere/", "/kk/measures/nope/", "/work/measures/", "/reviews", "/static"} {
		w := get(h, path, "X-Forwarded-Prefix", "/evil")
		if w.Code != http.StatusNotFound || w.Header().Get("Location") != "" || !strings.Contains(w.Body.String(), "Бет табылмады") {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
}
