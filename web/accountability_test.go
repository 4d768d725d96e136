package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gcm/internal/auth"
)

func TestAccountabilityIsShownAndSentWithoutAWordOfADraft(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		askedRound(t, app)
		mia, as := person(t, app, "mia", auth.Contributor), person(t, app, "", auth.Coordinator)
		file := fill(t, mia.get(miaForm).Body.Bytes(), map[string]any{"Шаралар!G3": "Құпия жоба"})
		if w := mia.post(mia.sendFile("/work/forms", "file", "x.xlsx", file).Header().Get("Location"), ""); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code)
		}
		for path, wants := range map[string][]string{
			"/work/accountability":             {"ІІМ", `<th scope="row">`, `class="state draft">1<`, "Барлық мақсатқа ортақ шаралар", `aria-current="page"`},
			"/work/accountability/timeliness":  {"Ішкі істер министрлігі", `class="state overdue">2<`, "Кезеңдер бойынша"},
			"/work/accountability/white-spots": {"Көрсеткіші жоқ шаралар", "/kk/objectives/", "Табылғаны: 1, қаралғаны: 2"},
		} {
			w := as.get(path)
			for _, want := range wants {
				if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
					t.Errorf("%s answers %d without %q", path, w.Code, want)
				}
			}
			if strings.Contains(w.Body.String(), "Құпия") {
				t.Errorf("%s tells a draft", path)
			}
			if w := as.get(path + "?round=1999"); w.Code != http.StatusNotFound {
				t.Errorf("an unknown round answers %d", w.Code)
			}
		}
		for part, want := range map[string]string{"matrix": "Барлық мақсатқа ортақ шаралар", "timeliness": "Барлық органдар", "white_spots": "Көрсеткіші жоқ шаралар"} {
			w := as.get("/work/accountability.xlsx?round=2026&part=" + part)
			f, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
			if err != nil {
				t.Fatalf("%s answers %d: %v", part, w.Code, err)
			}
			rows, err := f.GetRows(f.GetSheetName(0))
			if text := fmt.Sprint(rows); err != nil || !strings.Contains(text, want) || strings.Contains(text, "Құпия") {
				t.Errorf("%s has %d rows without %q, %v", part, len(rows), want, err)
			}
			_ = f.Close()
		}
		if w := as.get("/work/accountability.xlsx?round=2026&part=other"); w.Code != http.StatusNotFound {
			t.Errorf("an unknown part answers %d", w.Code)
		}
	})
}

func TestAccountabilityWithoutARoundSaysSo(t *testing.T) {
	app := bare(t)
	as := person(t, app, "", auth.Coordinator)
	for _, tab := range accountabilityParts {
		if w := as.get(tab.path); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Есептілік кезеңдері әлі жоқ") {
			t.Errorf("%s answers %d", tab.path, w.Code)
		}
	}
}
