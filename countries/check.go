package countries

import (
	"fmt"
	"slices"
	"strings"

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
	r.questions(known)
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
	r.links(m.Mapping, known, "objectives", "actions", "principles", "legal_instruments")
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
		for n := range l.Principles {
			once(&l.Principles[n], l.Principles[n])
			if code := l.Principles[n]; code != "" && !r.principles.Has(code) {
				r.faultAt(&l.Principles[n], "%s is no guiding principle of the Compact: write one of GP-a to GP-j", clip(code))
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
