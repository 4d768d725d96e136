package progress_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/objectives"
	"gcm/progress"
)

func TestListIsNarrowedByEachFilter(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		progressed := h.brought(objectives.Approved)
		figures, err := h.Start(t.Context(), h.stranger, "2026", progress.KindValues, "arrivals", "")
		h.must(err)
		for name, c := range map[string]struct {
			f    progress.Filter
			want string
		}{
			"the round":             {progress.Filter{Cycle: "2026", Kind: progress.KindProgress}, progressed.Code},
			"another round":         {progress.Filter{Cycle: "2025"}, ""},
			"the agency":            {progress.Filter{Agency: "mfa"}, figures.Code},
			"the state":             {progress.Filter{State: objectives.Approved}, progressed.Code},
			"the status":            {progress.Filter{Status: objectives.InProgress}, progressed.Code},
			"the measure":           {progress.Filter{Measure: "e-visa"}, progressed.Code},
			"the indicator":         {progress.Filter{Indicator: "arrivals"}, figures.Code},
			"who works on it":       {progress.Filter{Assignee: h.contributor.UserID}, progressed.Code},
			"a word of the measure": {progress.Filter{Text: "ВИЗА"}, progressed.Code},
			"a word of the figures": {progress.Filter{Text: "келген"}, figures.Code},
			"a word of none":        {progress.Filter{Text: "%"}, ""},
			"the second page":       {progress.Filter{Limit: 1, Offset: 1, Kind: progress.KindProgress}, ""},
		} {
			lines, n, err := h.Entries(t.Context(), h.auditor, c.f)
			got := ""
			if len(lines) > 0 {
				got = lines[0].Code
			}
			if err != nil || got != c.want || len(lines) > 1 || c.want != "" && n != 1 {
				t.Errorf("by %s: %q of %d, want %q, %v", name, got, n, c.want, err)
			}
		}
	})
}

func TestLatestChangedComesFirst(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		first := h.started()
		freeze(db, now.Add(time.Hour))
		_, err := h.Start(t.Context(), h.contributor, "2026", progress.KindProgress, "hotline", "")
		h.must(err)
		freeze(db, now.Add(2*time.Hour))
		_, err = h.Save(t.Context(), h.contributor, first.Code, first.Version, full("Кейінгі"))
		h.must(err)
		for _, who := range []auth.Actor{h.contributor, h.auditor} {
			lines, n, err := h.Entries(t.Context(), who, progress.Filter{})
			if err != nil || n != 2 || lines[0].Code != first.Code || lines[0].UpdatedAt == nil {
				t.Errorf("%+v, %v", lines, err)
			}
		}
	})
}
