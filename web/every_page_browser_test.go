package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/progress"
	"gcm/web/browsertest"
)

// visit is one page of a route as one person sees it.
type visit struct {
	as   *client // nil for a visitor
	path string
}

// doors are the pages on the way in that want a step before them.
func doors(t *testing.T, app *App) map[string][]visit {
	t.Helper()
	half, invited, forgetful := newVisitor(t, app), newVisitor(t, app), newVisitor(t, app)
	_, invitation, err := app.site.accounts.Invite(t.Context(), auth.System("test"), auth.Details{Email: "new@gov.example", Name: "Айгүл", Language: "kk"}, nil)
	must(t, half.post("/sign-in", "email", guarded(t, app, "half@gov.example").Email, "password", password), http.StatusSeeOther)
	_, reset, failed := app.site.accounts.MakeLink(t.Context(), auth.System("test"), member(t, app, "lost@gov.example").ID, nil)
	if err = cmp.Or(err, failed); err != nil {
		t.Fatal(err)
	}
	must(t, invited.get("/invitation/"+invitation), http.StatusSeeOther)
	must(t, forgetful.get("/reset/"+reset), http.StatusSeeOther)
	pages := map[string][]visit{}
	for path, b := range map[string]*visitor{"/sign-in/factor": half, "/invitation": invited, "/reset": forgetful} {
		pages[path] = []visit{{&client{app: app, cookie: b.header()[1]}, path}}
	}
	return pages
}

// guarded is a member with a second factor.
func guarded(t *testing.T, app *App, email string) auth.User {
	t.Helper()
	user := member(t, app, email)
	if err := app.site.DB.Model(&user).Update("totp_secret", "JBSWY3DPEHPK3PXP").Error; err != nil {
		t.Fatal(err)
	}
	return user
}

