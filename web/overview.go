package web

import (
	"slices"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// overview is what is recorded for the 23 objectives, in numbers.
type overview struct {
	objectives []objectives.Objective
	counts     []objectives.MeasureCount
	challenges map[int]int // by objective, all under 0
	standings  []indicators.Standing
	judged     []reports.Judged
	cycle      progress.Cycle // the latest one with a review
	today      time.Time
}

func (r *request) overview() (o overview, err error) {
	ctx, s := r.Request.Context(), r.site
	o.today = s.Now().In(s.Zone)
	if o.objectives, err = s.objectives.Titles(ctx); err != nil {
		return o, err
	}
	if o.counts, err = s.objectives.CountByObjective(ctx); err != nil {
		return o, err
	}
	if o.challenges, err = s.objectives.CountChallenges(ctx); err != nil {
		return o, err
	}
	if o.standings, err = s.standings(ctx); err != nil {
		return o, err
	}
	if o.judged, err = s.reports.Judgements(ctx); err != nil {
		return o, err
	}
	o.cycle, err = r.cycle()
	return o, err
}

// objectiveLine is an objective in a list, with what is recorded for it.
type objectiveLine struct {
	objectives.Objective
	Statuses                         []statusCount
	Measures, Indicators, Challenges int
	Trends                           []trendCount
	Ages                             []ageCount
	Judged                           *reports.Judged // by the latest published review; nil without one
}

// Silent reports whether the source says nothing at all on the objective.
func (o objectiveLine) Silent() bool { return o.Measures+o.Indicators+o.Challenges == 0 }

// trendCount is how many indicators go one way.
type trendCount struct {
	Trend indicators.Trend
	Count int
}

// Known reports whether it is a way at all.
func (c trendCount) Known() bool { return c.Trend != indicators.NotEnoughData }

// ageCount is how many indicators have values of one age.
type ageCount struct {
	Age   indicators.Freshness
	Count int
}

// lines counts for each objective. Cross-cutting measures are left out.
func (o overview) lines() []objectiveLine {
	all := make([]objectiveLine, len(o.objectives))
	for i, objective := range o.objectives {
		line := objectiveLine{Objective: objective, Challenges: o.challenges[objective.Number]}
		line.Statuses, line.Measures = o.statuses(func(c objectives.MeasureCount) bool { return c.Number == objective.Number })
		own := o.measuring(objective.Number)
		line.Indicators, line.Trends, line.Ages = len(own), trends(own), o.ages(own)
		if at := slices.IndexFunc(o.judged, func(j reports.Judged) bool { return j.Number == objective.Number }); at >= 0 {
			line.Judged = &o.judged[at]
		}
		all[i] = line
	}
	return all
}

// statuses adds up counts of measures by their status at the cut-off.
func (o overview) statuses(which func(objectives.MeasureCount) bool) ([]statusCount, int) {
	return statusesOf(o.counts, o.cycle.Cutoff.Last(), which)
}

func statusesOf(counts []objectives.MeasureCount, cutoff time.Time, which func(objectives.MeasureCount) bool) (list []statusCount, total int) {
	by := map[objectives.Status]int{}
	for _, c := range counts {
		if which(c) {
			by[c.StatusAt(cutoff)] += c.N
			total += c.N
		}
	}
	for _, status := range objectives.Statuses {
		if by[status] > 0 {
			list = append(list, statusCount{status, by[status]})
		}
	}
	return list, total
}

// measuring are the indicators mapped to an objective.
func (o overview) measuring(number int) []indicators.Standing {
	var own []indicators.Standing
	for _, s := range o.standings {
		if measures(s.Indicator, number) {
			own = append(own, s)
		}
	}
	return own
}

// trends counts indicators by the way they go.
func trends(list []indicators.Standing) []trendCount {
	by := map[indicators.Trend]int{}
	for _, s := range list {
		by[s.Assess().Trend]++
	}
	var counts []trendCount
	for _, t := range indicators.Trends {
		if by[t] > 0 {
			counts = append(counts, trendCount{t, by[t]})
		}
	}
	return counts
}

// ages counts indicators by how old their latest values are today.
func (o overview) ages(list []indicators.Standing) []ageCount {
	by := map[indicators.Freshness]int{}
	for _, s := range list {
		by[s.FreshOn(o.today)]++
	}
	var counts []ageCount
	for _, age := range indicators.Freshnesses {
		if by[age] > 0 {
			counts = append(counts, ageCount{age, by[age]})
		}
	}
	return counts
}

// paragraphs splits a text at its empty lines.
func paragraphs(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
