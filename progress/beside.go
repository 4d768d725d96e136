package progress

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Previous returns the entry of the round before by the same agency on the same
// record, as the actor sees it; nil when there is none in his reach.
func (s *Store) Previous(ctx context.Context, actor auth.Actor, e Entry) (*Entry, error) {
	if e.MeasureID == nil && e.IndicatorID == nil {
		return nil, nil
	}
	tx := s.db.WithContext(ctx)
	var rows []held
	err := find(tx, actor, `e.kind = ? AND e.agency_id = ? AND (e.measure_id = ? OR e.indicator_id = ?)
 AND c.cutoff < (SELECT o.cutoff FROM cycles o WHERE o.id = ?)`, e.Kind, e.AgencyID, e.MeasureID, e.IndicatorID, e.CycleID).
		Order("c.cutoff DESC, e.id DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err, "look for the entry of the round before")
	}
	previous := rows[0].seenBy(actor)
	return &previous, nil
}

// Released returns what was released of a measure's progress, the latest round
// first, as the public sees it.
func (s *Store) Released(ctx context.Context, measure int64) ([]Entry, error) {
	return released(s.db.WithContext(ctx), "e.kind = ? AND e.measure_id = ?", KindProgress, measure)
}

// AllReleased returns what was released of the progress of all measures, by these,
// as the public sees it.
func (s *Store) AllReleased(ctx context.Context) (map[int64][]Entry, error) {
	all, err := released(s.db.WithContext(ctx), "e.kind = ?", KindProgress)
	byMeasure := map[int64][]Entry{}
	for _, e := range all {
		if e.MeasureID != nil {
			byMeasure[*e.MeasureID] = append(byMeasure[*e.MeasureID], e)
		}
	}
	return byMeasure, err
}

func released(tx *gorm.DB, where string, args ...any) ([]Entry, error) {
	var public auth.Actor
	var rows []held
	err := find(tx, public, where, args...).Order("c.cutoff DESC, c.id DESC, e.id").Find(&rows).Error
	entries := make([]Entry, len(rows))
	for i, h := range rows {
		entries[i] = h.seenBy(public)
	}
	return entries, db.Fault(err, "list what was released")
}

// Similar hints at measures, and at proposals in the actor's reach, that may be
// what the proposal means. The code is a measure's or an entry's.
func (s *Store) Similar(ctx context.Context, actor auth.Actor, p Proposal) ([]objectives.Hint, error) {
	tx := s.db.WithContext(ctx)
	var among []objectives.Titled
	err := tx.Model(&objectives.Measure{}).Select("code, title").Where("archived_at IS NULL").Order("id").Find(&among).Error
	if err != nil {
		return nil, db.Fault(err, "read the titles of measures")
	}
	var proposed []struct {
		Code  string
		Title i18n.Text
	}
	sees := reach(actor)
	err = tx.Table("entries AS e").Select("e.code, COALESCE(e.content->'measure'->'title', '{}') AS title").
		Where("e.kind = ? AND e.measure_id IS NULL AND ?", KindMeasure, sees.whole.expr()).Order("e.id").Find(&proposed).Error
	for _, other := range proposed {
		among = append(among, objectives.Titled(other))
	}
	return objectives.Similar(p.Title, among), db.Fault(err, "read the titles of proposals")
}