// everyPage has an example of each route that is a page of the work or the way
// there, in a round with something in every state.
func everyPage(t *testing.T) (*App, map[string][]visit) {
	o, waiting, _, approved, accepted := busy(t, country.SQLite(t))
	admin, partner, contributor := person(t, o.app, "", auth.Admin), o.partner, o.contributor
	draft := o.written(contributor, "e-visa", progress.Content{Progress: &progress.Progress{Status: "in_progress"}})
	at := "/work/entries/" + draft.Code
	must(t, contributor.upload(t, at+"/evidence", "report.pdf", smallPDF, described...), 303)
	evidence, err := o.store.Evidence(t.Context(), o.as(contributor), draft.Code)
	o.must(err)
	figures := o.written(contributor, "refugees-registered", progress.Content{Values: &progress.Values{}})
	proposal := o.written(contributor, "", progress.Content{Measure: &progress.Proposal{Status: "planned"}})
	sheet := contributor.get("/work/forms.xlsx?round=2029&agency=mia&language=kk").Body.Bytes()
	upload := contributor.sendFile("/work/forms", "file", "x.xlsx", fill(t, sheet, map[string]any{"Шаралар!E3": "жасалуда"})).Header().Get("Location")
	table := o.coordinator.sendFile("/work/data/imports", "file", "table.csv", []byte(importedTable)).Header().Get("Location")
	editor, signatory := person(t, o.app, "", auth.Editor), person(t, o.app, "mia", auth.Signatory)
	o.laid(editor)
	someone := fmt.Sprint("/work/users/", contributor.user.ID)
	o.accepted("e-visa", running("in_progress", "Виза электрондық түрде беріледі.")) // beside values, for who sees it ahead
	o.drafted()
	for _, i := range []progress.Invite{{Entry: accepted.Code, Note: "Деректер толық па?", Until: "2030-03-01"}, {Objective: 5}} {
		i.UserID = partner.user.ID
		o.must(o.store.Invite(t.Context(), o.as(o.coordinator), i))
	}
	pages := map[string][]visit{
		"/sign-in": {{nil, "/sign-in"}}, "/setup": {{nil, "/setup"}}, "/forgotten": {{nil, "/forgotten"}},
		"/account": {{contributor, "/account"}}, "/account/totp": {{admin, "/account/totp"}}, "/account/tokens": {{admin, "/account/tokens"}},
		"/account/views": {{contributor, "/account/views?view=/measures%3Fstatus%3Dplanned"}},
		"/work":          {{contributor, "/work"}, {o.approver, "/work"}, {o.coordinator, "/work"}, {partner, "/work"}, {admin, "/work"}},
		"/work/forms":    {{contributor, "/work/forms"}}, "/work/forms/:upload": {{contributor, upload}},
		"/work/accountability":             {{o.coordinator, "/work/accountability"}},
		"/work/accountability/timeliness":  {{o.coordinator, "/work/accountability/timeliness"}},
		"/work/accountability/white-spots": {{o.coordinator, "/work/accountability/white-spots"}},
		"/work/entries":                    {{o.coordinator, "/work/entries"}, {partner, "/work/entries?lang=en"}},
		"/work/entries/new":                {{contributor, "/work/entries/new"}},
		"/work/entries/:code": {
			{contributor, at}, {contributor, "/work/entries/" + figures.Code}, {contributor, "/work/entries/" + proposal.Code}, {o.approver, "/work/entries/" + waiting.Code},
			{o.coordinator, "/work/entries/" + approved.Code}, {partner, "/work/entries/" + accepted.Code},
		},
		"/work/entries/:code/evidence":              {{contributor, at + "/evidence"}},
		"/work/entries/:code/evidence/:item/remove": {{contributor, at + "/evidence/" + evidence[0].Code + "/remove"}},
		"/work/entries/:code/discard":               {{contributor, at + "/discard"}},
		"/work/entries/:code/changes":               {{o.approver, "/work/entries/" + waiting.Code + "/changes?lang=ru"}},
		"/work/entries/:code/history":               {{o.approver, "/work/entries/" + waiting.Code + "/history"}},
		"/work/users":                               {{admin, "/work/users"}}, "/work/users/new": {{admin, "/work/users/new"}},
		"/work/users/:id": {{admin, someone}}, "/work/users/:id/handover": {{admin, someone + "/handover"}},
		"/work/notices": {{o.approver, "/work/notices"}}, "/work/calendar": {{contributor, "/work/calendar"}}, "/work/mail": {{admin, "/work/mail"}},
		"/work/queue":  {{o.approver, "/work/queue"}, {o.coordinator, "/work/queue?lang=ru"}},
		"/work/rounds": {{o.coordinator, "/work/rounds"}}, "/work/rounds/new": {{o.coordinator, "/work/rounds/new"}},
		"/work/rounds/:code": {{o.coordinator, "/work/rounds/2029"}}, "/work/rounds/:code/edit": {{o.coordinator, "/work/rounds/2029/edit"}},
		"/work/rounds/:code/ask": {{o.coordinator, "/work/rounds/2029/ask"}}, "/work/rounds/:code/release": {{o.coordinator, "/work/rounds/2029/release"}},
		"/work/data/releases": {{o.coordinator, "/work/data/releases"}}, "/work/data/quality": {{o.coordinator, "/work/data/quality"}},
		"/work/data/gaps": {{o.coordinator, "/work/data/gaps"}}, "/work/data/gaps/:gap": {{o.coordinator, "/work/data/gaps/no_indicator:8"}},
		"/work/data/imports": {{o.coordinator, "/work/data/imports"}}, "/work/data/imports/:code": {{o.coordinator, table}},
		"/work/data/imports/:code/preview": {{o.coordinator, table + "/preview"}},
		"/work/indicators/:code/values":    {{o.coordinator, "/work/indicators/refugees-registered/values"}},
		"/work/indicators/:code/trend":     {{o.coordinator, "/work/indicators/refugees-registered/trend"}},
		"/work/entries/:code/table":        {{contributor, "/work/entries/" + figures.Code + "/table"}},
		"/work/requests":                   {{o.coordinator, "/work/requests"}}, "/work/requests/new": {{o.coordinator, "/work/requests/new"}},
		"/work/invitations":                           {{o.coordinator, "/work/invitations?about=objective/7"}},
		"/work/reviews/:cycle/clearance":              {{signatory, "/work/reviews/2022/clearance"}, {editor, "/work/reviews/2022/clearance?lang=ru"}},
		"/work/reviews/:cycle/clearance/differences":  {{editor, "/work/reviews/2022/clearance/differences"}},
		"/work/reviews/:cycle/clearance/transmission": {{editor, "/work/reviews/2022/clearance/transmission"}},
		"/work/reviews/:cycle/publish":                {{editor, "/work/reviews/2022/publish"}},
		"/work/reviews":                               {{o.drafter(), "/work/reviews"}}, "/work/reviews/new": {{o.drafter(), "/work/reviews/new"}},
		"/work/reviews/:cycle": {{o.auditor, "/work/reviews/2029"}}, "/work/reviews/:cycle/outline": {{o.drafter(), "/work/reviews/2029/outline"}},
		"/work/reviews/:cycle/check": {{o.auditor, "/work/reviews/2029/check"}}, "/work/reviews/:cycle/figures": {{o.drafter(), "/work/reviews/2029/figures?q=e"}},
		"/work/reviews/:cycle/assessments": {{o.auditor, "/work/reviews/2029/assessments"}}, "/work/reviews/:cycle/assessments/:number": {{o.coordinator, "/work/reviews/2029/assessments/5"}},
		"/work/reviews/:cycle/briefs":   {{o.auditor, "/work/reviews/2029/briefs"}, {editor, "/work/reviews/2022/briefs?lang=ru"}},
		"/work/reviews/:cycle/promises": {{o.coordinator, "/work/reviews/2029/promises"}}, "/work/reviews/:cycle/promises/:code": {{o.coordinator, "/work/reviews/2029/promises/new"}},
		"/work/reviews/:cycle/questionnaire":              {{o.auditor, "/work/reviews/2029/questionnaire"}},
		"/work/reviews/:cycle/questionnaire/questions":    {{o.drafter(), "/work/reviews/2029/questionnaire/questions"}},
		"/work/reviews/:cycle/sections/:section":          {{o.drafter(), "/work/reviews/2029/sections/means"}, {o.drafter(), "/work/reviews/2029/sections/brief-2"}, {o.drafter(), "/work/reviews/2029/sections/question-means"}},
		"/work/reviews/:cycle/sections/:section/versions": {{o.drafter(), "/work/reviews/2029/sections/means/versions?language=kk"}},
		"/work/audit": {{o.auditor, "/work/audit"}}, "/work/audit/verify": {{o.auditor, "/work/audit/verify"}},
		"/work/audit/:noun/*record": {{o.auditor, "/work/audit/entry/" + waiting.Code}},
	}
	for route, path := range map[string]string{"/:lang/": "/kk/", "/:lang/objectives/:number": "/ru/objectives/5", "/:lang/measures/:code": "/en/measures/e-visa", "/:lang/indicators/:code": "/kk/indicators/refugees-registered"} {
		pages[route] = []visit{{partner, path}}
	}
	for register, code := range map[string]string{
		"agencies": "mia", "measures": "e-visa", "indicators": "refugees-registered", "laws": someCode(t, o.conn, "legal_instruments"), "challenges": someCode(t, o.conn, "challenges"),
	} {
		as := o.coordinator
		if register == "agencies" {
			as = admin
		}
		base := "/work/" + register
		for _, page := range []string{"", "/new", "/:code", "/:code/history", "/:code/merge"} {
			pages[base+page] = []visit{{as, base + strings.Replace(page, ":code", code, 1)}}
		}
	}
	maps.Copy(pages, doors(t, o.app))
	return o.app, pages
}

