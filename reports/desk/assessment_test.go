package desk_test

import (
	"strings"
	"testing"

	"gcm/internal/audit"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// later adds a review of the next cycle.
func (h *house) later() {
	h.t.Helper()
	cycle := progress.Cycle{Code: "2030", Name: i18n.Text{"kk": "2030"}, Cutoff: "2029-12-31", CutoffBasis: objectives.Stated}
	h.must(progress.NewStore(h.db).PutCycles(h.t.Context(), []progress.Cycle{cycle}))
	h.must(h.stores.Reviews.PutReviews(h.t.Context(), []reports.Review{{Cycle: cycle, Title: i18n.Text{"kk": "Шолу", "ru": "Обзор", "en": "Review"}, State: reports.Drafting}}))
}

func judgement(level reports.Level, reason string) reports.Assessment {
	return reports.Assessment{Level: level, Reason: i18n.Text{"kk": reason, "en": reason}, Evidence: reports.References{{Kind: reports.RefMeasure, Code: "e-visa"}}}
}

func TestCoordinatorAssessesAnObjectiveWithAReason(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		_, err := h.Assess(ctx, h.editor, "2026", 5, 0, judgement(reports.Meets, "Виза"))
		h.refused(err, fault.Forbidden)
		_, err = h.Assess(ctx, h.coordinator, "2026", 5, 0, judgement("splendid", ""))
		if problems := fault.ProblemsOf(err); len(problems) != 2 {
			h.t.Errorf("got %v", err)
		}
		_, err = h.Assess(ctx, h.coordinator, "2026", 24, 0, judgement(reports.Meets, "Виза"))
		h.refused(err, fault.NotFound)
		first, err := h.Assess(ctx, h.coordinator, "2026", 5, 0, judgement(reports.Meets, "Виза"))
		if err != nil || first.Version != 1 {
			h.t.Errorf("%+v, %v", first, err)
		}
		_, err = h.Assess(ctx, h.coordinator, "2026", 5, 0, judgement(reports.FullyMeets, "Виза"))
		h.refused(err, fault.Conflict)
		if same, err := h.Assess(ctx, h.coordinator, "2026", 5, 0, judgement(reports.Meets, "Виза")); err != nil || same.Version != 1 {
			h.t.Errorf("the same assessment is version %d, %v", same.Version, err)
		}
		acts, err := audit.List(ctx, h.db, audit.Filter{Noun: "assessment", Record: "2026.5", Limit: 5})
		if err != nil || len(acts) != 1 || !strings.Contains(acts[0].After, "measure:e-visa") {
			h.t.Errorf("%+v, %v", acts, err)
		}
	})
}

func TestLaterReviewComparesAndAccountsForPromises(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		_, err := h.Assess(ctx, h.coordinator, "2026", 5, 0, judgement(reports.PartiallyMeets, "Баяу"))
		h.must(err)
		p, err := h.Promise(ctx, h.coordinator, "2026", 0, reports.Promise{Text: i18n.Text{"kk": "Бірыңғай терезе", "en": "One window"}, Due: "2028"})
		if err != nil || p.Code != "2026-1" {
			h.t.Fatalf("%+v, %v", p, err)
		}
		h.later()
		_, err = h.Assess(ctx, h.coordinator, "2030", 5, 0, judgement(reports.Meets, "Жақсы"))
		h.must(err)
		_, err = h.Account(ctx, h.coordinator, "2026", p.Code, 0, reports.PromiseOutcome{Outcome: reports.Kept, Note: i18n.Text{"en": "Done"}})
		h.refused(err, fault.NotFound) // its own review cannot say it
		_, err = h.Account(ctx, h.coordinator, "2030", p.Code, 0, reports.PromiseOutcome{Outcome: "", Note: nil})
		h.refused(err, fault.Invalid)
		_, err = h.Account(ctx, h.coordinator, "2030", p.Code, 0, reports.PromiseOutcome{Outcome: reports.PartlyKept, Note: i18n.Text{"en": "Opened in two cities", "kk": "Екі қалада ашылды"}})
		h.must(err)
		h.refused(h.DropPromise(ctx, h.coordinator, "2026", p.Code), fault.Conflict)
		doc, err := reports.Compose(ctx, h.stores, "2030", "en", reports.Full)
		h.must(err)
		body, _, err := (&reports.Snapshot{Documents: []reports.Frozen{{Document: doc}}}).Seal()
		h.must(err)
		for _, want := range []string{"Assessment: ●●●○\u00a0Meets", "The assessment is higher now", "What was promised, and what happened", "Opened in two cities", "Partly kept", "Assessment of the objectives"} {
			if !strings.Contains(string(body), want) {
				h.t.Errorf("the review of 2030 does not say %q", want)
			}
		}
		first, err := reports.Compose(ctx, h.stores, "2026", "kk", reports.Full)
		h.must(err)
		if body, _, _ = (&reports.Snapshot{Documents: []reports.Frozen{{Document: first}}}).Seal(); !strings.Contains(string(body), "Осы шолу бойынша міндеттемелер") || strings.Contains(string(body), "Opened in") {
			h.t.Error("the review of 2026 does not print its promise, or prints what came later")
		}
	})
}

func TestAssessmentVoidsSignatures(t *testing.T) {
	each(t, func(h *house) {
		h.signedOff()
		_, err := h.Assess(h.t.Context(), h.coordinator, "2026", 5, 0, judgement(reports.Meets, "Виза"))
		h.must(err)
		sheet, err := h.Sheet(h.t.Context(), h.editor, "2026")
		if err != nil || h.state() != reports.Drafting || len(sheet.Void) != 2 || sheet.Void[0].VoidReason != "assessment.objective-05" {
			h.t.Errorf("%s, %+v, %v", h.state(), sheet.Void, err)
		}
	})
}
