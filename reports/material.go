package reports

import (
	"context"
	"slices"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Stores are the places that a review is composed from.
type Stores struct {
	Objectives *objectives.Store
	Indicators *indicators.Store
	Reviews    *Store
}

// material is everything that a review speaks of, read once. Only released
// records are in it.
type material struct {
	retired    retired
	country    objectives.Country
	sources    []objectives.Source
	objectives []objectives.Objective
	tables     []objectives.RoundTable
	agencies   []objectives.Agency
	laws       []objectives.LegalInstrument
	terms      []objectives.Term
	measures   []objectives.Measure
	challenges []objectives.Challenge
	indicators []indicators.Indicator
	plans      []indicators.GapPlan
	review     Review
	judged     judged
	asked      *Questionnaire // nil when there is none
	cutoff     time.Time
}

// retired are the records out of use. The review does not list or count them,
// but what its narrative cites stays cited.
type retired struct {
	laws       []objectives.LegalInstrument
	measures   []objectives.Measure
	challenges []objectives.Challenge
	indicators []indicators.Indicator
}

// gather reads the material of a cycle.
func gather(ctx context.Context, s Stores, cycle string) (*material, error) {
	var m material
	kept := s.Objectives.WithArchived()
	for _, read := range []func() error{
		func() (err error) { m.country, err = s.Objectives.Country(ctx); return },
		func() (err error) { m.review, err = s.Reviews.ReviewByCycle(ctx, cycle); return },
		func() (err error) { m.sources, err = s.Objectives.Sources(ctx); return },
		func() (err error) { m.objectives, err = s.Objectives.Objectives(ctx); return },
		func() (err error) { m.tables, err = s.Objectives.RoundTables(ctx); return },
		func() (err error) { m.agencies, err = s.Objectives.Agencies(ctx); return },
		func() (err error) { m.laws, err = kept.LegalInstruments(ctx); return },
		func() (err error) { m.terms, err = s.Objectives.Terms(ctx); return },
		func() (err error) { m.measures, err = kept.Measures(ctx); return },
		func() (err error) { m.challenges, err = kept.Challenges(ctx); return },
		func() (err error) { m.indicators, err = s.Indicators.WithArchived().Indicators(ctx); return },
		func() (err error) { m.plans, err = s.Indicators.GapPlans(ctx); return },
		func() (err error) { m.asked, err = s.Reviews.Questionnaire(ctx); return },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	if err := m.readJudged(ctx, s.Reviews); err != nil {
		return nil, err
	}
	m.cutoff = m.review.Cycle.Cutoff.Last()
	m.keepReleased()
	m.retire()
	return &m, nil
}

// retire sets what is out of use apart.
func (m *material) retire() {
	m.laws, m.retired.laws = parted(m.laws, func(x objectives.LegalInstrument) bool { return x.ArchivedAt != nil })
	m.measures, m.retired.measures = parted(m.measures, func(x objectives.Measure) bool { return x.ArchivedAt != nil })
	m.challenges, m.retired.challenges = parted(m.challenges, func(x objectives.Challenge) bool { return x.ArchivedAt != nil })
	m.indicators, m.retired.indicators = parted(m.indicators, func(x indicators.Indicator) bool { return x.ArchivedAt != nil })
}

// parted returns the rows that pass and those that are out.
func parted[T any](rows []T, out func(T) bool) (in, outside []T) {
	for _, row := range rows {
		if out(row) {
			outside = append(outside, row)
		} else {
			in = append(in, row)
		}
	}
	return in, outside
}

func (m *material) keepReleased() {
	m.measures = slices.DeleteFunc(m.measures, func(x objectives.Measure) bool { return x.State != objectives.Released })
	m.challenges = slices.DeleteFunc(m.challenges, func(x objectives.Challenge) bool { return x.State != objectives.Released })
	m.indicators = slices.DeleteFunc(m.indicators, func(x indicators.Indicator) bool { return x.State != objectives.Released })
	for i := range m.indicators {
		m.indicators[i].Observations = slices.DeleteFunc(m.indicators[i].Observations, func(x indicators.Observation) bool { return x.State != objectives.Released })
	}
}

// printerFor returns the printer of a language that the country's texts are in.
func (m *material) printerFor(lang string) (*i18n.Printer, error) {
	offered := i18n.Spoken(m.country.Languages)
	if !slices.Contains(offered, lang) {
		return nil, fault.New(fault.Invalid, "", "unknown language %q: use one of %s", lang, strings.Join(offered, ", "))
	}
	return i18n.New(lang)
}

// measuresOf returns the measures mapped to an objective, without the
// cross-cutting ones, which are listed once for all objectives.
func (m *material) measuresOf(number int) []objectives.Measure {
	var out []objectives.Measure
	for _, measure := range m.measures {
		if _, ok := linkTo(measure, number); ok && !measure.CrossCutting() {
			out = append(out, measure)
		}
	}
	return out
}

// crossCutting returns the measures that serve all objectives.
func (m *material) crossCutting() []objectives.Measure {
	var out []objectives.Measure
	for _, measure := range m.measures {
		if measure.CrossCutting() {
			out = append(out, measure)
		}
	}
	return out
}

// linkTo returns the measure's mapping to an objective.
func linkTo(measure objectives.Measure, number int) (objectives.Mapping, bool) {
	for _, link := range measure.Objectives {
		if link.Objective.Number == number {
			return link.Mapping, true
		}
	}
	return objectives.Mapping{}, false
}

func (m *material) challengesOf(number int) []objectives.Challenge {
	var out []objectives.Challenge
	for _, challenge := range m.challenges {
		if slices.ContainsFunc(challenge.Objectives, func(l objectives.ChallengeObjective) bool { return l.Objective.Number == number }) {
			out = append(out, challenge)
		}
	}
	return out
}

func (m *material) indicatorsOf(number int) []indicators.Indicator {
	var out []indicators.Indicator
	for _, indicator := range m.indicators {
		if slices.ContainsFunc(indicator.Objectives, func(l indicators.IndicatorObjective) bool { return l.Objective.Number == number }) {
			out = append(out, indicator)
		}
	}
	return out
}

// homes says for each indicator in which objective's chapter it is drawn. An
// indicator may speak of several objectives and is drawn once: in the chapter
// that has the fewest indicators, the lower number if equal. This is a matter of
// layout and says nothing about the strength of the link.
func (m *material) homes() map[string]int {
	count := map[int]int{}
	for _, o := range m.objectives {
		count[o.Number] = len(m.indicatorsOf(o.Number))
	}
	home := map[string]int{}
	for _, indicator := range m.indicators {
		for _, link := range indicator.Objectives {
			at, taken := home[indicator.Code]
			if !taken || count[link.Objective.Number] < count[at] {
				home[indicator.Code] = link.Objective.Number
			}
		}
	}
	return home
}

// record finds a record by its code.
func record[T any](rows []T, code string, codeOf func(T) string) (T, bool) {
	i := slices.IndexFunc(rows, func(row T) bool { return codeOf(row) == code })
	if i < 0 {
		var none T
		return none, false
	}
	return rows[i], true
}

// cited finds a record that the narrative names, in use or retired, and says
// whether the annexes list it.
func cited[T any](inUse, retired []T, code string, codeOf func(T) string) (row T, listed, ok bool) {
	if row, ok = record(inUse, code, codeOf); ok {
		return row, true, true
	}
	row, ok = record(retired, code, codeOf)
	return row, false, ok
}
