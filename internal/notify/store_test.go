package notify

import (
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
)

func TestNoticesAreTheReadersOwnAndUnreadOnesComeFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		g, store := newClock().on(g), NewStore(g)
		one, other := user(t, g, "one", "kk", "daily"), user(t, g, "other", "kk", "daily")
		me, you := auth.Actor{}, auth.Actor{}
		me.UserID, you.UserID = one.ID, other.ID
		tell(t, g, Notice{Key: "a", UserID: one.ID, Kind: "due"}, Notice{Key: "b", UserID: one.ID, Kind: "returned", Path: "/work/entries/b"}, Notice{Key: "c", UserID: one.ID, Kind: "comment"})
		tell(t, g, Notice{Key: "b", UserID: one.ID, Kind: "returned"}) // told already

		rows, total, err := store.Notices(t.Context(), me, 2, 0)
		if err != nil || total != 3 || len(rows) != 2 || rows[0].Key != "c" || rows[1].Key != "b" {
			t.Fatalf("%+v of %d: %v", rows, total, err)
		}
		if n, err := store.Open(t.Context(), me, rows[1].ID); err != nil || n.Path != "/work/entries/b" {
			t.Errorf("%+v, %v", n, err)
		}
		if _, err := store.Open(t.Context(), you, rows[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another person's notice opens: %v", err)
		}
		if n, err := Unread(t.Context(), g, one.ID); err != nil || n != 2 {
			t.Errorf("%d unread: %v", n, err)
		}
		rows, _, _ = store.Notices(t.Context(), me, 10, 0)
		if rows[0].Key != "c" || rows[1].Key != "a" || rows[2].Key != "b" || rows[2].ReadAt == nil {
			t.Errorf("in the order %+v", rows)
		}
		if err := store.ReadAll(t.Context(), you, 99); err != nil {
			t.Fatal(err)
		}
		if n, _ := Unread(t.Context(), g, one.ID); n != 2 {
			t.Error("another person read them")
		}
		if err := store.ReadAll(t.Context(), me, rows[1].ID); err != nil {
			t.Fatal(err)
		}
		if n, _ := Unread(t.Context(), g, one.ID); n != 1 {
			t.Errorf("%d are left, want the one that was not shown", n)
		}
	})
}

func TestLeaseIsHeldByOneUntilItLapses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		c := newClock()
		g = c.on(g)
		take := func(owner string, want bool) {
			t.Helper()
			if got, err := Take(t.Context(), g, "job", owner, drainHold); err != nil || got != want {
				t.Errorf("%s gets it: %v, %v", owner, got, err)
			}
		}
		take("a", true)
		take("b", false)
		take("a", false)
		c.at = c.at.Add(drainHold)
		take("b", true)
		if err := GiveBack(t.Context(), g, "job", "a"); err != nil {
			t.Fatal(err)
		}
		take("a", false)
		if err := GiveBack(t.Context(), g, "job", "b"); err != nil {
			t.Fatal(err)
		}
		take("a", true)
	})
}
