package countries

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// check looks at what no single field can tell: codes that stand twice or lead
// nowhere, quotes that are not in their source, figures that contradict their
// own passport.
func (r *reader) check() {
	p := &r.pack
	known := r.index()
	r.successors(known)
	for i := range p.Agencies {
		r.quotes(p.Agencies[i].Quotes)
	}
	for i := range p.LegalInstruments {
		r.quotes(p.LegalInstruments[i].Quotes)
	}
	for i := range p.Measures {
		r.measure(&p.Measures[i], known)
	}
	for i := range p.Challenges {
		r.links(p.Challenges[i].Mapping, known, "objectives")
		r.quotes(p.Challenges[i].Quotes)
	}
	for i := range p.Indicators {
		r.indicator(&p.Indicators[i], known)
	}
	for i := range p.Terms {
		r.quotes(p.Terms[i].Quotes)
	}
	for i := range p.Reviews {
		r.refer(&p.Reviews[i].Cycle, known.cycles, packFile)
	}
	r.narrative(known)
}

// index holds the codes of the pack.
type index struct {
	agencies, legalInstruments, measures, challenges map[string]bool
	cycles, reviews                                  map[string]bool
	dimensions                                       map[string]map[string]bool
	indicators                                       map[string]*Indicator
}

// index collects the codes and says which stand twice.
func (r *reader) index() *index {
	p := &r.pack
	known := &index{
		agencies:         codes(r, p.Agencies, func(a *Agency) *string { return &a.Code }),
		legalInstruments: codes(r, p.LegalInstruments, func(l *LegalInstrument) *string { return &l.Code }),
		measures:         codes(r, p.Measures, func(m *Measure) *string { return &m.Code }),
		challenges:       codes(r, p.Challenges, func(c *Challenge) *string { return &c.Code }),
		cycles:           codes(r, p.Cycles, func(c *Cycle) *string { return &c.Code }),
		reviews:          codes(r, p.Reviews, func(v *Review) *string { return &v.Cycle }),
		dimensions:       map[string]map[string]bool{},
		indicators:       map[string]*Indicator{},
	}
	codes(r, p.Sources, func(s *Source) *string { return &s.Code })
	codes(r, p.Terms, func(t *Term) *string { return &t.Code })
	codes(r, p.Dimensions, func(d *Dimension) *string { return &d.Code })
	codes(r, p.Indicators, func(i *Indicator) *string { return &i.Code })
	for i := range p.Dimensions {
		known.dimensions[p.Dimensions[i].Code] = codes(r, p.Dimensions[i].Codes, func(c *DimensionCode) *string { return &c.Code })
	}
	for i := range p.Indicators {
		known.indicators[p.Indicators[i].Code] = &p.Indicators[i]
	}
	return known
}

func codes[R any](r *reader, list []R, code func(*R) *string) map[string]bool {
	seen := map[string]bool{}
	for i := range list {
		c := code(&list[i])
		if seen[*c] && *c != "" {
			r.faultAt(c, "%s is the code of an earlier record too", *c)
		}
		seen[*c] = true
	}
	return seen
}

// faultAt collects a fault at a value that the decoder has read.
func (r *reader) faultAt(value any, format string, args ...any) {
	r.fault(r.places[value], format, args...)
}

// refer checks that a code, where there is one, stands in a file that could be read.
func (r *reader) refer(code *string, among map[string]bool, file string) {
	if *code != "" && !among[*code] && !r.broken[file] {
		r.faultAt(code, "there is no %s in %s", *code, file)
	}
}

// successors checks that following an agency's successors comes to an end.
func (r *reader) successors(known *index) {
	list := r.pack.Agencies
	next := map[string]string{}
	for i := range list {
		r.refer(&list[i].Successor, known.agencies, "agencies.yaml")
		next[list[i].Code] = list[i].Successor
	}
	for i := range list {
		seen := map[string]bool{}
		for at := list[i].Code; at != "" && !seen[at]; at = next[at] {
			seen[at] = true
			if next[at] == list[i].Code {
				r.faultAt(&list[i].Successor, "the successors lead back to %s", list[i].Code)
			}
		}
	}
}

