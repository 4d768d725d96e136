package indicators

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// PutObservations writes observations of one indicator by period and breakdown.
// What they replace is kept as a vintage; those that say what stands already are
// left alone. made says by whom and why; its Since is set here.
func (s *Store) PutObservations(ctx context.Context, indicator string, made Made, rows []Observation) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		var owner Indicator
		if err := tx.Select("id, code, formula").Where("code = ?", indicator).Take(&owner).Error; err != nil {
			return db.Fault(err, "indicator "+indicator)
		}
		var err error
		if made.Since, err = moment(tx); err != nil {
			return err
		}
		var there []Observation
		if err := tx.Where("indicator_id = ?", owner.ID).Find(&there).Error; err != nil {
			return db.Fault(err, "read the observations of "+indicator)
		}
		present := map[string]Observation{}
		for _, o := range there {
			present[o.place()] = o
		}
		var rewritten []Observation
		var replaced []int64
		for _, o := range rows {
			o.IndicatorID, o.Made = owner.ID, made
			o.ConfStatus, o.Origin = cmp.Or(o.ConfStatus, Free), cmp.Or(o.Origin, FromPack)
			if err := owner.takes(o); err != nil {
				return err
			}
			was, known := present[o.place()]
			switch {
			case !known:
			case !o.says(was):
				replaced = append(replaced, was.ID)
			case o.Position == was.Position:
				continue
			default:
				o.Made = was.Made
			}
			rewritten = append(rewritten, o)
		}
		if err := keep(tx, replaced, made); err != nil {
			return err
		}
		if len(rewritten) > 0 {
			if err := changed(tx, owner.ID); err != nil {
				return err
			}
		}
		return db.Put(tx, rewritten, "indicator_id", "period", "breakdown")
	})
}

// TakeOut deletes observations and keeps them as vintages.
func (s *Store) TakeOut(ctx context.Context, made Made, ids []int64) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		var err error
		if made.Since, err = moment(tx); err != nil {
			return err
		}
		if err := keep(tx, ids, made); err != nil || len(ids) == 0 {
			return err
		}
		var owners []int64
		if err := tx.Model(&Observation{}).Where("id IN ?", ids).Distinct().Pluck("indicator_id", &owners).Error; err != nil {
			return db.Fault(err, "read whose observations go")
		}
		if err := changed(tx, owners...); err != nil {
			return err
		}
		return db.Fault(tx.Where("id IN ?", ids).Delete(&Observation{}).Error, "take out observations")
	})
}

// moment returns the time of a change. Whoever changes observations takes it after
// the lock and after the latest release, so that a release, which holds the table
// alone, knows what came before it.
func moment(tx *gorm.DB) (time.Time, error) {
	if err := lockObservations(tx, "ROW EXCLUSIVE"); err != nil {
		return time.Time{}, err
	}
	now := tx.NowFunc()
	var last Release
	err := tx.Select("at").Order("at DESC").Limit(1).Find(&last).Error
	if !now.After(last.At) {
		now = last.At.UTC().Add(time.Microsecond)
	}
	return now, db.Fault(err, "read the latest release")
}

// lockObservations waits on PostgreSQL until the transaction may write values (ROW
// EXCLUSIVE), or until it alone may (SHARE ROW EXCLUSIVE). SQLite has one writer.
func lockObservations(tx *gorm.DB, mode string) error {
	if !db.IsPostgres(tx) {
		return nil
	}
	return db.Fault(tx.Exec("LOCK TABLE observations IN "+mode+" MODE").Error, "wait for who writes values")
}

// kept are the columns that a vintage shares with an observation.
const kept = "indicator_id, period, breakdown, value, decimals, value_text, unit, qualifier, obs_status, conf_status, " +
	"state, position, note, source, quotes, origin, since, made_by, reason"

// keep copies observations to the vintages before they are changed or taken out.
func keep(tx *gorm.DB, ids []int64, ended Made) error {
	for part := range slices.Chunk(ids, 500) {
		err := tx.Exec("INSERT INTO vintages ("+kept+", until, ended_by, ended_reason) SELECT "+kept+", ?, ?, ? FROM observations WHERE id IN ?",
			ended.Since, ended.MadeBy, ended.Reason, part).Error
		if err != nil {
			return db.Fault(err, "keep the earlier values")
		}
	}
	return nil
}

// place is what an observation is found by within its indicator.
func (o Observation) place() string { return string(o.Period) + " " + o.Breakdown.String() }

// says reports whether both say the same of the same place.
func (o Observation) says(other Observation) bool {
	return o.place() == other.place() && sameValue(o.Value, other.Value) && o.Decimals == other.Decimals &&
		o.ValueText == other.ValueText && o.Unit == other.Unit && o.Qualifier == other.Qualifier && o.ObsStatus == other.ObsStatus &&
		o.ConfStatus == other.ConfStatus && o.State == other.State && o.Origin == other.Origin &&
		maps.Equal(o.Note, other.Note) && maps.Equal(o.Source, other.Source) && slices.Equal(o.Quotes, other.Quotes)
}

func sameValue(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
