package quality

import (
	"math"

	"gcm/indicators"
)

// shareAgainstValues finds shares that the counts they are drawn from do not give.
func shareAgainstValues(h *house) {
	for _, s := range h.members {
		if s.Unit != indicators.Percent || !s.words.has(shareHint) || s.words.has(growthHint, declineHint) || s.Formula.Kind != "" {
			continue
		}
		for _, one := range s.series {
			for _, p := range one.points {
				if !p.missing {
					h.share(s, one, p)
				}
			}
		}
		h.impliedWhole(s)
	}
}

// share sets one share against a part and its whole in another indicator: the same
// cell, or the one that the share's name speaks of.
func (h *house) share(s *member, one series, stated point) {
	var best *member
	var part, whole point
	var most float64
	for _, m := range h.members {
		if !counted(m.Unit) || !related(s, m) || m.words.has(shareHint, growthHint, declineHint) {
			continue
		}
		all, ok := at(m.total(), stated)
		if !ok && !stated.dated() {
			all, ok = undatedOf(m.total())
		}
		if !ok || all.value <= 0 {
			continue
		}
		for _, cells := range m.series {
			p, there := at(cells.points, stated)
			if !there && !stated.dated() {
				p, there = undatedOf(cells.points)
			}
			if cells.total() || !there || !partOf(s, one, m, cells) {
				continue
			}
			if stated.interval(0).meets(p.interval(m.grain).over(all.interval(m.grain)).scaled(100, 0)) {
				return
			}
			if likeness := s.stems.likeness(m.stems); likeness >= most {
				best, part, whole, most = m, p, all, likeness
			}
		}
	}
	if best != nil {
		h.tell(s, stated.at, one.cell, "share", stated.amount(), best.title(), part.amount(), whole.amount(),
			amount{value: 100 * part.value / whole.value, decimals: max(1, stated.decimals), unit: indicators.Percent})
	}
}

func undatedOf(points []point) (point, bool) {
	for _, p := range points {
		if !p.dated() && !p.missing {
			return p, true
		}
	}
	return point{}, false
}

// partOf reports whether the share is that of the cell of m.
func partOf(s *member, one series, m *member, cells series) bool {
	bare := s.stems.without(s.dims)
	if !one.total() {
		return plain(one.cell) == plain(cells.cell) && bare.within(m.stems, 0)
	}
	label := labelStems(m.Indicator, cells.cell)
	return touches(label, bare) && !touchesAny(label, m.stems) && bare.within(m.stems.and(label), 0)
}

// touchesAny is touches in one language at least.
func touchesAny(label, stems stemSet) bool {
	for _, lang := range label.shared(stems) {
		if common(label[lang], stems[lang]) > 0 {
			return true
		}
	}
	return false
}

// wholes may differ by so much from one year to another.
const wholesDiffer = 1.25

// impliedWhole finds shares at two times that, with the counts that the source
// gives in the same breath, are shares of two quite different wholes.
func (h *house) impliedWhole(s *member) {
	points := s.course(series{points: s.total()})
	if len(points) < 2 || len(s.passages) == 0 {
		return
	}
	var near []*member
	for _, m := range h.members {
		if m.Unit == indicators.Persons && sameObjectives(s, m) && inOneBreath(s, m) && touchesAny(s.stems, m.stems) {
			near = append(near, m)
		}
	}
	first, last := points[0], points[len(points)-1]
	for _, a := range near {
		before, ok := at(a.total(), first)
		if !ok || first.value <= 0 || last.value <= 0 || !touches(s.stems, a.stems) {
			continue
		}
		was := before.value / first.value
		var now point
		var of *member
		for _, b := range near {
			after, ok := at(b.total(), last)
			if !ok {
				continue
			}
			if r := after.value / last.value / was; r < wholesDiffer && r > 1/wholesDiffer {
				return
			}
			if of == nil || math.Abs(math.Log(after.value/last.value/was)) < math.Abs(math.Log(now.value/last.value/was)) {
				now, of = after, b
			}
		}
		if of != nil {
			h.tell(s, last.at, nil, "implied_whole", first.amount(), when(first.at), a.title(), before.amount(), last.amount(), when(last.at),
				amount{value: roundLike(was*last.value/100, point{}) * 100, unit: before.unit, qualifier: indicators.Approximate}, of.title(), now.amount())
			return
		}
	}
}

func sameObjectives(a, b *member) bool {
	if len(a.objectives) != len(b.objectives) {
		return false
	}
	for n := range a.objectives {
		if a.objectives[n] != b.objectives[n] {
			return false
		}
	}
	return true
}

// stockAgainstFlow finds stocks that fell while a count of those who came to them
// says that many did.
func stockAgainstFlow(h *house) {
	for _, f := range h.members {
		if f.Unit != indicators.Persons {
			continue
		}
		for _, cells := range f.series {
			label := labelStems(f.Indicator, cells.cell)
			if cells.total() || thin(label) {
				continue
			}
			for _, p := range cells.points {
				if !p.missing && p.dated() && p.to-p.from > 150 {
					h.flow(f, cells, p, label)
				}
			}
		}
	}
}

// thin reports whether a label has a single word in a language: too little to know
// a thing by.
func thin(label stemSet) bool {
	for _, stems := range label {
		if len(stems) < 2 {
			return true
		}
	}
	return len(label) == 0
}

// gain is from which share of the stock on those who came must show.
const gain = 0.1

func (h *house) flow(f *member, cells series, came point, label stemSet) {
	for _, m := range h.members {
		if m == f || m.Unit != f.Unit || !related(f, m) || m.words.has(shareHint, growthHint, declineHint) || !label.within(m.stems, 1) {
			continue
		}
		var before, after point
		for _, p := range m.course(series{points: m.total()}) {
			if p.from <= came.from && p.to < came.to {
				before = p
			}
			if p.to > came.from && p.to <= came.to && p.from > came.from {
				after = p
			}
		}
		if before.dated() && after.dated() && after.value < before.value && came.value > gain*before.value {
			h.tell(m, after.at, nil, "stock", before.amount(), when(before.at), after.amount(), when(after.at), came.amount(), cellName{f.Indicator, cells.cell}, f.title(), when(came.at))
		}
	}
}
