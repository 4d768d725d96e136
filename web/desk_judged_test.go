package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/reports/desk"
)

func TestReviewIsJudgedCheckedAndItsFiguresConfirmedThroughItsPages(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		tick := now()
		db.NowFunc = func() time.Time { tick = tick.Add(time.Second); return tick }
		o.drafted()
		editor, outsider := o.drafter(), person(t, o.app, "mia", auth.Contributor)
		base := "/work/reviews/2029"
		for _, path := range []string{"/check", "/figures", "/figures.json?q=e&lang=en", "/assessments", "/assessments/5", "/promises", "/promises/new"} {
			must(t, outsider.get(base+path), http.StatusForbidden)
			must(t, o.coordinator.get(base+path), http.StatusOK)
		}

		// assessments
		must(t, editor.send(base+"/assessments/5", "version", "0", "level", "meets", "reason.kk", "Себеп"), http.StatusForbidden)
		must(t, o.coordinator.send(base+"/assessments/5", "version", "0", "level", "splendid", "evidence", "measure"), http.StatusUnprocessableEntity, `id="evidence-error"`)
		must(t, o.coordinator.send(base+"/assessments/5", "version", "0", "level", "splendid"), http.StatusUnprocessableEntity, `id="level-error"`, `id="reason.kk-error"`)
		must(t, o.coordinator.send(base+"/assessments/5", "version", "0", "level", "meets", "reason.kk", "Виза"+breakout, "evidence", "measure:e-visa; "), http.StatusSeeOther)
		must(t, o.coordinator.send(base+"/assessments/5", "version", "0", "level", "fully_meets", "reason.kk", "Басқа"), http.StatusConflict, "Виза", "Басқа")
		must(t, editor.get(base+"/assessments?lang=en"), http.StatusOK, "●●●○", "Meets")
		must(t, editor.get(base+"/assessments/5?lang=en"), http.StatusOK, "measure:e-visa")
		for _, number := range []string{"0", "24", "05", "x"} {
			must(t, editor.get(base+"/assessments/"+number), http.StatusNotFound)
		}

		// promises, and what became of those of the review before
		must(t, o.coordinator.send(base+"/promises/new", "text.kk", "", "due", "soon", "objective", "24", "agency", "nobody"), http.StatusUnprocessableEntity, `id="due-error"`, `id="objective-error"`, `id="agency-error"`)
		must(t, o.coordinator.send(base+"/promises/new", "text.kk", ""), http.StatusUnprocessableEntity, `id="text.kk-error"`)
		must(t, o.coordinator.send(base+"/promises/new", "text.kk", "Бірыңғай терезе"+breakout, "due", "2031-06", "objective", "5", "agency", "mia"), http.StatusSeeOther)
		must(t, o.coordinator.send("/work/reviews/2022/promises/new", "text.kk", "Тіркелім"), http.StatusSeeOther)
		must(t, o.coordinator.get(base+"/promises"), http.StatusOK, "Бірыңғай терезе", "Тіркелім", base+"/promises/2022-1")
		must(t, editor.get(base+"/check?lang=en"), http.StatusOK, "Promise 2022-1", "Missing translation", base+"/sections/means#text-ru")
		must(t, o.coordinator.send(base+"/promises/2022-1", "version", "0", "outcome", "kept", "note.kk", "Ашылды"), http.StatusSeeOther)
		if body := must(t, editor.get(base+"/check?lang=en"), http.StatusOK); strings.Contains(body, "Promise 2022-1") {
			t.Error("the check does not see what became of the promise")
		}
		must(t, o.coordinator.send(base+"/promises/2029-1", "version", "1", "step", "drop"), http.StatusSeeOther)
		must(t, o.coordinator.get(base+"/promises/2029-1"), http.StatusNotFound)

		// figures
		var found struct{ Figures []map[string]string }
		if err := json.Unmarshal([]byte(must(t, editor.get(base+"/figures.json?lang=en&q="+url.QueryEscape("refugees 2017")), http.StatusOK)), &found); err != nil || len(found.Figures) == 0 {
			t.Fatalf("%v, %v", found, err)
		}
		directive := "{{figure indicator:refugees-registered@2017}}"
		if !slices.ContainsFunc(found.Figures, func(f map[string]string) bool {
			return f["directive"] == directive && strings.HasPrefix(f["printed"], "608")
		}) {
			t.Errorf("%v", found)
		}
		for _, query := range []string{"q=e&lang=de", "q=%FF&lang=en", "q=" + strings.Repeat("e", 300) + "&lang=en"} {
			must(t, editor.get(base+"/figures.json?"+query), http.StatusUnprocessableEntity)
		}
		at := desk.Place{Section: "environment", Language: "en"}
		_, err := o.app.site.desk.SaveText(t.Context(), o.as(editor), "2029", at, 0, "They were "+directive+". Others were 371.")
		o.must(err)
		must(t, editor.get(base+"/figures?lang=en"), http.StatusOK, "371", "indicator:refugees-registered@2021-09-01")
		o.must(db.Exec("UPDATE observations SET value = 700 WHERE value = 608").Error)
		page := must(t, editor.get(base+"/figures?lang=en"), http.StatusOK, "<del>608", "<ins>700")
		must(t, editor.send(base+"/figures", "figure", "environment|en|"+directive+"|608\u00a0people"), http.StatusConflict)
		must(t, editor.send(base+"/figures", "figure", "nothing"), http.StatusUnprocessableEntity)
		must(t, editor.send(base+"/figures", "figure", valuesOf(t, page).Get("figure")), http.StatusSeeOther)
		if strings.Contains(must(t, editor.get(base+"/figures?lang=en"), http.StatusOK), "<del>608") {
			t.Error("a confirmed figure is still flagged")
		}
	})
}
