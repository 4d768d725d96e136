package web

import (
	"context"
	"fmt"
	"testing"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// office is a site with a round under way and the people who work on it.
type office struct {
	t     testing.TB
	app   *App
	conn  *db.DB
	store *progress.Store

	coordinator, auditor, partner *client
	contributor, approver, both   *client // of the interior ministry
	stranger, strangeApprover     *client // of the labour ministry
	editor                        *client // nil until one is asked for
}

// secret stands in a draft and must be read by its agency alone.
const secret = "Құпия жоба мәтіні"

// officeOf opens the round 2029 in Kazakhstan's data.
func officeOf(t testing.TB, conn *db.DB) *office {
	t.Helper()
	conn.NowFunc = now
	kazakhstan(t, conn)
	app := open(t, config(t, conn))
	o := &office{
		t: t, app: app, conn: conn, store: app.site.progress,
		coordinator: person(t, app, "", auth.Coordinator), auditor: person(t, app, "", auth.Auditor), partner: person(t, app, "", auth.Partner),
		contributor: person(t, app, "mia", auth.Contributor), approver: person(t, app, "mia", auth.Approver),
		both:     person(t, app, "mia", auth.Contributor, auth.Approver),
		stranger: person(t, app, "mlspp", auth.Contributor), strangeApprover: person(t, app, "mlspp", auth.Approver),
	}
	_, err := o.store.OpenCycle(t.Context(), o.as(o.coordinator), progress.Cycle{
		Code: "2029", Name: i18n.Text{"kk": "2029 жылғы есептілік", "ru": "Отчётность за 2029 год", "en": "Reporting for 2029"},
		Covers: "2029", Cutoff: "2029-12-31", CutoffBasis: objectives.Inferred,
	})
	o.must(err)
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// as is the person as the domain knows him.
func (o *office) as(c *client) auth.Actor {
	o.t.Helper()
	actor, err := o.app.site.accounts.Actor(o.t.Context(), c.user.ID)
	o.must(err)
	return actor
}

// asked asks an agency for a measure.
func (o *office) asked(agency, measure, due string) {
	o.t.Helper()
	_, err := o.store.Ask(o.t.Context(), o.as(o.coordinator), "2029", []progress.Ask{{Agency: agency, Measure: measure, Due: due}})
	o.must(err)
}

// written is a draft on a measure, or on an indicator when the content brings figures.
func (o *office) written(by *client, record string, c progress.Content) progress.Entry {
	o.t.Helper()
	kind := progress.KindProgress
	switch {
	case c.Values != nil:
		kind = progress.KindValues
	case c.Measure != nil:
		kind = progress.KindMeasure
	case c.Mapping != nil:
		kind = progress.KindMapping
	}
	e, err := o.store.Start(o.t.Context(), o.as(by), "2029", kind, record, "")
	o.must(err)
	e, err = o.store.Save(o.t.Context(), o.as(by), e.Code, e.Version, c)
	o.must(err)
	return e
}

// step is one of the store's steps.
type step func(*progress.Store, context.Context, auth.Actor, string, int) (progress.Entry, error)

func (o *office) takes(e progress.Entry, by *client, do step) progress.Entry {
	o.t.Helper()
	e, err := do(o.store, o.t.Context(), o.as(by), e.Code, e.Version)
	o.must(err)
	return e
}

func (o *office) submitted(by *client, record string, c progress.Content) progress.Entry {
	return o.takes(o.written(by, record, c), by, (*progress.Store).Submit)
}

func (o *office) approved(record string, c progress.Content) progress.Entry {
	return o.takes(o.submitted(o.stranger, record, c), o.strangeApprover, (*progress.Store).Approve)
}

func (o *office) accepted(record string, c progress.Content) progress.Entry {
	return o.takes(o.approved(record, c), o.coordinator, (*progress.Store).Accept)
}

// running is progress of a measure with a narrative in Kazakh.
func running(status objectives.Status, narrative string) progress.Content {
	return progress.Content{Progress: &progress.Progress{Status: status, Narrative: i18n.Text{"kk": narrative}, Note: i18n.Text{"kk": "Жүйе іске қосылды"}}}
}

// figures are two values of an indicator.
func figures(values ...float64) progress.Content {
	c := progress.Content{Values: &progress.Values{}}
	for i, v := range values {
		c.Values.Rows = append(c.Values.Rows, progress.Figure{Period: period.Period(fmt.Sprint(2027 + i)), Value: &v, Qualifier: indicators.Exact})
	}
	return c
}

// busy is a round with something in every state.
func busy(t testing.TB, conn *db.DB) (o *office, waiting, own, approved, accepted progress.Entry) {
	t.Helper()
	o = officeOf(t, conn)
	o.asked("mia", "stateless-identification-campaign", "2029-12-28")
	o.asked("mlspp", "seasonal-occupations-order-2020", "2030-01-15")
	o.asked("mlspp", "labour-migrants-health-insurance-data", "2029-12-20")
	waiting = o.submitted(o.contributor, "stateless-identification-campaign", running(objectives.Dropped, "Азаматтығы жоқ адамдарды анықтау науқаны аяқталды, қорытындысы шығарылды."))
	own = o.submitted(o.both, "mia-migration-services-optimisation", running(objectives.InProgress, "Қызметтер бір терезеге көшірілді."))
	approved = o.approved("seasonal-occupations-order-2020", running(objectives.InProgress, "Тізбе жаңартылды."))
	accepted = o.accepted("refugees-registered", figures(412, 507))
	o.written(o.stranger, "labour-migrants-health-insurance-data", running(objectives.InProgress, secret))
	return o, waiting, own, approved, accepted
}

// inKazakh is a message of the catalogue.
func inKazakh(t testing.TB, key string, args ...any) string {
	t.Helper()
	p, err := i18n.New("kk")
	if err != nil {
		t.Fatal(err)
	}
	return p.T(key, args...)
}
