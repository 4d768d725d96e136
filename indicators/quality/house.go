package quality

import (
	"gcm/indicators"
	"gcm/internal/period"
)

// house is all indicators beside each other, each in short.
type house struct {
	members []*member

	rule  Rule
	found []Finding
}

// member is what other indicators need to know of one.
type member struct {
	*subject
	objectives []int
	passages   []passage // where the source speaks of it, as far as it was read
	stems      stemSet
	dims       stemSet
}

// passage is a place in a source.
type passage struct {
	source string
	offset int
}

// keptPoints is how many points of a series are set against other indicators, and how
// many series of an indicator: the newest points, the total and its first cells.
const keptPoints, keptSeries = 30, 16

// join takes an indicator in: what is left of it is small.
func (h *house) join(s *subject, passages []passage) {
	short := *s
	short.found = nil
	short.series, short.laid, short.tables = nil, false, nil
	for _, one := range s.series {
		if len(one.cell) > 1 || len(short.series) >= keptSeries {
			continue
		}
		points := one.points[max(0, len(one.points)-keptPoints):]
		short.series = append(short.series, series{one.cell, append([]point(nil), points...)})
	}
	m := &member{subject: &short, stems: s.words.stems, dims: dimensionStems(s.Indicator), passages: passages}
	for _, o := range s.Objectives {
		m.objectives = append(m.objectives, o.Objective.Number)
	}
	h.members = append(h.members, m)
}

// check runs the rules that look at several indicators.
func (h *house) check() []Finding {
	for _, rule := range Rules {
		if rule.across != nil {
			h.rule = rule
			rule.across(h)
		}
	}
	return h.found
}

func (h *house) tell(m *member, at period.Period, cell indicators.Breakdown, key string, args ...arg) {
	h.found = append(h.found, newFinding(h.rule, m.Indicator, at, cell, key, args))
}

func (m *member) title() title { return title{m.Code, m.Name} }

// total is the series that is not broken down.
func (m *member) total() []point {
	for _, one := range m.series {
		if one.total() {
			return one.points
		}
	}
	return nil
}

// related reports whether two indicators serve a common objective, or one of them
// none at all.
func related(a, b *member) bool {
	if len(a.objectives) == 0 || len(b.objectives) == 0 {
		return true
	}
	for _, x := range a.objectives {
		for _, y := range b.objectives {
			if x == y {
				return true
			}
		}
	}
	return false
}

// apart is how many characters of a source two passages on one matter can lie
// apart.
const apart = 500

// inOneBreath reports whether the source speaks of both in one place.
func inOneBreath(a, b *member) bool {
	for _, x := range a.passages {
		for _, y := range b.passages {
			if d := x.offset - y.offset; x.source == y.source && d < apart && d > -apart {
				return true
			}
		}
	}
	return false
}

// sameTime reports whether two periods are of one time: the same, or a day or
// month of the other's year.
func sameTime(a, b point) bool {
	return a.dated() && b.dated() && (a.from == b.from && a.to == b.to || a.year != 0 && a.year == b.year && !a.at.IsInterval() && !b.at.IsInterval())
}

// at finds the point of a time.
func at(points []point, like point) (point, bool) {
	for _, p := range points {
		if p.at == like.at && !p.missing {
			return p, true
		}
	}
	for _, p := range points {
		if sameTime(p, like) && !p.missing {
			return p, true
		}
	}
	return point{}, false
}
