package indicators

import (
	"slices"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

// Register returns the register of indicators. What else is to follow a merged
// indicator, rooms above this one say.
func (s *Store) Register(follow ...register.Follow) register.Register[Content] {
	return register.Register[Content]{
		DB: s.db, Noun: "indicator", Table: "indicators", Name: "name", Class: "figure_type", Released: true, May: auth.Coordinate,
		Title: func(c Content) i18n.Text { return c.Name },
		Read:  read,
		Check: check,
		Write: func(tx *db.DB, code string, c Content) error {
			return NewStore(tx).PutIndicators(tx.Statement.Context, []Indicator{c.indicator(code)})
		},
		Join: func(into *Content, from Content) {
			into.Objectives = objectives.JoinObjectives(into.Objectives, from.Objectives)
			into.Measures = objectives.Joined(into.Measures, from.Measures)
		},
		Then:   recomputeChanged,
		Follow: append([]register.Follow{followObservations, followFormulas, recomputeMerged}, follow...),
	}
}

func read(tx *db.DB, code string) (Content, error) {
	i, err := NewStore(tx).WithHidden().IndicatorByCode(tx.Statement.Context, code)
	return i.Content(), err
}

// moved is what the audit log says of an observation that changed its indicator.
type moved struct {
	Indicator string `json:"indicator"`
}

// followObservations leads the observations whose place is free to the
// indicator's successor. Figures in another unit cannot be joined.
func followObservations(tx *db.DB, log *audit.Log, move register.Move) error {
	store := NewStore(tx).WithHidden()
	from, err := store.IndicatorByCode(tx.Statement.Context, move.From)
	if err != nil {
		return err
	}
	into, err := store.IndicatorByCode(tx.Statement.Context, move.Into)
	if err != nil {
		return err
	}
	if from.Unit != into.Unit {
		return fault.Problems{{Field: "into", Key: "register.problem.unit"}}
	}
	made := Made{MadeBy: log.By(), Reason: move.Reason}
	if made.Since, err = moment(tx); err != nil {
		return err
	}
	place := 0
	for _, o := range into.Observations {
		place = max(place, o.Position+1)
	}
	for _, o := range from.Observations {
		if slices.ContainsFunc(into.Observations, func(there Observation) bool { return samePlace(there, o) }) {
			continue
		}
		if err := keep(tx, []int64{o.ID}, made); err != nil {
			return err
		}
		err := tx.Model(&o).Select("IndicatorID", "Position", "Since", "MadeBy", "Reason").Updates(Observation{IndicatorID: into.ID, Position: place, Made: made}).Error
		if err != nil {
			return db.Fault(err, "move an observation")
		}
		if err := changed(tx, from.ID, into.ID); err != nil {
			return err
		}
		place++
		log.Add(audit.Change{Action: "move", Noun: "observation", Record: observationKey(move.Into, o), Reason: move.Reason, Before: moved{move.From}, After: moved{move.Into}})
	}
	return nil
}

func samePlace(a, b Observation) bool {
	return a.Period == b.Period && a.Breakdown.String() == b.Breakdown.String()
}

// observationKey names an observation: "arrivals@2019{sector=mining}".
func observationKey(indicator string, o Observation) string {
	key := indicator
	if o.Period != "" {
		key += "@" + string(o.Period)
	}
	if len(o.Breakdown) > 0 {
		key += "{" + o.Breakdown.String() + "}"
	}
	return key
}

// FollowMeasure leads the indicators of a measure to the one into which it was merged.
func FollowMeasure(tx *db.DB, log *audit.Log, move register.Move) error {
	var codes []string
	err := tx.Model(&Indicator{}).Order("id").
		Where("archived_at IS NULL AND id IN (SELECT indicator_id FROM indicator_measures l JOIN measures m ON m.id = l.measure_id WHERE m.code = ?)", move.From).
		Pluck("code", &codes).Error
	if err != nil {
		return db.Fault(err, "read the indicators of measure "+move.From)
	}
	for _, code := range codes {
		err := follow(tx, log, code, move, func(c *Content) {
			for i := range c.Measures {
				if c.Measures[i].Code == move.From {
					c.Measures[i].Code = move.Into
				}
			}
			c.Measures = objectives.Joined(nil, c.Measures)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
