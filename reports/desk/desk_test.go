package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
	"gcm/reports/desk"
)

// now is when the tests begin; each look at the clock is a second later.
var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// compact is a database with the Compact in it.
var compact = dbtest.NewTemplate(func(g *gorm.DB) error { return objectives.NewStore(g).SyncCompact(context.Background()) })

// house is a database with a State, two agencies, people, a measure, an indicator
// and a review that is drafted.
type house struct {
	*desk.Store
	t      *testing.T
	db     *gorm.DB
	stores reports.Stores

	editor, second                           auth.Actor
	coordinator, contributor, partner, admin auth.Actor
	signatoryMIA, signatoryMFA, auditor      auth.Actor
}

func open(t *testing.T, db *gorm.DB) *house {
	t.Helper()
	tick := now
	db.NowFunc = func() time.Time { tick = tick.Add(time.Second); return tick }
	stores := reports.Stores{Objectives: objectives.NewStore(db), Indicators: indicators.NewStore(db), Reviews: reports.NewStore(db)}
	h := &house{Store: desk.NewStore(db, stores), t: t, db: db, stores: stores}
	ctx := t.Context()
	h.must(stores.Objectives.PutCountry(ctx, objectives.Country{Code: "TST", Name: i18n.Text{"kk": "Ел", "ru": "Страна", "en": "State"}, Languages: []string{"kk", "ru", "en"}}))
	h.must(stores.Objectives.PutAgencies(ctx, []objectives.Agency{
		{Code: "mia", Kind: "ministry", Name: i18n.Text{"kk": "Ішкі істер министрлігі", "ru": "Министерство внутренних дел", "en": "Ministry of Internal Affairs"}},
		{Code: "mfa", Kind: "ministry", Name: i18n.Text{"kk": "Сыртқы істер министрлігі", "ru": "Министерство иностранных дел", "en": "Ministry of Foreign Affairs"}},
	}))
	h.must(stores.Objectives.PutMeasures(ctx, []objectives.Measure{{
		Code: "e-visa", Title: i18n.Text{"kk": "Электрондық виза", "ru": "Электронная виза", "en": "Electronic visa"}, Status: objectives.InProgress,
		Category: "digital_service", State: objectives.Released, LeadAgency: &objectives.Agency{Code: "mia"},
		Objectives: []objectives.MeasureObjective{{Objective: objectives.Objective{Number: 5}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}},
	}}))
	value := 26000.0
	h.must(stores.Indicators.PutIndicators(ctx, []indicators.Indicator{{
		Code: "arrivals", Name: i18n.Text{"kk": "Келгендер", "ru": "Прибывшие", "en": "Arrivals"}, Unit: indicators.Persons, FigureType: indicators.Statistic,
		Direction: indicators.Neutral, State: objectives.Released,
		Objectives: []indicators.IndicatorObjective{{Objective: objectives.Objective{Number: 5}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}},
	}}))
	h.must(stores.Indicators.PutObservations(ctx, "arrivals", indicators.Made{MadeBy: "test"}, []indicators.Observation{
		{Period: "2025", Value: &value, Unit: indicators.Persons, Qualifier: indicators.MoreThan, State: objectives.Released, ObsStatus: "A"},
	}))
	cycle := progress.Cycle{Code: "2026", Name: i18n.Text{"kk": "2026"}, Cutoff: "2026-12-31", CutoffBasis: objectives.Stated}
	h.must(progress.NewStore(db).PutCycles(ctx, []progress.Cycle{cycle}))
	h.must(stores.Reviews.PutReviews(ctx, []reports.Review{{Cycle: cycle, Title: i18n.Text{"kk": "Шолу", "ru": "Обзор", "en": "Review"}, State: reports.Drafting}}))
	h.editor, h.second = h.person("ilyas", "", auth.Editor), h.person("aliya", "", auth.Editor)
	h.coordinator, h.contributor = h.person("gulnar", "", auth.Coordinator), h.person("ayan", "mia", auth.Contributor)
	h.partner, h.admin, h.auditor = h.person("lena", "", auth.Partner), h.person("nur", "", auth.Admin), h.person("madi", "", auth.Auditor)
	h.signatoryMIA, h.signatoryMFA = h.person("dana", "mia", auth.Signatory), h.person("qanat", "mfa", auth.Signatory)
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

// wrote saves a text over the one that there is.
func (h *house) wrote(at desk.Place, body string) reports.ReviewSection {
	h.t.Helper()
	r, err := h.stores.Reviews.ReviewByCycle(h.t.Context(), "2026")
	h.must(err)
	version := 0
	if old := r.Section(at.Section, at.Language); old != nil {
		version = old.Version
	}
	text, err := h.SaveText(h.t.Context(), h.editor, "2026", at, version, body)
	h.must(err)
	return text
}

// each runs a test on a house of each make.
func each(t *testing.T, test func(h *house)) {
	t.Helper()
	compact.Each(t, func(t *testing.T, db *gorm.DB) { test(open(t, db)) })
}

// refused fails the test unless err is of the kind.
func (h *house) refused(err error, kind fault.Kind) {
	h.t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		h.t.Errorf("got %v", err)
	}
}

var kk, ru, en = desk.Place{Section: "means", Language: "kk"}, desk.Place{Section: "means", Language: "ru"}, desk.Place{Section: "means", Language: "en"}

var errClash *desk.Clash

func clashes(err error) bool { return errors.As(err, &errClash) }

// named returns a person of the house by what he is.
func (h *house) named(who string) auth.Actor {
	return map[string]auth.Actor{
		"editor": h.editor, "second": h.second, "coordinator": h.coordinator, "contributor": h.contributor, "partner": h.partner,
		"admin": h.admin, "auditor": h.auditor, "signatory": h.signatoryMIA,
	}[who]
}
