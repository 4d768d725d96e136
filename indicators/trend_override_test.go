package indicators_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

func TestJudgementOfATrendIsOnRecordAndLapses(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := registered(t, conn, "arrivals")
		give(t, conn, "arrivals", map[period.Period]float64{"2020": 100, "2021": 200})
		reason := i18n.Text{"ru": " Изменился охват ", "kk": " "}
		judge := func(seen period.Period, trend indicators.Trend, reason i18n.Text) error {
			return store.OverrideTrend(t.Context(), coordinator, "arrivals", seen, trend, reason)
		}
		assessed := func() indicators.Assessment {
			t.Helper()
			i, err := store.IndicatorByCode(t.Context(), "arrivals")
			if err != nil {
				t.Fatal(err)
			}
			return i.Assess()
		}
		for range 2 { // the second time it says what stands already
			if err := judge("2021", indicators.OnTrack, reason); err != nil {
				t.Fatal(err)
			}
		}
		if a := assessed(); a.Trend != indicators.OnTrack || a.Override.Reason["ru"] != "Изменился охват" || len(a.Override.Reason) != 1 || a.Computed != indicators.NotEnoughData {
			t.Errorf("%+v %+v", a, a.Override)
		}
		if err := judge("2021", indicators.Deteriorating, i18n.Text{"en": "Others left"}); err != nil {
			t.Fatal(err)
		}
		give(t, conn, "arrivals", map[period.Period]float64{"2022": 300})
		if a := assessed(); a.Trend != indicators.NotEnoughData || a.Override != nil {
			t.Errorf("after a newer value: %+v", a)
		}
		if err := judge("2021", indicators.OnTrack, reason); fault.KeyOf(err) != "trend.error.newer" {
			t.Errorf("judged over a newer value: %v", err)
		}
		if err := store.DropOverride(t.Context(), coordinator, "arrivals", "2022"); err != nil {
			t.Fatal(err)
		}
		log, err := audit.List(t.Context(), conn, audit.Filter{Noun: "trend", Limit: 9})
		if err != nil || len(log) != 3 || log[0].After != "" || log[1].After != `{"trend":"deteriorating","period":"2021","reason":{"en":"Others left"}}` || log[2].Before != "" {
			t.Errorf("on record: %+v, %v", log, err)
		}
	})
}

func TestJudgementNeedsAReasonALevelAndACoordinator(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := registered(t, conn, "arrivals")
		err := store.OverrideTrend(t.Context(), coordinator, "arrivals", "", "better", i18n.Text{"kk": " "})
		if problems := fault.ProblemsOf(err); len(problems) != 2 {
			t.Errorf("%v", err)
		}
		somebody := auth.Actor{Who: audit.Who{UserID: 1}, Roles: []auth.Role{auth.Contributor, auth.Auditor, auth.Admin}}
		err = store.OverrideTrend(t.Context(), somebody, "arrivals", "", indicators.OnTrack, i18n.Text{"kk": "Өйткені"})
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%v", err)
		}
	})
}
