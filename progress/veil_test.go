package progress_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

func TestPartnerReadsNoFiguresThatMayBeHidden(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		in, out := figure("2025", 3), figure("2025", 77123)
		in.Breakdown, out.Breakdown = "flow=in", "flow=out"
		in.Note = i18n.Text{"kk": "77123"}
		e, err := h.Start(t.Context(), h.contributor, "2026", progress.KindValues, "arrivals", "")
		h.must(err)
		e, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, progress.Content{Values: &progress.Values{Rows: []progress.Figure{in, out}}})
		h.must(err)
		e = h.bring(e, objectives.Accepted)
		for _, c := range []struct {
			by    auth.Actor
			reads bool
		}{{h.partner, false}, {h.coordinator, true}, {h.auditor, true}} {
			read, err := h.Entry(t.Context(), c.by, e.Code)
			h.must(err)
			compared, err := h.Compare(t.Context(), c.by, e.Code)
			h.must(err)
			history, err := h.History(t.Context(), c.by, e.Code, 0, 100)
			h.must(err)
			for what, of := range map[string]any{"entry": read, "comparison": compared, "history": history} {
				text, err := json.Marshal(of)
				h.must(err)
				if strings.Contains(string(text), "77123") != c.reads {
					t.Errorf("%s reads the %s: %v", c.by.Name, what, !c.reads)
				}
			}
		}
	})
}
