// Package progresstest fills a database with a round of the size at which lists
// are measured.
package progresstest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// The size of the house.
const (
	Agencies     = 20
	Measures     = 1_000
	Indicators   = 480
	Entries      = 4_000 // over the rounds
	Observations = 1_000_000
)

// rounds is how many there are: each has entries on some measures, four of five,
// and on some indicators.
const rounds = 5

// Full fills an empty, migrated database and returns two who work in it: a
// coordinator, and a contributor of one of the agencies.
func Full(t testing.TB, db *gorm.DB) (coordinator, contributor auth.Actor) {
	t.Helper()
	now := time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC)
	f := filling{t: t, db: db, now: now}
	if err := objectives.NewStore(db).SyncCompact(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.country()
	f.registers()
	f.links()
	coordinator = f.person("coordinator", nil, auth.Coordinator)
	contributor = f.person("contributor", &f.agencies[0], auth.Contributor)
	f.rounds(coordinator.UserID)
	return coordinator, contributor
}

type filling struct {
	t          testing.TB
	db         *gorm.DB
	now        time.Time
	agencies   []objectives.Agency
	measures   []objectives.Measure
	indicators []indicators.Indicator
}

// write writes rows in portions.
func write[T any](f *filling, rows []T) {
	f.t.Helper()
	if err := f.db.CreateInBatches(rows, 200).Error; err != nil {
		f.t.Fatal(err)
	}
}

func title(kind string, n int) i18n.Text {
	return i18n.Text{"kk": fmt.Sprintf("%s %d шара атауы, әдеттегідей ұзын", kind, n), "ru": fmt.Sprintf("%s %d, название обычной длины", kind, n), "en": fmt.Sprintf("%s %d with a title of the usual length", kind, n)}
}

func (f *filling) registers() {
	for i := range Agencies {
		f.agencies = append(f.agencies, objectives.Agency{Code: fmt.Sprint("agency-", i), Kind: "ministry", Name: title("Agency", i)})
	}
	write(f, f.agencies)
	for i := range Measures {
		f.measures = append(f.measures, objectives.Measure{
			Code: fmt.Sprint("measure-", i), Title: title("Measure", i), Status: objectives.InProgress, Category: "programme",
			Description: title("Description", i), State: objectives.Released, LeadAgencyID: &f.agencies[i%Agencies].ID,
		})
	}
	write(f, f.measures)
	for i := range Indicators {
		f.indicators = append(f.indicators, indicators.Indicator{
			Code: fmt.Sprint("indicator-", i), Name: title("Indicator", i), Unit: indicators.Persons, FigureType: indicators.Statistic,
			Direction: indicators.Neutral, Scope: indicators.National, State: objectives.Released,
		})
	}
	write(f, f.indicators)
}

// country is the State that public pages speak of.
func (f *filling) country() {
	write(f, []objectives.Country{{Code: "KAZ", Name: title("State", 1), Languages: []string{"kk", "ru", "en"}}})
}

// links maps each measure to two objectives, an action and a partner, and each
// indicator to an objective and a measure.
func (f *filling) links() {
	var goals []objectives.MeasureObjective
	var actions []objectives.MeasureAction
	var partners []objectives.MeasurePartner
	inferred := objectives.Mapping{Basis: objectives.Inferred, Reason: title("Reason", 1)}
	for i, m := range f.measures {
		for _, n := range []int{i, i + 7} {
			goals = append(goals, objectives.MeasureObjective{MeasureID: m.ID, ObjectiveID: int64(n%objectives.Total + 1), Mapping: inferred})
		}
		actions = append(actions, objectives.MeasureAction{MeasureID: m.ID, ActionID: int64(i%150 + 1), Mapping: inferred})
		partners = append(partners, objectives.MeasurePartner{MeasureID: m.ID, AgencyID: f.agencies[(i+1)%Agencies].ID})
	}
	var spoken []indicators.IndicatorObjective
	var measured []indicators.IndicatorMeasure
	for i, one := range f.indicators {
		spoken = append(spoken, indicators.IndicatorObjective{IndicatorID: one.ID, ObjectiveID: int64(i%objectives.Total + 1), Mapping: inferred})
		if i%10 > 0 { // some measure nothing
			measured = append(measured, indicators.IndicatorMeasure{IndicatorID: one.ID, MeasureID: f.measures[i].ID, Mapping: inferred})
		}
	}
	link(f, "Objective", goals)
	link(f, "Action", actions)
	link(f, "Agency", partners)
	link(f, "Objective", spoken)
	link(f, "Measure", measured)
}

// link writes links to records that are there.
func link[T any](f *filling, to string, rows []T) {
	f.t.Helper()
	if err := f.db.Omit(to).CreateInBatches(rows, 200).Error; err != nil {
		f.t.Fatal(err)
	}
}

