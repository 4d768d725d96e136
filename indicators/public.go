package indicators

import (
	"context"
	"slices"

	"gcm/objectives"
)

// hide takes from an observation all from which its value could be read: also
// its wording, its note and the passages that it is quoted from. It does not say
// whether the value is small or would give a small one away, since that alone
// narrows both down.
func (o *Observation) hide() {
	o.Value, o.Decimals, o.ValueText, o.Note, o.Quotes = nil, 0, "", nil, nil
	o.Qualifier, o.ObsStatus, o.ConfStatus = Missing, "Q", Confidential
	o.Hidden = true
}

// conceal leaves in a list what the public may see: values that are released, and
// of those that are small, secret or would give such a one away only that they
// are there. Who made them is no matter of the public.
func (s *Store) conceal(ctx context.Context, list []Indicator) error {
	for n := range list {
		list[n].onlyReleased()
	}
	judge := s.newJudge(ctx, list)
	for n := range list {
		verdict, err := judge.today(list[n])
		if err != nil {
			return err
		}
		var hidden objectives.Quotes
		for m := range list[n].Observations {
			o := &list[n].Observations[m]
			o.Made = Made{Since: o.Since}
			if verdict.hides(*o) {
				hidden = append(hidden, o.Quotes...)
				o.hide()
			}
		}
		list[n].unquote(hidden)
		list[n].concealBaseline()
	}
	return nil
}

// onlyReleased leaves out what nobody has released: it is not there for the public,
// and protects nothing.
func (i *Indicator) onlyReleased() {
	i.Observations = slices.DeleteFunc(i.Observations, func(o Observation) bool { return o.State != objectives.Released })
}

// unquote takes from what is shown the passages from which a hidden value could
// be read as well.
func (i *Indicator) unquote(hidden objectives.Quotes) {
	for n := range i.Observations {
		o := &i.Observations[n]
		o.Quotes = slices.DeleteFunc(o.Quotes, func(q objectives.Quote) bool { return slices.Contains(hidden, q) })
	}
}

// concealVintages leaves of the earlier values of an indicator what the public
// may see, with when they stood and how they came in.
func (s *Store) concealVintages(ctx context.Context, i Indicator, list []Vintage) error {
	i.onlyReleased()
	verdict, err := s.newJudge(ctx, []Indicator{i}).ever(i, list)
	if err != nil {
		return err
	}
	for n := range list {
		v := &list[n]
		v.Made, v.EndedBy, v.EndedReason = Made{Since: v.Since}, "", ""
		if verdict.hides(v.Observation) {
			v.hide()
		}
	}
	return nil
}

// withholds returns what a release made now keeps back.
func (s *Store) withholds(ctx context.Context) ([]Withheld, error) {
	all, err := s.outline(ctx)
	if err != nil {
		return nil, err
	}
	judge := s.newJudge(ctx, nil)
	needed := map[string]bool{}
	for _, i := range all {
		for _, c := range i.Formula.Components {
			needed[c.Indicator] = true
		}
	}
	var rows []Withheld
	for _, i := range all {
		if err := judge.observations(&i); err != nil {
			return nil, err
		}
		inUse := i.State == objectives.Released && i.ArchivedAt == nil
		verdict, err := judge.today(i)
		if err != nil {
			return nil, err
		}
		for _, o := range i.Observations {
			switch w := (Withheld{IndicatorID: i.ID, Period: string(o.Period), Breakdown: o.Breakdown.String()}); {
			case !inUse:
				rows = append(rows, w)
			case verdict.hides(o):
				w.Mark = i.mark(o)
				rows = append(rows, w)
			}
		}
		if !needed[i.Code] {
			judge.forget(i)
		}
	}
	return rows, nil
}

// mark says why a value is hidden.
func (i Indicator) mark(o Observation) ConfStatus {
	switch {
	case o.ConfStatus != Free:
		return o.ConfStatus
	case o.Value != nil && small(*o.Value, i.Threshold()):
		return SmallCount
	}
	return SecondaryByUs
}
