package quality_test

import (
	"slices"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

var (
	coordinator = auth.Actor{Who: audit.Who{UserID: 1, Name: "Coordinator"}, Roles: []auth.Role{auth.Coordinator}}
	contributor = auth.Actor{Who: audit.Who{UserID: 2, Name: "Contributor"}, Roles: []auth.Role{auth.Contributor}}
)

// arrivals writes an indicator whose value of 2031 lies ahead.
func arrivals(t *testing.T, db *gorm.DB, value float64) {
	t.Helper()
	store := indicators.NewStore(db)
	row := indicators.Indicator{Code: "arrivals", Name: i18n.Text{"kk": "Келгендер"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released}
	o := indicators.Observation{Period: "2031", Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released}
	if err := store.PutIndicators(t.Context(), []indicators.Indicator{row}); err != nil {
		t.Fatal(err)
	}
	if err := store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: "the test"}, []indicators.Observation{o}); err != nil {
		t.Fatal(err)
	}
}

// blocking runs the checks anew and returns what keeps values from release.
func blocking(t *testing.T, db *gorm.DB) []quality.Finding {
	t.Helper()
	all, err := quality.NewStore(db).Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return quality.Blocking(all)
}

func TestAcceptedFindingStandsUntilItsValueChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		arrivals(t, db, 700)
		open := blocking(t, db)
		if len(open) != 1 || open[0].Rule != "future-period" {
			t.Fatalf("%+v", open)
		}
		store := quality.NewStore(db)
		if err := store.Accept(t.Context(), coordinator, open[0].Mark, " A plan of the programme. "); err != nil {
			t.Fatal(err)
		}
		if left := blocking(t, db); len(left) != 0 {
			t.Errorf("still open: %+v", left)
		}
		all, err := store.Findings(t.Context())
		n := slices.IndexFunc(all, func(f quality.Finding) bool { return f.Rule == "future-period" })
		if err != nil || n < 0 || all[n].Accepted.Reason != "A plan of the programme." || all[n].Accepted.MadeBy != "Coordinator" {
			t.Errorf("%+v, %v", all, err)
		}
		arrivals(t, db, 701)
		if again := blocking(t, db); len(again) != 1 {
			t.Errorf("another value leaves it accepted: %+v", again)
		}
	})
}

func TestAcceptanceIsTakenBackAndBothAreOnRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		arrivals(t, db, 700)
		store, mark := quality.NewStore(db), blocking(t, db)[0].Mark
		if err := store.Accept(t.Context(), coordinator, mark, "A plan."); err != nil {
			t.Fatal(err)
		}
		if err := store.TakeBack(t.Context(), coordinator, mark, "No plan after all."); err != nil {
			t.Fatal(err)
		}
		if left := blocking(t, db); len(left) != 1 {
			t.Errorf("it is not open again: %+v", left)
		}
		var acts []string
		if err := db.Table("audit_entries").Where("noun = 'finding' AND record = 'future-period: arrivals@2031'").Order("seq").Pluck("action", &acts).Error; err != nil || !slices.Equal(acts, []string{"accept", "take_back"}) {
			t.Errorf("on record: %v, %v", acts, err)
		}
	})
}

func TestFindingIsNotAcceptedWithoutRightReasonOrFinding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		arrivals(t, db, 700)
		store, mark := quality.NewStore(db), blocking(t, db)[0].Mark
		for _, c := range []struct {
			actor        auth.Actor
			mark, reason string
			want         fault.Kind
		}{
			{contributor, mark, "A plan.", fault.Forbidden},
			{coordinator, mark, "  ", fault.Invalid},
			{coordinator, "gone", "A plan.", fault.Conflict},
		} {
			if err := store.Accept(t.Context(), c.actor, c.mark, c.reason); fault.KindOf(err) != c.want {
				t.Errorf("%s, %q: %v", c.actor.Name, c.reason, err)
			}
		}
		if err := store.TakeBack(t.Context(), contributor, mark, "x"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("taken back by a contributor: %v", err)
		}
		if err := store.TakeBack(t.Context(), coordinator, mark, "x"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("what nobody accepted is taken back: %v", err)
		}
		if left := blocking(t, db); len(left) != 1 {
			t.Errorf("open: %+v", left)
		}
	})
}
