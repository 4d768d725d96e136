package web

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gcm/internal/auth"
)

func TestRegistersAreAccessibleInEveryLight(t *testing.T) {
	app := open(t, config(t, sqlite(t)))
	server := httptest.NewServer(app)
	t.Cleanup(server.Close)
	as := person(t, app, "mia", auth.Coordinator)
	ctx := browser(t)
	const listen = `window.refused = []; document.addEventListener("securitypolicyviolation", e => refused.push(e.violatedDirective + " " + e.blockedURI))`
	if _, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: listen}); err != nil {
		t.Fatal(err)
	}
	name, value, _ := strings.Cut(as.cookie, "=")
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: server.URL}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/work/measures?text=виза", "/work/measures/e-visa?lang=en", "/work/measures/e-visa/merge?lang=ru", "/work/agencies/mia?lang=kk", "/work/laws/new?lang=ru"} {
		for _, view := range []struct {
			width  int64
			scheme string
		}{{1280, "light"}, {320, "dark"}} {
			t.Run(fmt.Sprintf("%s %d %s", path, view.width, view.scheme), func(t *testing.T) {
				show(t, ctx, view.width, view.scheme)
				check(t, ctx, server.URL+path, findMisfits)
				check(t, ctx, "", axe+";"+findViolations)
			})
		}
	}
}
