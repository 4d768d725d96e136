package indicators

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
)

// Placed is an observation with the code of its indicator.
type Placed struct {
	Indicator string
	Observation
}

// After is where a part of a list of observations ended; empty for its beginning.
type After struct {
	Indicator string // code
	Breakdown Breakdown
	Period    string
}

// mostAtOnce is of how many indicators a part of a list is read by one query.
const mostAtOnce = 64

// readsAgain is how often a part is read anew when values changed while it was read.
const readsAgain = 5

// Part returns up to limit observations that everybody may see behind a place, by
// indicator, breakdown and period, of those that are searched for and that keeps
// wants. It reads no more of them than it has to.
func (s *Store) Part(ctx context.Context, by Search, after After, limit int, keeps func(Observation) bool) ([]Placed, error) {
	var list []Indicator
	if err := s.searched(ctx, by).Find(&list).Error; err != nil {
		return nil, db.Fault(err, "search the indicators")
	}
	list = slices.DeleteFunc(list, func(i Indicator) bool { return i.Code < after.Indicator })
	slices.SortFunc(list, func(a, b Indicator) int { return cmp.Compare(a.Code, b.Code) })
	for range readsAgain {
		keys, err := s.figureKeys(ctx, list)
		if err != nil {
			return nil, err
		}
		part, err := s.readPart(ctx, list, keys, by, after, limit, keeps)
		if err != nil {
			return nil, err
		}
		again, err := s.figureKeys(ctx, list)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(list, func(i Indicator) bool { return keys[i.ID] != again[i.ID] }) {
			return part, nil
		}
	}
	return nil, fault.New(fault.Unavailable, "error.unavailable", "observations change faster than they are read")
}

func (s *Store) readPart(ctx context.Context, list []Indicator, keys map[int64]string, by Search, after After, limit int, keeps func(Observation) bool) ([]Placed, error) {
	var part []Placed
	for size := 1; len(list) > 0 && len(part) < limit; size = min(2*size, mostAtOnce) {
		some := list[:min(size, len(list))]
		list = list[len(some):]
		for {
			rows, err := s.placed(ctx, some, by, after, limit)
			if err != nil {
				return nil, err
			}
			var covers map[int64]cover
			if !s.hidden {
				if covers, err = s.covers(ctx, some, rows, keys); err != nil {
					return nil, err
				}
			}
			for _, row := range rows {
				after = After{row.Indicator, row.Breakdown, string(row.Period)}
				if len(part) < limit && keeps(row.Observation) {
					if c, there := covers[row.IndicatorID]; there {
						c.conceal(&row.Observation)
					}
					part = append(part, row)
				}
			}
			if len(rows) < limit || len(part) >= limit {
				break
			}
		}
	}
	return part, nil
}

// placed reads observations of some indicators behind a place, as they are.
func (s *Store) placed(ctx context.Context, some []Indicator, by Search, after After, limit int) ([]Placed, error) {
	tx := s.db.WithContext(ctx)
	exact := ""
	if db.IsPostgres(tx) {
		exact = ` COLLATE "C"` // the order of bytes, as everywhere
	}
	ids, codes, at := []int64{}, map[int64]string{}, int64(0)
	for _, i := range some {
		ids, codes[i.ID] = append(ids, i.ID), i.Code
		if i.Code == after.Indicator {
			at = i.ID
		}
	}
	q := narrowed(tx.Joins("JOIN indicators i ON i.id = o.indicator_id"), by).
		Where("o.indicator_id IN ?", ids)
	if at != 0 {
		q = q.Where(fmt.Sprintf("(o.indicator_id <> ? OR o.breakdown%s > ? OR o.breakdown = ? AND o.period%s > ?)", exact, exact),
			at, after.Breakdown.String(), after.Breakdown.String(), after.Period)
		q = q.Where("i.code"+exact+" >= ?", after.Indicator)
	}
	columns := publicColumns
	if s.hidden {
		columns = wholeColumns
	}
	var rows []Placed
	err := eachObservation(q.Order("i.code"+exact+", o.breakdown"+exact+", o.period"+exact).Limit(limit), columns, func(o *Observation) {
		rows = append(rows, Placed{codes[o.IndicatorID], *o})
	})
	return rows, err
}

// narrowed are released observations o that are searched for, as far as their own
// columns say.
func narrowed(q *gorm.DB, by Search) *gorm.DB {
	q = q.Where("o.state = ?", objectives.Released)
	if by.Breakdown != nil {
		q = q.Where("o.breakdown = ?", by.Breakdown.String())
	}
	if !by.Since.IsZero() {
		q = q.Where("o.since >= ?", by.Since.UTC())
	}
	if by.First != "" {
		q = q.Where("o.period >= ?", by.First)
	}
	if year, err := strconv.Atoi(by.Last); err == nil {
		q = q.Where("o.period <> '' AND o.period < ?", fmt.Sprintf("%04d", year+1))
	}
	return q
}

// covers remembers of indicators which of their values are hidden, which takes all
// of them to work out. Each is kept for as long as nothing changes that it was made
// of.
type covers struct {
	mutex sync.Mutex
	kept  map[int64]cover
}

// cover says what is hidden of an indicator's values.
type cover struct {
	key     string
	verdict verdict
	quotes  objectives.Quotes // from which a hidden value could be read
}

// conceal takes from an observation what the public may not see.
func (c cover) conceal(o *Observation) {
	o.Made = Made{Since: o.Since}
	if c.verdict.hides(*o) {
		o.hide()
	}
	o.Quotes = slices.DeleteFunc(o.Quotes, func(q objectives.Quote) bool { return slices.Contains(c.quotes, q) })
}

// covers returns what is hidden of those indicators of some that have rows.
func (s *Store) covers(ctx context.Context, some []Indicator, rows []Placed, keys map[int64]string) (map[int64]cover, error) {
	here := map[int64]bool{}
	for _, row := range rows {
		here[row.IndicatorID] = true
	}
	found := map[int64]cover{}
	var open []Indicator
	s.covered.mutex.Lock()
	for _, i := range some {
		if known := s.covered.kept[i.ID]; here[i.ID] && known.key == keys[i.ID] {
			found[i.ID] = known
		} else if here[i.ID] {
			open = append(open, i)
		}
	}
	s.covered.mutex.Unlock()
	for part := range slices.Chunk(open, atOnce) {
		judge := s.newJudge(ctx, nil)
		for _, i := range part {
			c, err := judge.cover(i)
			if err != nil {
				return nil, err
			}
			c.key = keys[i.ID]
			found[i.ID] = c
			s.covered.keep(i.ID, c)
		}
	}
	return found, nil
}

func (c *covers) keep(id int64, one cover) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.kept == nil {
		c.kept = map[int64]cover{}
	}
	c.kept[id] = one
}

// cover works out what is hidden of an indicator.
func (j *judge) cover(i Indicator) (cover, error) {
	if err := j.observations(&i); err != nil {
		return cover{}, err
	}
	today, err := j.today(i)
	if err != nil {
		return cover{}, err
	}
	c := cover{verdict: verdict{hidden: today.hidden}}
	if !slices.ContainsFunc(i.Observations, today.hides) {
		return c, nil
	}
	var quoted []Observation
	err = j.tx.Select("period", "breakdown", "conf_status", "since", "quotes").Where("indicator_id = ? AND state = ?", i.ID, objectives.Released).Find(&quoted).Error
	for _, o := range quoted {
		if today.hides(o) {
			c.quotes = append(c.quotes, o.Quotes...)
		}
	}
	return c, db.Fault(err, "read what hidden values of "+i.Code+" are quoted from")
}
