package countries

import (
	"context"
	"maps"
	"slices"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// picked returns the models of the records that the plan writes.
func picked[M any, R interface {
	record
	model() M
}](p *plan, list []R) []M {
	var models []M
	for _, r := range list {
		if p.write[r.key()] {
			models = append(models, r.model())
		}
	}
	return models
}

func (p *plan) writeObjectives(ctx context.Context, tx *db.DB, pack *Pack) error {
	store := objectives.NewStore(tx)
	for _, c := range picked(p, []Country{pack.Country}) {
		if err := store.PutCountry(ctx, c); err != nil {
			return err
		}
	}
	if err := store.PutSources(ctx, picked(p, pack.Sources)); err != nil {
		return err
	}
	if err := store.PutAgencies(ctx, picked(p, pack.Agencies)); err != nil {
		return err
	}
	if err := store.PutLegalInstruments(ctx, picked(p, pack.LegalInstruments)); err != nil {
		return err
	}
	if err := store.PutMeasures(ctx, picked(p, pack.Measures)); err != nil {
		return err
	}
	if err := store.PutChallenges(ctx, picked(p, pack.Challenges)); err != nil {
		return err
	}
	return store.PutTerms(ctx, picked(p, pack.Terms))
}

func (p *plan) writeIndicators(ctx context.Context, tx *db.DB, pack *Pack) error {
	store := indicators.NewStore(tx)
	if err := store.PutDimensions(ctx, picked(p, pack.Dimensions)); err != nil {
		return err
	}
	if err := store.PutIndicators(ctx, picked(p, pack.Indicators)); err != nil {
		return err
	}
	for _, i := range pack.Indicators {
		var rows []indicators.Observation
		for _, o := range i.Observations {
			if p.write[o.key(i)] {
				rows = append(rows, o.model())
			}
		}
		if len(rows) == 0 {
			continue
		}
		if err := store.PutObservations(ctx, i.Code, pack.made(), rows); err != nil {
			return err
		}
	}
	return nil
}

// recompute makes the values of calculated indicators anew when the pack wrote
// one of them or what they are made of.
func (p *plan) recompute(ctx context.Context, tx *db.DB, log *audit.Log, pack *Pack) error {
	var codes []string
	for _, i := range pack.Indicators {
		if p.write[i.key()] || slices.ContainsFunc(i.Observations, func(o Observation) bool { return p.write[o.key(i)] }) {
			codes = append(codes, i.Code)
		}
	}
	return indicators.Recompute(ctx, tx, log, pack.made(), codes...)
}

// made says by whom and why the pack's values came to stand.
func (pack *Pack) made() indicators.Made {
	return indicators.Made{MadeBy: "country pack", Reason: "pack " + pack.Country.Code}
}

func (p *plan) writeReviews(ctx context.Context, tx *db.DB, pack *Pack) error {
	store := reports.NewStore(tx)
	if err := progress.NewStore(tx).PutCycles(ctx, picked(p, pack.Cycles)); err != nil {
		return err
	}
	if err := store.PutReviews(ctx, picked(p, pack.Reviews)); err != nil {
		return err
	}
	if err := store.PutQuestions(ctx, picked(p, pack.Questionnaire), picked(p, pack.Questions)); err != nil {
		return err
	}
	sections := map[string][]Section{}
	for _, s := range pack.Sections {
		sections[s.Cycle] = append(sections[s.Cycle], s)
	}
	for _, cycle := range slices.Sorted(maps.Keys(sections)) {
		if err := store.PutSections(ctx, cycle, picked(p, sections[cycle])); err != nil {
			return err
		}
	}
	return nil
}
