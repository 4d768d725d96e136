package web

import (
	"net/http"
	"slices"
	"time"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// group fills in the table in the grouping that the address asks for, and returns
// the status of the answer.
func (p *dashboardPage) group(r *request, all []objectiveLine, cutoff time.Time) (int, error) {
	status := http.StatusOK
	p.View = views[0]
	if asked := r.Query("by"); slices.Contains(views, asked) {
		p.View = asked
	} else if asked != "" {
		status = http.StatusBadRequest
		p.Problems = []string{r.T("filter.unknown", r.T("dashboard.by"), asked)}
	}
	for _, code := range views {
		url := r.url("/")
		if code != views[0] {
			url += "?by=" + code
		}
		p.Views = append(p.Views, view{code, url, code == p.View})
	}
	var err error
	switch p.View {
	case "principle":
		p.Principles, err = r.principleLines(cutoff)
	case "agency":
		p.Agencies, err = r.busyAgencies(cutoff)
	default:
		p.Tables, err = r.roundTables(all)
	}
	return status, err
}

// roundTables groups objectives as they are spoken of at the forum.
func (r *request) roundTables(all []objectiveLine) ([]roundTable, error) {
	tables, err := r.site.objectives.RoundTables(r.Request.Context())
	var groups []roundTable
	for _, t := range tables {
		group := roundTable{Number: t.Number}
		for _, o := range t.Objectives {
			i := slices.IndexFunc(all, func(l objectiveLine) bool { return l.Number == o.Number })
			group.Objectives = append(group.Objectives, all[i])
		}
		groups = append(groups, group)
	}
	return groups, err
}

// principleLines counts for each guiding principle.
func (r *request) principleLines(cutoff time.Time) ([]principleLine, error) {
	ctx := r.Request.Context()
	all, err := r.site.objectives.Principles(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := r.site.objectives.CountByPrinciple(ctx)
	if err != nil {
		return nil, err
	}
	var list []principleLine
	for _, one := range all {
		line := principleLine{Principle: one}
		line.Statuses, line.Measures = statusesOf(counts, cutoff, func(c objectives.MeasureCount) bool { return c.Principle == one.Code })
		list = append(list, line)
	}
	return list, nil
}

// agencyLines counts for each agency in use, by name.
func (r *request) agencyLines(cutoff time.Time) ([]agencyLine, error) {
	ctx := r.Request.Context()
	all, err := r.site.objectives.Agencies(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := r.site.objectives.CountByAgency(ctx)
	if err != nil {
		return nil, err
	}
	i18n.Sort(r.p, all, func(a objectives.Agency) string { return r.in(a.Name) })
	var list []agencyLine
	for _, a := range all {
		line := agencyLine{Agency: a, Acronym: acronym(a, r.p.Lang())}
		line.Statuses, line.Led = statusesOf(counts, cutoff, func(c objectives.MeasureCount) bool { return c.Leads && c.Agency == a.Code })
		_, line.Joins = statusesOf(counts, cutoff, func(c objectives.MeasureCount) bool { return !c.Leads && c.Agency == a.Code })
		list = append(list, line)
	}
	return list, nil
}

// busyAgencies are those that lead a measure or take part in one.
func (r *request) busyAgencies(cutoff time.Time) ([]agencyLine, error) {
	list, err := r.agencyLines(cutoff)
	return slices.DeleteFunc(list, func(a agencyLine) bool { return a.Led+a.Joins == 0 }), err
}
