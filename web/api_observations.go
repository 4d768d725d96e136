package web

import (
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/period"
)

// Narrowing narrows a list of observations.
type Narrowing struct {
	From         string    `query:"from" maxLength:"21" example:"2020"`
	To           string    `query:"to" maxLength:"21" example:"2024-06"`
	Breakdown    string    `query:"breakdown" maxLength:"300" example:"citizenship=UZ"`
	UpdatedSince time.Time `query:"updated_since" example:"2026-01-31T00:00:00Z"`
}

// figureFilter is Narrowing, read.
type figureFilter struct {
	from, to  period.Period
	breakdown indicators.Breakdown // nil for all
	since     time.Time
}

func (a Narrowing) read() (f figureFilter, err error) {
	var wrong fault.Problems
	at := func(name, text string) period.Period {
		p, err := period.Parse(text)
		if err != nil {
			wrong.Add(name, "api.wrong.form", "2024, 2024-06, 2024-06-30")
		}
		return p
	}
	if a.From != "" {
		f.from = at("from", a.From)
	}
	if a.To != "" {
		f.to = at("to", a.To)
	}
	if a.Breakdown != "" {
		if f.breakdown, err = indicators.ParseBreakdown(strings.TrimPrefix(a.Breakdown, "total")); err != nil {
			wrong.Add("breakdown", "api.wrong.form", "citizenship=UZ;sex=F")
		}
	}
	f.since = a.UpdatedSince
	return f, wrong.Err()
}

// keeps reports whether an observation is asked for. One without a period is not,
// where a time is named.
func (f figureFilter) keeps(o indicators.Observation) bool {
	return (f.from == "" || o.Period != "" && !o.Period.First().Before(f.from.First())) &&
		(f.to == "" || o.Period != "" && !o.Period.Last().After(f.to.Last())) &&
		(f.breakdown == nil || o.Breakdown.String() == f.breakdown.String()) && !o.Since.Before(f.since)
}

func listAPIObservations(r *request, in *struct {
	Choice
	Paging
	Narrowing
	Indicator []string `query:"indicator" maxItems:"100" example:"refugees-registered"`
	Objective int      `query:"objective" minimum:"1" maximum:"23" example:"5"`
	Agency    string   `query:"agency" maxLength:"100" example:"mia"`
}) (apiList[apiObservation], error) {
	none := apiList[apiObservation]{Items: []apiObservation{}}
	filter, err := in.read()
	if err != nil {
		return none, err
	}
	from, err := r.place(in.Cursor)
	if err != nil {
		return none, err
	}
	return r.observations(indicators.Search{Codes: in.Indicator, Objective: in.Objective, Agency: in.Agency}, from, in.Limit, filter)
}

func listAPISeries(r *request, in *struct {
	Choice
	Paging
	Narrowing
	Coded
}) (apiList[apiObservation], error) {
	filter, err := in.read()
	if err != nil {
		return apiList[apiObservation]{}, err
	}
	from, err := r.place(in.Cursor)
	if err != nil {
		return apiList[apiObservation]{}, err
	}
	if err := r.site.indicators.Released(r.Request.Context(), in.Code); err != nil {
		return apiList[apiObservation]{}, err
	}
	return r.observations(indicators.Search{Codes: []string{in.Code}, Archived: true}, from, in.Limit, filter)
}

// observations reads a part of the observations behind a place.
func (r *request) observations(by indicators.Search, from *listPlace, limit int, filter figureFilter) (apiList[apiObservation], error) {
	list := apiList[apiObservation]{Items: []apiObservation{}}
	by.Breakdown, by.Since, by.First, by.Last = filter.breakdown, filter.since, year(filter.from), year(filter.to)
	var after indicators.After
	if from != nil {
		breakdown, at, _ := strings.Cut(from.Code, "\n")
		cell, err := indicators.ParseBreakdown(breakdown)
		if err != nil {
			return list, err
		}
		after = indicators.After{Indicator: from.By, Breakdown: cell, Period: at}
	}
	rows, err := r.site.indicators.Part(r.Request.Context(), by, after, limit+1, filter.keeps)
	if err != nil {
		return list, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		list.Next = r.next(listPlace{last.Indicator, last.Breakdown.String() + "\n" + string(last.Period)})
	}
	for _, row := range rows {
		list.Items = append(list.Items, shownObservation(row.Indicator, row.Observation))
	}
	return list, nil
}

// year is the year in which a period begins; empty for none.
func year(p period.Period) string {
	if p == "" {
		return ""
	}
	return string(p[:len("2006")])
}
