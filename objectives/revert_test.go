package objectives_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/register"
	"gcm/objectives"
)

func TestRecordIsBroughtBackToAnEarlierVersion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		if err := objectives.NewStore(db).SyncCompact(t.Context()); err != nil {
			t.Fatal(err)
		}
		r := create(t, db, map[string]objectives.MeasureContent{"a": measureContent("Первая"), "b": measureContent("Другая")})
		first := record(t, r, "a")
		if err := r.Change(t.Context(), coordinator, "a", first.Revision, measureContent("Вторая")); err != nil {
			t.Fatal(err)
		}
		if err := r.Archive(t.Context(), coordinator, "b", "устарела"); err != nil {
			t.Fatal(err)
		}
		version := func(action, code string) int64 {
			acts, err := audit.List(t.Context(), db, audit.Filter{Noun: "measure", Record: code, Action: action})
			if err != nil || len(acts) != 1 {
				t.Fatal(acts, err)
			}
			return acts[0].Seq
		}
		now := record(t, r, "a").Revision
		for _, c := range []struct {
			name   string
			actor  auth.Actor
			seen   register.Revision
			record string
			seq    int64
			want   fault.Kind
		}{
			{"by a visitor", auth.Actor{}, now, "a", version("create", "a"), fault.Forbidden},
			{"over a version that was not seen", coordinator, first.Revision, "a", version("create", "a"), fault.Conflict},
			{"from another record", coordinator, now, "a", version("create", "b"), fault.NotFound},
			{"from an act that left no content", coordinator, record(t, r, "b").Revision, "b", version("archive", "b"), fault.NotFound},
			{"from an act that was not", coordinator, now, "a", 999, fault.NotFound},
		} {
			if err := r.Revert(t.Context(), c.actor, c.record, c.seen, c.seq); fault.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := r.Revert(t.Context(), coordinator, "a", now, version("create", "a")); err != nil {
			t.Fatal(err)
		}
		if got := record(t, r, "a"); got.Revision != first.Revision || got.Content.Title["ru"] != "Первая" {
			t.Errorf("%+v", got)
		}
	})
}
