package quality

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/period"
)

// point is a value at a period, without what no rule reads.
type point struct {
	at        period.Period
	span      // 0 without a period
	value     float64
	decimals  int
	missing   bool
	secret    bool // hidden on purpose, so that it is no gap
	unit      indicators.Unit
	qualifier indicators.Qualifier
	text      string // the source's wording
	status    string // SDMX CL_OBS_STATUS
}

// span is the time of a period, reckoned once.
type span struct {
	from, to    int32 // days since 1970, the last one included
	year, month int16 // the one calendar year that it lies in, or 0, and its first month
}

func spanOf(at period.Period) span {
	if at == "" {
		return span{}
	}
	first, last := at.First(), at.Last()
	s := span{from: int32(first.Unix() / 86400), to: int32(last.Unix() / 86400), month: int16(first.Month())}
	if first.Year() == last.Year() {
		s.year = int16(first.Year())
	}
	return s
}

// dated reports whether the point has a period.
func (p point) dated() bool { return p.at != "" }

// series is the points of one cell by time, the undated ones first.
type series struct {
	cell   indicators.Breakdown
	points []point
}

// total reports whether the series is not broken down.
func (s series) total() bool { return len(s.cell) == 0 }

// subject is an indicator as the rules see it.
type subject struct {
	*indicators.Indicator
	series []series // the total first
	now    time.Time
	grain  float64 // all values are multiples of it: how finely they are given
	words  *vocabulary

	rule  Rule // the one at work
	found []Finding
}

// newSubject lays the observations out as series.
func newSubject(ind indicators.Indicator, observations []indicators.Observation, now time.Time) *subject {
	b := newBuilder(ind, now)
	for _, o := range observations {
		b.add(o)
	}
	return b.subject()
}

// builder takes observations one by one, so that a whole indicator need not stand
// in memory with its quotes.
type builder struct {
	of    *subject
	index map[string]int
	spans map[period.Period]span
}

func newBuilder(ind indicators.Indicator, now time.Time) *builder {
	ind.Observations, ind.Note = nil, nil
	return &builder{of: &subject{Indicator: &ind, now: now}, index: map[string]int{}, spans: map[period.Period]span{}}
}

func (b *builder) add(o indicators.Observation) {
	p := point{
		at: o.Period, decimals: o.Decimals, missing: o.Value == nil, secret: o.ConfStatus != "" && o.ConfStatus != indicators.Free,
		unit: o.Unit, qualifier: o.Qualifier, text: o.ValueText, status: o.ObsStatus,
	}
	if o.Value != nil {
		p.value = *o.Value
	}
	key := o.Breakdown.String()
	if !b.knows(key) {
		b.open(key, o.Breakdown)
	}
	b.put(key, p)
}

func (b *builder) knows(key string) bool { _, ok := b.index[key]; return ok }

// open begins the series of a cell.
func (b *builder) open(key string, cell indicators.Breakdown) {
	b.index[key] = len(b.of.series)
	b.of.series = append(b.of.series, series{cell: cell})
}

// put adds a point to the series of a known cell.
func (b *builder) put(key string, p point) {
	known := false
	if p.span, known = b.spans[p.at]; !known {
		p.span = spanOf(p.at)
		b.spans[p.at] = p.span
	}
	s := &b.of.series[b.index[key]]
	s.points = append(s.points, p)
}

func (b *builder) subject() *subject {
	s := b.of
	for _, one := range s.series {
		slices.SortStableFunc(one.points, func(a, b point) int {
			return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.at, b.at))
		})
	}
	slices.SortStableFunc(s.series, func(a, b series) int {
		return cmp.Or(cmp.Compare(len(a.cell), len(b.cell)), cmp.Compare(a.cell.String(), b.cell.String()))
	})
	s.grain = grainOf(s.series)
	s.words = vocabularyOf(s.Indicator)
	return s
}

// check runs the rules that look at one indicator. Two of them may see the same
// mistake: the graver or plainer one has been listed first, and speaks.
func (s *subject) check() []Finding {
	for _, rule := range Rules {
		if rule.within != nil {
			s.rule = rule
			rule.within(s)
		}
	}
	return s.found
}

// tell puts a finding on record.
func (s *subject) tell(at period.Period, cell indicators.Breakdown, key string, args ...arg) {
	s.found = append(s.found, newFinding(s.rule, s.Indicator, at, cell, key, args))
}

// told reports whether one of the rules spoke of the place already.
func (s *subject) told(at period.Period, cell indicators.Breakdown, rules ...string) bool {
	return slices.ContainsFunc(s.found, func(f Finding) bool {
		return f.Period == at && f.Breakdown.String() == cell.String() && slices.Contains(rules, f.Rule)
	})
}

func newFinding(rule Rule, ind *indicators.Indicator, at period.Period, cell indicators.Breakdown, key string, args []arg) Finding {
	f := Finding{Rule: rule.Name, Severity: rule.Severity, Indicator: ind.Code, Name: ind.Name, Period: at, Breakdown: cell, of: ind, key: key, args: args}
	fields := []string{f.Rule, f.Indicator, f.Place(), key}
	for _, a := range args {
		fields = append(fields, a.mark())
	}
	sum := sha256.Sum256([]byte(strings.Join(fields, "\x00")))
	f.Mark = hex.EncodeToString(sum[:12])
	return f
}
