package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// timelinePage is pages/timeline/show.html.
type timelinePage struct {
	page
	Filter       *filter
	Cycle        span
	Wide, Narrow template.HTML
	Measures     []timed
	Events       []milestone
	Found        string
	Undated      int    // measures of the choice without any date
	Older, Newer string // addresses of the pages before and after
}

// span is a four-year cycle: from one forum to the next.
type span struct {
	Code        string // "2018-2022"
	First, Last time.Time
}

// Name prints the years of the span.
func (s span) Name() string { return strings.Replace(s.Code, "-", "–", 1) }

// touches reports whether something lies in the span, at least in part.
func (s span) touches(from, to time.Time) bool { return !from.After(s.Last) && !to.Before(s.First) }

// timed is a measure on the timeline.
type timed struct {
	measureLine
	Steps []objectives.MeasureMilestone
}

// milestone is a date of the Compact, or of the State's own reviews.
type milestone struct {
	At        period.Period
	Kind      string
	Certainty string
	Title     i18n.Text
	URL       string // of a review
}

// timelineSize is how many measures one picture shows.
const timelineSize = 40

// spans are the cycles of the Compact by its calendar: from its adoption to the
// first forum, and from each forum to the next.
func spans(events []objectives.Event) []span {
	var list []span
	var from time.Time
	for _, e := range events {
		forum := e.Kind == "imrf" && len(strings.Split(e.Code, "-")) == 2
		switch {
		case e.Kind == "adoption":
			from = e.At.First()
		case forum && !from.IsZero():
			list = append(list, span{from.Format("2006") + "-" + e.At.Last().Format("2006"), from, e.At.Last()})
			from = e.At.Last().AddDate(0, 0, 1)
		}
	}
	return list
}

func (s *site) showTimeline(r *request) error {
	ctx := r.Request.Context()
	events, err := objectives.Calendar()
	if err != nil {
		return err
	}
	cycle, err := r.cycle()
	if err != nil {
		return err
	}
	p := timelinePage{page: r.page(r.T("more.timeline"), r.T("timeline.description")), Filter: r.selection()}
	choice, err := p.choose(r, spans(events), cycle)
	if err != nil {
		return err
	}
	status := p.Filter.pick(r, "status", choices(r, "measure.status.", objectives.Statuses))
	outlines, err := s.objectives.Outlines(ctx, choice)
	if err != nil {
		return err
	}
	ids := p.within(outlines, status, cycle.Cutoff.Last())
	p.Found = r.T("timeline.found", len(ids), p.Cycle.Name())
	number, err := r.existingPage(timelineSize, len(ids))
	if err != nil {
		return err
	}
	p.Older, p.Newer = r.pages(number, timelineSize, len(ids))
	ids = ids[min(number*timelineSize, len(ids)):min((number+1)*timelineSize, len(ids))]
	if p.Measures, err = r.timed(ids, cycle.Cutoff.Last()); err != nil {
		return err
	}
	if err := p.mark(r, events); err != nil {
		return err
	}
	p.Wide, p.Narrow = r.drawTimeline(p, timelineWide), r.drawTimeline(p, timelineNarrow)
	return r.render(p.Filter.status(), "timeline/show", p)
}

// choose reads which cycle and which measures the address asks for.
func (p *timelinePage) choose(r *request, all []span, latest progress.Cycle) (c objectives.Choice, err error) {
	at := latest.Cutoff.Last()
	if latest.Cutoff == "" {
		at = r.site.Now()
	}
	var cycles []option
	for _, s := range all {
		cycles = append(cycles, option{s.Code, s.Name()})
		if p.Cycle.Code == "" || s.touches(at, at) {
			p.Cycle = s
		}
	}
	if asked := p.Filter.pick(r, "cycle", cycles); asked != "" {
		p.Cycle = all[slices.IndexFunc(all, func(s span) bool { return s.Code == asked })]
	}
	numbers, err := r.objectiveOptions()
	if err != nil {
		return c, err
	}
	agencies, err := r.activeOptions()
	if err != nil {
		return c, err
	}
	c.Objective = p.Filter.pick(r, "objective", append(numbers, option{"all", r.T("filter.cross")}))
	c.Agency = p.Filter.pick(r, "agency", agencies)
	return c, nil
}

