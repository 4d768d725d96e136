package countries

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
	codes(r, p.Questions, func(q *Question) *string { return &q.Code })
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
