package main

import (
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/web/browsertest"
)

// authors are the people on a review's way from an empty page to its readers.
var authors = []official{
	{"aigerim", "mia", "kk", "contributor", false}, {"gani", "mia", "kk", "approver", false},
	{"oraz", "", "kk", "coordinator", false}, {"amina", "", "en", "editor", false},
	{"marat", "mia", "kk", "signatory", false}, {"nina", "mfa", "ru", "signatory", false},
}

// livingFigure is written into the review, and the value behind it is changed.
const (
	livingFigure  = "{{figure indicator:refugees-registered@2017}}"
	firstValue    = "608"
	changedValue  = "1612"
	changedInText = "1\u00a0612" // in Kazakh and Russian
	reviewAt      = "/work/reviews/second"
)

// sentences are the text around it.
var sentences = map[string]string{
	"kk": "2017 жылы Қазақстанда тұратын босқындар саны: " + livingFigure + ".",
	"ru": "Число беженцев, проживавших в Казахстане в 2017 году: " + livingFigure + ".",
	"en": "Refugees living in Kazakhstan in 2017: " + livingFigure + ".",
}

// TestReviewGoesFromAnEmptyPageToVerifiedEditionsInBrowsers runs the program as it
// is served: what is published is drawn and sealed for real. The stores are tried
// on both databases elsewhere.
func TestReviewGoesFromAnEmptyPageToVerifiedEditionsInBrowsers(t *testing.T) {
	t.Parallel()
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(t.TempDir(), "gcm.db"), "GCM_FILES_DIR": t.TempDir(), "GCM_SECOND_FACTOR": "optional"}
	if exit, _, stderr := gcm(t, env, "load", "kazakhstan"); exit != exitDone {
		t.Fatal(stderr)
	}
	g, err := db.Open(t.Context(), env["GCM_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(g)
	for _, o := range authors { // how people come to their accounts is walked with the round
		if _, err := take(t.Context(), auth.NewStore(g), auth.Details{Email: o.email(), Name: o.login, Language: o.language, Agency: o.agency, Roles: []auth.Role{auth.Role(o.role)}}, key); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	base, _ := serveAt(t, env)
	r := edited{T: t, tabs: map[string]*tab{}}
	r.gather(browsertest.Start(t), base)
	r.begin()
	r.types()
	r.changesValue()
	r.confirms()

	editor := r.tabs["amina"]
	editor.open(reviewAt + "/clearance")
	editor.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("[name=agency]").forEach((s, i) => { s.value = ["mia", "mfa"][i] ?? ""; })`))
	editor.press(`form[action$="/chain"] button`)
	r.clears()
	first := r.download(1, "kk")
	r.prints(first, changedInText)
	r.verifies(first, "published", "Edition 1")

	editor.open(reviewAt + "/publish")
	editor.fill("erratum.kk", "Дереккөз нақтыланды.", "erratum.ru", "Уточнён источник.", "erratum.en", "The source was made precise.")
	editor.press(`form[action$="/correct"] button`)
	r.writes(" Бұл – тіркелгендер.", " Это зарегистрированные.", " These are the registered ones.")
	r.clears()
	editor.open(reviewAt + "/clearance/differences?in=en")
	editor.sees("These are the registered ones.")
	second := r.download(2, "kk")
	r.prints(second, changedInText, "Дереккөз нақтыланды.", "Бұл – тіркелгендер.")
	r.verifies(first, "published", "There is a newer edition")
	r.verifies(second, "published", "Edition 2")
	r.verifies(r.altered(second, func(b []byte) []byte { return flipped(b, len(b)/3, 2) }), "changed", "Edition 2")
	r.verifies(r.altered(first, func(b []byte) []byte { return b[:len(b)/3] }), "changed", "Edition 1")
	r.verifies(r.fetch("/kk/objectives/5.pdf"), "unknown", "")

	for _, p := range r.tabs {
		p.behaved()
	}
	if exit, stdout, stderr := gcm(t, env, "audit", "verify"); exit != exitDone {
		t.Errorf("the record of the review: %s%s", stdout, stderr)
	}
	t.Log("from the first page to the last:", time.Since(began))
}

// edited is the review, with the browser of each who takes part.
type edited struct {
	*testing.T
	tabs map[string]*tab
}

// gather brings everybody in.
func (r *edited) gather(browser context.Context, base string) {
	r.tabs["visitor"] = newTab(r.T, browser, base, "visitor")
	for _, o := range authors {
		p := newTab(r.T, browser, base, o.login)
		r.tabs[o.login] = p
		p.open("/sign-in")
		p.signIn(o.email())
	}
}

// begin opens a round of its own and begins the review of it.
func (r *edited) begin() {
	p := r.tabs["oraz"]
	p.open("/work/rounds/new")
	p.fill("code", "second", "name.kk", "Екінші кезең", "name.ru", "Второй цикл", "name.en", "Second round", "covers", "2026", "cutoff", "2026-12-31")
	p.press(`form[action="/work/rounds"] .buttons button:not([name])`)
	if p.eval(`String(!!document.querySelector('form[action="/work/rounds/second/open"]'))`) == "true" {
		p.press(`form[action="/work/rounds/second/open"] button`)
	}
	p.open("/work/requests/new")
	p.fill("round", "second", "agency", "mia", "record", "values/refugees-registered", "due", time.Now().AddDate(0, 1, 0).Format(time.DateOnly))
	p.press(`form[action="/work/requests"] .buttons button`)

	editor := r.tabs["amina"]
	editor.open("/work/reviews/new")
	editor.fill("cycle", "second", "title.kk", "Екінші шолу", "title.ru", "Второй обзор", "title.en", "Second review")
	editor.press("main form button")
}

// types has the editor type the English text and take the figure from what is
// found meanwhile; the other languages refer to the same one.
func (r *edited) types() {
	p := r.tabs["amina"]
	p.open(reviewAt + "/sections/means")
	before, _, _ := strings.Cut(sentences["en"], "{{")
	const offered = `[data-language=en] [role=listbox]:not([hidden]) [role=option]`
	p.do(chromedp.SendKeys(chromedp.CSS("#text-en"), before+"{{figure refugees 2017"), chromedp.WaitVisible(chromedp.CSS(offered)))
	if said := p.eval(`document.querySelector("` + offered + `").textContent`); !strings.Contains(said, "Refugees living in Kazakhstan · 2017") || !strings.Contains(said, firstValue) {
		r.Errorf("%s is found", said)
	}
	p.do(chromedp.KeyEvent(kb.ArrowDown))
	enter := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13} // as a keyboard does: a script that takes it leaves no line break
	if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, enter); err != nil {
		p.fail(err)
	}
	p.do(chromedp.KeyEvent("."))
	if got := p.eval(`document.querySelector("#text-en").value`); got != sentences["en"] {
		r.Errorf("typing and choosing leaves %q", got)
	}
	p.do(chromedp.Poll[chromedp.Void](`document.querySelector("[data-language=en] [data-page]").textContent.includes("` + firstValue + `") || null`))
	p.fill("body.kk", sentences["kk"], "body.ru", sentences["ru"])
	p.press(`.finish button[value=save]`)
	p.sees(firstValue)
}

// writes adds to the text in every language.
func (r *edited) writes(kk, ru, en string) {
	p := r.tabs["amina"]
	p.open(reviewAt + "/sections/means")
	p.fill("body.kk", sentences["kk"]+kk, "body.ru", sentences["ru"]+ru, "body.en", sentences["en"]+en)
	p.press(`.finish button[value=save]`)
}

// changesValue leads another value for the same year through the round into the
// register.
func (r *edited) changesValue() {
	p := r.tabs["aigerim"]
	p.begin("refugees-registered")
	p.fill("values.rows.0.period", "2017", "values.rows.0.value", changedValue)
	p.press(`#entry .buttons [value="submit"]`)
	r.tabs["gani"].approve()
	coordinator := r.tabs["oraz"]
	coordinator.approve()
	coordinator.open("/work/rounds/second/release")
	coordinator.press(`form[action="/work/rounds/second/release"] button`)
}

// confirms has the editor find the three places that the new value changed, with
// what they said and say, and confirm them; until then nobody can sign.
func (r *edited) confirms() {
	p := r.tabs["amina"]
	p.open(reviewAt + "/check")
	p.sees(firstValue, changedInText)
	p.open(reviewAt + "/figures")
	if got := p.eval(`[...document.querySelectorAll("[aria-labelledby=changed] tbody tr")].map(row => row.querySelector("del").textContent.match(/\d+/)[0] + ">" + row.querySelector("ins").textContent.replace(/[\s,]/g, "").match(/\d+/)[0]).join()`); got != "608>1612,608>1612,608>1612" {
		r.Errorf("flagged are %s", got)
	}
	p.press(`[aria-labelledby=changed] > form button`)
	if left := p.eval(`String(document.querySelectorAll("[aria-labelledby=changed]").length)`); left != "0" {
		r.Error("confirmed figures stay flagged")
	}
}

// clears lays the review before both bodies, one after the other, lets them read
// and sign it, and publishes it.
func (r *edited) clears() {
	editor := r.tabs["amina"]
	editor.open(reviewAt + "/clearance")
	editor.press(`form[action$="/clearance/lay"] button`)
	for _, login := range []string{"marat", "nina"} {
		p := r.tabs[login]
		p.open(reviewAt + "/clearance")
		p.press(`main a[href$=".html"]`)
		p.sees(changedInText)
		p.open(reviewAt + "/clearance")
		p.press(`button[value=signed]`)
	}
	editor.open(reviewAt + "/publish")
	editor.press(`form[action$="/publish"] button`)
}

// fetch keeps a file of the site as a visitor's browser gets it.
func (r *edited) fetch(path string) (file string) {
	r.Helper()
	p := r.tabs["visitor"]
	body, err := base64.StdEncoding.DecodeString(p.eval(`fetch(` + "`" + path + "`" + `).then(r => r.ok ? r.blob() : Promise.reject(r.status))
		.then(b => new Promise(done => { const f = new FileReader(); f.onload = () => done(f.result.split(",")[1]); f.readAsDataURL(b); }))`))
	if err != nil {
		r.Fatal(err)
	}
	file = filepath.Join(r.TempDir(), filepath.Base(path))
	if err := os.WriteFile(file, body, 0o600); err != nil {
		r.Fatal(err)
	}
	return file
}

// download keeps the file that the page of an edition offers in a language.
func (r *edited) download(edition int, lang string) (file string) {
	r.Helper()
	p := r.tabs["visitor"]
	p.open("/en/reviews/second/editions/" + string(rune('0'+edition)))
	p.sees("Ministry of Internal Affairs", "Ministry of Foreign Affairs")
	return r.fetch(p.eval(`document.querySelector('.edition-files a[href$="-` + lang + `.pdf"]').pathname`))
}

// prints fails unless the PDF says all of it.
func (r *edited) prints(file string, words ...string) {
	r.Helper()
	text := joined(strings.Join(pages(r.T, file), "\n"))
	for _, w := range words {
		if !strings.Contains(text, joined(w)) {
			r.Errorf("%s does not say %q", file, w)
		}
	}
	if strings.Contains(text, "босқындар саны: "+firstValue) {
		r.Errorf("%s says what the register no longer holds", file)
	}
}

// altered keeps a changed copy of a file under its name.
func (r *edited) altered(file string, change func([]byte) []byte) string {
	r.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		r.Fatal(err)
	}
	other := filepath.Join(r.TempDir(), filepath.Base(file))
	if err := os.WriteFile(other, change(body), 0o600); err != nil {
		r.Fatal(err)
	}
	return other
}

// verifies drops a file on the page that tells what it is.
func (r *edited) verifies(file, standing, says string) {
	r.Helper()
	p := r.tabs["visitor"]
	p.open("/en/verify")
	place, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]float64](`(box => [box.x + box.width / 2, box.y + box.height / 2])(document.querySelector("#verify").getBoundingClientRect())`))
	if err != nil {
		p.fail(err)
	}
	drag := input.DispatchDragEventParams{X: place[0], Y: place[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1}}
	for _, drag.Type = range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver} {
		if _, err := chromedp.Call(p.ctx, input.DispatchDragEvent, drag); err != nil {
			p.fail(err)
		}
	}
	drag.Type = input.DispatchDragEventTypeDrop
	p.leave(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, _ = chromedp.Call(ctx, input.DispatchDragEvent, drag) // its answer is lost when the page is left first
		return nil
	}))
	if said := p.eval(`document.querySelector("[data-standing]").dataset.standing + ": " + document.querySelector(".verdict").innerText`); !strings.HasPrefix(said, standing) || !strings.Contains(said, says) {
		r.Errorf("%s is %s, not %s", file, said, standing)
	}
}