func (r *reader) measure(m *Measure, known *index) {
	r.refer(&m.LeadAgency, known.agencies, "agencies.yaml")
	for i := range m.Partners {
		r.refer(&m.Partners[i], known.agencies, "agencies.yaml")
	}
	if m.Starts != "" && m.Ends != "" && m.Ends.Last().Before(m.Starts.First()) {
		r.faultAt(&m.Ends, "the measure ends before it starts, on %s", m.Starts)
	}
	r.links(m.Mapping, known, "objectives", "actions", "legal_instruments")
	r.quotes(m.Quotes)
}

// links checks a record's mapping, which may lead to the kinds of record given.
func (r *reader) links(links []Link, known *index, kinds ...string) {
	seen := map[string]bool{}
	once := func(at any, target string) {
		if seen[target] {
			r.faultAt(at, "the record is mapped to %s twice", target)
		}
		seen[target] = true
	}
	for i := range links {
		l := &links[i]
		if named := l.targets(); len(named) != 1 || !slices.Contains(kinds, named[0]) {
			r.faultAt(l, "must name one of %s", strings.Join(kinds, ", "))
		}
		if l.Basis == string(objectives.Stated) && len(l.Quotes) == 0 {
			r.faultAt(l, "is stated, so quotes must hold the source's own words")
		}
		for n := range l.Objectives {
			once(&l.Objectives[n], fmt.Sprint("objective ", l.Objectives[n]))
		}
		for n := range l.Actions {
			once(&l.Actions[n], l.Actions[n])
			if ref := l.Actions[n]; ref != "" && !r.actions.Has(ref) {
				r.faultAt(&l.Actions[n], "%s is no action of the Compact: write one such as 31(b)", clip(ref))
			}
		}
		for n := range l.LegalInstruments {
			once(&l.LegalInstruments[n], l.LegalInstruments[n])
			r.refer(&l.LegalInstruments[n], known.legalInstruments, "legal_instruments.yaml")
		}
		for n := range l.Measures {
			once(&l.Measures[n], l.Measures[n])
			r.refer(&l.Measures[n], known.measures, "measures.yaml")
		}
		r.quotes(l.Quotes)
	}
}

func (r *reader) indicator(i *Indicator, known *index) {
	for n := range i.Dimensions {
		if code := i.Dimensions[n]; known.dimensions[code] == nil && code != "" && !r.broken["dimensions.yaml"] {
			r.faultAt(&i.Dimensions[n], "there is no %s in dimensions.yaml", code)
		}
	}
	r.links(i.Mapping, known, "objectives", "measures")
	seen := map[string]bool{}
	for n := range i.Observations {
		o := &i.Observations[n]
		key := string(o.Period) + " " + o.Breakdown.String()
		if seen[key] {
			r.faultAt(o, "is a second observation of the same period and breakdown")
		}
		seen[key] = true
		r.observation(o, i, known)
	}
}

func (r *reader) observation(o *Observation, i *Indicator, known *index) {
	for _, dim := range slices.Sorted(maps.Keys(o.Breakdown)) {
		values := known.dimensions[dim]
		if !slices.Contains(i.Dimensions, dim) {
			r.faultAt(&o.Breakdown, "%s is not among the dimensions of the indicator", clip(dim))
		} else if values != nil && !values[o.Breakdown[dim]] {
			r.faultAt(&o.Breakdown, "%s is no code of %s in dimensions.yaml", clip(o.Breakdown[dim]), dim)
		}
	}
	switch missing := o.Qualifier == string(indicators.Missing); {
	case missing && (o.Value != "" || o.Decimals != nil):
		r.faultAt(o, "is missing, so it has no value: take out value and decimals, or the qualifier")
	case !missing && o.Value == "" && o.Qualifier != "":
		r.faultAt(o, "has no value: write it, or the qualifier missing")
	case o.Value != "":
		r.digits(o)
	}
	r.quotes(o.Quotes)
}

// maxDecimals is how many digits after the separator the database keeps.
const maxDecimals = 15

// digits checks that the database keeps the value as it is written.
func (r *reader) digits(o *Observation) {
	v, decimals := o.number()
	_, fraction, _ := strings.Cut(o.Value, ".")
	if strconv.FormatFloat(v, 'f', len(fraction), 64) != o.Value {
		r.faultAt(&o.Value, "has more digits than can be kept: write 15 at most")
	}
	if decimals < 0 || decimals > maxDecimals {
		r.faultAt(&o.Value, "is to be shown with %d decimals: write 0 to %d", decimals, maxDecimals)
	}
}
