package progress_test

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

func TestEntryGoesFromDraftToRelease(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Released)
		if e.Released == nil || e.Released.Progress.Narrative["kk"] != "Жүйе іске қосылды" || e.ReleasedAt == nil || !e.ReleasedAt.Equal(now) {
			t.Errorf("%+v", e)
		}
		lines, n, err := h.Entries(t.Context(), h.visitor, progress.Filter{Text: "ЭЛЕКТРОНДЫҚ"})
		if err != nil || n != 1 || len(lines) != 1 || lines[0].Title["en"] != "Electronic visa" || lines[0].State != objectives.Released || lines[0].Status != objectives.InProgress {
			t.Errorf("the public list is %+v, %d, %v", lines, n, err)
		}
	})
}

func TestOlderVersionIsToldWhatSomebodyElseWrote(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		_, err := h.Save(t.Context(), h.colleague, e.Code, e.Version, full("Басқаша"))
		h.must(err)
		_, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, full("Менше"))
		var clash *progress.Clash
		if !errors.As(err, &clash) || clash.Theirs.Content.Progress.Narrative["kk"] != "Басқаша" || fault.KindOf(err) != fault.Conflict {
			t.Errorf("got %v", err)
		}
	})
}
