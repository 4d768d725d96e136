package web

import (
	"slices"
	"time"

	"gcm/indicators"
	"gcm/objectives"
	"gcm/progress"
)

// Everything on a public page is released; what is not is dropped here.

// measuresInShort are the measures with what lists show of them.
func (r *request) measuresInShort() ([]objectives.Measure, error) {
	list, err := r.site.objectives.MeasuresInShort(r.Request.Context())
	return slices.DeleteFunc(list, func(m objectives.Measure) bool { return m.State != objectives.Released }), err
}

func (r *request) measure(code string) (objectives.Measure, error) {
	m, err := r.site.objectives.MeasureByCode(r.Request.Context(), code)
	if err == nil && m.State != objectives.Released {
		return m, notFound("measure %s is not released", code)
	}
	return m, err
}

func (r *request) challenges() ([]objectives.Challenge, error) {
	list, err := r.site.objectives.Challenges(r.Request.Context())
	return slices.DeleteFunc(list, func(c objectives.Challenge) bool { return c.State != objectives.Released }), err
}

func (r *request) indicator(code string) (indicators.Indicator, error) {
	ind, err := r.site.indicators.IndicatorByCode(r.Request.Context(), code)
	if err == nil && ind.State != objectives.Released {
		return ind, notFound("indicator %s is not released", code)
	}
	ind.Observations = released(ind.Observations)
	ind.Measures = slices.DeleteFunc(ind.Measures, func(l indicators.IndicatorMeasure) bool {
		return l.Measure.State != objectives.Released || l.Measure.ArchivedAt != nil
	})
	return ind, err
}

func released(list []indicators.Observation) []indicators.Observation {
	return slices.DeleteFunc(list, func(o indicators.Observation) bool { return o.State != objectives.Released })
}

// cycle returns the latest reporting cycle with a review that everybody may see; the zero Cycle when there is none.
func (r *request) cycle() (progress.Cycle, error) {
	list, err := r.publicReviews()
	if err != nil || len(list) == 0 {
		return progress.Cycle{}, err
	}
	return list[0].Cycle, nil
}

// cutoff returns the day on which statuses are judged: that of the latest cycle.
func (r *request) cutoff() (time.Time, error) {
	cycle, err := r.cycle()
	return cycle.Cutoff.Last(), err
}

// statusCount is how many measures have a status.
type statusCount struct {
	Status objectives.Status
	Count  int
}

// Marks has one element for each measure counted.
func (c statusCount) Marks() []struct{} { return make([]struct{}, c.Count) }

// tally counts measures by their status at the cut-off, in the order in which
// statuses are shown; a status that no measure has is left out.
func tally(list []objectives.Measure, cutoff time.Time) []statusCount {
	var counts []statusCount
	for _, status := range objectives.Statuses {
		n := 0
		for _, m := range list {
			if m.StatusAt(cutoff) == status {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, statusCount{status, n})
		}
	}
	return counts
}

// serves reports whether a measure is mapped to an objective by itself, not by
// serving all of them.
func serves(m objectives.Measure, number int) bool {
	return !m.CrossCutting() && slices.ContainsFunc(m.Objectives, func(o objectives.MeasureObjective) bool { return o.Objective.Number == number })
}

// concerns reports whether a challenge is mapped to an objective.
func concerns(c objectives.Challenge, number int) bool {
	return slices.ContainsFunc(c.Objectives, func(o objectives.ChallengeObjective) bool { return o.Objective.Number == number })
}

func leads(m objectives.Measure, agency string) bool {
	return m.LeadAgency != nil && m.LeadAgency.Code == agency
}

func partners(m objectives.Measure, agency string) bool {
	return slices.ContainsFunc(m.Partners, func(p objectives.MeasurePartner) bool { return p.Agency.Code == agency })
}

// measureLine is a measure in a list.
type measureLine struct {
	objectives.Measure
	StatusNow objectives.Status
	Mapping   *objectives.Mapping // to what the list is about; nil in plain lists
}

func lines(list []objectives.Measure, cutoff time.Time) []measureLine {
	var out []measureLine
	for _, m := range list {
		out = append(out, measureLine{Measure: m, StatusNow: m.StatusAt(cutoff)})
	}
	return out
}

// linkedLines are measures with how they are linked to what a page is about.
func linkedLines(list []objectives.Linked, cutoff time.Time) []measureLine {
	var out []measureLine
	for i := range list {
		out = append(out, measureLine{list[i].Measure, list[i].StatusAt(cutoff), &list[i].Link})
	}
	return out
}

// sourcesByCode names the documents that quotes come from.
func (r *request) sourcesByCode() (map[string]objectives.Source, error) {
	list, err := r.site.objectives.SourceTitles(r.Request.Context())
	byCode := map[string]objectives.Source{}
	for _, s := range list {
		byCode[s.Code] = s
	}
	return byCode, err
}

// quote is a passage with the document that it comes from.
type quote struct {
	objectives.Quote
	Document objectives.Source
}

func quotesOf(list objectives.Quotes, sources map[string]objectives.Source) []quote {
	var out []quote
	for _, q := range list {
		out = append(out, quote{q, sources[q.Source]})
	}
	return out
}
