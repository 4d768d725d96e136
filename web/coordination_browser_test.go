package web

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"gcm/objectives"
	"gcm/web/browsertest"
)

// signIn signs the person in in a browser and returns the server's address.
func (c *client) signIn(t *testing.T, ctx context.Context) string {
	t.Helper()
	server := httptest.NewServer(c.app)
	t.Cleanup(server.Close)
	name, value, _ := strings.Cut(c.cookie, "=")
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: server.URL}); err != nil {
		t.Fatal(err)
	}
	return server.URL
}

// tabTo presses Tab until the selector has the focus.
func tabTo(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	for range 80 {
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.activeElement.matches('`+selector+`')`))
		if err != nil {
			t.Fatal(err)
		}
		if there {
			return
		}
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\t")); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("the keyboard does not get to %s", selector)
}

func TestQueueIsDecidedOnByTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	o, waiting, own, _, _ := busy(t, country.SQLite(t))
	ctx := browsertest.Start(t)
	url := o.approver.signIn(t, ctx)
	if err := chromedp.Do(ctx, chromedp.Navigate(url+"/work/queue"), chromedp.WaitVisible(chromedp.CSS(".count-chosen"))); err != nil {
		t.Fatal(err)
	}
	tabTo(t, ctx, `[data-choose] .buttons input`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent(" ")); err != nil {
		t.Fatal(err)
	}
	tabTo(t, ctx, `[name="step"]`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS(".flash"))); err != nil {
		t.Fatal(err)
	}
	if o.state(waiting.Code) != objectives.Approved || o.state(own.Code) != objectives.Approved {
		t.Errorf("they are %s and %s", o.state(waiting.Code), o.state(own.Code))
	}
}

func TestAgenciesAreAskedByTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	o := officeOf(t, country.SQLite(t))
	ctx := browsertest.Start(t)
	url := o.coordinator.signIn(t, ctx)
	if err := chromedp.Do(ctx, chromedp.Navigate(url+"/work/rounds/2029/ask")); err != nil {
		t.Fatal(err)
	}
	tabTo(t, ctx, `form[action$="/ask"] .buttons button`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS(".flash"))); err != nil {
		t.Fatal(err)
	}
}
