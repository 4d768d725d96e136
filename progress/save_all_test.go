package progress_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// two savings: the first on what may stand there already, the second anew.
func savings(version int) []progress.Saving {
	value := 12.5
	return []progress.Saving{
		{Cycle: "2026", Kind: progress.KindProgress, Record: "e-visa", Version: version, Content: full("Кестеден")},
		{Cycle: "2026", Kind: progress.KindValues, Record: "arrivals", Content: progress.Content{Values: &progress.Values{
			Rows: []progress.Figure{{Period: "2026", Value: &value, Decimals: 1, Qualifier: "exact", Note: i18n.Text{"kk": "ескертпе"}}},
		}}},
	}
}

func TestSeveralEntriesAreSavedTogether(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		refusals, err := h.SaveAll(t.Context(), h.contributor, savings(0))
		if err != nil || refusals != nil {
			t.Fatal(refusals, err)
		}
		lines, n, err := h.Entries(t.Context(), h.contributor, progress.Filter{})
		if err != nil || n != 2 {
			t.Fatalf("%d entries, %v", n, err)
		}
		for _, l := range lines {
			if e, err := h.Entry(t.Context(), h.contributor, l.Code); err != nil || e.State != objectives.Draft || e.Version != 2 || !e.Editors.Has(h.contributor.UserID) {
				t.Errorf("%+v, %v", e, err)
			}
		}
		if n := h.audited(); n != 4 {
			t.Errorf("%d acts are on record, want two starts and two savings", n)
		}
	})
}

// audited counts the acts on record.
func (h *house) audited() (n int64) {
	h.t.Helper()
	h.must(h.db.Model(&audit.Entry{}).Count(&n).Error)
	return n
}

func TestOneRefusalKeepsAllFromBeingSaved(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		_, err := h.Save(t.Context(), h.colleague, e.Code, e.Version, full("Басқаша"))
		h.must(err)
		before := h.audited()
		refusals, err := h.SaveAll(t.Context(), h.contributor, savings(e.Version))
		if err != nil || len(refusals) != 1 || refusals[0].Code != "e-visa" || fault.KindOf(refusals[0].Err) != fault.Conflict {
			t.Errorf("refused %v, %v", refusals, err)
		}
		if _, n, err := h.Entries(t.Context(), h.contributor, progress.Filter{}); err != nil || n != 1 || h.audited() != before {
			t.Errorf("%d entries and %d acts are there afterwards, %v", n, h.audited()-before, err)
		}
		for name, all := range map[string][]progress.Saving{"unknown": {{Cycle: "2026", Kind: progress.KindProgress, Record: "none", Content: full("x")}}, "wrong kind": {{Cycle: "2026", Kind: progress.KindValues, Record: "arrivals", Content: full("x")}}} {
			if refusals, err := h.SaveAll(t.Context(), h.contributor, all); err != nil || len(refusals) != 1 {
				t.Errorf("%s: %v, %v", name, refusals, err)
			}
		}
		if _, err := h.SaveAll(t.Context(), h.coordinator, savings(0)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the coordinator gets %v", err)
		}
	})
}

func TestUploadWaitsAnHourForItsPerson(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		first, err := h.KeepUpload(t.Context(), h.contributor, []byte("бір"))
		h.must(err)
		hash, err := h.KeepUpload(t.Context(), h.contributor, []byte("екі"))
		h.must(err)
		if body, err := h.Upload(t.Context(), h.contributor, hash); err != nil || string(body) != "екі" {
			t.Errorf("%q, %v", body, err)
		}
		gone := func(what, hash string, whose int) {
			t.Helper()
			actor := h.contributor
			if whose == 1 {
				actor = h.colleague
			}
			if _, err := h.Upload(t.Context(), actor, hash); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", what, err)
			}
		}
		gone("replaced", first, 0)
		gone("another's", hash, 1)
		h.must(h.SweepUploads(t.Context()))
		if _, err := h.Upload(t.Context(), h.contributor, hash); err != nil {
			t.Errorf("swept too early: %v", err)
		}
		freeze(db, now.Add(time.Hour))
		gone("too old", hash, 0)
		h.must(h.SweepUploads(t.Context()))
		var left int64
		h.must(db.Model(&progress.Upload{}).Count(&left).Error)
		hash, err = h.KeepUpload(t.Context(), h.contributor, []byte("үш"))
		h.must(err)
		h.must(h.DropUpload(t.Context(), h.contributor))
		gone("dropped", hash, 0)
		if _, err := h.KeepUpload(t.Context(), h.partner, nil); fault.KindOf(err) != fault.Forbidden || left != 0 {
			t.Errorf("a partner gets %v, %d are left", err, left)
		}
	})
}
