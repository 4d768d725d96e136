package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is one person's browser: its cookies are nobody else's.
type tab struct {
	*testing.T
	who  string
	base string
	ctx  context.Context

	mutex  sync.Mutex
	faults []string // what went wrong unasked
}

// newTab opens a browser of its own for a person.
func newTab(t *testing.T, browser context.Context, base, who string) *tab {
	t.Helper()
	ctx, leave := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	p := &tab{T: t, who: who, base: base, ctx: ctx}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, struct{}{}); err != nil {
		t.Fatal(err)
	}
	return p
}

// hear notes errors of scripts and of the policy, requests to other hosts, and
// answers that are no page.
func (p *tab) hear(event any) {
	var fault string
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			fault = "error " + e.Entry.Text + " at " + e.Entry.URL
		}
	case *runtime.EventExceptionThrown:
		fault = "exception " + e.ExceptionDetails.Text
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, p.base+"/") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") {
			fault = "outside request " + url
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= http.StatusBadRequest {
			fault = fmt.Sprint(e.Response.Status, " from ", e.Response.URL)
		}
	}
	if fault != "" {
		p.mutex.Lock()
		p.faults = append(p.faults, fault)
		p.mutex.Unlock()
	}
}

// do makes the steps on the page that is open.
func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.fail(err)
	}
}

// open shows a page.
func (p *tab) open(path string) {
	p.Helper()
	p.do(chromedp.Navigate(p.base + path))
}

// press clicks what the selector finds and waits for the next page.
func (p *tab) press(selector string) {
	p.Helper()
	p.leave(chromedp.Click(chromedp.CSS(selector)))
}

// leave does what leads to another page and waits for it.
func (p *tab) leave(by chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, by)
	if err != nil {
		p.fail(err)
	}
	if res != nil && res.Status != http.StatusOK {
		p.fail(fmt.Errorf("%s answers %d", res.URL, res.Status))
	}
}

// fill writes into fields by their names.
func (p *tab) fill(namesAndValues ...string) {
	p.Helper()
	for i := 0; i < len(namesAndValues); i += 2 {
		p.do(chromedp.SetValue(chromedp.CSS(`main [name="`+namesAndValues[i]+`"]`), namesAndValues[i+1]))
	}
}

// choose clicks what the selector finds, which leads nowhere.
func (p *tab) choose(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// eval evaluates JavaScript on the page that is open.
func (p *tab) eval(expression string) string {
	p.Helper()
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.fail(fmt.Errorf("%s: %w", expression, err))
	}
	return s
}

// sees fails unless the page has the words, and unsees when it has.
func (p *tab) sees(words ...string)   { p.Helper(); p.holds(true, words) }
func (p *tab) unsees(words ...string) { p.Helper(); p.holds(false, words) }

func (p *tab) holds(want bool, words []string) {
	p.Helper()
	page := p.eval(`document.body.innerText`)
	for _, w := range words {
		if strings.Contains(page, w) != want {
			p.Errorf("%s at %s: that the page has %q is %v", p.who, p.eval(`location.pathname`), w, !want)
		}
	}
}

func (p *tab) fail(err error) {
	p.Helper()
	page, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.querySelector("main")?.innerText`))
	p.Fatalf("%s: %v\n%s", p.who, err, page)
}

// behaved tells what went wrong unasked.
func (p *tab) behaved() {
	p.Helper()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, f := range p.faults {
		p.Errorf("%s: %s", p.who, f)
	}
}
