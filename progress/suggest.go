package progress

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Suggestions is what agencies can be asked for in a round.
type Suggestions struct {
	Agencies []AgencySuggestion // those with something to ask for, in the order of entry
	Unled    []Suggested        // measures that no agency leads: somebody has to be named first
}

// AgencySuggestion is what one agency can be asked for.
type AgencySuggestion struct {
	Agency     objectives.Agency
	Entering   int         // how many people may enter for it; with 0 nobody would be told
	Measures   []Suggested // that it leads, then those in which it takes part
	Indicators []Suggested // of these measures
}

// Suggested is a measure or an indicator that an agency can be asked for.
type Suggested struct {
	Kind   Kind   // KindProgress or KindValues
	Record string // code of the measure or indicator
	Title  i18n.Text
	Leads  bool // the agency leads the measure
	Asked  bool // it has been asked for it in this round
}

// Suggest proposes whom to ask for what: each agency for the measures that it
// leads or takes part in, and for the indicators of these.
func (s *Store) Suggest(ctx context.Context, actor auth.Actor, cycle string) (Suggestions, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return Suggestions{}, err
	}
	var c Cycle
	if err := s.db.WithContext(ctx).Where("code = ?", cycle).Take(&c).Error; err != nil {
		return Suggestions{}, db.Fault(err, "reporting round "+cycle)
	}
	var agencies []objectives.Agency
	if err := s.db.WithContext(ctx).Where("archived_at IS NULL").Order("id").Find(&agencies).Error; err != nil {
		return Suggestions{}, db.Fault(err, "list agencies")
	}
	b, err := readBeats(s.db.WithContext(ctx), c.ID)
	if err != nil {
		return Suggestions{}, err
	}
	out := Suggestions{Unled: b.unled()}
	for _, a := range agencies {
		if of := b.of(a); len(of.Measures)+len(of.Indicators) > 0 {
			out.Agencies = append(out.Agencies, of)
		}
	}
	return out, nil
}

// Askable lists the measures and the indicators that an agency can be asked for.
func (s *Store) Askable(ctx context.Context, actor auth.Actor) (measures, figures []Suggested, err error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return nil, nil, err
	}
	tx := s.db.WithContext(ctx).Where("archived_at IS NULL AND state = ?", objectives.Released).Order("id")
	err = tx.Session(&gorm.Session{}).Table("measures").Select("code AS record, title").Find(&measures).Error
	if err != nil {
		return nil, nil, db.Fault(err, "list measures to ask for")
	}
	err = tx.Session(&gorm.Session{}).Table("indicators").Select("code AS record, name AS title").Find(&figures).Error
	for i := range measures {
		measures[i].Kind = KindProgress
	}
	for i := range figures {
		figures[i].Kind = KindValues
	}
	return measures, figures, db.Fault(err, "list indicators to ask for")
}

// beats knows which agency has to do with which measure and indicator.
type beats struct {
	measures   []beatMeasure
	partners   map[int64][]int64 // agency → measures
	indicators []beatIndicator   // one for each measure that an indicator measures
	asked      map[askedFor]bool
	entering   map[int64]int // agency → people
}

type beatMeasure struct {
	ID           int64
	Code         string
	Title        i18n.Text
	LeadAgencyID int64 // 0 for none
}

type beatIndicator struct {
	ID        int64
	Code      string
	Name      i18n.Text
	MeasureID int64
}

// askedFor is a measure or an indicator of which an agency was asked; the other is 0.
type askedFor struct{ AgencyID, MeasureID, IndicatorID int64 }

func readBeats(tx *db.DB, cycle int64) (b beats, err error) {
	b = beats{partners: map[int64][]int64{}, asked: map[askedFor]bool{}, entering: map[int64]int{}}
	err = tx.Table("measures").Select("id, code, title, COALESCE(lead_agency_id, 0) AS lead_agency_id").
		Where("archived_at IS NULL AND state = ?", objectives.Released).Order("id").Find(&b.measures).Error
	if err != nil {
		return b, db.Fault(err, "list measures to ask for")
	}
	var partners []objectives.MeasurePartner
	if err = tx.Order("measure_id, position, agency_id").Find(&partners).Error; err != nil {
		return b, db.Fault(err, "list partners of measures")
	}
	for _, p := range partners {
		b.partners[p.AgencyID] = append(b.partners[p.AgencyID], p.MeasureID)
	}
	err = tx.Table("indicators").Select("indicators.id, code, name, measure_id").
		Joins("JOIN indicator_measures ON indicator_id = indicators.id").
		Where("archived_at IS NULL AND state = ?", objectives.Released).Order("indicators.id, measure_id").Find(&b.indicators).Error
	if err != nil {
		return b, db.Fault(err, "list indicators to ask for")
	}
	var asked []askedFor
	err = tx.Model(&Request{}).Select("agency_id, COALESCE(measure_id, 0) AS measure_id, COALESCE(indicator_id, 0) AS indicator_id").
		Where("cycle_id = ? AND withdrawn_at IS NULL", cycle).Find(&asked).Error
	if err != nil {
		return b, db.Fault(err, "list requests of the round")
	}
	for _, a := range asked {
		b.asked[a] = true
	}
	var people []struct {
		AgencyID int64
		N        int
	}
	err = tx.Model(&auth.User{}).Select("agency_id, COUNT(*) AS n").Joins("JOIN user_roles ON user_id = users.id").
		Where("role = ? AND disabled_at IS NULL AND agency_id IS NOT NULL", auth.Contributor).Group("agency_id").Find(&people).Error
	for _, p := range people {
		b.entering[p.AgencyID] = p.N
	}
	return b, db.Fault(err, "count those who enter")
}

// of lists what an agency can be asked for, what it leads first.
func (b beats) of(a objectives.Agency) AgencySuggestion {
	out := AgencySuggestion{Agency: a, Entering: b.entering[a.ID]}
	var own []int64
	for _, leads := range []bool{true, false} {
		for _, m := range b.measures {
			if leads == (m.LeadAgencyID == a.ID) && (leads || slices.Contains(b.partners[a.ID], m.ID)) {
				own = append(own, m.ID)
				out.Measures = append(out.Measures, Suggested{KindProgress, m.Code, m.Title, leads, b.asked[askedFor{a.ID, m.ID, 0}]})
			}
		}
	}
	last := int64(0)
	for _, i := range b.indicators { // an indicator of several measures stands there several times in a row
		if i.ID != last && slices.Contains(own, i.MeasureID) {
			last = i.ID
			out.Indicators = append(out.Indicators, Suggested{KindValues, i.Code, i.Name, false, b.asked[askedFor{a.ID, 0, i.ID}]})
		}
	}
	return out
}

func (b beats) unled() (list []Suggested) {
	for _, m := range b.measures {
		if m.LeadAgencyID == 0 {
			list = append(list, Suggested{Kind: KindProgress, Record: m.Code, Title: m.Title})
		}
	}
	return list
}
