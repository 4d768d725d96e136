package progress_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/progress"
)

const crowd = 50

// together runs do for each of fifty people at once.
func together(do func(i int)) {
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// TestFiftyPeopleBeginAndSaveTheSameEntry: one entry comes of it, each version is
// one person's, and who is late is told whose version there is.
func TestFiftyPeopleBeginAndSaveTheSameEntry(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		people := make([]auth.Actor, crowd)
		for i := range people {
			people[i] = h.person(fmt.Sprint("person", i), "mia", auth.Contributor)
		}
		var mu sync.Mutex
		saved, clashes, codes := 0, 0, map[string]bool{}
		together(func(i int) {
			e, err := h.Start(t.Context(), people[i], "2026", progress.KindProgress, "e-visa", "")
			if err == nil {
				_, err = h.Save(t.Context(), people[i], e.Code, e.Version, full(fmt.Sprint("Мәтін ", i)))
			}
			mu.Lock()
			defer mu.Unlock()
			codes[e.Code] = true
			var clash *progress.Clash
			switch {
			case err == nil:
				saved++
			case errors.As(err, &clash) && clash.Theirs.Version > e.Version:
				clashes++
			default:
				t.Errorf("person %d: %v", i, err)
			}
		})
		e, n, err := h.Entries(t.Context(), h.contributor, progress.Filter{})
		if err != nil || n != 1 || len(codes) != 1 || saved+clashes != crowd || e[0].Version != saved+1 {
			t.Errorf("%d entries %v, %d saved, %d clashes, version %d, %v", n, codes, saved, clashes, e[0].Version, err)
		}
		if got := h.recorded(0); got != int64(saved)+1 {
			t.Errorf("%d changes are on record, want %d", got, saved+1)
		}
	})
}

// TestFiftyPeopleSaveEntriesOfTheirOwn: each text is kept, once.
func TestFiftyPeopleSaveEntriesOfTheirOwn(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		people := make([]auth.Actor, crowd)
		for i := range people {
			people[i] = h.person(fmt.Sprint("person", i), "mia", auth.Contributor)
		}
		together(func(i int) {
			e, err := h.Start(t.Context(), people[i], "2026", progress.KindMeasure, "", "")
			for n := range 3 {
				if err == nil {
					e, err = h.Save(t.Context(), people[i], e.Code, e.Version, proposal(fmt.Sprintf("Шара %d.%d", i, n)))
				}
			}
			if err == nil {
				e, err = h.Submit(t.Context(), people[i], e.Code, e.Version)
			}
			if err != nil || e.Content.Measure.Title["kk"] != fmt.Sprintf("Шара %d.2", i) || e.Version != 5 {
				t.Errorf("person %d: %+v, %v", i, e.Content.Measure, err)
			}
		})
		_, n, err := h.Entries(t.Context(), h.approver, progress.Filter{State: "submitted"})
		if err != nil || n != crowd || h.recorded(0) != 5*crowd {
			t.Errorf("%d entries, %d changes on record, %v", n, h.recorded(0), err)
		}
	})
}
