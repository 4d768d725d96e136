package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"gcm/internal/auth"
	"gcm/progress"
	"gcm/web/browsertest"
)

// served is a round on a server for browsers.
func served(t *testing.T) (*round, string) {
	t.Helper()
	db := country.SQLite(t)
	r := roundUnderWay(t, open(t, config(t, db)))
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return r, server.URL
}

// actingAs lets a browser act as a person.
func actingAs(t testing.TB, ctx context.Context, url, cookie string) {
	t.Helper()
	name, value, _ := strings.Cut(cookie, "=")
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: url}); err != nil {
		t.Fatal(err)
	}
}

// tells waits until an element's text has the words in it.
func tells(selector, words string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](fmt.Sprintf(`document.querySelector(%q)?.textContent.includes(%q) || null`, selector, words))
}

// do makes the steps in a browser.
func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

const narrative = `[name="progress.narrative.en"]`

func TestTextIsSavedByItself(t *testing.T) {
	r, url := served(t)
	path := r.contributor.begin(t, progress.KindProgress, "e-visa")
	ctx := browsertest.Start(t)
	actingAs(t, ctx, url, r.contributor.cookie)
	do(t, ctx, chromedp.Navigate(url+path+"?lang=en"), chromedp.SendKeys(chromedp.CSS(narrative), "Visas go online."), tells("#saved", "Saved at"))
	e, err := r.site.progress.Entry(t.Context(), r.contributor.actor(t), strings.TrimPrefix(path, "/work/entries/"))
	if err != nil || e.Content.Progress.Narrative["en"] != "Visas go online." {
		t.Errorf("the server has %v, %v", e.Content.Progress, err)
	}
	do(t, ctx, chromedp.SendKeys(chromedp.CSS(narrative), " Twice."), chromedp.Poll[chromedp.Void](`document.querySelector("[name=version]").value === "3" || null`))
}

func TestTextSurvivesALostSessionAndAClosedTab(t *testing.T) {
	r, url := served(t)
	path := r.contributor.begin(t, progress.KindProgress, "e-visa")
	ctx := browsertest.Start(t)
	actingAs(t, ctx, url, r.contributor.cookie)
	do(t, ctx, chromedp.Navigate("about:blank"))
	tab, closeTab := chromedp.NewContext(ctx)
	do(t, tab, chromedp.Navigate(url+path+"?lang=en"))
	if err := r.site.DB.Where("1 = 1").Delete(&auth.Session{}).Error; err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.SendKeys(chromedp.CSS(narrative), "Typed in vain?"), tells("#saved", "The session has ended"))
	closeTab()

	actingAs(t, ctx, url, session(t, r.App, r.contributor.user.ID))
	do(t, ctx, chromedp.Navigate(url+path+"?lang=en"), chromedp.WaitVisible(chromedp.CSS("#recovery")), tells("#recovery [data-kept]", "Typed in vain?"), tells("#recovery [data-sentence]", "was not saved"),
		chromedp.Click(chromedp.CSS("[data-restore]")), tells("#saved", "Saved at"))
	e, err := r.site.progress.Entry(t.Context(), r.contributor.actor(t), strings.TrimPrefix(path, "/work/entries/"))
	if err != nil || e.Content.Progress.Narrative["en"] != "Typed in vain?" {
		t.Errorf("the server has %v, %v", e.Content.Progress, err)
	}
}

func TestScriptComparesWhenSomebodyElseWasFaster(t *testing.T) {
	r, url := served(t)
	path := r.contributor.begin(t, progress.KindProgress, "e-visa")
	ctx := browsertest.Start(t)
	actingAs(t, ctx, url, r.contributor.cookie)
	do(t, ctx, chromedp.Navigate(url+path+"?lang=en"))
	must(t, r.colleague.send(path, "version", "1", "step", "save", "progress.status", "in_progress", "progress.narrative.en", "Theirs."), 303)
	do(t, ctx, chromedp.SendKeys(chromedp.CSS(narrative), "Mine."), tells("#saved", "Somebody else"), chromedp.Click(chromedp.CSS("#saved button")),
		chromedp.WaitVisible(chromedp.CSS(".clash")), chromedp.Click(chromedp.CSS("form .buttons button")), chromedp.WaitVisible(chromedp.CSS("#entry")))
	check(t, ctx, "", `document.querySelector('[name="progress.narrative.en"]').value === "Mine." ? [] : ["what was typed is lost"]`)
}

func TestRowIsAddedByScriptWithFieldsOfItsOwn(t *testing.T) {
	r, url := served(t)
	path := r.contributor.begin(t, progress.KindMapping, "e-visa")
	ctx := browsertest.Start(t)
	actingAs(t, ctx, url, r.contributor.cookie)
	do(t, ctx, chromedp.Navigate(url+path+"?lang=en"), chromedp.Click(chromedp.CSS(`button[value="mapping.objectives"]`)))
	check(t, ctx, "", `(() => {
		const rows = [...document.querySelectorAll('[id="mapping.objectives"] > .row')], last = rows.at(-1);
		const ids = [...document.querySelectorAll("[id]")].map(n => n.id);
		return [
			...(document.activeElement === last.querySelector("select") ? [] : ["the new row is not entered"]),
			...(last.querySelector("select").name.startsWith("mapping.objectives." + (rows.length - 1)) ? [] : ["the new row is " + last.dataset.row]),
			...(new Set(ids).size === ids.length ? [] : ["an id stands twice"]),
		];
	})()`)
}

func TestEntryIsSubmittedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	r, url := served(t)
	path := r.contributor.begin(t, progress.KindProgress, "e-visa")
	ctx := browsertest.Start(t)
	actingAs(t, ctx, url, r.contributor.cookie)
	do(t, ctx, chromedp.Navigate(url+path+"?lang=en"))
	tabTo(t, ctx, `[name="progress.status"]`)
	tabTo(t, ctx, narrative)
	do(t, ctx, chromedp.KeyEvent("Visas go online."))
	tabTo(t, ctx, `[name=step][value=submit]`)
	do(t, ctx, chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS(".flash")), tells(".flash", "submitted for approval"))
}
