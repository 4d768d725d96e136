package web

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"gcm/internal/auth"
	"gcm/reports"
)

func TestReviewGoesFromAnEmptyPageToAVerifiedEditionInABrowser(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	editor, signatory := person(t, o.app, "", auth.Editor), person(t, o.app, "mia", auth.Signatory)
	server := httptest.NewServer(o.app)
	t.Cleanup(server.Close)
	ctx := browser(t)
	listenToPolicy(t, ctx)
	const at = "/work/reviews/2029"
	as := func(c *client, path string) {
		t.Helper()
		actingAs(t, ctx, server.URL, c.cookie)
		do(t, ctx, chromedp.Navigate(server.URL+path))
	}
	press := func(selector string) {
		t.Helper()
		res, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
		if err != nil || res.Status != 200 {
			t.Fatalf("%s: %v, %v", selector, res, err)
		}
	}
	set := func(values ...string) {
		t.Helper()
		for i := 0; i < len(values); i += 2 {
			do(t, ctx, chromedp.SetValue(chromedp.CSS(`main [name="`+values[i]+`"]`), values[i+1]))
		}
	}
	write := func(kk, ru, en string) {
		t.Helper()
		as(editor, at+"/sections/means")
		set("body.kk", kk, "body.ru", ru, "body.en", en)
		press(`.finish button[value=save]`)
	}
	publish := func() {
		t.Helper()
		as(editor, at+"/clearance")
		press(`form[action$="/clearance/lay"] button`)
		as(signatory, at+"/clearance")
		press(`button[value=signed]`)
		as(editor, at+"/publish")
		press(`form[action$="/publish"] button`)
	}
	kept := func(path string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "review.pdf")
		if err := os.WriteFile(file, get(o.app, path).Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	verify := func(file, standing, says string) {
		t.Helper()
		do(t, ctx, chromedp.Navigate(server.URL+"/en/verify"), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
		press("#verify button")
		do(t, ctx, tells(`[data-standing="`+standing+`"]`, says))
	}

	as(editor, "/work/reviews/new?lang=en")
	set("cycle", "2029", "title.kk", "Үшінші шолу", "title.ru", "Третий обзор", "title.en", "Third review")
	press("main form button")
	write("Қаражат туралы бірінші мәтін.", "Первый текст о средствах.", "A first text on means.")
	as(editor, at+"/clearance")
	do(t, ctx, chromedp.SetValue(chromedp.CSS(`select[name=agency]`), "mia"))
	press(`form[action$="/chain"] button`)
	publish()
	do(t, ctx, chromedp.Navigate(server.URL+"/en/reviews/2029/editions/1"), tells("main", "Ministry of Internal Affairs"))
	first := kept("/reviews/2029/editions/1/review-2029-en.pdf")
	verify(first, "published", "Edition 1")

	as(editor, at+"/publish")
	set("erratum.kk", "Мәтін түзетілді.", "erratum.ru", "Текст исправлен.", "erratum.en", "The text was put right.")
	press(`form[action$="/correct"] button`)
	write("Қаражат туралы түзетілген мәтін.", "Исправленный текст о средствах.", "A corrected text on means.")
	publish()
	as(editor, at+"/clearance/differences?in=en&lang=en")
	do(t, ctx, tells("main ins", "corrected"))
	do(t, ctx, chromedp.Navigate(server.URL+"/en/reviews/2029/errata"), tells("main", "The text was put right."))
	verify(first, "published", "There is a newer edition")
	second := kept("/reviews/2029/en.pdf")
	verify(second, "published", "Edition 2")
	body, err := os.ReadFile(second)
	o.must(err)
	body[len(body)-1] ^= 1
	o.must(os.WriteFile(second, body, 0o600))
	verify(second, "changed", "Edition 2")
	verify(kept("/static/css/gcm.css"), "unknown", "unknown")
	check(t, ctx, "", `refused`)

	review, err := o.app.site.reports.ReviewByCycle(t.Context(), "2029")
	if err != nil || review.State != reports.Published {
		t.Errorf("%s, %v", review.State, err)
	}
}
