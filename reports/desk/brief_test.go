package desk_test

import (
	"slices"
	"strings"
	"testing"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

func TestNotesForARoundTableVoidNoSignatureAndAreWrittenAtAnyTime(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.signedOff()
		at := desk.Place{"brief-2", "kk"}
		_, err := h.SaveText(ctx, h.signatoryMIA, "2026", at, 0, "Сөз")
		h.refused(err, fault.Forbidden)
		_, err = h.SaveText(ctx, h.editor, "2026", desk.Place{"brief-5", "kk"}, 0, "Сөз")
		h.refused(err, fault.NotFound)
		text, err := h.SaveText(ctx, h.editor, "2026", at, 0, "Құрметті төраға, {{figure indicator:no-such@2020}}")
		if err != nil || text.Version != 1 || h.state() != reports.SignedOff {
			h.t.Fatalf("%+v, %s, %v", text, h.state(), err)
		}
		if text, err = h.SetTextState(ctx, h.editor, "2026", at, 1, reports.Cleared); err != nil || text.State != reports.Cleared || h.state() != reports.SignedOff {
			h.t.Errorf("%+v, %s, %v", text, h.state(), err)
		}
		list, err := h.Versions(ctx, h.editor, "2026", at)
		if err != nil || len(list) != 2 {
			h.t.Errorf("%d versions, %v", len(list), err)
		}
		found, err := h.Check(ctx, "2026")
		h.must(err)
		for _, rule := range []string{"brief-unresolved", "brief-untranslated"} {
			if !slices.ContainsFunc(found, func(f desk.Finding) bool {
				return f.Rule == rule && f.Section == "brief-2" && f.Severity == desk.Advisory
			}) {
				h.t.Errorf("%s finds nothing", rule)
			}
		}
		if blocks := desk.Block(found); slices.ContainsFunc(blocks, func(f desk.Finding) bool { return f.Section == "brief-2" }) {
			h.t.Errorf("the notes keep the review from its bodies: %+v", blocks)
		}
	})
}

func TestFigureInNotesAndAnswersIsFlaggedWhenItsValueChangesAndBlocksNothing(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.signedOff()
		notes := desk.Place{Section: "brief-2", Language: "kk"}
		_, err := h.SaveText(ctx, h.editor, "2026", notes, 0, "Саны: "+arrivals+".")
		h.must(err)
		_, err = h.Publish(ctx, h.editor, "2026", "", "gcm", press)
		h.must(err)
		h.observe(27500)
		found, err := h.Check(ctx, "2026")
		h.must(err)
		i := slices.IndexFunc(found, func(f desk.Finding) bool { return f.Rule == "beside-changed" })
		p, _ := i18n.New("en")
		if i < 0 || found[i].Section != "brief-2" || found[i].Severity != desk.Advisory || !strings.Contains(found[i].Message(p), "27") || len(h.found("changed-figure")) != 0 {
			h.t.Fatalf("%+v", found)
		}
		list, err := h.Readings(ctx, h.editor, "2026")
		if err != nil || len(list) != 1 || !list[0].Changed() {
			h.t.Fatalf("%+v, %v", list, err)
		}
		seen := desk.Seen{Place: notes, Reference: arrivals, Printed: list[0].Now}
		h.refused(h.ConfirmFigures(ctx, h.editor, "2026", []desk.Seen{seen, {Place: kk, Reference: arrivals, Printed: list[0].Now}}), fault.Conflict)
		h.must(h.ConfirmFigures(ctx, h.editor, "2026", []desk.Seen{seen})) // also of a published review
		if len(h.found("beside-changed")) != 0 || h.state() != reports.Published {
			h.t.Error("a confirmed figure stays flagged, or the review does not stand")
		}
	})
}
