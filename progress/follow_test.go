package progress_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

func TestUnfinishedWorkFollowsAnAgencyToItsSuccessor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		ctx := t.Context()
		_, err := h.Ask(ctx, h.coordinator, "2026", []progress.Ask{
			{Agency: "mia", Measure: "e-visa", Due: "2027-01-15"}, {Agency: "mia", Indicator: "arrivals", Due: "2027-01-15"},
		})
		h.must(err)
		begun := h.brought(objectives.Submitted)
		_, err = objectives.NewStore(db).AgencyRegister(progress.FollowAgency).Succeed(ctx, h.coordinator, "mia", "moi",
			objectives.AgencyContent{Name: i18n.Text{"en": "Ministry of the Interior"}, Kind: "ministry"}, "Decree 1")
		h.must(err)
		var moved progress.Entry
		h.must(db.Where("code = ?", begun.Code).Take(&moved).Error)
		if moved.AgencyID == begun.AgencyID || moved.Version != begun.Version+1 {
			t.Errorf("the entry stands at agency %d in version %d", moved.AgencyID, moved.Version)
		}
		list, n, err := h.Requests(ctx, h.coordinator, progress.Filter{Agency: "moi"})
		if err != nil || n != 2 || list[0].Entry == "" && list[1].Entry == "" {
			t.Errorf("%d requests, %+v, %v", n, list, err)
		}
	})
}

func TestReleasedEntryStaysUnderTheNameOfItsTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		released := h.brought(objectives.Released)
		_, err := objectives.NewStore(db).AgencyRegister(progress.FollowAgency).Succeed(t.Context(), h.coordinator, "mia", "moi",
			objectives.AgencyContent{Name: i18n.Text{"en": "Ministry of the Interior"}, Kind: "ministry"}, "Decree 1")
		h.must(err)
		var now progress.Entry
		h.must(db.Where("code = ?", released.Code).Take(&now).Error)
		if now.AgencyID != released.AgencyID || now.Version != released.Version {
			t.Errorf("the entry moved to agency %d", now.AgencyID)
		}
	})
}
