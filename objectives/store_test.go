package objectives_test

import (
	"testing"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/objectives"
)

// actionsPerObjective is the number of lettered actions of each objective in A/RES/73/195.
var actionsPerObjective = []int{11, 12, 5, 7, 10, 12, 12, 6, 6, 10, 7, 5, 8, 6, 6, 9, 7, 12, 10, 9, 9, 3, 5}

func TestCompactIsWholeInTheDatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := objectives.NewStore(db)
		for range 2 { // the second time changes nothing
			if err := store.SyncCompact(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		list, err := store.Objectives(t.Context())
		if err != nil || len(list) != objectives.Total {
			t.Fatalf("%d objectives, %v", len(list), err)
		}
		for i, o := range list {
			if o.Number != i+1 || len(o.Actions) != actionsPerObjective[i] {
				t.Errorf("place %d holds objective %d with %d actions, want %d", i, o.Number, len(o.Actions), actionsPerObjective[i])
			}
			for _, lang := range []string{"kk", "ru", "en"} {
				if o.Title[lang] == "" || o.ShortTitle[lang] == "" {
					t.Errorf("objective %d has no title in %s", o.Number, lang)
				}
				if official := lang == "en" || lang == "ru" && o.Number == 1; o.Official(lang) != official {
					t.Errorf("objective %d official in %s: %v", o.Number, lang, o.Official(lang))
				}
			}
		}
		if principles, err := store.Principles(t.Context()); err != nil || len(principles) != 10 {
			t.Errorf("%d principles, %v", len(principles), err)
		}
		tables, err := store.RoundTables(t.Context())
		if err != nil || len(tables) != 4 {
			t.Fatalf("%d round tables, %v", len(tables), err)
		}
		seen := 0
		for _, table := range tables {
			seen += len(table.Objectives)
		}
		if seen != objectives.Total {
			t.Errorf("the round tables hold %d objectives", seen)
		}
	})
}

func TestActionsAreKnownWithoutDatabase(t *testing.T) {
	refs, err := objectives.ActionRefs()
	if err != nil || len(refs) != 187 || refs[0] != "17(a)" || !refs.Has("31(b)") || refs.Has("31(z)") {
		t.Errorf("%d actions, %v: %v", len(refs), err, refs)
	}
}

func TestUnknownMeasureIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		_, err := objectives.NewStore(db).MeasureByCode(t.Context(), "no-such")
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})
}

func TestMendedWordingStaysUntilTheProgramBringsAnotherEdition(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := objectives.NewStore(db)
		sync := func() (writes int) {
			count := func(*gorm.DB) { writes++ }
			if err := db.Callback().Create().Replace("test:count", count); err != nil {
				t.Fatal(err)
			}
			if err := store.SyncCompact(t.Context()); err != nil {
				t.Fatal(err)
			}
			return writes
		}
		if sync() == 0 {
			t.Fatal("the first time writes nothing")
		}
		if n := sync(); n != 0 {
			t.Errorf("the second time writes %d rows", n)
		}
		letter := func() string {
			list, err := store.Objectives(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return list[14].Actions[1].Letter
		}
		db.Exec("UPDATE actions SET letter = 'x' WHERE ref = '31(b)'")
		if n := sync(); n != 0 || letter() != "x" {
			t.Errorf("a mended row is %q after %d writes", letter(), n)
		}
		db.Exec("UPDATE frameworks SET edition = 'older'")
		if sync() == 0 || letter() != "b" {
			t.Errorf("another edition leaves %q", letter())
		}
		var onRecord []audit.Entry
		db.Find(&onRecord)
		if len(onRecord) != 1 || onRecord[0].Noun != "framework" || onRecord[0].Before != `{"edition":"older"}` || onRecord[0].Who != "program" {
			t.Errorf("on record is %+v", onRecord)
		}
	})
}
