package main

import (
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gcm/internal/db/dbtest"
)

// TestLoadingKilledAtAnyMomentIsMadeGoodByTheNext kills `gcm load`, which makes
// the schema first, on databases without anything in them.
func TestLoadingKilledAtAnyMomentIsMadeGoodByTheNext(t *testing.T) {
	t.Parallel()
	for name, empty := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "gcm.db") },
		"postgres": dbtest.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			usual, all := usualLoad(t, empty)
			done := map[int64]int{}
			for range kills(t) {
				v := newVictim(t, empty(t))
				v.begin(io.Discard, "load", "kazakhstan")
				time.Sleep(rand.N(usual))
				v.kill()
				found := v.measures()
				if found != 0 && found != all {
					t.Errorf("%d measures of %d are written", found, all)
				}
				if code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": v.url}, "load", "kazakhstan"); code != exitDone || v.measures() != all {
					t.Errorf("loading again exits %d with %d measures: %s", code, v.measures(), stderr)
				}
				v.whole()
				done[found]++
			}
			t.Logf("killed within %s of the start; measures that were there: %v", usual, done)
		})
	}
}

// usualLoad returns how long loading takes undisturbed, the median, and how many
// measures there are then.
func usualLoad(t *testing.T, empty func(testing.TB) string) (time.Duration, int64) {
	t.Helper()
	var took []time.Duration
	var all int64
	for range 3 {
		v := newVictim(t, empty(t))
		begun := time.Now()
		v.begin(io.Discard, "load", "kazakhstan")
		if err := v.cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(begun))
		v.kill()
		all = v.measures()
	}
	slices.Sort(took)
	return took[len(took)/2], all
}

// measures counts what was loaded; before the schema is there, nothing.
func (v *victim) measures() int64 {
	v.t.Helper()
	if !v.conn.Migrator().HasTable("measures") {
		return 0
	}
	return v.number("SELECT count(*) FROM measures")
}
