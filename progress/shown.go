package progress

import (
	"context"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Showing narrows what Shown returns; empty fields do not.
type Showing struct {
	Code, Cycle, Agency, Measure, Indicator string // codes
	Objective                               int    // number
	Proposed                                bool   // beside an objective's: proposals and changed mappings, whatever they are about
	Kind                                    Kind
	State                                   objectives.State
	Since                                   time.Time // released, or accepted, at this time or later
	After                                   int64     // id
	Latest                                  bool      // what was released or accepted last comes first, not what has the lowest id
	Limit                                   int
}

// Shown is an entry that was accepted or released, with what it is about.
type Shown struct {
	Entry
	Cycle, Agency, Record string // codes
	AgencyName, Title     i18n.Text
}

// Shown returns what is accepted or released in the actor's reach, by id if not
// asked otherwise: for the public what was released. What was taken back to be changed is there in its
// released form, whatever else the actor sees of it.
func (s *Store) Shown(ctx context.Context, actor auth.Actor, f Showing) ([]Shown, error) {
	tx := s.db.WithContext(ctx)
	q := find(tx, actor, "e.id > ? AND (e.state IN ('accepted', 'released') OR e.released IS NOT NULL)", f.After)
	equal := func(column, value string) {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	equal("e.code", f.Code)
	equal("c.code", f.Cycle)
	equal("a.code", f.Agency)
	equal("m.code", f.Measure)
	equal("i.code", f.Indicator)
	equal("e.kind", string(f.Kind))
	switch f.State {
	case objectives.Accepted:
		q = q.Where("e.state = 'accepted'")
	case objectives.Released:
		q = q.Where("e.state <> 'accepted'")
	}
	switch {
	case f.Objective != 0 && f.Proposed:
		q = q.Where("("+inScope+" OR e.kind IN ?)", []int{f.Objective}, []int{f.Objective}, []Kind{KindMeasure, KindMapping})
	case f.Objective != 0:
		q = q.Where(inScope, []int{f.Objective}, []int{f.Objective})
	}
	if !f.Since.IsZero() {
		q = q.Where("COALESCE(e.released_at, e.accepted_at) >= ?", f.Since.UTC())
	}
	order := "e.id"
	if f.Latest {
		order = "COALESCE(e.released_at, e.accepted_at) DESC, e.id DESC"
	}
	var rows []held
	if err := q.Order(order).Limit(f.Limit).Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "list what is shown of entries")
	}
	list := make([]Shown, 0, len(rows))
	for _, h := range rows {
		if h.State != objectives.Accepted && h.State != objectives.Released {
			h.Whole = false
		}
		list = append(list, Shown{h.seenBy(actor), h.Cycle, h.Agency, h.Record, h.AgencyName, h.Title})
	}
	return list, nil
}