// someCode is the code of one of a table's records.
func someCode(t testing.TB, conn *db.DB, table string) (code string) {
	t.Helper()
	if err := conn.Table(table).Order("id").Limit(1).Select("code").Take(&code).Error; err != nil {
		t.Fatal(err)
	}
	return code
}

// isFile reports whether a route is downloaded, not shown.
func isFile(pattern string) bool {
	return path.Ext(pattern) != "" || strings.HasSuffix(pattern, "/evidence/:item") || strings.HasSuffix(pattern, "/:file")
}

func TestEveryPageOfTheWorkIsAccessible(t *testing.T) {
	t.Parallel()
	app, pages := everyPage(t)
	server := httptest.NewServer(app)
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	listenToPolicy(t, ctx)
	for _, r := range app.site.table {
		if r.method == http.MethodGet && !r.permission.Anyone() && !isFile(r.path) && pages[r.path] == nil {
			t.Errorf("%s has no example to look at", r.path)
		}
	}
	for _, list := range pages {
		for _, v := range list {
			t.Run(v.path, func(t *testing.T) { inspect(t, ctx, server.URL, v) })
		}
	}
}

// inspect looks at a page in both widths and both sets of colours, and walks
// through it by the keyboard. It is loaded once: a reader who turns the screen or the lights sees the same.
func inspect(t *testing.T, ctx context.Context, url string, v visit) {
	t.Helper()
	cookie := "gcm="
	if v.as != nil {
		cookie = v.as.cookie
	}
	actingAs(t, ctx, url, cookie)
	res, err := chromedp.RunResponse(ctx, chromedp.Navigate(url+v.path))
	if err != nil || res.Status != http.StatusOK || res.URL != url+v.path {
		t.Fatalf("%v, %v", res, err)
	}
	inEveryLight(t, ctx)
	walk(t, ctx)
}

