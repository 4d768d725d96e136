package exchange

import (
	"cmp"
	"context"
	"slices"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/db"
	"gcm/objectives"
)

// Stores are where the figures are read, as the public may see them.
type Stores struct {
	Objectives *objectives.Store
	Indicators *indicators.Store
	Quality    *quality.Store
}

// NewStores returns the stores on an open, migrated database.
func NewStores(g *db.DB) Stores {
	return Stores{objectives.NewStore(g), indicators.NewStore(g), quality.NewStore(g)}
}

// Current returns the figures that stand now. They are read some indicators
// at a time, so that no more is held.
func Current(ctx context.Context, from Stores, base string) (Set, error) {
	all, err := from.Indicators.Passports(ctx)
	if err != nil {
		return Set{}, err
	}
	return from.set(ctx, all, base, func(yield func(Row) error) error {
		return from.Indicators.Observed(ctx, all, func(ind indicators.Indicator) error { return of(ind)(yield) })
	})
}

// Of returns the figures of one indicator, which is whole, as they stand now; its
// flat table has the dimensions of its values alone.
func Of(ctx context.Context, from Stores, ind indicators.Indicator, base string) (Set, error) {
	s, err := from.set(ctx, []indicators.Indicator{ind}, base, Each([]indicators.Indicator{ind}))
	s.flat = s.Structure.narrow(ind)
	return s, err
}

// Released returns the figures that a release froze, with the passports and the
// code lists of now.
func Released(ctx context.Context, from Stores, r indicators.Release, base string) (Set, error) {
	all, err := from.Indicators.Passports(ctx)
	if err != nil {
		return Set{}, err
	}
	s, err := from.set(ctx, all, base, func(yield func(Row) error) error { return from.Indicators.AsOf(ctx, r.At, yield) })
	s.Release, s.At = &r, r.At
	return s, err
}

func (from Stores) set(ctx context.Context, all []indicators.Indicator, base string, rows Rows) (Set, error) {
	country, err := from.Objectives.Country(ctx)
	if err != nil {
		return Set{}, err
	}
	dimensions, err := from.Indicators.Dimensions(ctx)
	if err != nil {
		return Set{}, err
	}
	s, err := NewSet(country, dimensions, all, rows)
	s.Base = base
	return s, err
}

// Each hands over the observations of whole indicators.
func Each(all []indicators.Indicator) Rows {
	list := make([]Rows, len(all))
	for n, ind := range all {
		list[n] = of(ind)
	}
	return func(yield func(Row) error) error {
		for _, rows := range list {
			if err := rows(yield); err != nil {
				return err
			}
		}
		return nil
	}
}

// of hands over the released observations of an indicator by period and breakdown.
func of(ind indicators.Indicator) Rows {
	type place struct {
		breakdown string
		*indicators.Observation
	}
	var places []place
	for n := range ind.Observations {
		if o := &ind.Observations[n]; o.State == objectives.Released {
			places = append(places, place{o.Breakdown.String(), o})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.breakdown, b.breakdown))
	})
	return func(yield func(Row) error) error {
		for _, p := range places {
			if err := yield(Row{Indicator: ind.Code, Observation: *p.Observation}); err != nil {
				return err
			}
		}
		return nil
	}
}
