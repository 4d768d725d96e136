package web

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gcm/web/browsertest"
)

//go:embed testdata/axe/axe.min.js
var axe string

// show sets the width of the screen and the colours that the reader prefers:
// light, dark, or those of high contrast.
func show(t *testing.T, ctx context.Context, width int64, scheme string) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1, Mobile: width < 600})
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: colours(scheme)})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func colours(scheme string) []*emulation.MediaFeature {
	if scheme == "contrast" {
		return []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-contrast", Value: "more"}}
	}
	return []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
}

// check loads a page and evaluates an expression that gives a list of complaints.
func check(t *testing.T, ctx context.Context, url, expression string) {
	t.Helper()
	if url != "" {
		if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
			t.Fatalf("%s: %v", url, err)
		}
	}
	complaints, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	for _, c := range complaints {
		t.Error(c)
	}
}

// mainPages are one page of each kind, with what is hardest on it.
var mainPages = []string{
	"/en/", "/kk/objectives/5", "/ru/objectives/8", "/en/measures?status=completed", "/kk/measures/kyrgyzstan-migration-cooperation-agreement",
	"/ru/indicators", "/kk/indicators/remittance-inflow", "/ru/indicators/students-abroad?view=map:destination_country:2021", "/kk" + comparePath + "?i=refugees-registered&i=remittance-inflow", "/en/indicators/foreign-workers-by-sector", "/en/indicators/eu-unemployment-rate",
	"/ru/agencies", "/kk/reviews/2022", "/ru/verify", "/en/data", "/ru/about", "/kk/nowhere",
	"/en/?by=agency", "/ru/timeline", "/kk/matrix", "/en/objectives/5/actions/a", "/ru/principles/f", "/kk/laws?kind=law", "/ru/laws/labour-code", "/en/glossary",
	"/kk/search?q=мигарция", "/ru/search?q=%D1%81%D0%BB%D0%BE%D0%BD", "/en/search",
	"/kk/objectives", "/ru/api", "/en/verify", "/kk/data/gaps", "/ru/reviews", "/kk/principles", "/en/agencies/mia",
	embedPath + "indicators/refugees-registered?lang=kk", embedPath + "objectives/5?lang=ru",
}

// publishedPages are there once a review and figures were published.
var publishedPages = []string{"/kk/reviews/2022", "/ru/reviews/2022/errata", "/en/reviews/2022/editions/1", "/kk/data/releases/2027-1"}

// findViolations asks axe for what breaks WCAG 2.2 AA or its best practices.
const findViolations = `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
	r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ": " + n.html.slice(0, 160) + " – " + (n.any[0]?.message ?? n.all[0]?.message ?? v.help))))`

// findMisfits names what breaks out of the screen, the policy or this host.
const findMisfits = `[
	...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page is wider than the screen: " + document.documentElement.scrollWidth] : []),
	...performance.getEntriesByType("resource").filter(r => new URL(r.name).host !== location.host).map(r => "outside request " + r.name),
	...window.refused.map(v => "refused by the policy: " + v),
	...[...document.querySelectorAll("svg[role=img] > :is(text, circle:not(.ring), rect)")].filter(n => {
		const shape = n.getBoundingClientRect(), picture = n.ownerSVGElement.getBoundingClientRect();
		return shape.width > 0 && (shape.left < picture.left - .5 || shape.right > picture.right + .5 || shape.top < picture.top - .5 || shape.bottom > picture.bottom + .5);
	}).map(n => "beyond the edge of its picture: " + n.outerHTML.slice(0, 160)),
	...(document.fonts.check("1rem 'Noto Sans'", "Ғқңөұүһі") ? [] : ["the page's font is not there"]),
]`

// listenToPolicy has every page note what the policy refuses and where a script
// fails, for findMisfits.
func listenToPolicy(t *testing.T, ctx context.Context) {
	t.Helper()
	const listen = `window.refused = []; document.addEventListener("securitypolicyviolation", e => refused.push(e.violatedDirective + " " + e.blockedURI)); addEventListener("error", e => refused.push(e.message)); addEventListener("unhandledrejection", e => refused.push(String(e.reason)))`
	if _, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: listen}); err != nil {
		t.Fatal(err)
	}
}

func TestPagesAreAccessibleInEveryLight(t *testing.T) {
	t.Parallel()
	o := officeOf(t, country.SQLite(t))
	o.published()
	release(t, o.conn, o.as(o.coordinator))
	server := httptest.NewServer(o.app)
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	listenToPolicy(t, ctx)
	pages := slices.Concat(mainPages, publishedPages)
	for _, r := range o.app.site.table {
		shown := strings.HasPrefix(r.path, "/:lang/") || embedded(r.path)
		elsewhere := slices.Contains([]string{"/:lang/api/try", "/:lang/reviews/:cycle/builds/:edition"}, r.path) // leads on; is there while it is built
		if r.method == http.MethodGet && shown && !elsewhere && !isFile(r.path) && !slices.ContainsFunc(pages, func(p string) bool {
			path, _, _ := strings.Cut(p, "?")
			return fit(r.path, path) >= 0
		}) {
			t.Errorf("%s has no example to look at", r.path)
		}
	}
	for _, path := range pages {
		t.Run(path, func(t *testing.T) {
			show(t, ctx, 1280, "light")
			if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+path)); err != nil {
				t.Fatal(err)
			}
			inEveryLight(t, ctx)
		})
	}
}