// activeOptions are the agencies with measures, by name.
func (r *request) activeOptions() ([]option, error) {
	all, err := r.site.objectives.ActiveAgencies(r.Request.Context())
	var list []option
	for _, a := range all {
		list = append(list, option{a.Code, r.in(a.Name)})
	}
	i18n.Sort(r.p, list, func(o option) string { return o.Label })
	return list, err
}

// within returns the measures that fall into the cycle, by when they start. One
// without an end goes on; one that was done at one date lies there.
func (p *timelinePage) within(all []objectives.Outline, status string, cutoff time.Time) []int64 {
	var found []objectives.Outline
	for _, o := range all {
		m := objectives.Measure{Status: o.Status, Starts: o.Starts, Ends: o.Ends}
		if status != "" && string(m.StatusAt(cutoff)) != status {
			continue
		}
		from, to, dated := runs(m, p.Cycle)
		if !dated {
			p.Undated++
		} else if p.Cycle.touches(from, to) {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b objectives.Outline) int {
		return cmp.Or(cmp.Or(a.Starts, a.Ends).First().Compare(cmp.Or(b.Starts, b.Ends).First()), a.Ends.Last().Compare(b.Ends.Last()))
	})
	ids := make([]int64, len(found))
	for i, o := range found {
		ids[i] = o.ID
	}
	return ids
}

// runs returns from when to when a measure runs, as far as its dates tell.
func runs(m objectives.Measure, within span) (from, to time.Time, dated bool) {
	from, to = m.Starts.First(), m.Ends.Last()
	switch {
	case m.Starts == "" && m.Ends == "":
		return from, to, false
	case m.Starts == "":
		from = within.First
		if to.Before(from) {
			from = m.Ends.First()
		}
	case m.Ends == "" && (m.Status == objectives.Completed || m.Status == objectives.Dropped):
		to = m.Starts.Last()
	case m.Ends == "":
		to = within.Last
		if to.Before(from) {
			to = from
		}
	}
	return from, to, true
}

// timed reads the measures of one picture, in the order given.
func (r *request) timed(ids []int64, cutoff time.Time) ([]timed, error) {
	ctx, store := r.Request.Context(), r.site.objectives
	list, err := store.MeasuresInShortByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	steps, err := store.Milestones(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]timed, 0, len(ids))
	for _, id := range ids {
		if i := slices.IndexFunc(list, func(m objectives.Measure) bool { return m.ID == id }); i >= 0 {
			rows = append(rows, timed{measureLine{Measure: list[i], StatusNow: list[i].StatusAt(cutoff)}, steps[id]})
		}
	}
	return rows, nil
}

// mark lists the dates of the Compact that fall into the cycle, and the days on
// which the State's own reviews were closed.
func (p *timelinePage) mark(r *request, events []objectives.Event) error {
	for _, e := range events {
		if p.Cycle.touches(e.At.First(), e.At.Last()) {
			p.Events = append(p.Events, milestone{At: e.At, Kind: e.Kind, Certainty: e.Certainty, Title: e.Title})
		}
	}
	reviews, err := r.publicReviews()
	for _, v := range reviews {
		if c := v.Cycle; c.Cutoff != "" && p.Cycle.touches(c.Cutoff.First(), c.Cutoff.Last()) {
			p.Events = append(p.Events, milestone{At: c.Cutoff, Kind: "review", Title: c.Name, URL: r.url("/reviews/" + c.Code)})
		}
	}
	slices.SortStableFunc(p.Events, func(a, b milestone) int { return a.At.First().Compare(b.At.First()) })
	return err
}
