package indicators_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// file returns the canonical file of a moment.
func file(t *testing.T, store *indicators.Store, at time.Time) string {
	t.Helper()
	var b strings.Builder
	err := store.AsOf(t.Context(), at, func(f indicators.Frozen) error {
		_, err := f.WriteTo(&b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func release(t *testing.T, store *indicators.Store, code string) indicators.Release {
	t.Helper()
	r, err := store.MakeRelease(t.Context(), coordinator, code, i18n.Text{"en": "Data of " + code}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whatever happens to the values afterwards, a release still reads as it did.
func TestReleaseStaysAsItWasWhateverChanges(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		clock := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		db.NowFunc = func() time.Time { return clock }
		store := filled(t, db)
		random := rand.New(rand.NewPCG(4, 7))
		change := func() {
			if random.IntN(3) == 0 { // else several changes share a moment
				clock = clock.Add(time.Duration(random.IntN(1000)) * time.Microsecond)
			}
			at := period.Period(fmt.Sprint(2010 + random.IntN(8)))
			var err error
			if all, _ := store.WithHidden().IndicatorByCode(t.Context(), "arrivals"); random.IntN(4) == 0 && len(all.Observations) > 0 {
				err = store.TakeOut(t.Context(), indicators.Made{MadeBy: "the test"}, []int64{all.Observations[random.IntN(len(all.Observations))].ID})
			} else {
				o := observation(at, float64(random.IntN(90)))
				o.Note = i18n.Text{"en": fmt.Sprint(random.IntN(3))}
				if random.IntN(2) == 0 {
					o.Breakdown = indicators.Breakdown{"flow": "in"}
				}
				if random.IntN(6) == 0 {
					o.State = objectives.Draft
				}
				if random.IntN(6) == 0 {
					o.ConfStatus = indicators.Confidential
				}
				err = store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: "the test"}, []indicators.Observation{o})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		files := map[string]string{}
		for n := range 6 {
			for range 12 {
				change()
			}
			r := release(t, store, fmt.Sprint("r", n))
			files[r.Code] = file(t, store, r.At)
			if lines := strings.Count(files[r.Code], "\n"); lines == 0 || lines != r.Observations {
				t.Errorf("%s counts %d of %d values", r.Code, r.Observations, lines)
			}
		}
		all, err := store.Releases(t.Context())
		if err != nil || len(all) != 6 || all[0].Code != "r5" {
			t.Fatalf("%+v, %v", all, err)
		}
		for _, r := range all {
			same, err := store.Verify(t.Context(), r)
			if err != nil || !same || file(t, store, r.At) != files[r.Code] {
				t.Errorf("%s is not what it was: %v", r.Code, err)
			}
			if strings.Contains(files[r.Code], "the test") {
				t.Error("the file says who made the values")
			}
			r.SHA256 = strings.Repeat("0", 64)
			if same, _ := store.Verify(t.Context(), r); same {
				t.Errorf("%s passes with a wrong checksum", r.Code)
			}
		}
		if files["r0"] == files["r5"] {
			t.Error("nothing changed between the releases")
		}
	})
}

func TestReleaseIsMadeByCoordinatorsOnceUnderAName(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		title := i18n.Text{"kk": "Деректер"}
		if _, err := store.MakeRelease(t.Context(), auth.Actor{Roles: []auth.Role{auth.Approver}}, "a", title, nil); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an approver releases: %v", err)
		}
		if _, err := store.MakeRelease(t.Context(), coordinator, "Ä/", nil, nil); len(fault.ProblemsOf(err)) != 2 {
			t.Errorf("neither code nor title: %v", err)
		}
		first := release(t, store, "2027-1")
		if _, err := store.MakeRelease(t.Context(), coordinator, "2027-1", title, nil); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same code again: %v", err)
		}
		if got, err := store.ReleaseByCode(t.Context(), "2027-1"); err != nil || !got.At.Equal(first.At) || got.SHA256 != first.SHA256 {
			t.Errorf("%+v, %v", got, err)
		}
		for _, statement := range []string{"UPDATE data_releases SET sha256 = ''", "DELETE FROM data_releases", "UPDATE vintages SET value = 1", "DELETE FROM withheld"} {
			if err := db.Exec("INSERT INTO withheld VALUES (?, 1, ?, '', 'A')", first.ID, statement).Error; err != nil {
				t.Fatal(err)
			}
			if err := store.PutObservations(t.Context(), "arrivals", indicators.Made{}, []indicators.Observation{observation("2019", float64(len(statement)))}); err != nil {
				t.Fatal(err)
			}
			if db.Exec(statement).Error == nil {
				t.Errorf("%s is done", statement)
			}
		}
	})
}

func TestMomentOfNoReleaseIsOnlyForThoseWhoSeeAll(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		nothing := func(indicators.Frozen) error { return nil }
		if err := store.AsOf(t.Context(), time.Now(), nothing); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the public reads any moment: %v", err)
		}
		if file(t, store.WithHidden(), time.Now().Add(time.Hour)) == "" {
			t.Error("nothing stands now")
		}
	})
}

// A release that is made while others write holds each of their changes whole or
// not at all, and they go on.
func TestReleaseWaitsForWritersAndTheyForIt(t *testing.T) {
	db := compact.PostgreSQL(t)
	store := filled(t, db)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	for w := range 3 {
		go func() {
			var err error
			for n := 0; ctx.Err() == nil && err == nil; n++ {
				pair := []indicators.Observation{observation("2001", float64(1000+n)), observation("2002", float64(1000+n))}
				for i := range pair {
					pair[i].Breakdown = indicators.Breakdown{"flow": fmt.Sprint(w)}
				}
				err = store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: fmt.Sprint(w)}, pair)
			}
			done <- err
		}()
	}
	var made []indicators.Release
	for n := range 8 {
		made = append(made, release(t, store, fmt.Sprint("r", n)))
	}
	stop()
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for _, r := range made {
		if same, err := store.Verify(t.Context(), r); err != nil || !same {
			t.Errorf("%s changed: %v", r.Code, err)
		}
		values := map[string][]float64{}
		err := store.AsOf(t.Context(), r.At, func(f indicators.Frozen) error {
			if cell := f.Breakdown["flow"]; cell != "" {
				values[cell] = append(values[cell], *f.Value)
			}
			return nil
		})
		for cell, pair := range values {
			if len(pair) != 2 || pair[0] != pair[1] {
				t.Errorf("%s holds half a change of %s: %v", r.Code, cell, pair)
			}
		}
		if err != nil {
			t.Error(err)
		}
	}
}
