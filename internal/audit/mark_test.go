package audit

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

func TestVersionMovesWithEveryActThatMattersAndNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		without := []Act{{Noun: "user"}, {"entry", "save"}}
		seen := map[string]bool{}
		versions := NewVersions(conn, without...)
		version := func() string {
			v, err := versions.Read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		act := func(changes ...Change) error {
			return Transact(t.Context(), conn, clerk, func(_ *db.DB, log *Log) error { log.Add(changes...); return nil })
		}
		if v := version(); v != "" {
			t.Errorf("of nothing it is %s", v)
		}
		for _, c := range []struct {
			changes []Change
			moves   bool
		}{
			{[]Change{{Action: "sign_in", Noun: "user"}}, false},
			{[]Change{{Action: "change", Noun: "measure", Record: "a"}}, true},
			{[]Change{{Action: "change", Noun: "measure", Record: "a"}}, true},
			{[]Change{{Action: "save", Noun: "entry"}, {Action: "create", Noun: "user"}}, false},
			{[]Change{{Action: "release", Noun: "entry"}}, true},
			{[]Change{{Action: "change", Noun: "measure"}, {Action: "save", Noun: "entry"}, {Action: "change", Noun: "measure"}, {Action: "change", Noun: "agency"}, {Action: "sign_in", Noun: "user"}}, true},
		} {
			before := version()
			if err := act(c.changes...); err != nil {
				t.Fatal(err)
			}
			after := version()
			if (after != before) != c.moves || c.moves && seen[after] {
				t.Errorf("%+v: %q to %q", c.changes, before, after)
			}
			seen[after] = true
		}
		broken := errors.New("broken")
		before := version()
		err := db.Transact(t.Context(), conn, func(tx *db.DB) error {
			if err := Transact(t.Context(), tx, clerk, func(_ *db.DB, log *Log) error { log.Add(Change{Action: "change", Noun: "law"}); return nil }); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) || version() != before {
			t.Errorf("what was rolled back moves it: %v", err)
		}
	})
}
