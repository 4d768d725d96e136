package progress

import (
	"cmp"
	"maps"
	"strings"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/objectives"
)

// applyValues writes the figures as observations. Those that an earlier release
// of the entry brought and this one does not are taken out.
func (h *held) applyValues(tx *gorm.DB, log *audit.Log) error {
	var of indicators.Indicator
	err := tx.Preload("Observations").Select("id", "unit").Take(&of, *h.IndicatorID).Error
	if err != nil {
		return db.Fault(err, "indicator "+h.Record)
	}
	present := map[string]indicators.Observation{}
	next := 0 // place of the next new one
	for _, o := range of.Observations {
		present[figureOf(o).key()] = o
		next = max(next, o.Position+1)
	}
	var changed []indicators.Observation
	given := map[string]bool{}
	for _, f := range h.Content.Values.Rows {
		was, known := present[f.key()]
		given[f.key()] = true
		if !known {
			was = indicators.Observation{Position: next, Unit: of.Unit}
			next++
		}
		now := f.over(was)
		if known && figureOf(now).same(figureOf(was)) {
			continue
		}
		changed = append(changed, now)
		log.Add(h.observed(f.key(), was, known, &now))
	}
	if err := h.takeOut(tx, log, given, present); err != nil {
		return err
	}
	return indicators.NewStore(tx).PutObservations(tx.Statement.Context, h.Record, h.made(log), changed)
}

// takeOut deletes the observations that the entry brought when it was released
// before and no longer gives. What a source is quoted for stays.
func (h *held) takeOut(tx *gorm.DB, log *audit.Log, given map[string]bool, present map[string]indicators.Observation) error {
	if h.Released == nil {
		return nil
	}
	var gone []int64
	for _, f := range h.Released.Values.Rows {
		was, there := present[f.key()]
		if !there || given[f.key()] || len(was.Quotes) > 0 || !figureOf(was).same(f) { // another entry may have given it anew
			continue
		}
		gone = append(gone, was.ID)
		log.Add(h.observed(f.key(), was, true, nil))
	}
	return indicators.NewStore(tx).TakeOut(tx.Statement.Context, h.made(log), gone)
}

// made says by whom and why the figures came to stand.
func (h *held) made(log *audit.Log) indicators.Made {
	return indicators.Made{MadeBy: log.By(), Reason: "entry " + h.Code}
}

// over returns the observation that the figure leaves of what there was. Another
// value loses the source's wording and quotes, which no longer found it.
func (f Figure) over(o indicators.Observation) indicators.Observation {
	if was := figureOf(o); o.ID == 0 || was.Qualifier != f.Qualifier || !sameNumber(was.Value, f.Value) {
		o.ValueText, o.Quotes, o.Note, o.Source = "", nil, nil, nil
	}
	breakdown, _ := indicators.ParseBreakdown(f.Breakdown) // it was read when it was saved
	o.Period, o.Breakdown, o.Value, o.Decimals, o.Qualifier = f.Period, breakdown, f.Value, f.Decimals, f.Qualifier
	o.ObsStatus, o.ConfStatus, o.State, o.Origin = f.observed(), cmp.Or(f.ConfStatus, indicators.Free), objectives.Released, indicators.FromEntry
	if f.Source != nil {
		o.Source = f.Source
	}
	if f.Note != nil {
		o.Note = f.Note
	}
	return o
}

// figureOf returns the figure that an observation is, in its shortest form.
func figureOf(o indicators.Observation) Figure {
	f := Figure{
		Period: o.Period, Breakdown: o.Breakdown.String(), Value: o.Value, Decimals: o.Decimals, Qualifier: o.Qualifier,
		ObsStatus: o.ObsStatus, ConfStatus: o.ConfStatus, Source: o.Source, Note: o.Note,
	}
	f.shorten()
	return f
}

// shorten leaves out statuses that go without saying.
func (f *Figure) shorten() {
	if f.ObsStatus == (Figure{Value: f.Value}).observed() {
		f.ObsStatus = ""
	}
	if f.ConfStatus == indicators.Free {
		f.ConfStatus = ""
	}
}

func (f Figure) same(other Figure) bool {
	return f.key() == other.key() && sameNumber(f.Value, other.Value) && f.Decimals == other.Decimals && f.Qualifier == other.Qualifier &&
		f.observed() == other.observed() && f.ConfStatus == other.ConfStatus && maps.Equal(f.Source, other.Source) && maps.Equal(f.Note, other.Note)
}

func sameNumber(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// observationRecord is what the audit log keeps of an observation.
type observationRecord struct {
	Figure
	ValueText string            `json:"value_text,omitempty"`
	Quotes    objectives.Quotes `json:"quotes,omitempty"`
}

// observed records what became of an observation.
func (h *held) observed(key string, was indicators.Observation, known bool, now *indicators.Observation) audit.Change {
	c := audit.Change{Action: "release", Noun: "observation", Record: strings.TrimSpace(h.Record + " " + key), Reason: "entry " + h.Code}
	if known {
		c.Before = observationRecord{figureOf(was), was.ValueText, was.Quotes}
	}
	if now != nil {
		c.After = observationRecord{figureOf(*now), now.ValueText, now.Quotes}
	}
	return c
}
