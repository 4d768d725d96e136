package countries

import (
	"context"

	"gcm/indicators"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// Snapshot reads what the database holds now as a pack. A record that is not in
// the state in which a pack writes it says so in its State.
func Snapshot(ctx context.Context, conn *db.DB) (*Pack, error) {
	p := &Pack{}
	for _, read := range []func(context.Context, *db.DB) error{p.readObjectives, p.readIndicators, p.readReviews} {
		if err := read(ctx, conn); err != nil {
			return nil, err
		}
	}
	p.normalise()
	return p, nil
}

func (p *Pack) readObjectives(ctx context.Context, conn *db.DB) error {
	store := objectives.NewStore(conn).WithArchived()
	country, err := store.Country(ctx)
	if err != nil && fault.KindOf(err) != fault.NotFound { // an empty database speaks for no State
		return err
	}
	p.Country = countryOf(country)
	if p.Sources, err = convert(sourceOf)(store.Sources(ctx)); err != nil {
		return err
	}
	if p.Agencies, err = convert(agencyOf)(store.Agencies(ctx)); err != nil {
		return err
	}
	if p.LegalInstruments, err = convert(legalInstrumentOf)(store.LegalInstruments(ctx)); err != nil {
		return err
	}
	if p.Measures, err = convert(measureOf)(store.Measures(ctx)); err != nil {
		return err
	}
	if p.Challenges, err = convert(challengeOf)(store.Challenges(ctx)); err != nil {
		return err
	}
	p.Terms, err = convert(termOf)(store.Terms(ctx))
	return err
}

func (p *Pack) readIndicators(ctx context.Context, conn *db.DB) (err error) {
	store := indicators.NewStore(conn).WithArchived().WithHidden()
	if p.Dimensions, err = convert(dimensionOf)(store.Dimensions(ctx)); err != nil {
		return err
	}
	p.Indicators, err = convert(indicatorOf)(store.Indicators(ctx))
	return err
}

func (p *Pack) readReviews(ctx context.Context, conn *db.DB) (err error) {
	store := reports.NewStore(conn)
	if p.Cycles, err = convert(cycleOf)(progress.NewStore(conn).Cycles(ctx)); err != nil {
		return err
	}
	asked, err := store.Questionnaire(ctx)
	if err != nil {
		return err
	}
	if asked != nil {
		p.Questionnaire = []Questionnaire{questionnaireOf(*asked)}
		p.Questions, _ = convert(questionOf)(asked.Questions, nil)
	}
	list, err := store.Reviews(ctx)
	if err != nil {
		return err
	}
	for _, r := range list {
		whole, err := store.ReviewByCycle(ctx, r.Cycle.Code)
		if err != nil {
			return err
		}
		p.Reviews = append(p.Reviews, reviewOf(whole))
		for _, s := range whole.Sections {
			p.Sections = append(p.Sections, sectionOf(whole, s))
		}
	}
	return nil
}

// convert turns what a store's list returns into records of a pack, or the reverse.
func convert[A, B any](one func(A) B) func([]A, error) ([]B, error) {
	return func(list []A, err error) ([]B, error) {
		if err != nil || len(list) == 0 {
			return nil, err
		}
		out := make([]B, len(list))
		for i, a := range list {
			out[i] = one(a)
		}
		return out, nil
	}
}
