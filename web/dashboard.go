package web

import (
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
	Picture      picture
	Today        string
	Problems     []string
	Views        []view // by what the table is grouped
	View         string
	Tables       []roundTable
	Principles   []principleLine
	Agencies     []agencyLine
	CrossCutting []measureLine
	Lately       []lately
}

// view is a way to group the table.
type view struct {
	Code, URL string
	Current   bool
}

// views are the groupings, the usual one first.
var views = []string{"table", "principle", "agency"}

// roundTable is a group of objectives.
type roundTable struct {
	Number     int
	Objectives []objectiveLine
}

// principleLine is a guiding principle with the measures that follow it.
type principleLine struct {
	objectives.Principle
	Statuses []statusCount
	Measures int
}

func (s *site) showDashboard(r *request) error {
	ctx := r.Request.Context()
	reviews, _, err := s.publicReviews(ctx)
	if err != nil {
		return err
	}
	overview, err := r.overview()
	if err != nil {
		return err
	}
	counts, err := s.objectives.CountMeasures(ctx)
	if err != nil {
		return err
	}
	crossCutting, err := s.objectives.CrossCutting(ctx)
	if err != nil {
		return err
	}
	cutoff := overview.cycle.Cutoff.Last()
	p := dashboardPage{
		page: r.page("", r.T("dashboard.description", r.in(r.country.Name))), Reviews: reviews, Notice: paragraphs(r.in(r.country.Notice)),
		Indicators: len(overview.standings), Challenges: overview.challenges[0], Cycle: overview.cycle, Today: r.day(s.Now()),
		CrossCutting: lines(crossCutting, cutoff),
	}
	p.Statuses, p.Measures = statusesOf(counts, cutoff, func(objectives.MeasureCount) bool { return true })
	for _, i := range overview.standings {
		p.Observations += i.Values
	}
	all := overview.lines()
	for _, o := range all {
		if o.Measures > 0 {
			p.Mapped++
		}
	}
	p.Picture = pictureOf(all, crossCutting, cutoff)
	if p.Lately, err = r.lately(); err != nil {
		return err
	}
	status, err := p.group(r, all, cutoff)
	if err != nil {
		return err
	}
	return r.render(status, "dashboard/show", p)
}
