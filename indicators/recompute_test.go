package indicators_test

import (
	"context"
	"fmt"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// calculated are three indicators of which the third is made of the others, and a
// fourth that is made of the third.
func calculated(t *testing.T, conn *gorm.DB) *indicators.Store {
	t.Helper()
	store := indicators.NewStore(conn)
	made := func(code string, f indicators.Formula) indicators.Indicator {
		i := arrivals()
		i.Code, i.Dimensions, i.Formula = code, nil, f
		return i
	}
	of := func(kind indicators.FormulaKind, codes ...string) indicators.Formula {
		f := indicators.Formula{Kind: kind, Per: 100, Decimals: 1}
		for _, c := range codes {
			f.Components = append(f.Components, indicators.Component{Indicator: c})
		}
		return f
	}
	for _, err := range []error{
		store.PutIndicators(t.Context(), []indicators.Indicator{ // the growth first: order is not theirs to keep
			made("growth", of(indicators.GrowthOf, "share")), made("share", of(indicators.RateOf, "part", "whole")), made("part", indicators.Formula{}), made("whole", indicators.Formula{}),
		}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return store
}

var clerk = audit.Who{Name: "Айгүл"}

// give writes values of an indicator by year and computes what rests on them.
func give(t *testing.T, conn *gorm.DB, code string, values map[period.Period]float64) {
	t.Helper()
	err := audit.Transact(t.Context(), conn, clerk, func(tx *db.DB, log *audit.Log) error {
		made := indicators.Made{MadeBy: log.By(), Reason: "entry x"}
		var rows []indicators.Observation
		for at, v := range values {
			o := observation(at, v)
			o.Origin = indicators.FromEntry
			rows = append(rows, o)
		}
		if err := indicators.NewStore(tx).PutObservations(t.Context(), code, made, rows); err != nil {
			return err
		}
		return indicators.Recompute(t.Context(), tx, log, made, code)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func values(t *testing.T, store *indicators.Store, code string) string {
	t.Helper()
	i, err := store.IndicatorByCode(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	return told(i.Observations)
}

func TestCalculatedValuesFollowTheirComponentsThroughChains(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := calculated(t, conn)
		give(t, conn, "part", map[period.Period]float64{"2020": 20, "2021": 30})
		give(t, conn, "whole", map[period.Period]float64{"2020": 100, "2021": 100})
		if got := values(t, store, "share"); got != "2020 20 exact A; 2021 30 exact A" {
			t.Errorf("share: %s", got)
		}
		if got := values(t, store, "growth"); got != "2021 50 exact A" {
			t.Errorf("growth: %s", got)
		}
		before, err := audit.ReadHead(t.Context(), conn)
		if err != nil {
			t.Fatal(err)
		}
		give(t, conn, "whole", map[period.Period]float64{"2021": 120})
		if got := values(t, store, "growth"); got != "2021 25 exact A" {
			t.Errorf("growth: %s", got)
		}
		log, err := audit.List(t.Context(), conn, audit.Filter{Limit: 10})
		if err != nil || log[0].Seq != before.Seq+2 || log[0].Record != "growth" || log[0].After != `{"recalculated":1}` || log[0].Reason != "entry x" || log[1].Record != "share" {
			t.Errorf("on record: %+v, %v", log[:2], err)
		}
		var kept []indicators.Vintage
		err = conn.Where("period = '2021' AND value = 30").Find(&kept).Error
		if err != nil || len(kept) != 1 || kept[0].Origin != indicators.FromFormula || kept[0].EndedBy != "Айгүл" || kept[0].EndedReason != "entry x" {
			t.Errorf("%d vintages: %+v, %v", len(kept), kept, err)
		}
		give(t, conn, "whole", map[period.Period]float64{"2021": 120})
		if log, err = audit.List(t.Context(), conn, audit.Filter{Limit: 1}); err != nil || log[0].Seq != before.Seq+2 {
			t.Errorf("computing the same again is on record: %+v, %v", log, err)
		}
	})
}

func TestFormulaIsComputedWhenItIsSetChangedAndTakenAway(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := calculated(t, conn)
		give(t, conn, "part", map[period.Period]float64{"2020": 20})
		give(t, conn, "whole", map[period.Period]float64{"2020": 100})
		set := func(f indicators.Formula) {
			t.Helper()
			err := audit.Transact(t.Context(), conn, clerk, func(tx *db.DB, log *audit.Log) error {
				if err := tx.Model(&indicators.Indicator{}).Where("code = 'share'").Update("formula", f).Error; err != nil {
					return err
				}
				return indicators.Recompute(t.Context(), tx, log, indicators.Made{MadeBy: log.By()}, "share")
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		set(indicators.Formula{Kind: indicators.SumOf, Components: []indicators.Component{{Indicator: "part"}, {Indicator: "whole"}}})
		if got := values(t, store, "share"); got != "2020 120 exact A" {
			t.Errorf("changed: %s", got)
		}
		set(indicators.Formula{})
		if got := values(t, store, "share"); got != "" {
			t.Errorf("taken away: %s", got)
		}
	})
}

func TestCalculatedIndicatorTakesNoValueByHand(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := calculated(t, conn)
		for _, origin := range []indicators.Origin{indicators.FromEntry, indicators.FromImport} {
			o := observation("2020", 1)
			o.Origin = origin
			err := store.PutObservations(t.Context(), "share", indicators.Made{MadeBy: "the test"}, []indicators.Observation{o})
			if fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != "entry.error.calculated" {
				t.Errorf("%s: %v", origin, err)
			}
		}
	})
}

func TestCircleOfFormulasIsRefused(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		calculated(t, conn)
		err := audit.Transact(t.Context(), conn, clerk, func(tx *db.DB, log *audit.Log) error {
			circle := indicators.Formula{Kind: indicators.GrowthOf, Components: []indicators.Component{{Indicator: "growth"}}}
			if err := tx.Model(&indicators.Indicator{}).Where("code = 'part'").Update("formula", circle).Error; err != nil {
				return err
			}
			return indicators.Recompute(t.Context(), tx, log, indicators.Made{}, "part")
		})
		if fault.KindOf(err) != fault.Invalid || fault.KeyOf(err) != "formula.error.circle" {
			t.Errorf("%v", err)
		}
	})
}

func TestFormulaReadsTheIndicatorIntoWhichItsComponentWasMerged(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := calculated(t, conn)
		other := arrivals()
		other.Code, other.Dimensions, other.Name = "other", nil, i18n.Text{"kk": "Басқа"}
		if err := store.PutIndicators(t.Context(), []indicators.Indicator{other}); err != nil {
			t.Fatal(err)
		}
		give(t, conn, "part", map[period.Period]float64{"2020": 20})
		give(t, conn, "whole", map[period.Period]float64{"2020": 100})
		give(t, conn, "other", map[period.Period]float64{"2020": 40})
		if err := store.Register().Merge(t.Context(), coordinator, "part", "other", "the same"); err != nil {
			t.Fatal(err)
		}
		share, err := store.IndicatorByCode(t.Context(), "share")
		if err != nil || share.Formula.Components[0].Indicator != "other" || told(share.Observations) != "2020 40 exact A" {
			t.Errorf("%+v %s, %v", share.Formula, told(share.Observations), err)
		}
	})
}

