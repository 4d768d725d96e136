package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"gcm/internal/db/dbtest"
	"gcm/web/browsertest"
)

// serveAt runs the server on a database and returns its address and the code
// of the first set-up.
func serveAt(t *testing.T, env map[string]string) (base, code string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	printed, out := io.Pipe()
	var errs bytes.Buffer
	done := make(chan int, 1)
	go func() {
		exit := run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, func(name string) string { return env[name] }, out, &errs)
		_ = out.Close()
		done <- exit
	}()
	t.Cleanup(func() {
		cancel()
		if exit := <-done; exit != exitDone || strings.Contains(errs.String(), "level=ERROR") {
			t.Errorf("the server ends with %d: %s", exit, errs.String())
		}
	})
	lines := bufio.NewScanner(printed)
	for code == "" && lines.Scan() {
		if at := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(lines.Text()); at != "" {
			base = at
		}
		if after, ok := strings.CutPrefix(lines.Text(), "  "); ok {
			code = after
		}
	}
	go func() { _, _ = io.Copy(io.Discard, printed) }()
	return base, code
}

// written is what an agency enters about a measure, in the language of the one
// who does.
type written struct{ login, approver, measure, language, text string }

var entered = []written{
	{"aigerim", "bolat", "e-visa", "kk", "Электрондық визалар бір порталдан беріледі."},
	{"vera", "gleb", "labour-migrants-health-insurance-data", "ru", "Сведения о страховании трудящихся-мигрантов обмениваются ежедневно."},
	{"dana", "erlan", "readmission-agreements-17-countries", "en", "Readmission agreements were signed with two more States."},
	{"zhanna", "igor", "migration-legislation-improvement", "ru", "Поправки к закону о миграции приняты в первом чтении."},
}

// sheetMeasure is what the sixth agency is asked about.
const sheetMeasure = "kandas-adaptation-integration-centres"

// sheetText is what the sixth agency writes into its spreadsheet.
const sheetText = "Орталықтарда тіл курстары ашылды."

// TestRoundGoesFromSetUpToReleaseInBrowsers is on PostgreSQL; the review is walked
// on SQLite.
func TestRoundGoesFromSetUpToReleaseInBrowsers(t *testing.T) {
	t.Parallel()
	env := map[string]string{"GCM_DATABASE_URL": dbtest.Postgres(t), "GCM_FILES_DIR": t.TempDir()}
	if exit, _, stderr := gcm(t, env, "load", "kazakhstan"); exit != exitDone {
		t.Fatal(stderr)
	}
	began := time.Now()
	base, code := serveAt(t, env)
	r := scripted{T: t, tabs: map[string]*tab{}}
	r.gather(browsertest.Start(t), base, code)
	r.askAgencies()
	for _, w := range entered {
		r.enter(w)
	}
	r.enterFigure()
	r.enterSheet(filepath.Join(t.TempDir(), "form.xlsx"))
	r.decide()
	r.publish()
	for _, p := range r.tabs {
		p.behaved()
	}
	if exit, stdout, stderr := gcm(t, env, "audit", "verify"); exit != exitDone {
		t.Errorf("the record of the round: %s%s", stdout, stderr)
	}
	t.Log("from the first page to the last:", time.Since(began))
}

// scripted is the round, with the browser of each who takes part.
type scripted struct {
	*testing.T
	tabs map[string]*tab
}

// gather sets the house up and brings everybody in.
func (r *scripted) gather(browser context.Context, base, code string) {
	admin := newTab(r.T, browser, base, "sara")
	r.tabs["sara"] = admin
	admin.setUp(code)
	for _, o := range officials {
		p := newTab(r.T, browser, base, o.login)
		r.tabs[o.login] = p
		p.arrive(o, admin.invite(o))
		if path := p.eval(`location.pathname`); path != "/work" {
			r.Errorf("%s comes to %s", o.login, path)
		}
		if lang := p.eval(`document.documentElement.lang`); lang != o.language {
			r.Errorf("%s reads the tasks in %s", o.login, lang)
		}
	}
	visitor := newTab(r.T, browser, base, "visitor")
	r.tabs["visitor"] = visitor
}

// askAgencies opens a round and asks each agency for one thing.
func (r *scripted) askAgencies() {
	p := r.tabs["oraz"]
	p.open("/work/rounds/new")
	p.fill("code", "round", "name.kk", "Сынақ кезеңі", "name.ru", "Пробный цикл", "name.en", "Trial round", "covers", "2026", "cutoff", "2026-12-31")
	p.press(`form[action="/work/rounds"] .buttons button:not([name])`)
	if p.eval(`String(!!document.querySelector('form[action="/work/rounds/round/open"]'))`) == "true" {
		p.press(`form[action="/work/rounds/round/open"] button`)
	}
	p.open("/work/rounds/round/ask") // of what agencies lead
	p.eval(`document.querySelectorAll('[name="ask"]').forEach(b => b.checked === (b.value === "mlspp/progress/` + entered[1].measure + `") || b.click()), ""`)
	p.press(`form[action="/work/rounds/round/ask"] .buttons button`)
	for agency, record := range map[string]string{
		"mia": "progress/" + entered[0].measure, "mfa": "progress/" + entered[2].measure, "moj": "progress/" + entered[3].measure,
		"national-bank": "values/remittance-inflow", "local-executive-bodies": "progress/" + sheetMeasure,
	} {
		p.open("/work/requests/new")
		p.fill("round", "round", "agency", agency, "record", record, "due", time.Now().AddDate(0, 1, 0).Format(time.DateOnly))
		p.press(`form[action="/work/requests"] .buttons button`)
	}
}

