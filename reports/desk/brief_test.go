package desk_test

import (
	"slices"
	"testing"

	"gcm/internal/fault"
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