func (f *filling) person(name string, agency *objectives.Agency, role auth.Role) auth.Actor {
	u := auth.User{Email: name + "@example.kz", Name: name, Language: "kk", Digest: "never", Version: 1, Roles: []auth.UserRole{{Role: role}}}
	a := auth.Actor{Roles: []auth.Role{role}, Language: "kk"}
	if agency != nil {
		u.AgencyID, a.AgencyID = &agency.ID, agency.ID
	}
	if err := f.db.Create(&u).Error; err != nil {
		f.t.Fatal(err)
	}
	a.Who = audit.Who{UserID: u.ID, Name: name}
	if agency != nil {
		a.Agency = agency.Code
	}
	return a
}

func (f *filling) rounds(author int64) {
	states := []objectives.State{objectives.Draft, objectives.Submitted, objectives.Approved, objectives.Accepted, objectives.Released}
	var entries []progress.Entry
	var requests []progress.Request
	for round := range rounds {
		c := progress.Cycle{Code: fmt.Sprint(2022 + round), Name: title("Round", round), Cutoff: "2022-12-31", CutoffBasis: objectives.Inferred, OpenedAt: &f.now}
		if err := f.db.Create(&c).Error; err != nil {
			f.t.Fatal(err)
		}
		for i := range Entries / rounds {
			e := progress.Entry{
				Code: fmt.Sprintf("entry%d-%d", round, i), CycleID: c.ID, AgencyID: f.agencies[i%Agencies].ID, State: states[(i+round)%len(states)],
				Version: 3, AssigneeID: author, Editors: progress.Editors{author}, CreatedAt: f.now, UpdatedAt: f.now.Add(time.Duration(i) * time.Second),
			}
			r := progress.Request{CycleID: c.ID, AgencyID: e.AgencyID, Due: "2027-01-05", CreatedBy: author, CreatedAt: f.now}
			if ofMeasures := Entries / rounds * 4 / 5; i < ofMeasures {
				m := (i + round*ofMeasures) % Measures
				e.Kind, e.MeasureID, e.Status = progress.KindProgress, &f.measures[m].ID, objectives.InProgress
				e.Content.Progress = &progress.Progress{Status: objectives.InProgress, Narrative: title("Narrative", i), Results: title("Results", i)}
				r.MeasureID = e.MeasureID
			} else {
				e.Kind, e.IndicatorID = progress.KindValues, &f.indicators[(i*3+round)%Indicators].ID
				e.Content.Values = &progress.Values{Rows: []progress.Figure{}}
				r.IndicatorID = e.IndicatorID
			}
			if e.State == objectives.Released {
				e.Released = &e.Content
			}
			entries, requests = append(entries, e), append(requests, r)
		}
	}
	write(f, requests)
	write(f, entries)
}

// Figures fills the indicators of a full house with a million observations: by sex
// and region, over as many years as it takes.
func Figures(t testing.TB, conn *db.DB) {
	t.Helper()
	var all []indicators.Indicator
	if err := conn.Order("id").Find(&all).Error; err != nil {
		t.Fatal(err)
	}
	regions := 20
	dimensions := []indicators.Dimension{{Code: "sex", Codes: []indicators.DimensionCode{{Code: "f"}, {Code: "m"}}}, {Code: "region"}}
	for n := range regions {
		dimensions[1].Codes = append(dimensions[1].Codes, indicators.DimensionCode{Code: fmt.Sprintf("r%02d", n), Position: n})
	}
	store := indicators.NewStore(conn)
	if err := store.PutDimensions(t.Context(), dimensions); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].Dimensions = []indicators.IndicatorDimension{{Dimension: dimensions[0]}, {Dimension: dimensions[1], Position: 1}}
	}
	columns := []string{"indicator_id", "period", "breakdown", "value", "decimals", "value_text", "unit", "qualifier", "obs_status", "state", "position", "note", "quotes"}
	cells := 1 + 2*regions // the total, and each region by sex
	years := Observations / len(all) / cells
	rows := func(yield func([]any, error) bool) {
		row := make([]any, len(columns))
		for n, one := range all {
			for year := range years {
				for cell := range cells {
					breakdown, value := "", float64(1000*regions+n+year)
					if cell > 0 {
						breakdown = fmt.Sprintf("region=r%02d;sex=%s", (cell-1)/2, []string{"f", "m"}[cell%2])
						value = float64(500 + n + year + cell)
					}
					copy(row, []any{one.ID, fmt.Sprint(2024 - year), breakdown, value, 0, "", "persons", "exact", "A", "released", year*cells + cell, "{}", "[]"})
					if !yield(row, nil) {
						return
					}
				}
			}
		}
	}
	err := db.Hold(t.Context(), conn, func(ctx context.Context, held *db.DB) error {
		return db.Transact(ctx, held, func(tx *db.DB) error { _, err := db.Bulk(tx, "observations", columns, rows); return err })
	})
	if err != nil {
		t.Fatal(err)
	}
}
