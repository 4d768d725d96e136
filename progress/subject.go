package progress

import (
	"context"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
)

// Subject is what an entry is about, and for whom it was made.
type Subject struct {
	Cycle     Cycle
	Agency    objectives.Agency
	Measure   *objectives.Measure   // whole; nil for values and for a proposed measure
	Indicator *indicators.Indicator // whole; nil for all but values
	Request   *Request              // that asks for the entry; nil when nobody did
}

// Subject returns what an entry that the caller was given is about, of figures
// only those that the actor may see.
func (s *Store) Subject(ctx context.Context, actor auth.Actor, e Entry) (Subject, error) {
	var about Subject
	tx := s.db.WithContext(ctx)
	if err := tx.Take(&about.Cycle, e.CycleID).Error; err != nil {
		return about, db.Fault(err, "the round of entry "+e.Code)
	}
	if err := tx.Take(&about.Agency, e.AgencyID).Error; err != nil {
		return about, db.Fault(err, "the agency of entry "+e.Code)
	}
	asked := tx.Where("cycle_id = ? AND agency_id = ? AND withdrawn_at IS NULL", e.CycleID, e.AgencyID)
	var code string
	switch {
	case e.MeasureID != nil:
		if err := tx.Model(&objectives.Measure{}).Select("code").Where("id = ?", *e.MeasureID).Take(&code).Error; err != nil {
			return about, db.Fault(err, "the measure of entry "+e.Code)
		}
		m, err := objectives.NewStore(s.db).MeasureByCode(ctx, code)
		if err != nil {
			return about, err
		}
		about.Measure, asked = &m, asked.Where("measure_id = ?", m.ID)
	case e.IndicatorID != nil:
		if err := tx.Model(&indicators.Indicator{}).Select("code").Where("id = ?", *e.IndicatorID).Take(&code).Error; err != nil {
			return about, db.Fault(err, "the indicator of entry "+e.Code)
		}
		store := indicators.NewStore(s.db)
		if actor.Can(auth.SeeHidden) {
			store = store.WithHidden()
		}
		i, err := store.IndicatorByCode(ctx, code)
		if err != nil {
			return about, err
		}
		about.Indicator, asked = &i, asked.Where("indicator_id = ?", i.ID)
	default:
		return about, nil
	}
	var requests []Request
	err := asked.Order("id").Limit(1).Find(&requests).Error
	if len(requests) > 0 {
		about.Request = &requests[0]
	}
	return about, db.Fault(err, "the request for entry "+e.Code)
}

// Records returns the codes and names of the measures and the indicators that an
// entry can be about: those that are not archived.
func (s *Store) Records(ctx context.Context) (measures, figures []objectives.Titled, err error) {
	tx := s.db.WithContext(ctx).Where("archived_at IS NULL").Order("id").Session(&gorm.Session{})
	if err = tx.Model(&objectives.Measure{}).Select("code, title").Find(&measures).Error; err == nil {
		err = tx.Model(&indicators.Indicator{}).Select("code, name AS title").Find(&figures).Error
	}
	return measures, figures, db.Fault(err, "list what can be entered")
}
