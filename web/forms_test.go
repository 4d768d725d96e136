package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// askedRound opens the round of 2026, in which the Ministry of Internal Affairs
// is asked about a measure and an indicator, both due on the day before now.
func askedRound(t testing.TB, app *App) {
	t.Helper()
	conn := app.site.DB
	at(conn, now())
	opened := now().AddDate(0, -1, 0)
	round := progress.Cycle{Code: "2026", Name: i18n.Text{"kk": "2026 жылғы кезең"}, Cutoff: "2026-12-31", CutoffBasis: objectives.Stated, Covers: "2026", OpenedAt: &opened}
	coordinator := person(t, app, "", auth.Coordinator)
	if err := conn.Create(&round).Error; err != nil {
		t.Fatal(err)
	}
	for table, code := range map[string]string{"measures": "e-visa", "indicators": "refugees-registered"} {
		r := progress.Request{CycleID: round.ID, Due: "2030-01-01", CreatedBy: coordinator.user.ID, CreatedAt: conn.NowFunc(), AgencyID: idOf(t, conn, "agencies", "mia")}
		id := idOf(t, conn, table, code)
		if table == "measures" {
			r.MeasureID = &id
		} else {
			r.IndicatorID = &id
		}
		if err := conn.Create(&r).Error; err != nil {
			t.Fatal(err)
		}
	}
}

func idOf(t testing.TB, conn *db.DB, table, code string) (id int64) {
	t.Helper()
	if err := conn.Table(table).Where("code = ?", code).Select("id").Take(&id).Error; err != nil {
		t.Fatalf("%s %s: %v", table, code, err)
	}
	return id
}

// sendFile sends a file as the person.
func (c *client) sendFile(path, field, name string, body []byte) *httptest.ResponseRecorder {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
	return c.post(path, b.String(), "Content-Type", w.FormDataContentType())
}

// fill fills cells of a downloaded form in.
func fill(t testing.TB, body []byte, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, value := range cells {
		name, ref, _ := strings.Cut(at, "!")
		if err := f.SetCellValue(name, ref, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const miaForm = "/work/forms.xlsx?round=2026&agency=mia&language=kk"

// drafts returns the contents of all entries.
func drafts(t testing.TB, app *App) (texts []string) {
	t.Helper()
	if err := app.site.DB.Table("entries").Order("id").Pluck("content", &texts).Error; err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestFormGoesOutIsShownAndComesBack(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		askedRound(t, app)
		as := person(t, app, "mia", auth.Contributor)
		w := as.get(miaForm)
		if w.Code != http.StatusOK || w.Header().Get("Content-Disposition") != `attachment; filename="form-2026-mia-kk.xlsx"` || w.Header().Get("Content-Type") != xlsx {
			t.Fatalf("the form answers %d, %v", w.Code, w.Header())
		}
		body := fill(t, w.Body.Bytes(), map[string]any{"Шаралар!E3": "аяқталған", "Шаралар!G3": "Жүйе <b>іске</b> қосылды", "Көрсеткіштер!G3": "1 234,5"})
		w = as.sendFile("/work/forms", "file", "форма.xlsx", body)
		check := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(check, "/work/forms/") {
			t.Fatalf("the upload answers %d to %q: %s", w.Code, check, w.Body)
		}
		page := as.get(check)
		for _, want := range []string{"Жүйе &lt;b&gt;іске&lt;/b&gt; қосылды", "1 234,5", "орындалуда", "Шаралар, G3", `action="` + check + `"`} {
			if !strings.Contains(page.Body.String(), want) && !strings.Contains(page.Body.String(), strings.ReplaceAll(want, "1 234", "1\u00a0234")) {
				t.Errorf("the check does not show %q", want)
			}
		}
		if n := len(drafts(t, app)); n != 0 || page.Code != http.StatusOK {
			t.Errorf("looking wrote %d entries, %d", n, page.Code)
		}
		if w = as.post(check, ""); w.Code != http.StatusSeeOther || len(drafts(t, app)) != 2 {
			t.Errorf("the confirmation answers %d and leaves %v", w.Code, drafts(t, app))
		}
		if body := as.get("/work/forms").Body.String(); !strings.Contains(body, "2 мәлімет жоба ретінде сақталды") {
			t.Error("nothing says that it was saved")
		}
		if w = as.post(check, ""); w.Code != http.StatusNotFound {
			t.Errorf("confirming twice answers %d", w.Code)
		}
		again := as.sendFile("/work/forms", "file", "x.xlsx", body).Header().Get("Location")
		if page := as.get(again).Body.String(); !strings.Contains(page, "Нысан ештеңені өзгертпейді") {
			t.Error("the same form again changes something")
		}
	})
}

func TestBadCellsAreShownAndNothingIsWritten(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		askedRound(t, app)
		as := person(t, app, "mia", auth.Contributor)
		body := fill(t, as.get(miaForm).Body.Bytes(), map[string]any{"Шаралар!E3": "жасалуда", "Шаралар!G3": "Жақсы мәтін", "Көрсеткіштер!G3": "көп"})
		check := as.sendFile("/work/forms", "file", "x.xlsx", body).Header().Get("Location")
		page := as.get(check + "?lang=ru").Body.String()
		for _, want := range []string{"<b>E3</b>", "жасалуда", "Такого значения нет в списке.", "<b>G3</b>", "Это не число.", "Жақсы мәтін"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if w := as.post(check, ""); w.Code != http.StatusUnprocessableEntity || len(drafts(t, app)) != 0 {
			t.Errorf("confirming answers %d and writes %d entries", w.Code, len(drafts(t, app)))
		}
	})
}

func TestChangeMeanwhileIsNotOverwritten(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		askedRound(t, app)
		as, colleague := person(t, app, "mia", auth.Contributor), person(t, app, "mia", auth.Contributor)
		file := as.get(miaForm).Body.Bytes()
		mine := as.sendFile("/work/forms", "file", "x.xlsx", fill(t, file, map[string]any{"Шаралар!G3": "Менікі", "Көрсеткіштер!G3": 5})).Header().Get("Location")
		theirs := colleague.sendFile("/work/forms", "file", "x.xlsx", fill(t, file, map[string]any{"Шаралар!G3": "Оныкі"})).Header().Get("Location")
		if w := colleague.post(theirs, ""); w.Code != http.StatusSeeOther {
			t.Fatalf("the first answers %d", w.Code)
		}
		w := as.post(mine, "")
		if got := strings.Join(drafts(t, app), " "); w.Code != http.StatusUnprocessableEntity || strings.Contains(got, "Менікі") || len(drafts(t, app)) != 1 {
			t.Errorf("answers %d and leaves %s", w.Code, got)
		}
		if !strings.Contains(w.Body.String(), "бағдарламада өзгертілген") {
			t.Error("the page does not say that the entry was changed")
		}
	})
}

