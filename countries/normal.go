package countries

import (
	"slices"
	"strings"
)

// complete adds what the files need not say: the unit and place of each
// observation. A value is kept with the digits it is shown with.
func (p *Pack) complete() {
	for i := range p.Sources {
		p.Sources[i].File = ""
	}
	for i := range p.Indicators {
		for n := range p.Indicators[i].Observations {
			o := &p.Indicators[i].Observations[n]
			o.Unit, o.Position = p.Indicators[i].Unit, n
			if o.Value != "" {
				o.setNumber(o.number())
			}
			if o.ObsStatus == o.usual() {
				o.ObsStatus = ""
			}
			o.ConfStatus = unless(free, o.ConfStatus)
		}
		p.Indicators[i].completePassport()
	}
}

// normalise puts in order what has none of its own.
func (p *Pack) normalise() {
	slices.SortFunc(p.Sources, func(a, b Source) int { return strings.Compare(a.Code, b.Code) })
	slices.SortFunc(p.Cycles, func(a, b Cycle) int { return strings.Compare(a.Code, b.Code) })
	slices.SortFunc(p.Reviews, func(a, b Review) int { return strings.Compare(a.Cycle, b.Cycle) })
	slices.SortFunc(p.Sections, func(a, b Section) int { return strings.Compare(a.path(), b.path()) })
	for i := range p.Measures {
		p.Measures[i].Mapping = normalLinks(p.Measures[i].Mapping)
	}
	for i := range p.Challenges {
		p.Challenges[i].Mapping = normalLinks(p.Challenges[i].Mapping)
	}
	for i := range p.Indicators {
		p.Indicators[i].Mapping = normalLinks(p.Indicators[i].Mapping)
		p.Indicators[i].normalise()
	}
}