// findSideways names tables that scroll sideways.
const findSideways = `(document.querySelectorAll("main details").forEach(d => d.open = true), [...document.querySelectorAll("main .scroll")]
	.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => location.pathname + " has a table that scrolls: " + e.scrollWidth + ", " + e.innerText.slice(0, 60)))`

func TestTablesOfPublicPagesNeedNoScrollingOnPhones(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	show(t, ctx, 320, "light")
	for _, path := range slices.Concat(mainPages, []string{"/kk/", "/ru/", "/en/?by=principle", "/ru/matrix", "/ru/data", "/kk/data", "/ru/objectives/1", "/en/timeline"}) {
		check(t, ctx, server.URL+path, findSideways)
		check(t, ctx, "", `document.documentElement.scrollWidth > 320 ? [location.pathname + " is wider than a phone"] : []`)
	}
}

// drawnPages are the public pages with most that is drawn or chosen on them.
var drawnPages = []string{"/kk/", "/ru/timeline", "/en/indicators/refugees-registered", "/kk/search?q=виза"}

func TestNoWordOfATileBreaks(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	for _, lang := range []string{"kk", "ru", "en"} {
		show(t, ctx, 1280, "light")
		check(t, ctx, server.URL+"/"+lang+"/", "[]")
		for _, width := range []int64{320, 360, 600, 640, 800, 991, 992, 1100, 1200, 1280, 1600} {
			show(t, ctx, width, "light")
			check(t, ctx, "", `document.fonts.ready.then(() => [...document.querySelectorAll(".tile strong")].flatMap(title => {
				const out = [], walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
				if (title.scrollWidth > title.clientWidth + 1) out.push("wider than its tile at " + innerWidth + ": " + title.textContent);
				while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[^\s-]+/g)) {
					const range = document.createRange();
					range.setStart(walker.currentNode, word.index);
					range.setEnd(walker.currentNode, word.index + word[0].length);
					if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) out.push("broken at " + innerWidth + ": " + word[0]);
				}
				return out;
			}))`)
		}
	}
}

func TestDrawnPagesHoldInHighContrastAndByKeyboard(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	for _, path := range drawnPages {
		show(t, ctx, 1280, "contrast")
		check(t, ctx, server.URL+path, axe+";"+findViolations)
		walk(t, ctx)
	}
}

func TestSkipLinkComesFirstAndFocusIsSeen(t *testing.T) {
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/kk/"), chromedp.KeyEvent("\t")); err != nil {
		t.Fatal(err)
	}
	check(t, ctx, "", `(() => {
		const a = document.activeElement, box = a.getBoundingClientRect();
		return [
			...(a.matches(".skip") ? [] : ["the first stop is " + a.outerHTML]),
			...(box.width > 40 && box.height >= 24 ? [] : ["the skip link is not seen"]),
			...(getComputedStyle(a).outlineStyle !== "none" ? [] : ["the focus is not seen"]),
		];
	})()`)
}

// slowBuild is a site whose review waits for the returned channel.
func slowBuild(t *testing.T) (*httptest.Server, chan struct{}) {
	db := country.SQLite(t)
	c := config(t, db)
	release := make(chan struct{})
	c.BuildReview = func(_ context.Context, _, _, _ string, w io.Writer) error {
		<-release
		_, err := io.WriteString(w, "%PDF-1.7")
		return err
	}
	server := httptest.NewServer(open(t, c))
	t.Cleanup(server.Close)
	return server, release
}

func TestReviewIsBuiltWithAndWithoutScripts(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			server, release := slowBuild(t)
			ctx := browsertest.Start(t)
			if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/en/reviews/2022"),
				chromedp.Click(chromedp.CSS(".editions li:first-child button")), chromedp.WaitVisible(chromedp.CSS("#build progress")))
			if err != nil {
				t.Fatal(err)
			}
			close(release)
			if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS("#build a.button"))); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestChosenThemeStaysWithoutScripts(t *testing.T) {
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	show(t, ctx, 1280, "light")
	err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/en/about"), chromedp.SetValue(chromedp.CSS("#theme"), "dark"),
		chromedp.Click(chromedp.CSS(".theme button")), chromedp.WaitVisible(chromedp.CSS(`html[data-theme="dark"]`)), chromedp.Navigate(server.URL+"/en/measures"))
	if err != nil {
		t.Fatal(err)
	}
	colour, err := chromedp.Run(ctx, chromedp.Evaluate[string](`getComputedStyle(document.body).backgroundColor`))
	if err != nil || !strings.HasPrefix(colour, "rgb(16, 24, 31") {
		t.Errorf("the next page is %s, %v", colour, err)
	}
}
