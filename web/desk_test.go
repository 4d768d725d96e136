package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
	"gcm/reports/desk"
)

// unseenText stands in a review that is being written, and is not for the public.
const unseenText = "zqreview жарияланбаған мәтін"

// drafter is somebody who writes reviews.
func (o *office) drafter() *client {
	if o.editor == nil {
		o.editor = person(o.t, o.app, "", auth.Editor)
	}
	return o.editor
}

// drafted begins the review of 2029 with texts of two versions, and returns the
// id of a comment on the one of 2022.
func (o *office) drafted() string {
	o.t.Helper()
	ctx, as, store := o.t.Context(), o.as(o.drafter()), o.app.site.desk
	at := desk.Place{Section: "means", Language: "kk"}
	_, err := store.Begin(ctx, as, "2029", desk.Beginning{Title: i18n.Text{"kk": unseenText + breakout, "ru": "Обзор" + breakout, "en": "Review" + breakout}})
	o.must(err)
	_, err = store.SaveText(ctx, as, "2029", at, 0, "Бірінші нұсқа"+breakout)
	o.must(err)
	_, err = store.SaveText(ctx, as, "2029", at, 1, unseenText+breakout+"\n\n[a](javascript:zqx) <zqx onzqx=1>\n\n## Б"+breakout+"\n\n- бір"+breakout+"\n\n> екі"+breakout)
	o.must(err)
	own := reports.OutlineItem{Title: i18n.Text{"kk": "Өз" + breakout, "ru": "Свой" + breakout, "en": "Own" + breakout}, Brief: i18n.Text{"kk": "Не жазу" + breakout}}
	o.must(store.SetFrame(ctx, as, "2029", 1, desk.Frame{Title: i18n.Text{"kk": unseenText + breakout, "ru": "Обзор" + breakout, "en": "Review" + breakout}, Outline: append(reports.UsualOutline[:len(reports.UsualOutline):len(reports.UsualOutline)], own)}))
	c, err := store.AddComment(ctx, as, "2029", at, 1, "Пікір"+breakout)
	o.must(err)
	_, err = store.AnswerComment(ctx, as, "2029", c.ID, "Жауап"+breakout)
	o.must(err)
	c, err = store.AddComment(ctx, as, "2022", at, 0, "Пікір"+breakout)
	o.must(err)
	return fmt.Sprint(c.ID)
}

// words that must be on a page, in any of the languages of the interface
var versionField = regexp.MustCompile(`name="version\.ru" value="(\d+)"`)

