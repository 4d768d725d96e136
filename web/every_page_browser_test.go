package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/progress"
)

// visit is one page of a route as one person sees it.
type visit struct {
	as   *client // nil for a visitor
	path string
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
	someone := fmt.Sprint("/work/users/", contributor.user.ID)
	pages := map[string][]visit{
		"/sign-in": {{nil, "/sign-in"}}, "/setup": {{nil, "/setup"}}, "/forgotten": {{nil, "/forgotten"}},
		"/account": {{contributor, "/account"}}, "/account/totp": {{admin, "/account/totp"}},
		"/work":       {{contributor, "/work"}, {o.approver, "/work"}, {o.coordinator, "/work"}, {partner, "/work"}, {admin, "/work"}},
		"/work/forms": {{contributor, "/work/forms"}}, "/work/forms/:upload": {{contributor, upload}},
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
		"/work/data/releases": {{o.coordinator, "/work/data/releases"}},
		"/work/requests":      {{o.coordinator, "/work/requests"}}, "/work/requests/new": {{o.coordinator, "/work/requests/new"}},
		"/work/audit": {{o.auditor, "/work/audit"}}, "/work/audit/verify": {{o.auditor, "/work/audit/verify"}},
		"/work/audit/:noun/*record": {{o.auditor, "/work/audit/entry/" + waiting.Code}},
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
	return path.Ext(pattern) != "" || strings.HasSuffix(pattern, "/evidence/:item")
}

func TestEveryPageOfTheWorkIsAccessible(t *testing.T) {
	t.Parallel()
	app, pages := everyPage(t)
	server := httptest.NewServer(app)
	t.Cleanup(server.Close)
	ctx := browser(t)
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

// inspect looks at a page in both widths and both sets of colours.
func inspect(t *testing.T, ctx context.Context, url string, v visit) {
	t.Helper()
	cookie := "gcm="
	if v.as != nil {
		cookie = v.as.cookie
	}
	actingAs(t, ctx, url, cookie)
	for width, scheme := range map[int64]string{1280: "light", 320: "dark"} {
		show(t, ctx, width, scheme)
		res, err := chromedp.RunResponse(ctx, chromedp.Navigate(url+v.path))
		if err != nil || res.Status != http.StatusOK {
			t.Fatalf("%v, %v", res, err)
		}
		check(t, ctx, "", findMisfits)
		check(t, ctx, "", axe+";"+findViolations)
	}
}
