package web

import (
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/progress/progresstest"
	"gcm/web/browsertest"
)

// usable is when, in milliseconds after the address was called for, the page is
// painted and whole, with its scripts, and its first row stands on it; -1 when there is none.
const usable = `new Promise(done => requestAnimationFrame(() => setTimeout(() => {
	const row = document.querySelector("main tbody tr, main .lines > li, main .cards > *");
	const seen = row?.checkVisibility();
	const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.now();
	done(seen ? Math.max(painted, performance.getEntriesByType("navigation")[0].loadEventEnd) : -1);
})))`

// BenchmarkFullHouseInABrowser measures lists among 1,000 measures, 480 indicators
// and 4,000 entries in Chromium, from the call to a page that can be used, with
// nothing in the browser's cache.
func BenchmarkFullHouseInABrowser(b *testing.B) {
	conn := dbtest.SQLite(b)
	progresstest.Full(b, conn)
	app := open(b, config(b, conn))
	server := httptest.NewServer(app)
	b.Cleanup(server.Close)
	ctx := browsertest.Start(b)
	actingAs(b, ctx, server.URL, person(b, app, "", auth.Coordinator).cookie)
	if _, err := chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		b.Fatal(err)
	}
	for _, path := range []string{"/work/measures", "/work/indicators", "/work/entries", "/work/queue", "/en/measures", "/en/indicators"} {
		b.Run(path, func(b *testing.B) {
			var times []float64
			for b.Loop() {
				err := chromedp.Do(ctx, chromedp.Navigate(server.URL+path))
				var after float64
				if err == nil {
					after, err = chromedp.Run(ctx, chromedp.Evaluate[float64](usable, chromedp.EvalAwaitPromise))
				}
				if err != nil || after < 0 {
					b.Fatalf("the first row is seen after %v ms, %v", after, err)
				}
				times = append(times, after)
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "median-ms")
		})
	}
}
