package web

import (
	"net/http"
	"slices"

	"gcm/indicators"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// dashboardPage is pages/dashboard/show.html.
type dashboardPage struct {
	page
	Notice       []string
	Cycle        progress.Cycle
	Reviews      []reports.Review
	Statuses     []statusCount // of all measures, the cross-cutting ones too
	Measures     int
	Indicators   int
	Observations int
	Challenges   int
	Mapped       int // objectives with a measure of their own
	Tables       []roundTable
	CrossCutting []measureLine
}

// roundTable is a group of objectives.
type roundTable struct {
	Number     int
	Objectives []objectiveLine
}

// objectiveLine is an objective in a list, with what is recorded for it.
type objectiveLine struct {
	objectives.Objective
	Statuses                         []statusCount
	Measures, Indicators, Challenges int
}

// Silent reports whether the source says nothing at all on the objective.
func (o objectiveLine) Silent() bool { return o.Measures+o.Indicators+o.Challenges == 0 }

func (s *site) showDashboard(r *request) error {
	ctx := r.Request.Context()
	reviews, err := s.reports.Reviews(ctx)
	if err != nil {
		return err
	}
	overview, err := r.overview(r.measuresInShort)
	if err != nil {
		return err
	}
	tables, err := s.objectives.RoundTables(ctx)
	if err != nil {
		return err
	}
	p := dashboardPage{
		page: r.page("", r.T("dashboard.description", r.in(r.country.Name))), Reviews: reviews, Notice: paragraphs(r.in(r.country.Notice)),
		Statuses: tally(overview.measures, overview.cutoff), Measures: len(overview.measures),
		Indicators: len(overview.indicators), Challenges: len(overview.challenges),
	}
	if len(reviews) > 0 {
		p.Cycle = reviews[0].Cycle
	}
	for _, ind := range overview.indicators {
		p.Observations += len(ind.Observations)
	}
	all := overview.lines()
	for _, o := range all {
		if o.Measures > 0 {
			p.Mapped++
		}
	}
	for _, t := range tables {
		group := roundTable{Number: t.Number}
		for _, o := range t.Objectives {
			i := slices.IndexFunc(all, func(l objectiveLine) bool { return l.Number == o.Number })
			group.Objectives = append(group.Objectives, all[i])
		}
		p.Tables = append(p.Tables, group)
	}
	p.CrossCutting = lines(slices.DeleteFunc(overview.measures, func(m objectives.Measure) bool { return !m.CrossCutting() }), overview.cutoff)
	return r.render(http.StatusOK, "dashboard/show", p)
}

// countIndicators counts the indicators mapped to an objective.
func countIndicators(list []indicators.Indicator, number int) int {
	n := 0
	for _, ind := range list {
		if slices.ContainsFunc(ind.Objectives, func(o indicators.IndicatorObjective) bool { return o.Objective.Number == number }) {
			n++
		}
	}
	return n
}

// countChallenges counts the challenges mapped to an objective.
func countChallenges(list []objectives.Challenge, number int) int {
	n := 0
	for _, c := range list {
		if slices.ContainsFunc(c.Objectives, func(o objectives.ChallengeObjective) bool { return o.Objective.Number == number }) {
			n++
		}
	}
	return n
}
