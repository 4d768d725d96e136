package migrations_test

import (
	"slices"
	"sync"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"gcm/indicators"
	"gcm/indicators/intake"
	"gcm/indicators/quality"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/notify"
	"gcm/migrations"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
	"gcm/reports/desk"
)

// models lists every gorm model; a new one belongs here.
var models = []any{
	objectives.Framework{}, objectives.Objective{}, objectives.Action{}, objectives.Principle{}, objectives.RoundTable{},
	objectives.Country{}, objectives.Source{}, objectives.Agency{}, objectives.LegalInstrument{}, objectives.Term{},
	objectives.Measure{}, objectives.MeasurePartner{}, objectives.MeasureObjective{}, objectives.MeasureAction{}, objectives.MeasurePrinciple{},
	objectives.MeasureLegalInstrument{}, objectives.Challenge{}, objectives.ChallengeObjective{},
	indicators.Dimension{}, indicators.DimensionCode{}, indicators.Indicator{}, indicators.IndicatorDimension{},
	indicators.IndicatorObjective{}, indicators.IndicatorMeasure{}, indicators.Observation{},
	indicators.Target{}, indicators.Break{}, indicators.TrendOverride{}, indicators.Vintage{}, indicators.Release{}, indicators.Withheld{}, indicators.Archive{}, indicators.ArchivePart{}, indicators.GapPlan{}, indicators.FigureChange{}, quality.Accepted{},
	audit.Entry{}, audit.Head{}, audit.Mark{},
	auth.User{}, auth.UserRole{}, auth.RecoveryCode{}, auth.Session{}, auth.Link{}, auth.Attempt{},
	auth.KnownBrowser{}, auth.Token{}, auth.View{},
	notify.Notice{}, notify.Mail{}, notify.Lease{}, notify.CalendarLink{},
	objectives.MeasureMilestone{}, objectives.MeasureBudget{},
	progress.Cycle{}, progress.CycleMilestone{}, progress.Request{}, progress.Entry{}, progress.Evidence{}, progress.EvidenceFile{}, progress.Comment{}, progress.Invitation{}, progress.Upload{},
	reports.Review{}, reports.ReviewSection{}, reports.SectionVersion{}, reports.Assessment{}, reports.Promise{}, reports.PromiseOutcome{},
	reports.Questionnaire{}, reports.Question{},
	desk.Draft{}, desk.Comment{}, desk.Figure{}, desk.Body{}, desk.Snapshot{}, desk.Signature{}, desk.Edition{}, desk.EditionFile{},
	intake.Upload{}, intake.Part{}, intake.ColumnMap{},
}

// tablesWithoutModel are written by SQL alone, or by the libraries.
var tablesWithoutModel = []string{"round_table_objectives", "pack_records", "goose_db_version", "sqlite_sequence"}

func TestEveryModelHasItsTableAndEveryTableItsModel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		tables, err := g.Migrator().GetTables()
		if err != nil {
			t.Fatal(err)
		}
		known := slices.Clone(tablesWithoutModel)
		for _, model := range models {
			parsed, err := schema.Parse(model, &sync.Map{}, g.NamingStrategy)
			if err != nil {
				t.Fatal(err)
			}
			known = append(known, parsed.Table)
			columns, err := g.Migrator().ColumnTypes(parsed.Table)
			if err != nil {
				t.Errorf("%s: %v", parsed.Table, err)
				continue
			}
			var inTable []string
			for _, c := range columns {
				inTable = append(inTable, c.Name())
			}
			for _, c := range parsed.DBNames {
				if !slices.Contains(inTable, c) {
					t.Errorf("%s.%s is in the model and not in the table", parsed.Table, c)
				}
			}
			for _, c := range inTable {
				if !slices.Contains(parsed.DBNames, c) {
					t.Errorf("%s.%s is in the table and not in the model", parsed.Table, c)
				}
			}
		}
		for _, table := range tables {
			if !slices.Contains(known, table) {
				t.Errorf("table %s has no model", table)
			}
		}
	})
}

func TestSchemaGoesAllTheWayDownAndUpAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		m, err := migrations.New(db.Pool(g), db.IsPostgres(g))
		if err != nil {
			t.Fatal(err)
		}
		all := 0
		for {
			more, err := m.Down(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				break
			}
			all++
		}
		tables, err := g.Migrator().GetTables()
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if table != "goose_db_version" && table != "sqlite_sequence" {
				t.Errorf("table %s is left over", table)
			}
		}
		if steps, err := m.Up(t.Context()); err != nil || steps != all {
			t.Errorf("%d steps up, want %d: %v", steps, all, err)
		}
		if steps, err := m.Up(t.Context()); err != nil || steps != 0 {
			t.Errorf("the second time took %d steps: %v", steps, err)
		}
	})
}

func TestReplicasThatMigrateAtOnceDoNotFail(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				g, err := db.Open(t.Context(), url)
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close(g)
				m, err := migrations.New(db.Pool(g), db.IsPostgres(g))
				if err == nil {
					_, err = m.Up(t.Context())
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func TestObservationKeyHoldsWithoutAPeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		indicator := indicators.Indicator{Scope: indicators.National, Code: "x", Unit: "count", FigureType: "statistic", Direction: "neutral", State: "released"}
		if err := g.Create(&indicator).Error; err != nil {
			t.Fatal(err)
		}
		row := indicators.Observation{ConfStatus: indicators.Free, Origin: indicators.FromEntry, IndicatorID: indicator.ID, Qualifier: indicators.Missing, State: "released"}
		if err := g.Create(&row).Error; err != nil {
			t.Fatal(err)
		}
		row.ID = 0
		if err := g.Create(&row).Error; err == nil {
			t.Error("two observations without a period share a key")
		}
		zero := 0.0
		row.Value, row.Breakdown = &zero, indicators.Breakdown{"sex": "F"}
		if err := g.Create(&row).Error; err == nil {
			t.Error("a missing value may be zero")
		}
	})
}
