package indicators

import (
	"context"
	"maps"
	"slices"
	"time"

	"gcm/internal/db"
	"gcm/objectives"
)

// history reads once what releases showed and kept back: of all indicators that
// are judged, or of one when they come one by one.
func (j *judge) history(i Indicator) error {
	if !j.read {
		j.read = true
		j.past, j.withheld = map[int64][]Vintage{}, map[withheldKey]map[int64]bool{}
		if err := j.tx.Select("id", "at").Order("at").Find(&j.releases).Error; err != nil {
			return db.Fault(err, "list releases")
		}
		var ids []int64
		for _, known := range j.known {
			ids = append(ids, known.ID)
		}
		if err := j.shown(ids...); err != nil {
			return err
		}
	}
	if _, there := j.past[i.ID]; there {
		return nil
	}
	return j.shown(i.ID)
}

// shown reads of indicators what releases made of their values.
func (j *judge) shown(ids ...int64) error {
	if len(j.releases) == 0 {
		return nil
	}
	for part := range slices.Chunk(ids, 500) {
		for _, id := range part {
			j.past[id] = nil
		}
		var rows []Withheld
		if err := j.tx.Where("indicator_id IN ?", part).Find(&rows).Error; err != nil {
			return db.Fault(err, "read what releases keep back")
		}
		for _, w := range rows {
			key := withheldKey{w.IndicatorID, w.Period, w.Breakdown}
			if j.withheld[key] == nil {
				j.withheld[key] = map[int64]bool{}
			}
			j.withheld[key][w.ReleaseID] = w.Mark != ""
		}
		var past []Vintage
		err := j.tx.Where("indicator_id IN ? AND state = ? AND value IS NOT NULL", part, objectives.Released).
			Where("EXISTS (SELECT 1 FROM data_releases r WHERE vintages.since <= r.at AND vintages.until > r.at)").Order("id").Find(&past).Error
		if err != nil {
			return db.Fault(err, "read what releases show")
		}
		for _, v := range past {
			j.past[v.IndicatorID] = append(j.past[v.IndicatorID], v)
		}
	}
	return nil
}

// fate says what releases made of a value.
func (j *judge) fate(id int64, o Observation, until time.Time) Fate {
	fate := Open
	for _, r := range j.releases {
		if o.Since.After(r.At) || !until.IsZero() && !until.After(r.At) {
			continue
		}
		hidden, kept := j.withheld[withheldKey{id, string(o.Period), o.Breakdown.String()}][r.ID]
		switch {
		case !kept:
			return Published
		case hidden:
			fate = KeptBack
		}
	}
	return fate
}

// indicator returns an indicator that a formula names, with its released values.
func (j *judge) indicator(code string) (Indicator, bool, error) {
	if i, known := j.known[code]; known {
		return i, true, nil
	}
	var list []Indicator
	if err := j.tx.Where("code = ?", code).Limit(1).Find(&list).Error; err != nil || len(list) == 0 {
		return Indicator{}, false, db.Fault(err, "indicator "+code)
	}
	if err := j.observations(&list[0]); err != nil {
		return list[0], false, err
	}
	j.known[code] = list[0]
	return list[0], true, nil
}

// observations reads what of an indicator's released values matters for judging.
func (j *judge) observations(i *Indicator) error {
	list := []Indicator{*i}
	err := readObservations(j.tx.Where("state = ?", objectives.Released), list, judgeColumns)
	i.Observations = list[0].Observations
	return err
}

// forget drops what was judged of an indicator that nothing is calculated from.
func (j *judge) forget(i Indicator) {
	delete(j.past, i.ID)
	delete(j.verdicts, i.Code)
	maps.DeleteFunc(j.withheld, func(k withheldKey, _ map[int64]bool) bool { return k.indicator == i.ID })
}

// outline returns all indicators without what belongs to them.
func (s *Store) outline(ctx context.Context) ([]Indicator, error) {
	var rows []Indicator
	err := s.db.WithContext(ctx).Order("id").Find(&rows).Error
	return rows, db.Fault(err, "list indicators")
}
