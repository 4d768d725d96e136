package progress

import (
	"context"
	"slices"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Outcome is what the public will see changed once an entry is released.
type Outcome struct {
	Code    string // of the entry
	Version int
	Kind    Kind
	Title   i18n.Text // of the measure or indicator; of the proposal for a new measure
	Agency  i18n.Text // its name

	Before, After objectives.Status // progress: the measure's; equal when it stays

	New, Replaced int // values: figures that are not known yet, and that differ from known ones

	From, To []int // mapping and new measures: numbers of objectives
}

// Preview tells what the release of all that is accepted in a round would
// change for the public, in the order of entry.
func (s *Store) Preview(ctx context.Context, actor auth.Actor, cycle string) ([]Outcome, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return nil, err
	}
	tx := s.db.WithContext(ctx)
	var rows []outcomeRow
	err := tx.Table("entries AS e").Joins(titled).
		Select(`e.code, e.version, e.kind, e.content, e.released, COALESCE(m.code, '') AS record, e.measure_id, e.indicator_id, a.name AS agency,
 COALESCE(m.title, i.name, e.content->'measure'->'title', '{}') AS title, COALESCE(m.status, '') AS status`).
		Where("c.code = ? AND e.state = ?", cycle, objectives.Accepted).Order("e.id").Find(&rows).Error
	if err != nil {
		return nil, db.Fault(err, "preview the release")
	}
	var out []Outcome
	for _, row := range rows {
		o, err := row.outcome(tx)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

type outcomeRow struct {
	Code                   string
	Version                int
	Kind                   Kind
	Content                Content
	Released               *Content
	Record                 string // code of the measure
	MeasureID, IndicatorID *int64
	Agency, Title          i18n.Text
	Status                 objectives.Status
}

func (row outcomeRow) outcome(tx *db.DB) (o Outcome, err error) {
	o = Outcome{Code: row.Code, Version: row.Version, Kind: row.Kind, Title: row.Title, Agency: row.Agency}
	switch c := row.Content; {
	case c.Progress != nil:
		o.Before, o.After = row.Status, c.Progress.Status
	case c.Values != nil && row.IndicatorID != nil:
		o.New, o.Replaced, err = compareFigures(tx, *row.IndicatorID, c.Values.Rows)
	case c.Measure != nil:
		o.After, o.To = c.Measure.Status, c.Measure.Numbers()
	case c.Mapping != nil && row.MeasureID != nil:
		var m objectives.Measure
		if m, err = objectives.NewStore(tx).MeasureByCode(tx.Statement.Context, row.Record); err != nil {
			return o, err
		}
		o.From = mappingOf(m).Numbers()
		to, err := c.Mapping.mapped(tx, row.Code, row.Released, *mappingOf(m))
		if err != nil {
			return o, err
		}
		to.replaceIn(&m)
		o.To = mappingOf(m).Numbers()
	}
	return o, err
}

// Numbers lists the objectives that the mapping names, in order.
func (m Mapping) Numbers() []int {
	var list []int
	for _, o := range m.Objectives {
		list = append(list, o.Number)
	}
	slices.Sort(list)
	return list
}

// compareFigures counts the figures that are not known yet, and those that say
// something else than the known one.
func compareFigures(tx *db.DB, indicator int64, rows []Figure) (added, replaced int, err error) {
	var known []indicators.Observation
	if err := tx.Where("indicator_id = ?", indicator).Find(&known).Error; err != nil {
		return 0, 0, db.Fault(err, "read known figures")
	}
	for _, row := range rows {
		i := slices.IndexFunc(known, func(o indicators.Observation) bool {
			return o.Period == row.Period && o.Breakdown.String() == row.Breakdown && o.State == objectives.Released
		})
		switch {
		case i < 0:
			added++
		case !row.says(known[i]):
			replaced++
		}
	}
	return added, replaced, nil
}

// says reports whether a figure says what an observation says.
func (f Figure) says(o indicators.Observation) bool {
	if was := figureOf(o); f.Qualifier != o.Qualifier || (f.Value == nil) != (o.Value == nil) || f.observed() != was.observed() || f.ConfStatus != was.ConfStatus {
		return false
	}
	return f.Value == nil || *f.Value == *o.Value && f.Decimals == o.Decimals
}
