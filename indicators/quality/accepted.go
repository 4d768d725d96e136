package quality

import (
	"context"
	"strings"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// Accepted says who lets a finding stand, and why. It holds for as long as the
// values that the finding was made of stay as they are.
type Accepted struct {
	ID          int64     `json:"-"`
	Mark        string    `json:"mark"` // of the finding
	Rule        string    `json:"rule"`
	IndicatorID int64     `json:"-"`
	Place       string    `json:"place"`
	Reason      string    `json:"reason"`
	MadeBy      string    `json:"made_by"`
	MadeAt      time.Time `json:"made_at"`
}

// TableName says where accepted findings are kept.
func (Accepted) TableName() string { return "accepted_findings" }

// longestReason is how many characters a reason may have.
const longestReason = 2000

// Accept lets a finding stand that is found now. Without a reason, or with one
// that is too long, it is a fault.Problems; a mark that nothing has any more is a
// fault.Conflict: the values have changed.
func (s *Store) Accept(ctx context.Context, actor auth.Actor, mark, reason string) error {
	if err := actor.Need(auth.Coordinate); err != nil {
		return err
	}
	if err := checkReason(&reason); err != nil {
		return err
	}
	f, err := s.marked(ctx, mark)
	if err != nil || !f.Open() {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		row := Accepted{Mark: mark, Rule: f.Rule, Place: f.Place(), Reason: reason, MadeBy: actor.Name, MadeAt: tx.NowFunc()}
		if err := tx.Table("indicators").Select("id").Where("code = ?", f.Indicator).Take(&row.IndicatorID).Error; err != nil {
			return db.Fault(err, "indicator "+f.Indicator)
		}
		if err := tx.Create(&row).Error; err != nil {
			return db.Fault(err, "accept a finding")
		}
		log.Add(audit.Change{Action: "accept", Noun: "finding", Record: f.record(), Reason: reason, After: row})
		return nil
	})
}

// TakeBack opens a finding again that was accepted.
func (s *Store) TakeBack(ctx context.Context, actor auth.Actor, mark, reason string) error {
	if err := actor.Need(auth.Coordinate); err != nil {
		return err
	}
	if err := checkReason(&reason); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		var row Accepted
		if err := tx.Where("mark = ?", mark).Take(&row).Error; err != nil {
			return db.Fault(err, "an accepted finding")
		}
		var indicator string
		if err := tx.Table("indicators").Select("code").Where("id = ?", row.IndicatorID).Take(&indicator).Error; err != nil {
			return db.Fault(err, "the indicator of a finding")
		}
		if err := tx.Delete(&row).Error; err != nil {
			return db.Fault(err, "take an acceptance back")
		}
		log.Add(audit.Change{Action: "take_back", Noun: "finding", Record: recordOf(row.Rule, indicator, row.Place), Reason: reason, Before: row})
		return nil
	})
}

func checkReason(reason *string) error {
	*reason = strings.TrimSpace(*reason)
	switch n := len([]rune(*reason)); {
	case n == 0:
		return fault.Problems{{Field: "reason", Key: "quality.problem.reason"}}
	case n > longestReason:
		return fault.Problems{{Field: "reason", Key: "quality.problem.long", Args: []any{longestReason}}}
	}
	return nil
}

// marked finds the finding of a mark among all that is found now.
func (s *Store) marked(ctx context.Context, mark string) (found Finding, err error) {
	all, err := s.Findings(ctx)
	for _, f := range all {
		if f.Mark == mark {
			return f, nil
		}
	}
	if err == nil {
		err = fault.New(fault.Conflict, "quality.error.gone", "no finding has the mark %q any more", mark)
	}
	return found, err
}

// record names the finding in the audit log.
func (f Finding) record() string { return recordOf(f.Rule, f.Indicator, f.Place()) }

// recordOf writes "jump: arrivals@2020".
func recordOf(rule, indicator, place string) string {
	if place == "" || strings.HasPrefix(place, "{") {
		return rule + ": " + indicator + place
	}
	return rule + ": " + indicator + "@" + place
}
