package web

import (
	"cmp"
	"slices"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// courseStep is a date in the life of a measure.
type courseStep struct {
	At    period.Period
	What  string    // in words
	Name  i18n.Text // of a milestone or a round; empty for others
	Done  bool      // it is past, as far as the registers tell
	Aside bool      // it is of the Compact's round, not of the measure
}

// course puts the dates of a measure in the order of time: when it starts and ends,
// its milestones, what was released of it, and the day on which it was judged.
func (r *request) course(m objectives.Measure, cycle progress.Cycle, rounds []releasedRound) []courseStep {
	var steps []courseStep
	add := func(at period.Period, what string, name i18n.Text, done, aside bool) {
		if at != "" {
			steps = append(steps, courseStep{at, r.T(what), name, done, aside})
		}
	}
	over := m.Status == objectives.Completed
	switch {
	case m.Ends == "" && over:
		add(m.Starts, "course.done", nil, true, false)
	default:
		add(m.Starts, "course.starts", nil, m.Status != objectives.Planned, false)
		add(m.Ends, "course.ends", nil, over, false)
	}
	for _, s := range m.Milestones {
		if s.Done != "" {
			add(s.Done, "course.reached", s.Name, true, false)
		} else {
			add(s.Due, "course.due", s.Name, false, false)
		}
	}
	for _, one := range rounds {
		if one.At != nil {
			add(period.Period(one.At.In(r.site.Zone).Format(time.DateOnly)), "course.released", one.Cycle, true, true)
		}
	}
	if len(steps) > 0 {
		add(cycle.Cutoff, "course.judged", cycle.Name, true, true)
	}
	slices.SortStableFunc(steps, func(a, b courseStep) int {
		return cmp.Or(a.At.First().Compare(b.At.First()), a.At.Last().Compare(b.At.Last()))
	})
	return steps
}
