package progress

import (
	"context"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
)

// Asked is all that an agency is asked about in a round.
type Asked struct {
	Cycle      Cycle
	Agency     objectives.Agency
	Measures   []AskedMeasure
	Indicators []AskedIndicator
}

// AskedMeasure is a measure that an agency is asked about.
type AskedMeasure struct {
	Measure objectives.Measure // alone, without what it is linked to
	Due     string
	Last    *Progress // what the agency entered in the latest round before; nil when nothing
	Entry   *Entry    // of the round; nil when it was not begun
}

// AskedIndicator is an indicator that an agency is asked about.
type AskedIndicator struct {
	Indicator indicators.Indicator // with dimensions and observations
	Due       string
	Entry     *Entry
}

// Asked returns what an agency is asked about in a round. Those who enter for it
// see the entries as they stand; the coordinator gets them without their content,
// and of what was entered before only what was released.
func (s *Store) Asked(ctx context.Context, actor auth.Actor, cycle, agency string) (Asked, error) {
	var a Asked
	own := actor.Can(auth.Enter) && actor.Agency == agency && agency != ""
	if !own && !actor.Can(auth.Coordinate) {
		return a, fault.New(fault.Forbidden, "error.forbidden", "what agency %q is asked about is not for user %d", agency, actor.UserID)
	}
	tx := s.db.WithContext(ctx)
	var err error
	if a.Cycle, err = cycleByCode(tx, cycle); err != nil {
		return a, err
	}
	if err := tx.Where("code = ?", agency).Take(&a.Agency).Error; err != nil {
		return a, db.Fault(err, "agency "+agency)
	}
	entries, err := a.entries(tx, own)
	if err != nil {
		return a, err
	}
	if err := a.askedMeasures(tx, entries, own); err != nil {
		return a, err
	}
	return a, a.askedIndicators(ctx, tx, entries)
}

// about finds an entry by its kind and the id of its measure or indicator.
type about struct {
	kind   Kind
	record int64
}

func (a Asked) entries(tx *gorm.DB, own bool) (map[about]*Entry, error) {
	var rows []Entry
	err := tx.Where("cycle_id = ? AND agency_id = ? AND kind IN ?", a.Cycle.ID, a.Agency.ID, []Kind{KindProgress, KindValues}).Order("id").Find(&rows).Error
	if err != nil {
		return nil, db.Fault(err, "list an agency's entries")
	}
	found := map[about]*Entry{}
	for i := range rows {
		e := &rows[i]
		if !own {
			e = &Entry{State: e.State, Version: e.Version}
		}
		switch {
		case rows[i].MeasureID != nil:
			found[about{KindProgress, *rows[i].MeasureID}] = e
		case rows[i].IndicatorID != nil:
			found[about{KindValues, *rows[i].IndicatorID}] = e
		}
	}
	return found, nil
}

func (a *Asked) requests(tx *gorm.DB, record string) (due map[int64]string, ids []int64, err error) {
	var rows []struct {
		Record int64
		Due    string
	}
	err = tx.Model(&Request{}).Select(record+" AS record, due").Where("cycle_id = ? AND agency_id = ? AND withdrawn_at IS NULL AND "+record+" IS NOT NULL", a.Cycle.ID, a.Agency.ID).
		Order("id").Find(&rows).Error
	due = map[int64]string{}
	for _, r := range rows {
		due[r.Record] = r.Due
		ids = append(ids, r.Record)
	}
	return due, ids, db.Fault(err, "list requests")
}

func (a *Asked) askedMeasures(tx *gorm.DB, entries map[about]*Entry, own bool) error {
	due, ids, err := a.requests(tx, "measure_id")
	if err != nil {
		return err
	}
	var measures []objectives.Measure
	if err := tx.Where("id IN ?", ids).Order("code").Find(&measures).Error; err != nil {
		return db.Fault(err, "list measures")
	}
	last, err := a.last(tx, ids, own)
	if err != nil {
		return err
	}
	for _, m := range measures {
		a.Measures = append(a.Measures, AskedMeasure{m, due[m.ID], last[m.ID], entries[about{KindProgress, m.ID}]})
	}
	return nil
}

// last returns what the agency entered on measures in the latest round before.
func (a *Asked) last(tx *gorm.DB, measures []int64, own bool) (map[int64]*Progress, error) {
	var rows []Entry
	err := tx.Joins("JOIN cycles c ON c.id = entries.cycle_id AND c.code < ?", a.Cycle.Code).
		Where("agency_id = ? AND kind = ? AND measure_id IN ?", a.Agency.ID, KindProgress, measures).Order("c.code, entries.id").Find(&rows).Error
	if err != nil {
		return nil, db.Fault(err, "list entries of rounds before")
	}
	last := map[int64]*Progress{}
	for _, e := range rows {
		switch {
		case e.Released != nil:
			last[*e.MeasureID] = e.Released.Progress
		case own:
			last[*e.MeasureID] = e.Content.Progress
		}
	}
	return last, nil
}

func (a *Asked) askedIndicators(ctx context.Context, tx *gorm.DB, entries map[about]*Entry) error {
	due, ids, err := a.requests(tx, "indicator_id")
	if err != nil || len(ids) == 0 {
		return err
	}
	var codes []string
	if err := tx.Model(&indicators.Indicator{}).Where("id IN ?", ids).Order("code").Pluck("code", &codes).Error; err != nil {
		return db.Fault(err, "list indicators")
	}
	store := indicators.NewStore(tx).WithHidden() // the agency's own figures
	for _, code := range codes {
		i, err := store.IndicatorByCode(ctx, code)
		if err != nil {
			return err
		}
		a.Indicators = append(a.Indicators, AskedIndicator{i, due[i.ID], entries[about{KindValues, i.ID}]})
	}
	return nil
}
