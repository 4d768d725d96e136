package web

import (
	"net/http"
	"slices"
	"time"

	"gcm/indicators"
)

// earlierValue is a value that an observation had.
type earlierValue struct {
	indicators.Observation
	Cell           string
	Since, Until   string            // empty for since ever
	Next           indicators.Origin // how the value came in that took its place; empty when it was taken out
	EndedBy, Ended string            // who ended it and why, for those who may know
}

// earlierValues puts the earlier values of an indicator into words, the latest
// first within each place.
func (r *request) earlierValues(ind indicators.Indicator, list []indicators.Vintage, day func(time.Time) string) []earlierValue {
	var lines []earlierValue
	for n, v := range list {
		line := earlierValue{
			Observation: v.Observation, Cell: ind.BreakdownLabel(r.p, v.Breakdown), Until: day(v.Until), EndedBy: r.actorName(v.EndedBy), Ended: r.noted(v.EndedReason),
		}
		if v.Since.Year() > 1970 {
			line.Since = day(v.Since)
		}
		if n > 0 && list[n-1].Since.Equal(v.Until) && samePlace(list[n-1].Observation, v.Observation) {
			line.Next = list[n-1].Origin
		}
		for _, o := range ind.Observations {
			if o.Since.Equal(v.Until) && samePlace(o, v.Observation) {
				line.Next = o.Origin
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func samePlace(a, b indicators.Observation) bool {
	return a.Period == b.Period && a.Breakdown.String() == b.Breakdown.String()
}

// valuesPage is pages/indicators/values.html: all that is known of the values,
// for those who work with them.
type valuesPage struct {
	workPage
	indicators.Indicator
	Rows    []valueLine
	Earlier []earlierValue
	Hidden  int // from the public
}

// valueLine is a value with what only people of the work may see of it.
type valueLine struct {
	indicators.Observation
	Cell   string
	Status []string
	Since  string // empty for since ever
	Public bool
}

func (s *site) showValues(r *request) error {
	ctx, code := r.Request.Context(), r.Param("code")
	store := s.indicators.WithHidden()
	ind, err := store.IndicatorByCode(ctx, code)
	if err != nil {
		return err
	}
	public, err := s.indicators.IndicatorByCode(ctx, code)
	if err != nil {
		return err
	}
	list, err := store.Vintages(ctx, code)
	if err != nil {
		return err
	}
	p := valuesPage{workPage: r.workPage(r.in(ind.Name)), Indicator: ind, Earlier: r.earlierValues(ind, list, r.moment)}
	for _, o := range ind.Observations {
		line := valueLine{Observation: o, Cell: ind.BreakdownLabel(r.p, o.Breakdown), Status: r.statusWords(o.ObsStatus, o.ConfStatus)}
		line.MadeBy, line.Reason = r.actorName(o.MadeBy), r.noted(o.Reason)
		if o.Since.Year() > 1970 {
			line.Since = r.moment(o.Since)
		}
		line.Public = slices.ContainsFunc(public.Observations, func(x indicators.Observation) bool { return x.ID == o.ID && !x.Hidden })
		if !line.Public {
			p.Hidden++
		}
		p.Rows = append(p.Rows, line)
	}
	return r.render(http.StatusOK, "indicators/values", p)
}
