package desk_test

import (
	"strings"
	"testing"

	"gcm/internal/audit"
	"gcm/internal/fault"
	"gcm/reports"
	"gcm/reports/desk"
)

func TestEachTextKeepsItsVersions(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.wrote(kk, "Бірінші.")
		second := h.wrote(kk, "Екінші.")
		if same := h.wrote(kk, "Екінші.\r\n"); same.Version != second.Version {
			h.t.Errorf("the same text is version %d", same.Version)
		}
		list, err := h.Versions(ctx, h.auditor, "2026", kk)
		if err != nil || len(list) != 2 || list[0].Body != "Екінші." || list[1].Body != "Бірінші." || list[1].ChangedBy != "ilyas" {
			h.t.Errorf("%+v, %v", list, err)
		}
		back, err := h.RestoreText(ctx, h.second, "2026", kk, second.Version, 1)
		if err != nil || back.Body != "Бірінші." || back.Version != 3 || back.ChangedBy != "aliya" {
			h.t.Errorf("%+v, %v", back, err)
		}
		acts, err := audit.List(ctx, h.db, audit.Filter{Noun: "review_text", Record: "2026.means.kk", Limit: 10})
		if err != nil || len(acts) != 3 {
			h.t.Errorf("%d acts are on record, %v", len(acts), err)
		}
	})
}

func TestTextThatAPackBroughtIsItsFirstVersion(t *testing.T) {
	each(t, func(h *house) {
		h.must(h.stores.Reviews.PutSections(h.t.Context(), "2026", []reports.ReviewSection{{Section: "means", Language: "kk", Body: "Топтамадан.", State: reports.Draft}}))
		h.wrote(kk, "Өзгертілді.")
		list, err := h.Versions(h.t.Context(), h.editor, "2026", kk)
		if err != nil || len(list) != 2 || list[1].Body != "Топтамадан." {
			h.t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestSecondWriterOfATextIsTold(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		first := h.wrote(kk, "Бірінші.")
		h.wrote(kk, "Екінші.")
		_, err := h.SaveText(ctx, h.second, "2026", kk, first.Version, "Үшінші.")
		if !clashes(err) || fault.KindOf(err) != fault.Conflict || errClash.Theirs.Body != "Екінші." {
			h.t.Errorf("got %v", err)
		}
		_, err = h.SaveText(ctx, h.second, "2026", kk, 0, "Төртінші.")
		if !clashes(err) {
			h.t.Errorf("a text of today is written over by who saw none: %v", err)
		}
	})
}

func TestOnlyEditorsWriteTexts(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		for _, actor := range []struct{ who string }{{"coordinator"}, {"contributor"}, {"partner"}, {"admin"}, {"auditor"}, {"signatory"}} {
			_, err := h.SaveText(ctx, h.named(actor.who), "2026", kk, 0, "Сөз.")
			h.refused(err, fault.Forbidden)
			h.refused(h.KeepDraft(ctx, h.named(actor.who), "2026", kk, 0, "Сөз."), fault.Forbidden)
		}
		_, err := h.Versions(ctx, h.contributor, "2026", kk)
		h.refused(err, fault.Forbidden)
		_, err = h.SaveText(ctx, h.editor, "2026", desk.Place{Section: "nowhere", Language: "kk"}, 0, "Сөз.")
		h.refused(err, fault.NotFound)
		_, err = h.SaveText(ctx, h.editor, "2026", desk.Place{Section: "means", Language: "de"}, 0, "Wort.")
		h.refused(err, fault.NotFound)
		_, err = h.SaveText(ctx, h.editor, "1999", kk, 0, "Сөз.")
		h.refused(err, fault.NotFound)
		_, err = h.SaveText(ctx, h.editor, "2026", kk, 0, "\xff")
		h.refused(err, fault.Invalid)
	})
}

func TestTranslationIsOutdatedUntilSomebodyHoldsItAgainstTheLeadingText(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.wrote(kk, "Бірінші.")
		h.wrote(ru, "Первый.")
		outdated := func() bool {
			r, err := h.stores.Reviews.ReviewByCycle(ctx, "2026")
			h.must(err)
			return r.Outdated(*r.Section("means", "ru"), "kk")
		}
		if outdated() {
			h.t.Error("a new translation is outdated")
		}
		h.wrote(kk, "Өзгертілген бірінші.")
		if !outdated() {
			h.t.Error("a translation of what was changed since is not outdated")
		}
		text, err := h.SetTextState(ctx, h.second, "2026", ru, 1, reports.Checked)
		if err != nil || text.State != reports.Checked || outdated() {
			h.t.Errorf("%+v, %v", text, err)
		}
		if text = h.wrote(ru, "Изменённый первый."); text.State != reports.Draft {
			h.t.Errorf("a changed text stays %s", text.State)
		}
		_, err = h.SetTextState(ctx, h.second, "2026", ru, 1, reports.Cleared)
		if !clashes(err) {
			h.t.Errorf("another text than the one that was read is cleared: %v", err)
		}
		_, err = h.SetTextState(ctx, h.second, "2026", en, 0, reports.Checked)
		h.refused(err, fault.Conflict)
	})
}

func TestDraftIsItsAuthorsUntilItIsSaved(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.must(h.KeepDraft(ctx, h.editor, "2026", kk, 0, "Жартылай"))
		h.must(h.KeepDraft(ctx, h.editor, "2026", kk, 0, "Жартылай жазылған"))
		mine, err := h.DraftOf(ctx, h.editor, "2026", kk)
		if err != nil || mine == nil || mine.Body != "Жартылай жазылған" {
			h.t.Errorf("%+v, %v", mine, err)
		}
		if theirs, err := h.DraftOf(ctx, h.second, "2026", kk); err != nil || theirs != nil {
			h.t.Errorf("%+v, %v", theirs, err)
		}
		h.wrote(kk, "Жартылай жазылған.")
		if left, err := h.DraftOf(ctx, h.editor, "2026", kk); err != nil || left != nil {
			h.t.Errorf("%+v is left, %v", left, err)
		}
	})
}

func TestTextThatIsTooLongIsRefused(t *testing.T) {
	each(t, func(h *house) {
		long := strings.Repeat("ә", 50_001)
		_, err := h.SaveText(t.Context(), h.editor, "2026", kk, 0, long)
		h.refused(err, fault.Invalid)
		h.refused(h.KeepDraft(t.Context(), h.editor, "2026", kk, 0, long), fault.Invalid)
		h.wrote(kk, long[:100_000])
	})
}
