package desk_test

import (
	"slices"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
	"gcm/reports/desk"
)

var title = i18n.Text{"kk": "Шолу", "ru": "Обзор", "en": "Review"}

func (h *house) review(cycle string) reports.Review {
	h.t.Helper()
	r, err := h.stores.Reviews.ReviewByCycle(h.t.Context(), cycle)
	h.must(err)
	return r
}

func TestReviewBeginsOnceForACycleAndHidden(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		h.must(progress.NewStore(h.db).PutCycles(ctx, []progress.Cycle{{Code: "2030", Name: i18n.Text{"kk": "2030"}, Cutoff: "2030-12-31", CutoffBasis: objectives.Stated}}))
		own := reports.OutlineItem{Title: i18n.Text{"kk": "Өңірлер", "ru": "Регионы", "en": "Regions"}}
		h.must(h.SetFrame(ctx, h.editor, "2026", 1, desk.Frame{Title: title, Outline: reports.Outline{{Section: "means"}, own}}))

		_, err := h.Begin(ctx, h.coordinator, "2030", desk.Beginning{Title: title})
		h.refused(err, fault.Forbidden)
		_, err = h.Begin(ctx, h.editor, "2026", desk.Beginning{Title: title})
		h.refused(err, fault.Conflict)
		_, err = h.Begin(ctx, h.editor, "2040", desk.Beginning{Title: title})
		h.refused(err, fault.NotFound)
		_, err = h.Begin(ctx, h.editor, "2030", desk.Beginning{Title: i18n.Text{"kk": "Шолу"}, Lead: "de"})
		if p := fault.ProblemsOf(err); len(p) != 3 || p[0].Field != "title.ru" || p[2].Field != "lead" {
			t.Errorf("got %v", err)
		}
		r, err := h.Begin(ctx, h.editor, "2030", desk.Beginning{Title: title, Lead: "ru", Like: "2026"})
		h.must(err)
		if r.Shown || r.State != reports.Drafting || r.Lead([]string{"kk"}) != "ru" || len(r.Outline) != 2 || r.Outline[1].Section != "own-1" {
			t.Errorf("it begins as %+v", r)
		}
	})
}

func TestOutlineIsChangedOverTheVersionThatWasRead(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		h.wrote(kk, "Мәтін")
		set := func(who auth.Actor, version int, items ...reports.OutlineItem) error {
			return h.SetFrame(ctx, who, "2026", version, desk.Frame{Title: title, Outline: items})
		}
		own := reports.OutlineItem{Title: title, Brief: i18n.Text{"kk": "Не жазу керек"}}
		h.must(set(h.editor, 1, own, reports.OutlineItem{Section: "means"}, own))
		r := h.review("2026")
		if got := r.TextSections(); !slices.Equal(got, []string{"own-1", "means", "own-2"}) || r.Version != 2 {
			t.Errorf("the sections are %v at version %d", got, r.Version)
		}
		at := desk.Place{Section: "own-2", Language: "kk"}
		h.wrote(at, "Өз бөлімім")
		h.refused(set(h.second, 1, own), fault.Conflict)
		h.refused(set(h.coordinator, 2, own), fault.Forbidden)
		for _, wrong := range [][]reports.OutlineItem{nil, {{Section: "means"}, {Section: "means"}}, {{Section: "other"}}, {{Section: "own-1"}}, {{Section: "own-0", Title: title}}} {
			h.refused(set(h.editor, 2, wrong...), fault.Invalid)
		}
		h.must(set(h.editor, 2, reports.OutlineItem{Section: "environment"}))
		h.must(set(h.editor, 3, own, reports.OutlineItem{Section: "means"}))
		r = h.review("2026")
		if r.Outline[0].Section != "own-3" {
			t.Errorf("a new section is named %s and finds the text of an older one", r.Outline[0].Section)
		}
		if text := r.Section("means", "kk"); text == nil || text.Body != "Мәтін" {
			t.Error("a section that is put back has lost its text")
		}
		h.must(set(h.editor, 4, reports.UsualOutline...))
		if r = h.review("2026"); len(r.Outline) != 0 {
			t.Errorf("the usual outline is kept as %v", r.Outline)
		}
		h.must(set(h.editor, 5, reports.UsualOutline...))
		if again := h.review("2026"); again.Version != 5 {
			t.Errorf("the same again makes version %d", again.Version)
		}
	})
}
