package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

// act puts a change on record as the person.
func (c *client) act(t testing.TB, change audit.Change) {
	t.Helper()
	who := audit.Who{UserID: c.user.ID, Name: c.user.Name, Origin: "192.0.2.77"}
	err := audit.Transact(t.Context(), c.app.site.DB, who, func(_ *db.DB, log *audit.Log) error { log.Add(change); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// bodySays fails unless the page holds all the words.
func bodySays(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("does not say %q: %s", w, text(parse(t, body)))
		}
	}
}

func TestAuditorReadsWhoDidWhatAndWhatItChanged(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		at(app.site.DB, now())
		as := person(t, app, "", auth.Auditor)
		as.act(t, audit.Change{Action: "change", Noun: "agency", Record: "mia/x", Reason: "<b>өтініш</b>",
			Before: map[string]any{"name": map[string]string{"kk": "Ішкі істер министрлігі"}}, After: map[string]any{"name": map[string]string{"kk": "Ішкі істер комитеті"}}})
		body := as.get("/work/audit").Body.String()
		bodySays(t, body, "Айгүл Сәрсенова", "192.0.2.77", "03:04:05 UTC", `datetime="2030-01-02T03:04:05.000000Z"`, "орган", "&lt;b&gt;өтініш", "атауы · қазақ тілі",
			"Ішкі істер <del>министрлігі</del> <ins>комитеті</ins>", "/work/audit/agency/mia%2Fx")
		bodySays(t, as.get("/work/audit/agency/mia%2Fx").Body.String(), "Өзгерістер тарихы: орган mia/x", "<ins>комитеті</ins>")
		if head, err := audit.ReadHead(t.Context(), app.site.DB); err != nil || !strings.Contains(body, head.String()) {
			t.Errorf("the head %s is not shown", head)
		}
		for _, path := range []string{"/work/audit/agency/nowhere", "/work/audit/nothing/mia", "/work/audit/agency/%00", "/work/audit/agency/%ff", "/work/audit/agency/mia?before=x"} {
			if w := as.get(path); w.Code != http.StatusNotFound {
				t.Errorf("%s answers %d", path, w.Code)
			}
		}
	})
}

func TestAuditLogIsFilteredAndPaged(t *testing.T) {
	app := bare(t)
	at(app.site.DB, now())
	as := person(t, app, "", auth.Auditor)
	for i := range actsAtOnce + 3 {
		as.act(t, audit.Change{Action: "save", Noun: "entry", Record: fmt.Sprint("e", i)})
	}
	shown := func(path string) int {
		return strings.Count(as.get(path).Body.String(), `datetime="`)
	}
	for query, want := range map[string]int{
		"": actsAtOnce, "?noun=entry": actsAtOnce, "?record=e7": 1, "?noun=entry&record=e7&action=save&text=e7": 1, "?noun=user": 0, "?action=submit": 0,
		"?from=2030-01-02&to=2030-01-02&record=e7": 1, "?from=2030-01-03": 0, "?to=2030-01-01&noun=entry": 0, "?user=" + fmt.Sprint(as.user.ID+1): 0,
		"?user=" + fmt.Sprint(as.user.ID) + "&record=e3": 1, "?text=%27%3B--": 0,
	} {
		if got := shown("/work/audit" + query); got != want {
			t.Errorf("%q shows %d, want %d", query, got, want)
		}
	}
	older := ""
	for n := range parse(t, as.get("/work/audit?noun=entry").Body.String()).Descendants() {
		if strings.Contains(attr(n, "href"), "before=") && attr(n, "hreflang") == "" {
			older = attr(n, "href")
		}
	}
	if got := shown(older); !strings.HasPrefix(older, "/work/audit?") || got != 3 {
		t.Errorf("%q shows %d", older, got)
	}
	for _, query := range []string{"noun=x", "action=x", "user=x", "user=-1", "before=x", "from=x", "to=2030-02-30", "text=%00", "record=%ff"} {
		w := as.get("/work/audit?" + query)
		if field, _, _ := strings.Cut(query, "="); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `href="#f-`+field) {
			t.Errorf("%s answers %d", query, w.Code)
		}
	}
}

func TestAuditLogIsForAuditorsAlone(t *testing.T) {
	app := bare(t)
	for _, role := range auth.Roles {
		as := person(t, app, "", role)
		want := http.StatusForbidden
		if role == auth.Auditor {
			want = http.StatusOK
		}
		for _, path := range []string{"/work/audit", "/work/audit.csv", "/work/audit.jsonl", "/work/audit/verify"} {
			if w := as.get(path); w.Code != want {
				t.Errorf("%s gets %d from %s", role, w.Code, path)
			}
		}
		if w := as.post("/work/audit/verify", ""); (w.Code == http.StatusSeeOther) != (role == auth.Auditor) {
			t.Errorf("%s may verify: %d", role, w.Code)
		}
	}
}

func TestVerificationTellsWhatItFoundAndStaysOnRecord(t *testing.T) {
	app := bare(t)
	as := person(t, app, "", auth.Auditor)
	as.act(t, audit.Change{Action: "save", Noun: "entry", Record: "a"})
	bodySays(t, as.get("/work/audit/verify").Body.String(), "Журнал әлі тексерілген жоқ")
	noted, err := audit.ReadHead(t.Context(), app.site.DB)
	if err != nil {
		t.Fatal(err)
	}
	if w := as.post("/work/audit/verify", "head="+url.QueryEscape(noted.String())); w.Code != http.StatusSeeOther {
		t.Fatalf("answers %d", w.Code)
	}
	bodySays(t, as.get("/work/audit/verify").Body.String(), "Журнал бүлінбеген", fmt.Sprint("Тексерілген жазбалар: ", noted.Seq), as.user.Name)
	w := as.post("/work/audit/verify", "head=%3Cb%3E")
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a head that is none answers %d", w.Code)
	}
	bodySays(t, w.Body.String(), `aria-describedby="head-hint head-error"`, "&lt;b&gt;")
	for _, sql := range []string{"DROP TRIGGER audit_entries_not_changed", "UPDATE audit_entries SET who = 'nobody' WHERE seq = 1"} {
		if err := app.site.DB.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
	as.post("/work/audit/verify", "")
	bodySays(t, as.get("/work/audit/verify").Body.String(), "Журналға араласу белгілері табылды: 1", "Жазба өзгертілген")
}

func TestAuditLogIsDownloaded(t *testing.T) {
	app := open(t, config(t, dbtest.SQLite(t)))
	as := person(t, app, "", auth.Auditor)
	as.act(t, audit.Change{Action: "save", Noun: "entry", Record: "=1+1"})
	as.act(t, audit.Change{Action: "save", Noun: "entry", Record: "b"})
	for path, want := range map[string]string{"/work/audit.csv": "'=1+1", "/work/audit.jsonl?record=%3D1%2B1": `"record":"=1+1"`} {
		w := as.get(path)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
		}
		if strings.Contains(path, "record=") && strings.Count(w.Body.String(), "\n") != 1 {
			t.Errorf("%s is not filtered: %s", path, w.Body)
		}
	}
	if w := as.get("/work/audit.csv?noun=x"); w.Code != http.StatusNotFound {
		t.Errorf("a noun that is none answers %d", w.Code)
	}
}
