package indicators_test

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// incoming is a row of a file with a value and nothing else.
func incoming(place int64, at period.Period, breakdown string, value float64) *indicators.Incoming {
	return &indicators.Incoming{Place: place, Indicator: "arrivals", Period: at, Breakdown: breakdown, Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact}
}

// staging stages rows in a transaction and then does what is asked.
func staging(t *testing.T, g *gorm.DB, rows []*indicators.Incoming, do func(tx *gorm.DB) error) {
	t.Helper()
	err := db.Hold(t.Context(), g, func(ctx context.Context, g *gorm.DB) error {
		return db.Transact(ctx, g, func(tx *gorm.DB) error {
			_, err := indicators.Stage(tx, func(yield func(*indicators.Incoming, error) bool) {
				for _, r := range rows {
					if !yield(r, nil) {
						return
					}
				}
			})
			if err != nil {
				return err
			}
			return do(tx)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func takeIn(t *testing.T, g *gorm.DB, rows ...*indicators.Incoming) (in indicators.Intake) {
	t.Helper()
	staging(t, g, rows, func(tx *gorm.DB) (err error) {
		in, err = indicators.TakeIn(tx, indicators.Made{MadeBy: "a.b", Reason: "file.csv"})
		return err
	})
	return in
}

func TestImportTellsNewFromChangedFromSame(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		store := filled(t, g)
		in := takeIn(t, g, incoming(2, "2019", "", 33800), incoming(3, "", "", 5), incoming(4, "2020", "flow=in", 7))
		if want := (indicators.Intake{Rows: 3, New: 1, Changed: 1, Same: 1}); in != want {
			t.Errorf("got %+v, want %+v", in, want)
		}
		var vintages []indicators.Vintage
		if err := g.Find(&vintages).Error; err != nil {
			t.Fatal(err)
		}
		if len(vintages) != 1 || *vintages[0].Value != 33700 || vintages[0].EndedBy != "a.b" || vintages[0].EndedReason != "file.csv" {
			t.Errorf("kept %+v", vintages)
		}
		i, err := store.WithHidden().IndicatorByCode(t.Context(), "arrivals")
		if err != nil {
			t.Fatal(err)
		}
		if len(i.Observations) != 3 {
			t.Fatalf("there are %d observations", len(i.Observations))
		}
		for _, o := range i.Observations {
			if o.Period == "2019" && (*o.Value != 33800 || o.Origin != indicators.FromImport || o.MadeBy != "a.b" || o.ObsStatus != "A" || o.ConfStatus != indicators.Free) {
				t.Errorf("wrote %+v", o)
			}
		}
		again := takeIn(t, g, incoming(2, "2019", "", 33800), incoming(3, "", "", 5), incoming(4, "2020", "flow=in", 7))
		if want := (indicators.Intake{Rows: 3, Same: 3}); again != want {
			t.Errorf("the second time: %+v", again)
		}
	})
}

func TestImportLeavesWhatTheFileDoesNotSay(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		store := filled(t, g)
		status := "E"
		noted := incoming(1, "2021", "", 10)
		noted.ObsStatus, noted.Note = &status, i18n.Text{"en": "a note", "kk": "ескертпе"}
		takeIn(t, g, noted)
		if in := takeIn(t, g, noted); in.Same != 1 {
			t.Errorf("the same row changes something: %+v", in)
		}
		if in := takeIn(t, g, incoming(1, "2021", "", 10)); in.Same != 1 {
			t.Errorf("a row that says less changes something: %+v", in)
		}
		if in := takeIn(t, g, incoming(1, "2021", "", 11)); in.Changed != 1 {
			t.Errorf("another value changes nothing: %+v", in)
		}
		i, err := store.IndicatorByCode(t.Context(), "arrivals")
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range i.Observations {
			if o.Period == "2021" && (o.ObsStatus != "A" || len(o.Note) != 0) {
				t.Errorf("another value keeps what was said of the earlier one: %+v", o)
			}
		}
	})
}

func TestImportMakesNoSecretPublicAndLosesNone(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		store := filled(t, g)
		secret, free, suppressed := indicators.NotForPublication, indicators.Free, "Q"
		kept := incoming(1, "2021", "", 600)
		kept.ConfStatus = &secret
		takeIn(t, g, kept)
		is := func(value float64, conf indicators.ConfStatus) {
			t.Helper()
			i, err := store.WithHidden().IndicatorByCode(t.Context(), "arrivals")
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range i.Observations {
				if o.Period == "2021" && (o.Value == nil || *o.Value != value || o.ConfStatus != conf) {
					t.Errorf("want %v, %s; got %+v", value, conf, o)
				}
			}
		}
		takeIn(t, g, incoming(1, "2021", "", 700))
		is(700, secret)
		hidden := &indicators.Incoming{Place: 1, Indicator: "arrivals", Period: "2021", Unit: indicators.Persons, Qualifier: indicators.Missing, ObsStatus: &suppressed, ConfStatus: &secret}
		if in := takeIn(t, g, hidden); in.Same != 1 {
			t.Errorf("a file for the public changes what it does not show: %+v", in)
		}
		is(700, secret)
		open := incoming(1, "2021", "", 800)
		open.ConfStatus = &free
		takeIn(t, g, open)
		is(800, free)
	})
}

func TestImportTakesOutAndKeepsIt(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		filled(t, g)
		gone, never := incoming(1, "2019", "", 0), incoming(2, "1999", "", 0)
		gone.Gone, never.Gone = true, true
		if in, want := takeIn(t, g, gone, never), (indicators.Intake{Rows: 2, Gone: 1}); in != want {
			t.Errorf("got %+v, want %+v", in, want)
		}
		var left, kept int64
		g.Model(&indicators.Observation{}).Count(&left)
		g.Model(&indicators.Vintage{}).Count(&kept)
		if left != 1 || kept != 1 {
			t.Errorf("%d are left and %d kept", left, kept)
		}
	})
}

func TestRowsThatAFileHasTwiceAreNamedWithBothPlaces(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		filled(t, g)
		rows := []*indicators.Incoming{incoming(5, "2019", "", 1), incoming(6, "2020", "", 1), incoming(9, "2019", "", 1)}
		staging(t, g, rows, func(tx *gorm.DB) error {
			twice, all, err := indicators.Doubles(tx, 10)
			if want := (indicators.Double{Indicator: "arrivals", Period: "2019", First: 5, Last: 9, Rows: 2}); err == nil && (all != 1 || len(twice) != 1 || twice[0] != want) {
				t.Errorf("got %+v", twice)
			}
			if err == nil {
				err = tx.Exec("DROP TABLE incoming").Error
			}
			return err
		})
	})
}