func TestReviewIsWrittenThroughItsPages(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		tick := now()
		db.NowFunc = func() time.Time { tick = tick.Add(time.Second); return tick }
		entry := o.accepted("foreign-labour-quota-mechanism", running(objectives.InProgress, "Квота қайта есептелді."))
		o.takes(entry, o.coordinator, (*progress.Store).Release)
		editor, second := o.drafter(), person(t, o.app, "", auth.Editor)
		must(t, editor.get("/work/reviews"), http.StatusOK, "/work/reviews/new", "/work/reviews/2022")
		must(t, editor.get("/work/reviews/new"), http.StatusOK, `value="2029"`)
		begin := []string{"cycle", "2029", "title.kk", "Үшінші шолу", "title.ru", "Третий обзор", "lead", "ru", "like", "2022"}
		must(t, editor.send("/work/reviews", begin...), http.StatusUnprocessableEntity, `id="title.en-error"`, "Үшінші шолу")
		if w := editor.send("/work/reviews", append(begin, "title.en", "Third review")...); w.Header().Get("Location") != "/work/reviews/2029" {
			t.Fatalf("it answers %d: %s", w.Code, w.Body)
		}
		must(t, editor.send("/work/reviews", append(begin, "title.en", "Third review")...), http.StatusConflict)
		must(t, editor.get("/work/reviews/2029"), http.StatusOK, "/work/reviews/2029/sections/objective-05", "/work/reviews/2029/outline")

		// the outline
		outline := valuesOf(t, editor.get("/work/reviews/2029/outline").Body.String())
		outline.Set("step", "add")
		added := editor.post("/work/reviews/2029/outline", outline.Encode())
		outline = valuesOf(t, must(t, added, http.StatusOK, `name="items.9.section"`))
		for lang, word := range map[string]string{"kk": "Өңірлер", "ru": "Регионы", "en": "Regions"} {
			outline.Set("items.9.title."+lang, word)
		}
		outline.Set("step", "up.9")
		outline = valuesOf(t, must(t, editor.post("/work/reviews/2029/outline", outline.Encode()), http.StatusOK))
		if outline.Get("items.8.title.ru") != "Регионы" || outline.Get("items.9.section") != reports.SectionAnnexes {
			t.Errorf("moved up it stands elsewhere: %v", outline)
		}
		outline.Set("step", "save")
		outline.Set("lead", "ru")
		must(t, editor.post("/work/reviews/2029/outline", outline.Encode()), http.StatusSeeOther)
		must(t, second.post("/work/reviews/2029/outline", outline.Encode()), http.StatusConflict)
		must(t, editor.get("/work/reviews/2029?lang=ru"), http.StatusOK, "Регионы", "/sections/own-1")

		// texts, side by side
		path := "/work/reviews/2029/sections/objective-05"
		for _, lang := range []string{"kk", "ru", "en"} {
			must(t, editor.get(path), http.StatusOK, `name="body.`+lang+`"`)
		}
		must(t, editor.get(path), http.StatusOK, "Квота қайта есептелді.", `insert.kk.`+entry.Code+`.narrative`)
		inserted := must(t, editor.send(path, "body.kk", "Бар мәтін", "version.kk", "0", "step", "insert.kk."+entry.Code+".narrative"), http.StatusOK, "[^foreign-labour-quota-mechanism]: measure:foreign-labour-quota-mechanism")
		if !strings.Contains(inserted, "Бар мәтін\n\nКвота қайта есептелді.[^foreign-labour-quota-mechanism]") {
			t.Error("the suggestion is not put behind the text")
		}
		must(t, editor.send(path, "body.kk", "x", "version.kk", "0", "step", "insert.kk.none.narrative"), http.StatusUnprocessableEntity)
		must(t, editor.send(path, "body.ru", "Число {{figure count:measures{status=completed}}} выросло.", "version.ru", "0", "step", "preview"), http.StatusOK, `class="notes"`)
		if text := o.text("objective-05", "ru"); text != nil {
			t.Error("a look has saved the text")
		}
		must(t, editor.send(path, "body.ru", "Первая версия текста.", "version.ru", "0", "body.kk", "Бірінші нұсқа.", "version.kk", "0", "step", "checked.ru"), http.StatusSeeOther)
		if text := o.text("objective-05", "ru"); text == nil || text.State != reports.Checked || text.Body != "Первая версия текста." || o.text("objective-05", "kk") == nil || o.text("objective-05", "en") != nil {
			t.Errorf("saved is %+v", text)
		}
		must(t, editor.send(path, "body.kk", "Бірінші нұсқа.", "version.kk", "1", "step", "cleared.kk"), http.StatusSeeOther)
		must(t, editor.send(path, "body.ru", "Вторая версия текста.", "version.ru", "2", "step", "save"), http.StatusSeeOther)
		must(t, editor.get(path+"?lang=en"), http.StatusOK, "translation outdated")
		must(t, editor.get("/work/reviews/2029?lang=en"), http.StatusOK, "1 translation is outdated")

		// two at once: nothing is lost, both are shown
		clash := must(t, second.send(path, "body.ru", "Первая версия моего текста.", "version.ru", "2", "step", "save"), http.StatusConflict, "<ins>Вторая", "<ins>моего", "Первая версия моего текста.", `name="version.ru" value="3"`)
		if !strings.Contains(clash, "Первая версия текста.") {
			t.Error("the page does not say what both began with")
		}
		must(t, second.send(path, "body.ru", "Вторая версия моего текста.", "version.ru", "3", "step", "save"), http.StatusSeeOther)

		// drafts that a closed tab left behind
		must(t, editor.send(path+"/draft", "language", "ru", "version", "4", "body", "Набрано и не сохранено"), http.StatusOK, "{}")
		must(t, editor.get(path), http.StatusOK, "Набрано и не сохранено", `value="discard.ru"`)
		if body := second.get(path).Body.String(); strings.Contains(body, "Набрано и не сохранено") {
			t.Error("somebody else reads the draft")
		}
		must(t, editor.send(path+"/draft", "language", "ru", "version", "1", "body", "Набрано давно"), http.StatusOK, `"overtaken":true`)
		if v := versionField.FindStringSubmatch(editor.get(path).Body.String()); v == nil || v[1] != "1" {
			t.Errorf("the old draft goes on from version %v", v)
		}
		discarded := must(t, editor.send(path, "body.ru", "Набрано давно", "version.ru", "1", "step", "discard.ru"), http.StatusOK, "Вторая версия моего текста.")
		if strings.Contains(discarded, "Набрано давно") {
			t.Error("what was discarded is still there")
		}
		must(t, editor.send(path+"/draft", "language", "de", "body", "x"), http.StatusUnprocessableEntity)

		// versions
		must(t, editor.get(path+"/versions?language=ru&from=1&to=4"), http.StatusOK, "<del>", "<ins>")
		must(t, editor.get(path+"/versions?language=ru&from=9"), http.StatusNotFound)
		must(t, editor.send(path+"/versions", "language", "ru", "version", "4", "earlier", "1"), http.StatusSeeOther)
		if text := o.text("objective-05", "ru"); text.Body != "Первая версия текста." || text.Version != 5 {
			t.Errorf("restored is %+v", text)
		}
		must(t, editor.send(path+"/versions", "language", "ru", "version", "4", "earlier", "3"), http.StatusConflict)

		// discussions
		must(t, o.coordinator.send(path+"/comments", "language", "ru", "paragraph", "1", "comment", "Откуда это?"), http.StatusSeeOther)
		must(t, o.coordinator.send(path+"/comments", "language", "ru", "paragraph", "1", "comment", " "), http.StatusUnprocessableEntity, `id="comment-ru-error"`)
		must(t, o.coordinator.send(path+"/comments", "language", "ru", "paragraph", "7", "comment", "Где?"), http.StatusUnprocessableEntity, "Где?")
		must(t, o.auditor.send(path+"/comments", "language", "ru", "paragraph", "1", "comment", "Откуда это?"), http.StatusForbidden)
		page := must(t, editor.get(path), http.StatusOK, "Откуда это?")
		thread := regexp.MustCompile(`/work/reviews/2029/comments/\d+`).FindString(page)
		must(t, editor.send(thread, "comment", "Из отчёта"), http.StatusSeeOther)
		must(t, editor.send(thread, "step", "close"), http.StatusSeeOther)
		must(t, editor.get(path), http.StatusOK, "Из отчёта", `class="closed"`, `value="open"`)
	})
}

