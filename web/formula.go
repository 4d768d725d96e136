package web

import (
	"gcm/indicators"
	"gcm/internal/fault"
)

// formulaView is how a page shows that an indicator is calculated.
type formulaView struct {
	Words  string
	Parts  []formulaPart
	Worked string // the sum of the last period; empty where the reader does not see all of it
}

// formulaPart is a component of a formula.
type formulaPart struct {
	Name phrase
	Cell string // which part of its figures is read; empty for all of them
	URL  string // empty when it has no public page
}

// formula shows how an indicator is calculated; nil when it is not.
func (r *request) formula(ind indicators.Indicator) (*formulaView, error) {
	f := ind.Formula
	if f.Kind == "" {
		return nil, nil
	}
	view := &formulaView{Words: f.Words(r.p)}
	var series []indicators.Series
	for _, c := range f.Components {
		part, err := r.indicator(c.Indicator)
		if fault.KindOf(err) == fault.NotFound {
			view.Parts = append(view.Parts, formulaPart{Name: phrase{Text: c.Indicator}})
			continue
		}
		if err != nil {
			return nil, err
		}
		shown := formulaPart{Name: phraseOf(r.p, part.Name), URL: r.url("/indicators/" + part.Code)}
		if len(c.Breakdown) > 0 {
			shown.Cell = part.BreakdownLabel(r.p, c.Breakdown)
		}
		view.Parts = append(view.Parts, shown)
		series = append(series, indicators.Series{Cell: c.Breakdown, Observations: part.Observations})
	}
	if len(series) == len(f.Components) {
		view.Worked = f.Worked(r.p, ind.Observations, series)
	}
	return view, nil
}
