package reports_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

func TestReviewAndSectionsAreReplacedByTheirNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := reports.NewStore(db)
		cycle := progress.Cycle{Code: "2022", Name: i18n.Text{"kk": "2022 жылғы шолу"}, Cutoff: "2021-12-31", CutoffBasis: objectives.Inferred}
		for _, title := range []string{"Шолу", "Екінші шолу"} {
			for _, err := range []error{
				progress.NewStore(db).PutCycles(t.Context(), []progress.Cycle{cycle}),
				store.PutReviews(t.Context(), []reports.Review{{Cycle: cycle, Title: i18n.Text{"kk": title}, State: "drafting"}}),
				store.PutSections(t.Context(), "2022", []reports.ReviewSection{
					{Section: "about", Language: "kk", Body: title, State: "draft"}, {Section: "about", Language: "ru", Body: title, State: "draft"},
				}),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		r, err := store.ReviewByCycle(t.Context(), "2022")
		if err != nil || r.Title["kk"] != "Екінші шолу" || len(r.Sections) != 2 || r.Sections[0].Body != "Екінші шолу" {
			t.Errorf("%+v, %v", r, err)
		}
		cycles, err := progress.NewStore(db).Cycles(t.Context())
		list, listErr := store.Reviews(t.Context())
		if err != nil || listErr != nil || len(cycles) != 1 || len(list) != 1 || list[0].Cycle.Cutoff != "2021-12-31" {
			t.Errorf("%+v, %+v, %v, %v", cycles, list, err, listErr)
		}
	})
}

func TestReviewNeedsItsCycle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := reports.NewStore(db)
		err := store.PutReviews(t.Context(), []reports.Review{{Cycle: progress.Cycle{Code: "2026"}, State: "drafting"}})
		if fault.KindOf(err) != fault.Invalid || err.Error() != "there is no review cycle 2026" {
			t.Errorf("got %v", err)
		}
		err = store.PutSections(t.Context(), "2026", []reports.ReviewSection{{Section: "about", Language: "kk", State: "draft"}})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})
}