func TestImportComputesWhatRestsOnItsRowsAndBringsNoOtherValues(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := calculated(t, conn)
		row := func(code string, v float64) *indicators.Incoming {
			in := incoming(1, "2020", "", v)
			in.Indicator = code
			return in
		}
		take := func(rows ...*indicators.Incoming) (err error) {
			staging(t, conn, rows, func(tx *gorm.DB) error {
				if _, err = indicators.TakeIn(tx, indicators.Made{MadeBy: "a.b"}); err == nil {
					return indicators.RecomputeAll(tx, &audit.Log{}, indicators.Made{MadeBy: "a.b"})
				}
				return tx.Exec("DROP TABLE incoming").Error
			})
			return err
		}
		if err := take(row("part", 20), row("whole", 50)); err != nil || values(t, store, "share") != "2020 40 exact A" {
			t.Errorf("%s, %v", values(t, store, "share"), err)
		}
		same := row("share", 40)
		same.Decimals = 1
		if err := take(same); err != nil {
			t.Errorf("its own value brought back: %v", err)
		}
		if err := take(row("share", 41)); fault.KeyOf(err) != "entry.error.calculated" {
			t.Errorf("another value: %v", err)
		}
	})
}

// Releases, changed passports and new values come together and none is turned away.
func TestWritersAndReleasesDoNotLockEachOtherOut(t *testing.T) {
	conn := compact.PostgreSQL(t)
	store := calculated(t, conn)
	give(t, conn, "part", map[period.Period]float64{"2019": 3})
	give(t, conn, "whole", map[period.Period]float64{"2019": 100})
	writers := []func(n int) error{
		func(n int) error {
			return audit.Transact(t.Context(), conn, clerk, func(tx *db.DB, log *audit.Log) error {
				err := indicators.NewStore(tx).PutObservations(t.Context(), "part", indicators.Made{}, []indicators.Observation{observation(period.Period(fmt.Sprint(1000+n)), 1)})
				if err != nil {
					return err
				}
				return indicators.Recompute(t.Context(), tx, log, indicators.Made{}, "part")
			})
		},
		func(n int) error {
			return audit.Transact(t.Context(), conn, clerk, func(tx *db.DB, log *audit.Log) error {
				err := indicators.NewStore(tx).PutObservations(t.Context(), "part", indicators.Made{}, []indicators.Observation{observation(period.Period(fmt.Sprint(3000+n)), 2)})
				if err != nil {
					return err
				}
				return indicators.Recompute(t.Context(), tx, log, indicators.Made{}, "part")
			})
		},
		func(n int) error {
			record, err := store.Register().Record(t.Context(), "share")
			if err != nil {
				return err
			}
			record.Content.FormulaPer = indicators.Number(fmt.Sprint(100 + n))
			return store.Register().Change(t.Context(), coordinator, "share", record.Revision, record.Content)
		},
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	for _, write := range writers {
		go func() {
			var err error
			for n := 0; ctx.Err() == nil && err == nil; n++ {
				err = write(n)
			}
			done <- err
		}()
	}
	for n := range 15 {
		if _, err := store.MakeRelease(t.Context(), coordinator, fmt.Sprint("r", n), i18n.Text{"en": "Data"}, nil); err != nil {
			t.Error(err)
		}
	}
	stop()
	for range writers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
