package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// laid lays the review of 2022 before the interior ministry and returns the hash.
func (o *office) laid(editor *client) string {
	o.t.Helper()
	o.must(o.app.site.desk.SetChain(o.t.Context(), o.as(editor), "2022", []desk.Link{{Agency: "mia", Step: 1}}))
	hash, err := o.app.site.desk.LayBefore(o.t.Context(), o.as(editor), "2022")
	o.must(err)
	return hash
}

// published publishes it and returns the hash.
func (o *office) published() string {
	o.t.Helper()
	editor, signatory := person(o.t, o.app, "", auth.Editor), person(o.t, o.app, "mia", auth.Signatory)
	hash := o.laid(editor)
	o.must(o.app.site.desk.Sign(o.t.Context(), o.as(signatory), "2022", hash, desk.Signed, ""))
	_, err := o.app.site.desk.Publish(o.t.Context(), o.as(editor), "2022", "https://gcm.example", "test", pressed)
	o.must(err)
	return hash
}

// editions are the checksums of all that a published review is.
func (o *office) editions() map[string]string {
	o.t.Helper()
	sums := map[string]string{}
	for _, table := range []string{"reviews", "review_sections", "review_section_versions", "review_bodies", "review_snapshots", "signatures", "editions", "edition_files", "review_figures", "assessments", "promises", "promise_outcomes"} {
		sums[table] = o.checksum(o.conn.Table(table))
	}
	return sums
}

// clearing is an office whose review is on its way.
type clearing struct {
	*office
	editor, first, second *client // the second body signs after the first
}

const clearance, publishing = "/work/reviews/2022/clearance", "/work/reviews/2022/publish"

func clearingOf(t *testing.T, conn *db.DB) *clearing {
	c := &clearing{office: officeOf(t, conn)}
	c.editor, c.first, c.second = person(t, c.app, "", auth.Editor), person(t, c.app, "mia", auth.Signatory), person(t, c.app, "mlspp", auth.Signatory)
	return c
}

// hash is that of what lies before the bodies.
func (c *clearing) hash() string {
	c.t.Helper()
	sheet, err := c.app.site.desk.Sheet(c.t.Context(), c.as(c.editor), "2022")
	c.must(err)
	return sheet.Hash
}

func (c *clearing) signs(by *client, decision, remark string) int {
	c.t.Helper()
	return by.post(clearance+"/sign", url.Values{"hash": {c.hash()}, "decision": {decision}, "remark": {remark}}.Encode()).Code
}

// goes lays the review before both bodies, lets them sign and publishes it.
func (c *clearing) goes() {
	c.t.Helper()
	must(c.t, c.editor.post(clearance+"/lay", ""), http.StatusSeeOther)
	for _, by := range []*client{c.first, c.second} {
		if code := c.signs(by, "signed", ""); code != http.StatusSeeOther {
			c.t.Fatalf("signing answers %d", code)
		}
	}
	must(c.t, c.editor.post(publishing, ""), http.StatusSeeOther)
}

