package progress_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

func TestUnfinishedWorkFollowsAnAgencyToItsSuccessor(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
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
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
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

func TestUnfinishedWorkFollowsAMergedMeasureAndIndicator(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		ctx := t.Context()
		ask := []progress.Ask{{Agency: "mia", Measure: "e-visa", Due: "2027-01-15"}, {Agency: "mia", Indicator: "arrivals", Due: "2027-01-15"}, {Agency: "mfa", Measure: "e-visa", Due: "2027-01-15"}, {Agency: "mfa", Measure: "hotline", Due: "2027-01-15"}}
		_, err := h.Ask(ctx, h.coordinator, "2026", ask)
		h.must(err)
		begun := h.brought(objectives.Submitted)
		other := indicators.Indicator{Code: "border", Name: i18n.Text{"kk": "Шекара"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released}
		h.must(indicators.NewStore(db).PutIndicators(ctx, []indicators.Indicator{other}))
		h.must(objectives.NewStore(db).MeasureRegister(progress.FollowMeasure).Merge(ctx, h.coordinator, "e-visa", "hotline", "The same"))
		h.must(indicators.NewStore(db).Register(progress.FollowIndicator).Merge(ctx, h.coordinator, "arrivals", "border", "The same"))
		moved, err := h.Entry(ctx, h.contributor, begun.Code)
		if err != nil || *moved.MeasureID == *begun.MeasureID || moved.Version != begun.Version+1 {
			t.Errorf("the entry is on measure %d in version %d, %v", *moved.MeasureID, moved.Version, err)
		}
		list, _, err := h.Requests(ctx, h.coordinator, progress.Filter{})
		h.must(err)
		var lines []string
		for _, r := range list {
			lines = append(lines, r.Agency+" "+r.Record+" "+string(r.State))
		}
		if got := strings.Join(lines, ", "); got != "mia hotline submitted, mia border , mfa e-visa , mfa hotline " {
			t.Errorf("asked are %s", got) // the foreign ministry was asked for both
		}
	})
}
