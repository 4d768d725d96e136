// Package browsertest starts the browser in which the tests look at pages.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// names are what Chromium is called. The first has no windows to draw, shows pages
// by the same engine and takes half the time.
var names = []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}

// Start starts Chromium, which is gone after the test. It fails without one and says
// how to get it.
func Start(t testing.TB) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path(t)), chromedp.DisableGPU, chromedp.Flag("lang", "en"),
		chromedp.Flag("force-prefers-reduced-motion", true)) // a page that still glides is clicked beside the button
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func path(t testing.TB) string {
	t.Helper()
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	t.Fatal("Chromium is not installed: apt-get install chromium-headless-shell")
	return ""
}