// text is a text of the review of 2029 as it is saved.
func (o *office) text(section, lang string) *reports.ReviewSection {
	o.t.Helper()
	r, err := o.app.site.reports.ReviewByCycle(o.t.Context(), "2029")
	o.must(err)
	return r.Section(section, lang)
}

func TestChangeOfALaidReviewIsConfirmedFirst(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	o.drafted()
	o.must(o.conn.Model(&reports.Review{}).Where("outline <> '[]'").Update("state", reports.Clearance).Error)
	path := "/work/reviews/2029/sections/means"
	must(t, o.editor.get(path), http.StatusOK, `name="void"`)
	must(t, o.editor.send(path, "body.ru", "Новый текст", "version.ru", "0", "step", "save"), http.StatusUnprocessableEntity, `id="void-error"`, "Новый текст")
	must(t, o.editor.send(path, "body.ru", "Новый текст", "version.ru", "0", "step", "save", "void", "1"), http.StatusSeeOther)
	r, err := o.app.site.reports.ReviewByCycle(t.Context(), "2029")
	if err != nil || r.State != reports.Drafting {
		t.Errorf("the review is %s, %v", r.State, err)
	}
}

func TestReviewAtWorkReachesOnlyThoseWhoWorkOnIt(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	o.drafted()
	for _, c := range []*client{o.partner, o.contributor, person(t, o.app, "", auth.Admin)} {
		for _, path := range []string{"/work/reviews", "/work/reviews/2029", "/work/reviews/2029/outline", "/work/reviews/2029/sections/means", "/work/reviews/2029/sections/means/versions"} {
			must(t, c.get(path), http.StatusForbidden)
		}
	}
	for _, path := range []string{"/kk/", "/kk/reviews", "/kk/reviews/2029", "/reviews/2029/kk.pdf", "/kk/search?q=жарияланбаған+мәтін", "/api/v1/reviews", "/api/v1/reviews/2029", "/kk/timeline", "/kk/reviews/2029/builds/kk-full", "/kk/lately"} {
		if w := get(o.app, path); strings.Contains(w.Body.String(), "zqreview") || strings.Contains(path, "2029") && w.Code != http.StatusNotFound {
			t.Errorf("the public reads of it on %s, which answers %d", path, w.Code)
		}
	}
	if w := post(o.app, "/kk/reviews/2029/builds", "language=kk&profile=full"); w.Code < 400 {
		t.Errorf("the public has it built: %d", w.Code)
	}
}

func TestTextsOfAReviewStayTexts(t *testing.T) {
	t.Parallel()
	o := officeOf(t, country.SQLite(t))
	o.drafted()
	path := "/work/reviews/2029/sections/means"
	for _, at := range []string{"/work/reviews", "/work/reviews/2029", "/work/reviews/2029/outline", path, path + "/versions?language=kk&from=1", "/work/reviews/2029/sections/own-1", "/work/notices"} {
		staysText(t, at, must(t, o.editor.get(at), http.StatusOK))
	}
	for _, body := range []string{breakout, "[a](javascript:zqx)" + breakout, "# " + breakout, "- " + breakout, "a[^1]\n\n[^1]: " + breakout, "![zqx](x onzqx=1)" + breakout, "<zqx>", "{{figure indicator:x" + breakout, "```\n" + breakout, "<" + "https://zqx" + breakout + ">", "**" + breakout + "**", "> " + breakout, "[a]: javascript:zqx\n\n[a]" + breakout} {
		staysText(t, "the preview", must(t, o.editor.send(path+"/preview", "language", "kk", "body", body), http.StatusOK))
		staysText(t, "the page", must(t, o.editor.send(path, "body.kk", body, "version.kk", "1", "step", "preview"), http.StatusOK))
		staysText(t, "the clash", must(t, o.editor.send(path, "body.kk", body+" x", "version.kk", "1", "step", "save"), http.StatusConflict))
		staysText(t, "the comment", must(t, o.editor.send(path+"/comments", "language", "kk", "paragraph", "99", "comment", body), http.StatusUnprocessableEntity))
	}
}