// looked counts the pages that were looked at, so that they take turns.
var looked atomic.Int64

// inEveryLight looks at the page that is open in both widths and all sets of
// colours. It asks axe, which takes its time, in one view, another for each page,
// and with GCM_VIEWS=all, as `make soak` has it, in all six.
func inEveryLight(t *testing.T, ctx context.Context) {
	t.Helper()
	check(t, ctx, "", axe+";[]")
	turn := int(looked.Add(1))
	for i, view := range []struct {
		width  int64
		scheme string
	}{{1280, "light"}, {320, "dark"}, {1280, "dark"}, {320, "light"}, {1280, "contrast"}, {320, "contrast"}} {
		show(t, ctx, view.width, view.scheme)
		check(t, ctx, "", findMisfits)
		if i == turn%6 || os.Getenv("GCM_VIEWS") == "all" {
			check(t, ctx, "", findViolations)
		}
	}
}

func TestPageOfWhoWasOvertakenIsAccessible(t *testing.T) {
	t.Parallel()
	r, url := served(t)
	path := r.contributor.begin(t, progress.KindProgress, "e-visa")
	ctx := browsertest.Start(t)
	listenToPolicy(t, ctx)
	actingAs(t, ctx, url, r.contributor.cookie)
	do(t, ctx, chromedp.Navigate(url+path))
	must(t, r.colleague.send(path, "version", "1", "step", "save", "progress.status", "in_progress", "progress.narrative.kk", "Әріптестің мәтіні."), 303)
	do(t, ctx, chromedp.SetValue(chromedp.CSS(`[name="progress.narrative.kk"]`), "Менің мәтінім."))
	res, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(`#entry .second[value=save]`)))
	if err != nil || res.Status != http.StatusConflict {
		t.Fatalf("%v, %v", res, err)
	}
	do(t, ctx, chromedp.WaitVisible(chromedp.CSS(".clash")))
	inEveryLight(t, ctx)
}
