package progress

import (
	"context"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
)

// Punctuality says how an agency kept the dates of a round. Each request is
// counted once: Asked is the sum of the other four.
type Punctuality struct {
	Cycle  string
	Agency objectives.Agency // without quotes
	Asked  int
	OnTime int // submitted first on the day it was due, or before
	Late   int // submitted first after that
	Missed int // due, and never submitted
	NotDue int // not submitted, and not due yet
}

// Timeliness judges the requests of a round, of all rounds when cycle is empty,
// by agency, in the order of the rounds' and the agencies' codes. When a day
// begins is for the zone to say.
func (s *Store) Timeliness(ctx context.Context, actor auth.Actor, cycle string, zone *time.Location) ([]Punctuality, error) {
	if err := actor.Need(auth.Account); err != nil {
		return nil, err
	}
	tx := s.db.WithContext(ctx)
	query := tx.Table("requests r").
		Select("c.code AS cycle, r.agency_id, r.due, e.first_submitted_at").
		Joins("JOIN cycles c ON c.id = r.cycle_id JOIN agencies a ON a.id = r.agency_id").
		Joins(matching).
		Where("r.withdrawn_at IS NULL").Order("c.code, a.code, r.id")
	if cycle != "" {
		query = query.Where("c.code = ?", cycle)
	}
	var asked []struct {
		Cycle            string
		AgencyID         int64
		Due              string
		FirstSubmittedAt *time.Time
	}
	if err := query.Find(&asked).Error; err != nil {
		return nil, db.Fault(err, "list requests")
	}
	agencies, err := agencyNames(tx)
	if err != nil {
		return nil, err
	}
	var list []Punctuality
	today := dayOf(tx.NowFunc(), zone)
	for _, a := range asked {
		last := len(list) - 1
		if last < 0 || list[last].Cycle != a.Cycle || list[last].Agency.ID != a.AgencyID {
			list = append(list, Punctuality{Cycle: a.Cycle, Agency: agencies[a.AgencyID]})
			last++
		}
		list[last].judge(a.Due, a.FirstSubmittedAt, today, zone)
	}
	return list, nil
}

func (p *Punctuality) judge(due string, submitted *time.Time, today string, zone *time.Location) {
	p.Asked++
	switch {
	case submitted != nil && dayOf(*submitted, zone) <= due:
		p.OnTime++
	case submitted != nil:
		p.Late++
	case today > due:
		p.Missed++
	default:
		p.NotDue++
	}
}

// dayOf returns the day of an instant, as Request.Due is written.
func dayOf(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

// agencyNames returns the agencies by id, without quotes and notes.
func agencyNames(tx *db.DB) (map[int64]objectives.Agency, error) {
	var list []objectives.Agency
	if err := tx.Select("id", "code", "name", "acronyms").Order("code").Find(&list).Error; err != nil {
		return nil, db.Fault(err, "list agencies")
	}
	byID := map[int64]objectives.Agency{}
	for _, a := range list {
		byID[a.ID] = a
	}
	return byID, nil
}

// Plus adds the counts of another one.
func (p Punctuality) Plus(o Punctuality) Punctuality {
	p.Asked += o.Asked
	p.OnTime += o.OnTime
	p.Late += o.Late
	p.Missed += o.Missed
	p.NotDue += o.NotDue
	return p
}
