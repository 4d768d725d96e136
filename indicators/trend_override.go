package indicators

import (
	"context"
	"maps"
	"time"

	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/internal/register"
)

// TrendOverride is a person's judgement of a trend, which holds for as long as
// Period is the last one with a value.
type TrendOverride struct {
	ID          int64
	IndicatorID int64
	Trend       Trend
	Period      period.Period
	Reason      i18n.Text
	MadeBy      string
	MadeAt      time.Time
}

// trendRecord is what the audit log keeps of a judgement.
type trendRecord struct {
	Trend  Trend         `json:"trend"`
	Period period.Period `json:"period"`
	Reason i18n.Text     `json:"reason"`
}

func (o *TrendOverride) record() any {
	if o == nil {
		return nil
	}
	return trendRecord{o.Trend, o.Period, o.Reason}
}

// OverrideTrend puts a person's judgement in place of the computed trend, until a
// newer value arrives. seen is the period of the latest value that the person
// saw; when another arrived meanwhile it is a fault.Conflict.
func (s *Store) OverrideTrend(ctx context.Context, actor auth.Actor, code string, seen period.Period, trend Trend, reason i18n.Text) error {
	reason = maps.Clone(reason)
	var found register.Checks
	found.Text("reason", &reason)
	register.Choice(&found, "trend", trend, Trends)
	if reason.In() == "" {
		found.Problems.Add("reason", "register.problem.missing")
	}
	if err := found.Problems.Err(); err != nil {
		return err
	}
	return s.judging(ctx, actor, code, seen, func(tx *db.DB, i Indicator) (*TrendOverride, error) {
		o := &TrendOverride{IndicatorID: i.ID, Trend: trend, Period: seen, Reason: reason, MadeBy: actor.Who.Name, MadeAt: tx.NowFunc()}
		if was := i.Override; was != nil && was.Trend == o.Trend && was.Period == o.Period && maps.Equal(was.Reason, o.Reason) {
			return was, nil
		}
		return o, db.Put(tx, []TrendOverride{*o}, "indicator_id")
	})
}

// DropOverride gives the word back to the method.
func (s *Store) DropOverride(ctx context.Context, actor auth.Actor, code string, seen period.Period) error {
	return s.judging(ctx, actor, code, seen, func(tx *db.DB, i Indicator) (*TrendOverride, error) {
		return nil, db.Fault(tx.Where("indicator_id = ?", i.ID).Delete(&TrendOverride{}).Error, "drop the judgement of "+code)
	})
}

// judging changes the judgement of an indicator's trend, on record.
func (s *Store) judging(ctx context.Context, actor auth.Actor, code string, seen period.Period, change func(*db.DB, Indicator) (*TrendOverride, error)) error {
	if err := actor.Need(auth.Coordinate); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		if err := tx.Clauses(clause.Locking{Strength: db.Row}).Select("id").Where("code = ?", code).Take(&Indicator{}).Error; err != nil {
			return db.Fault(err, "hold indicator "+code)
		}
		i, err := NewStore(tx).IndicatorByCode(ctx, code)
		if err != nil {
			return err
		}
		if i.ArchivedAt != nil {
			return fault.New(fault.Conflict, "error.archived", "indicator %s is archived", code)
		}
		if i.Assess().LatestPeriod() != seen {
			return fault.New(fault.Conflict, "trend.error.newer", "indicator %s has a newer value than that of %s", code, seen)
		}
		now, err := change(tx, i)
		if err != nil || now == i.Override {
			return err
		}
		log.Add(audit.Change{Action: "judge", Noun: "trend", Record: code, Before: i.Override.record(), After: now.record()})
		return nil
	})
}