// begin starts the entry that the person is asked for from the list of tasks,
// and returns its path.
func (p *tab) begin(record string) string {
	p.Helper()
	p.open("/work")
	p.press(`form:has([name="record"][value="` + record + `"]) button`)
	return p.eval(`location.pathname`)
}

// enter has one person write, with evidence, and another one of the agency send
// it back once before it is approved.
func (r *scripted) enter(w written) {
	p, approver := r.tabs[w.login], r.tabs[w.approver]
	path := p.begin(w.measure)
	p.do(chromedp.SendKeys(chromedp.CSS(`[name="progress.narrative.`+w.language+`"]`), w.text))
	p.fill("progress.results."+w.language, "1")
	p.press(`#entry [value="evidence"]`)
	file := filepath.Join(p.TempDir(), "order.txt")
	if err := os.WriteFile(file, []byte("Order 1 on the work of the round.\n"), 0o600); err != nil {
		p.Fatal(err)
	}
	p.fill("title", "Бұйрық № 1", "kind", "legal_act")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.press(`form[enctype] .buttons button`)
	p.open(path)
	p.press(`#entry .buttons [value="submit"]`)

	approver.open(path)
	approver.sees(w.text)
	approver.choose(`details.move:has(form[action$="/return"]) summary`)
	approver.fill("reason", "Нәтижені нақтылаңыз.")
	approver.press(`form[action$="/return"] button`)
	p.open(path)
	p.sees("Нәтижені нақтылаңыз.")
	p.fill("progress.results."+w.language, "2")
	p.press(`#entry .buttons [value="submit"]`)
	approver.approve()
}

// approve takes all that waits in the queue.
func (p *tab) approve() {
	p.Helper()
	p.open("/work/queue")
	p.choose(`[name="entry"]`)
	p.press(`[name="step"]`)
}

// enterFigure has the bank enter a figure.
func (r *scripted) enterFigure() {
	p := r.tabs["kairat"]
	p.begin("remittance-inflow")
	p.fill("values.rows.0.period", "2026", "values.rows.0.value", "12,5")
	p.press(`#entry .buttons [value="submit"]`)
	r.tabs["lara"].approve()
}

// enterSheet has the sixth agency fill its spreadsheet in.
func (r *scripted) enterSheet(file string) {
	p := r.tabs["madina"]
	p.open("/work/forms")
	body := p.eval(`fetch("/work/forms.xlsx?round=round&agency=local-executive-bodies&language=kk").then(r => r.blob())
		.then(b => new Promise(done => { const f = new FileReader(); f.onload = () => done(f.result.split(",")[1]); f.readAsDataURL(b); }))`)
	if err := fillSheet(body, file); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.press(`form[enctype] button`)
	p.sees(sheetText)
	p.press(`main form.buttons button`)
	p.open("/work")
	p.press(`.lines a.title[href^="/work/entries/"]`)
	p.press(`#entry .buttons [value="submit"]`)
	r.tabs["nikita"].approve()
}

// fillSheet writes into the form's row of the measure, and saves it.
func fillSheet(base64Body, file string) error {
	raw, err := base64.StdEncoding.DecodeString(base64Body)
	if err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.SetCellValue("Шаралар", "G3", sheetText); err != nil {
		return err
	}
	return f.SaveAs(file)
}

// decide has the coordinator accept all of it; the partner sees it then, the
// public does not.
func (r *scripted) decide() {
	partner, visitor := r.tabs["paul"], r.tabs["visitor"]
	partner.open("/work/entries?state=accepted")
	partner.unsees("E-Visa")
	p := r.tabs["oraz"]
	p.open("/work/queue")
	p.eval(`document.querySelectorAll('[name="entry"]').forEach(b => b.checked || b.click()), ""`)
	p.press(`[name="step"]`)
	partner.open("/work/entries?state=accepted")
	partner.sees("E-Visa")
	partner.press(`main table a[href^="/work/entries/"], main .lines a[href^="/work/entries/"]`)
	visitor.open("/kk/measures/e-visa")
	visitor.unsees(entered[0].text)
}

// publish has the coordinator release all of it, and everybody sees it.
func (r *scripted) publish() {
	p, visitor := r.tabs["oraz"], r.tabs["visitor"]
	p.open("/work/rounds/round/release")
	p.press(`form[action="/work/rounds/round/release"] button`)
	for _, w := range entered {
		visitor.open("/" + w.language + "/measures/" + w.measure)
		visitor.sees(w.text)
	}
	visitor.open("/kk/measures/" + sheetMeasure)
	visitor.sees(sheetText)
	visitor.open("/kk/indicators/remittance-inflow")
	visitor.sees("2026", "12,5")
	auditor := r.tabs["raisa"]
	auditor.open("/work/audit/verify")
	auditor.press(`main form button`)
}