func TestReviewIsClearedPublishedAndCorrected(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		c := clearingOf(t, conn)
		c.must(conn.Model(&reports.Review{}).Where("1 = 1").Update("shown", false).Error)
		for _, path := range []string{"/en/reviews/2022", "/reviews/2022/kk.pdf", "/reviews/2022/editions/1", "/en/reviews/2022/editions/1", "/en/reviews/2022/errata", "/api/v1/reviews/2022", "/en/reviews/2022/builds/kk-full"} {
			must(t, get(c.app, path), http.StatusNotFound)
		}
		must(t, post(c.app, "/en/reviews/2022/builds", "language=kk&profile=full"), http.StatusNotFound)

		must(t, c.editor.post(clearance+"/lay", ""), http.StatusConflict) // nobody clears it
		must(t, c.editor.post(clearance+"/chain", "agency=mia&step=x"), http.StatusUnprocessableEntity)
		must(t, c.editor.post(clearance+"/chain", "agency=mia&step=1&agency=mia&step=2"), http.StatusUnprocessableEntity)
		must(t, c.editor.post(clearance+"/chain", "agency=mia&step=&agency=&step=&agency=mlspp&step="), http.StatusSeeOther)
		must(t, c.editor.post(clearance+"/lay", ""), http.StatusSeeOther)
		hash := c.hash()
		must(t, c.first.get("/work"), http.StatusOK, inKazakh(t, "tasks.signing"), `href="`+clearance+`"`)
		for _, other := range []*client{c.second, c.editor} { // whose turn it is not
			if page := other.get("/work").Body.String(); strings.Contains(page, inKazakh(t, "tasks.signing")) {
				t.Error("who does not sign now is asked to")
			}
		}
		must(t, c.first.get(clearance), http.StatusOK, hash, inKazakh(t, "publish.sign.do"))
		must(t, c.second.get(clearance), http.StatusOK, inKazakh(t, "publish.sign.waits"))
		must(t, c.first.get("/work/reviews/2022/snapshots/"+hash+"/kk.html"), http.StatusOK, hash, `id="doc-objective-05"`)
		must(t, c.first.get("/work/reviews/2022/snapshots/"+hash+"/kk.pdf"), http.StatusOK, "%PDF-1.7 kk", "Жоба · 2030")
		must(t, c.first.get("/work/reviews/2022/snapshots/"+hash+"/kk-full.pdf"), http.StatusNotFound)
		must(t, c.first.get("/work/reviews/2022/snapshots/"+strings.Repeat("0", 64)+"/kk.pdf"), http.StatusNotFound)
		must(t, c.editor.get(clearance+"/transmission"), http.StatusOK, hash, "Ішкі істер министрлігі")
		if code := c.signs(c.second, "signed", ""); code != http.StatusConflict {
			t.Errorf("the second body signs first: %d", code)
		}
		if code := c.signs(c.first, "refused", ""); code != http.StatusUnprocessableEntity {
			t.Errorf("a refusal without a reason: %d", code)
		}
		must(t, c.first.post(clearance+"/sign", "decision=signed&hash=other"), http.StatusConflict)
		must(t, c.editor.post(clearance+"/recall", "reason="), http.StatusUnprocessableEntity)
		must(t, c.editor.post(clearance+"/recall", "reason=тағы бір рет"), http.StatusSeeOther)
		must(t, c.editor.post(publishing, ""), http.StatusConflict)
		c.goes()

		must(t, get(c.app, "/en/reviews/2022"), http.StatusOK, "Edition 1", "review-2022-kk.pdf")
		texts := func(state string) int {
			return strings.Count(c.editor.get("/work/reviews/2022").Body.String(), ">"+inKazakh(t, "writing.text."+state)+"</span>")
		}
		if drafts, signed := texts("draft"), texts("published"); drafts != 0 || signed != 96+1 { // the review itself is, too
			t.Errorf("of the published texts %d are drafts, %d published", drafts, signed)
		}
		file := get(c.app, "/reviews/2022/kk.pdf")
		must(t, file, http.StatusOK, "%PDF-1.7 review-2022-kk. 1")
		kept := get(c.app, "/reviews/2022/editions/1/review-2022-kk.pdf")
		sum := sha256.Sum256(kept.Body.Bytes())
		if kept.Body.String() != file.Body.String() || !strings.Contains(kept.Header().Get("Cache-Control"), "max-age") || kept.Header().Get("ETag") != `"`+hex.EncodeToString(sum[:])+`"` {
			t.Errorf("%v", kept.Header())
		}
		must(t, get(c.app, "/en/reviews/2022/editions/1"), http.StatusOK, c.hash(), hex.EncodeToString(sum[:]), "Ministry of Internal Affairs")
		if to := get(c.app, "/reviews/2022/editions/1", "Accept-Language", "ru").Header().Get("Location"); to != "/ru/reviews/2022/editions/1" {
			t.Errorf("the printed address leads to %s", to)
		}
		for _, path := range []string{"/reviews/2022/editions/2", "/en/reviews/2022/editions/2", "/en/reviews/2022/editions/01", "/en/reviews/2022/editions/x", "/reviews/2022/editions/1/review-2022-de.pdf", "/reviews/2022/editions/0/review-2022-kk.pdf", "/reviews/2021/editions/1"} {
			must(t, get(c.app, path), http.StatusNotFound)
		}
		if body := get(c.app, "/api/v1/reviews/2022").Body.String(); !strings.Contains(body, `"state":"published"`) {
			t.Error(body)
		}

		must(t, c.editor.post("/work/reviews/2022/correct", "erratum.kk=Түзету"), http.StatusUnprocessableEntity)
		must(t, c.editor.post("/work/reviews/2022/correct", url.Values{"erratum.kk": {"Сан түзетілді."}, "erratum.ru": {"Число исправлено."}, "erratum.en": {"A number was put right."}}.Encode()), http.StatusSeeOther)
		must(t, get(c.app, "/en/reviews/2022"), http.StatusOK, "Edition 1") // also while it is corrected
		review, err := c.app.site.reports.ReviewByCycle(t.Context(), "2022")
		c.must(err)
		for _, lang := range []string{"kk", "ru", "en"} { // the leading text first
			text := review.Section("methodology", lang)
			_, err = c.app.site.desk.SaveText(t.Context(), c.as(c.editor), "2022", desk.Place{Section: "methodology", Language: lang}, text.Version, text.Body+"\n\nZqсөз қосылды.\n")
			c.must(err)
		}
		renamed := func(paths ...string) (where []string) {
			for _, path := range paths {
				if strings.Contains(get(c.app, path).Body.String(), "Zqtitle") {
					where = append(where, path)
				}
			}
			return where
		}
		naming := []string{"/en/", "/en/reviews", "/en/reviews/2022", "/en/reviews/2022/editions/1", "/en/reviews/2022/errata", "/en/feed.atom", "/en/search?q=review", "/api/v1/reviews/2022", "/api/v1/reviews"}
		c.must(c.app.site.desk.SetFrame(t.Context(), c.as(c.editor), "2022", review.Version, desk.Frame{
			Title: i18n.Text{"kk": "Zqtitle kk", "ru": "Zqtitle ru", "en": "Zqtitle en"}, Lead: review.LeadLanguage, Outline: review.Items(),
		}))
		if where := renamed(naming...); len(where) > 0 {
			t.Errorf("a title that nobody cleared stands on %v", where)
		}
		if drafts, signed := texts("draft"), texts("published"); drafts != 3 || signed != 93 {
			t.Errorf("of the texts under correction %d are drafts, %d as published", drafts, signed)
		}
		for _, path := range []string{"/kk/search?q=Zqсөз", "/kk/reviews/2022", "/reviews/2022/kk.pdf"} {
			if strings.Contains(strings.ReplaceAll(get(c.app, path).Body.String(), "q=Zqсөз", ""), "қосылды") {
				t.Errorf("%s shows what is not published", path)
			}
		}
		c.goes()
		must(t, get(c.app, "/en/reviews/2022"), http.StatusOK, "Edition 2", "Edition 1", "A number was put right.")
		must(t, get(c.app, "/kk/reviews/2022/errata"), http.StatusOK, "Сан түзетілді.")
		must(t, get(c.app, "/en/reviews/2022/editions/1"), http.StatusOK, "There is a newer edition")
		if where := renamed(naming...); !slices.Contains(where, "/en/reviews/2022") || !slices.Contains(where, "/en/feed.atom") || slices.Contains(where, "/en/reviews/2022/editions/1") {
			t.Errorf("once it is published, the title stands on %v", where)
		}
		must(t, get(c.app, "/reviews/2022/kk.pdf"), http.StatusOK, "review-2022-kk. 2")
		must(t, c.editor.get(clearance+"/differences?in=kk"), http.StatusOK, "<ins>", "Zqсөз", ">2 · 02.01.2030 · Айгүл Сәрсено…</option>", ">1-басылым · 2030")
		must(t, c.editor.get(publishing), http.StatusOK, hex.EncodeToString(sum[:]))
		if again := get(c.app, "/reviews/2022/editions/1/review-2022-kk.pdf"); again.Body.String() != file.Body.String() {
			t.Error("the first edition became another one")
		}

		ask := func(body string, status int, says ...string) {
			t.Helper()
			must(t, (&client{app: c.app}).sendFile("/en/verify", "file", "x.pdf", []byte(body)), status, says...)
		}
		ask(file.Body.String(), http.StatusOK, `data-standing="published"`, "There is a newer edition", "/en/reviews/2022/editions/2")
		ask(file.Body.String()+"\n", http.StatusOK, `data-standing="changed"`, "/en/reviews/2022/editions/1")
		ask("<script>alert(1)</script>", http.StatusOK, `data-standing="unknown"`)
		ask("", http.StatusUnprocessableEntity, "Choose a file")
		must(t, get(c.app, "/en/verify?sha256="+strings.ToUpper(hex.EncodeToString(sum[:]))), http.StatusOK, `data-standing="published"`)
		must(t, get(c.app, "/en/verify?sha256="+strings.Repeat("0", 64)), http.StatusOK, `data-standing="unknown"`)
		must(t, get(c.app, "/en/verify?sha256=%27"), http.StatusBadRequest)
		ask(strings.Repeat("x", maxVerified), http.StatusRequestEntityTooLarge)
	})
}

