package indicators

import (
	"context"
	"maps"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/period"
	"gcm/objectives"
)

// judge decides which values of indicators the public may see, with what releases
// showed of them before, and with what other indicators are calculated from.
type judge struct {
	tx       *gorm.DB
	decided  *decisions
	known    map[string]Indicator // by code
	verdicts map[string]*verdict  // of the values of today
	releases []Release            // in the order of time
	withheld map[withheldKey]map[int64]bool
	past     map[int64][]Vintage // values that releases showed and that no longer stand
	read     bool
	busy     map[string]bool // indicators whose earlier values are being judged
}

// verdict says which values of an indicator are hidden.
type verdict struct {
	cells  []Cell
	hidden map[version]bool
}

// version is one value of a place.
type version struct {
	place string
	since int64
}

func (v *verdict) hides(o Observation) bool {
	return o.ConfStatus != Free || v.hidden[version{o.place(), o.Since.UnixMicro()}]
}

// newJudge returns the judge of some indicators with their released observations.
func (s *Store) newJudge(ctx context.Context, list []Indicator) *judge {
	j := &judge{tx: s.db.WithContext(ctx), decided: s.decided, known: map[string]Indicator{}, verdicts: map[string]*verdict{}, busy: map[string]bool{}}
	for _, i := range list {
		j.known[i.Code] = i
	}
	return j
}

// today judges the values that stand now.
func (j *judge) today(i Indicator) (*verdict, error) {
	if v := j.verdicts[i.Code]; v != nil {
		return v, nil
	}
	v := &verdict{}
	j.verdicts[i.Code] = v // a formula that comes back to itself finds this
	if err := j.history(i); err != nil {
		return nil, err
	}
	for _, o := range i.Observations {
		v.add(o, time.Time{}, j.fate(i.ID, o, time.Time{}))
	}
	for _, p := range j.past[i.ID] {
		v.add(p.Observation, p.Until, j.fate(i.ID, p.Observation, p.Until))
	}
	if err := j.calculated(i, v, false); err != nil {
		return nil, err
	}
	moments := []time.Time{}
	for _, r := range j.releases {
		moments = append(moments, r.At)
	}
	v.judge(j.decided, i, moments)
	return v, nil
}

// ever judges the earlier values of an indicator. What is public today stays so.
func (j *judge) ever(i Indicator, list []Vintage) (*verdict, error) {
	today, err := j.today(i)
	if err != nil {
		return nil, err
	}
	v := &verdict{}
	for _, o := range i.Observations {
		fate := Published
		if today.hides(o) {
			fate = KeptBack
		}
		v.add(o, time.Time{}, fate)
	}
	for _, p := range list {
		v.add(p.Observation, p.Until, j.fate(i.ID, p.Observation, p.Until))
	}
	if err := j.calculated(i, v, true); err != nil {
		return nil, err
	}
	v.judge(j.decided, i, nil)
	return v, nil
}

func (v *verdict) add(o Observation, until time.Time, fate Fate) {
	if o.Value == nil {
		return
	}
	v.cells = append(v.cells, Cell{
		Period: o.Period, Breakdown: o.Breakdown, Value: *o.Value, Unit: o.Unit, Since: o.Since, Until: until,
		Secret: o.ConfStatus != Free, Fate: fate,
	})
}

func (v *verdict) judge(before *decisions, i Indicator, moments []time.Time) {
	v.hidden = map[version]bool{}
	for n, hidden := range before.suppress(v.cells, i.Threshold(), moments) {
		if c := v.cells[n]; hidden {
			v.hidden[version{c.place(), c.Since.UnixMicro()}] = true
		}
	}
}

func (c Cell) place() string { return Observation{Period: c.Period, Breakdown: c.Breakdown}.place() }

// calculated marks the values that are made of hidden ones: from the result and
// the other components those could be computed. always asks for the components'
// earlier values too.
func (j *judge) calculated(i Indicator, v *verdict, always bool) error {
	for _, component := range i.Formula.Components {
		of, there, err := j.indicator(component.Indicator)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		source, err := j.component(of, always)
		if err != nil {
			return err
		}
		for n := range v.cells {
			c := &v.cells[n]
			c.Secret = c.Secret || source.made(*c, component, i.Formula.Kind == GrowthOf, always)
		}
	}
	return nil
}

func (j *judge) component(of Indicator, always bool) (*verdict, error) {
	if !always || j.busy[of.Code] {
		return j.today(of)
	}
	j.busy[of.Code] = true
	var list []Vintage
	if err := j.tx.Where("indicator_id = ? AND state = ?", of.ID, objectives.Released).Order("id").Find(&list).Error; err != nil {
		return nil, db.Fault(err, "read the earlier values of "+of.Code)
	}
	return j.ever(of, list)
}

// made reports whether a calculated cell is made of a hidden value of this
// component: of the same cell, of the one that the formula names, or for growth
// of any before.
func (v *verdict) made(c Cell, component Component, growth, always bool) bool {
	both := maps.Clone(component.Breakdown)
	if both == nil {
		both = Breakdown{}
	}
	maps.Copy(both, c.Breakdown)
	for _, source := range v.cells {
		if !always && !source.Until.IsZero() || !v.hidden[version{source.place(), source.Since.UnixMicro()}] {
			continue
		}
		if source.Period != c.Period && (!growth || !before(source.Period, c.Period)) {
			continue
		}
		switch source.Breakdown.String() {
		case c.Breakdown.String(), component.Breakdown.String(), both.String():
			return true
		}
	}
	return false
}

func before(a, b period.Period) bool { return a.Last().Before(b.First()) }
