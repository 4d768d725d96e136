package objectives

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Leading is what a list shows of a measure besides its title.
type Leading struct {
	Code   string
	Status Status
	Ends   period.Period
	Lead   i18n.Text // the lead agency's name, empty without one
}

// Leading returns by code who leads measures and how far they have come.
func (s *Store) Leading(ctx context.Context, codes []string) (map[string]Leading, error) {
	var rows []Leading
	err := s.db.WithContext(ctx).Table("measures m").Select("m.code, m.status, m.ends, a.name AS lead").
		Joins("LEFT JOIN agencies a ON a.id = m.lead_agency_id").Where("m.code IN ?", codes).Find(&rows).Error
	byCode := map[string]Leading{}
	for _, row := range rows {
		byCode[row.Code] = row
	}
	return byCode, db.Fault(err, "read who leads measures")
}

// MeasuresInShort returns the measures in use in the order of entry with what
// lists show and count: title, status and dates, who leads and takes part, and
// the objectives by number and basis. Other texts, reasons and quotes are left out.
func (s *Store) MeasuresInShort(ctx context.Context) ([]Measure, error) {
	return list[Measure](inShort(s.inUse(s.db.WithContext(ctx))))
}

func inShort(q *gorm.DB) *gorm.DB {
	only := func(columns, order string) func(*gorm.DB) *gorm.DB {
		return func(q *gorm.DB) *gorm.DB { return q.Select(columns).Order(order) }
	}
	return q.Select("id, code, title, status, category, starts, ends, state, lead_agency_id").Order("id").
		Preload("LeadAgency", only("id, code, name", "id")).
		Preload("Partners", by("position")).Preload("Partners.Agency", only("id, code", "id")).
		Preload("Objectives", only("measure_id, objective_id, basis, rank", "objective_id")).
		Preload("Objectives.Objective", only("id, number", "id"))
}

// CountLed returns by code how many measures in use each agency leads.
func (s *Store) CountLed(ctx context.Context) (map[string]int, error) {
	var rows []struct {
		Code string
		N    int
	}
	err := s.db.WithContext(ctx).Table("measures m").Select("a.code AS code, COUNT(*) AS n").
		Joins("JOIN agencies a ON a.id = m.lead_agency_id").Where("m.archived_at IS NULL").Group("a.code").Find(&rows).Error
	led := map[string]int{}
	for _, row := range rows {
		led[row.Code] = row.N
	}
	return led, db.Fault(err, "count the measures that agencies lead")
}

// ShortTitles returns the objectives by number, with no more than their numbers
// and short titles.
func (s *Store) ShortTitles(ctx context.Context) ([]Objective, error) {
	return list[Objective](s.db.WithContext(ctx).Select("number, short_title").Order("number"))
}

// Titles returns the objectives by number without their actions.
func (s *Store) Titles(ctx context.Context) ([]Objective, error) {
	return all[Objective](ctx, s, "number")
}

// Objective returns the objective of a number with its actions; a fault.NotFound
// when there is none.
func (s *Store) Objective(ctx context.Context, number int) (Objective, error) {
	var o Objective
	err := s.db.WithContext(ctx).Preload("Actions", by("id")).Where("number = ?", number).Take(&o).Error
	return o, db.Fault(err, fmt.Sprint("objective ", number))
}

// SourceTitles returns the source documents by code without their texts.
func (s *Store) SourceTitles(ctx context.Context) ([]Source, error) {
	return list[Source](s.db.WithContext(ctx).Omit("body").Order("code"))
}

// ChallengesFor returns the released challenges in use that concern an objective.
func (s *Store) ChallengesFor(ctx context.Context, number int) ([]Challenge, error) {
	return list[Challenge](s.db.WithContext(ctx).Where("archived_at IS NULL AND state = ?", Released).
		Where("id IN (SELECT l.challenge_id FROM challenge_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number = ?)", number).Order("id"))
}

// Actions returns the lettered actions with their summaries, in the Compact's order.
func (s *Store) Actions(ctx context.Context) ([]Action, error) {
	return all[Action](ctx, s, "id")
}

// NoOwner in a filter by agency stands for measures without a lead agency.
const NoOwner = "none"

// LedBy selects measures by the code of the lead agency; NoOwner for none.
func LedBy(q *gorm.DB, agency string) *gorm.DB {
	if agency == NoOwner {
		return q.Where("lead_agency_id IS NULL")
	}
	return q.Where("lead_agency_id = (SELECT id FROM agencies WHERE code = ?)", agency)
}

// Serving selects measures that serve the objective of a number.
func Serving(q *gorm.DB, number string) *gorm.DB {
	return q.Where("id IN (SELECT l.measure_id FROM measure_objectives l JOIN objectives o ON o.id = l.objective_id WHERE CAST(o.number AS TEXT) = ?)", number)
}

// CompactLinks say which actions measures serve, by reference, and which guiding
// principles they follow, by letter.
type CompactLinks struct{ Actions, Principles map[int64][]string }

// CompactLinks returns those of all measures, in the Compact's order.
func (s *Store) CompactLinks(ctx context.Context) (CompactLinks, error) {
	actions, err := s.linksTo(ctx, "SELECT l.measure_id AS measure, a.ref AS code FROM measure_actions l JOIN actions a ON a.id = l.action_id ORDER BY l.measure_id, a.id")
	if err != nil {
		return CompactLinks{}, err
	}
	principles, err := s.linksTo(ctx, "SELECT l.measure_id AS measure, p.letter AS code FROM measure_principles l JOIN principles p ON p.id = l.principle_id ORDER BY l.measure_id, p.id")
	return CompactLinks{actions, principles}, err
}

func (s *Store) linksTo(ctx context.Context, query string) (map[int64][]string, error) {
	var rows []struct {
		Measure int64
		Code    string
	}
	err := s.db.WithContext(ctx).Raw(query).Scan(&rows).Error
	links := map[int64][]string{}
	for _, row := range rows {
		links[row.Measure] = append(links[row.Measure], row.Code)
	}
	return links, db.Fault(err, "list what measures serve")
}