// rewriting are forms that change a review which is not published, by the route.
func rewriting(hash string) map[string]string {
	title := "title.kk=Басқа&title.ru=Другой&title.en=Another"
	return map[string]string{
		"/clearance/chain": "agency=mlspp&step=1", "/clearance/lay": "", "/clearance/sign": "decision=refused&remark=кеш&hash=" + hash, "/clearance/recall": "reason=себеп",
		"/publish": "", "/correct": "erratum.kk=түзету", "/figures": "figure=means|kk|{{figure count:measures}}|64",
		"/assessments/:number": "level=meets&reason.kk=Себебі&version=0", "/promises/:code": "text.kk=Тіркелім&version=0",
		"/outline":           "version=1&lead=ru&items.0.section=means&step=save&" + title,
		"/sections/:section": "body.kk=Басқа мәтін&version.kk=1&step=save&void=1", "/sections/:section/versions": "language=kk&version=1&earlier=1",
		"/sections/:section/draft": "language=kk&version=1&body=Өзіме", "/sections/:section/preview": "language=kk&version=1&body=Өзіме",
		"/sections/:section/comments": "language=kk&paragraph=0&comment=Пікір", "/comments/:id": "step=close",
		"/questionnaire/questions": "version=1&wording=own&step=save&items.0.code=another&items.0.text.kk=Басқа ма?&items.0.text.ru=Другой?&items.0.text.en=Another?&items.0.sections=means&" + title,
	}
}

