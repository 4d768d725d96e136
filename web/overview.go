package web

import (
	"strings"
	"time"

	"gcm/indicators"
	"gcm/objectives"
)

// overview is everything that is recorded for the 23 objectives.
type overview struct {
	objectives []objectives.Objective
	measures   []objectives.Measure
	indicators []indicators.Indicator
	challenges []objectives.Challenge
	cutoff     time.Time
}

// overview reads it, with the measures whole or in short.
func (r *request) overview(measures func() ([]objectives.Measure, error)) (o overview, err error) {
	if o.objectives, err = r.site.objectives.Objectives(r.Request.Context()); err != nil {
		return o, err
	}
	if o.measures, err = measures(); err != nil {
		return o, err
	}
	if o.indicators, err = r.indicators(); err != nil {
		return o, err
	}
	if o.challenges, err = r.challenges(); err != nil {
		return o, err
	}
	o.cutoff, err = r.cutoff()
	return o, err
}

// lines counts for each objective. Cross-cutting measures are left out.
func (o overview) lines() []objectiveLine {
	var all []objectiveLine
	for _, objective := range o.objectives {
		var own []objectives.Measure
		for _, m := range o.measures {
			if serves(m, objective.Number) {
				own = append(own, m)
			}
		}
		all = append(all, objectiveLine{
			Objective: objective, Statuses: tally(own, o.cutoff), Measures: len(own),
			Indicators: countIndicators(o.indicators, objective.Number), Challenges: countChallenges(o.challenges, objective.Number),
		})
	}
	return all
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
