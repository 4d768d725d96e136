package web

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"gcm/web/browsertest"
)

// A browser keeps public pages, and pages that one leaves: neither may stand in for
// the other when somebody signs in or out.
func TestBrowserShowsAheadWhileOneIsSignedInAndNoLonger(t *testing.T) {
	t.Parallel()
	o, _, _, _ := withAhead(t, country.SQLite(t))
	server := httptest.NewServer(o.app)
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	const page = "/kk/measures/e-visa"
	shows := func(when string, want bool) {
		t.Helper()
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.querySelector("h1") && document.querySelector(".ahead") !== null`))
		if err != nil || there != want {
			t.Errorf("%s: shown ahead is %t, %v", when, there, err)
		}
	}
	to := func(path string) { do(t, ctx, chromedp.Navigate(server.URL+path)) }
	to(page)
	to(page)
	shows("before", false)
	actingAs(t, ctx, server.URL, o.partner.cookie)
	to(page)
	shows("signed in", true)
	to("/kk/about")
	actingAs(t, ctx, server.URL, "gcm=")
	do(t, ctx, chromedp.NavigateBack())
	shows("back, when signed out", false)
	to(page)
	shows("signed out", false)
}