// aside are the routes of a review that say something beside it: a person's own
// draft, a look, a remark, the questions that are answered from it.
var aside = []string{"/questionnaire/questions", "/sections/:section/draft", "/sections/:section/preview", "/sections/:section/comments", "/comments/:id"}

// TestPublishedReviewStaysAsItIsWhoeverTries sends the forms of all routes of a
// review as everybody, all at once. What other routes could do is looked at where
// every route is asked by everybody, and commands and imports where they are run.
func TestPublishedReviewStaysAsItIsWhoeverTries(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o := officeOf(t, conn)
		people := o.cast()
		hash := o.published()
		before := o.editions()
		const base = "/work/reviews/:cycle"
		at := strings.NewReplacer(":cycle", "2022", ":number", "5", ":code", "new", ":section", "means", ":id", "1")
		forms := rewriting(hash)
		var trying sync.WaitGroup
		for _, r := range o.app.site.routes() {
			tail, of := strings.CutPrefix(r.path, base)
			if !of || r.method == http.MethodGet {
				continue
			}
			form, known := forms[tail]
			if !known {
				t.Errorf("say with which form %s would change a review", r.path)
			}
			for _, s := range people {
				trying.Go(func() {
					w := o.post(s, at.Replace(r.path), form)
					if w.Code < 400 && !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") && !slices.Contains(aside, tail) {
						t.Errorf("%s: %s answers %d", s.name, r.path, w.Code)
					}
				})
			}
		}
		trying.Wait()
		if after := o.editions(); !maps.Equal(before, after) {
			t.Errorf("%v became %v", before, after)
		}
		for _, table := range []string{"review_snapshots", "editions", "edition_files"} {
			if err := conn.Exec(fmt.Sprintf("DELETE FROM %s", table)).Error; err == nil {
				t.Errorf("%s can be emptied", table)
			}
		}

		// the same forms change what is not published
		editor := o.drafter()
		must(t, editor.post("/work/reviews/2022/correct", "erratum.kk=түзету&erratum.ru=исправление&erratum.en=correction"), http.StatusSeeOther)
		for _, tail := range []string{"/sections/:section", "/assessments/:number", "/promises/:code", "/outline", "/clearance/chain"} {
			was := o.editions()
			by := editor
			if tail == "/assessments/:number" || tail == "/promises/:code" {
				by = o.coordinator
			}
			must(t, by.post(at.Replace(base+tail), forms[tail]), http.StatusSeeOther)
			if maps.Equal(was, o.editions()) {
				t.Errorf("%s changes nothing in a review that is corrected", tail)
			}
		}
	})
}
