package progress_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// now is the frozen clock of the tests.
var now = time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC)

// house is a database with two agencies, people, a measure, an indicator and an
// open round.
type house struct {
	*progress.Store
	t  *testing.T
	db *gorm.DB

	contributor, colleague, approver    auth.Actor // of the agency "mia"
	stranger, strangeApprover           auth.Actor // of the agency "mfa"
	coordinator, second                 auth.Actor
	editor, signatory, partner, auditor auth.Actor
	admin, visitor                      auth.Actor
}

// compact is a database with the Compact in it.
var compact = dbtest.NewTemplate(func(g *gorm.DB) error { return objectives.NewStore(g).SyncCompact(context.Background()) })

// freeze stops the clock of the database.
func freeze(db *gorm.DB, at time.Time) { db.NowFunc = func() time.Time { return at } }

func open(t *testing.T, db *gorm.DB) *house {
	t.Helper()
	freeze(db, now)
	h := &house{Store: progress.NewStore(db), t: t, db: db}
	registers, figures := objectives.NewStore(db), indicators.NewStore(db)
	h.must(registers.PutAgencies(t.Context(), []objectives.Agency{
		{Code: "mia", Kind: "ministry", Name: i18n.Text{"kk": "Ішкі істер министрлігі"}},
		{Code: "mfa", Kind: "ministry", Name: i18n.Text{"kk": "Сыртқы істер министрлігі"}},
	}))
	h.must(registers.PutMeasures(t.Context(), []objectives.Measure{{
		Code: "e-visa", Title: i18n.Text{"kk": "Электрондық виза", "en": "Electronic visa"}, Status: objectives.InProgress,
		Category: "digital_service", State: objectives.Released, LeadAgency: &objectives.Agency{Code: "mia"},
		Objectives: []objectives.MeasureObjective{{Objective: objectives.Objective{Number: 5}, Mapping: objectives.Mapping{
			Basis: objectives.Stated, Quotes: objectives.Quotes{{Source: "s", Text: "виза"}},
		}}},
	}, {
		Code: "hotline", Title: i18n.Text{"en": "Hotline"}, Status: objectives.Planned, Category: "other", State: objectives.Released,
	}}))
	h.must(figures.PutDimensions(t.Context(), []indicators.Dimension{{Code: "flow", Codes: []indicators.DimensionCode{{Code: "in"}, {Code: "out", Position: 1}}}}))
	h.must(figures.PutIndicators(t.Context(), []indicators.Indicator{{
		Code: "arrivals", Name: i18n.Text{"kk": "Келгендер"}, Unit: indicators.Persons, FigureType: indicators.Statistic,
		Direction: indicators.Neutral, State: objectives.Released, Dimensions: []indicators.IndicatorDimension{{Dimension: indicators.Dimension{Code: "flow"}}},
		Objectives: []indicators.IndicatorObjective{{Objective: objectives.Objective{Number: 1}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}},
	}}))
	h.contributor, h.colleague = h.person("ayan", "mia", auth.Contributor), h.person("berik", "mia", auth.Contributor)
	h.approver = h.person("dana", "mia", auth.Approver)
	h.stranger, h.strangeApprover = h.person("erlan", "mfa", auth.Contributor), h.person("farid", "mfa", auth.Approver)
	h.coordinator, h.second = h.person("gulnar", "", auth.Coordinator), h.person("hadisha", "", auth.Coordinator)
	h.editor, h.signatory = h.person("ilyas", "", auth.Editor), h.person("qanat", "mfa", auth.Signatory)
	h.partner, h.auditor, h.admin = h.person("lena", "", auth.Partner), h.person("madi", "", auth.Auditor), h.person("nur", "", auth.Admin)
	opened := now.AddDate(0, -1, 0)
	h.must(db.Create(&progress.Cycle{Code: "2026", Name: i18n.Text{"en": "2026"}, Cutoff: "2026-12-31", CutoffBasis: objectives.Inferred, Covers: "2026", OpenedAt: &opened}).Error)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// person makes a user and returns him as an actor.
func (h *house) person(name, agency string, roles ...auth.Role) auth.Actor {
	h.t.Helper()
	u := auth.User{Email: name + "@example.kz", Name: name, Language: "kk", Digest: "daily", Version: 1}
	for _, r := range roles {
		u.Roles = append(u.Roles, auth.UserRole{Role: r})
	}
	a := auth.Actor{Roles: roles, Language: "kk"}
	if agency != "" {
		var of objectives.Agency
		h.must(h.db.Where("code = ?", agency).Take(&of).Error)
		u.AgencyID, a.AgencyID = &of.ID, of.ID
	}
	h.must(h.db.Create(&u).Error)
	a.Who = audit.Who{UserID: u.ID, Name: name, Agency: agency, Origin: "10.0.0.1", Request: "r"}
	return a
}

// full is progress that can be submitted.
func full(narrative string) progress.Content {
	return progress.Content{Progress: &progress.Progress{Status: objectives.InProgress, Narrative: i18n.Text{"kk": narrative}}}
}

// started returns a draft on the measure with something written.
func (h *house) started() progress.Entry {
	h.t.Helper()
	e, err := h.Start(h.t.Context(), h.contributor, "2026", progress.KindProgress, "e-visa", "")
	h.must(err)
	e, err = h.Save(h.t.Context(), h.contributor, e.Code, e.Version, full("Жүйе іске қосылды"))
	h.must(err)
	return e
}

// brought returns an entry that the usual people brought to the state.
func (h *house) brought(state objectives.State) progress.Entry {
	h.t.Helper()
	return h.bring(h.started(), state)
}

func (h *house) bring(e progress.Entry, state objectives.State) progress.Entry {
	h.t.Helper()
	steps := []struct {
		do func() (progress.Entry, error)
		to objectives.State
	}{
		{func() (progress.Entry, error) { return h.Submit(h.t.Context(), h.contributor, e.Code, e.Version) }, objectives.Submitted},
		{func() (progress.Entry, error) { return h.Approve(h.t.Context(), h.approver, e.Code, e.Version) }, objectives.Approved},
		{func() (progress.Entry, error) { return h.Accept(h.t.Context(), h.coordinator, e.Code, e.Version) }, objectives.Accepted},
		{func() (progress.Entry, error) { return h.Release(h.t.Context(), h.coordinator, e.Code, e.Version) }, objectives.Released},
	}
	for _, step := range steps[slices.Index(states, e.State):] {
		if e.State == state {
			return e
		}
		var err error
		e, err = step.do()
		h.must(err)
		if e.State != step.to {
			h.t.Fatalf("the entry is %s, want %s", e.State, step.to)
		}
	}
	return e
}

// dump writes rows so that two states of a table can be compared.
func dump(rows []map[string]any) string {
	b, err := json.Marshal(rows)
	if err != nil {
		panic(err)
	}
	return string(b)
}