func TestFormsAreForThoseWhoseTheyAre(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	askedRound(t, app)
	mia, mfa, coordinator, partner := person(t, app, "mia", auth.Contributor), person(t, app, "mfa", auth.Contributor), person(t, app, "", auth.Coordinator), person(t, app, "", auth.Partner)
	file := fill(t, mia.get(miaForm).Body.Bytes(), map[string]any{"Шаралар!G3": "Құпия жоба"})
	check := mia.sendFile("/work/forms", "file", "x.xlsx", file).Header().Get("Location")
	if w := mia.post(check, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	check = mia.sendFile("/work/forms", "file", "x.xlsx", fill(t, file, map[string]any{"Шаралар!H3": "y"})).Header().Get("Location")
	for what, w := range map[string]*httptest.ResponseRecorder{
		"403 another agency's form":       mfa.get(miaForm),
		"403 a form for a partner":        partner.get(miaForm),
		"403 the page for a partner":      partner.get("/work/forms"),
		"200 any form for a coordinator":  coordinator.get(miaForm),
		"403 an upload of a coordinator":  coordinator.sendFile("/work/forms", "file", "x.xlsx", file),
		"422 a form of another agency":    mfa.sendFile("/work/forms", "file", "x.xlsx", file),
		"404 another's upload":            mfa.get(check),
		"404 another's upload, confirmed": mfa.post(check, ""),
		"404 an unknown round":            mia.get("/work/forms.xlsx?round=1999&agency=mia"),
		"404 an unknown agency":           coordinator.get("/work/forms.xlsx?round=2026&agency=nobody"),
		"422 no file":                     mia.sendFile("/work/forms", "other", "x.xlsx", file),
		"422 a text":                      mia.sendFile("/work/forms", "file", "x.xlsx", []byte("a;b")),
		"413 a file that is too large":    mia.sendFile("/work/forms", "file", "x.xlsx", make([]byte, maxFormFile+1)),
		"400 no form at all":              mia.post("/work/forms", "x", "Content-Type", "multipart/form-data; boundary=x"),
	} {
		if got := fmt.Sprint(w.Code); got != what[:3] {
			t.Errorf("%s answers %s", what[4:], got)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(coordinator.get(miaForm).Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil || strings.Contains(fmt.Sprint(rows), "Құпия") {
			t.Errorf("the coordinator reads a draft on the sheet %s, %v", name, err)
		}
	}
	if body := mfa.sendFile("/work/forms", "file", "x.xlsx", []byte("a;b")).Body.String(); !strings.Contains(body, `id="file-error"`) || !strings.Contains(body, `href="#file"`) {
		t.Error("the problem does not stand beside the field")
	}
}
