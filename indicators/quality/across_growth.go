package quality

import (
	"strconv"

	"gcm/indicators"
	"gcm/internal/period"
)

// alike is how much two names must have in common for one to be the growth of the
// other.
const alike = 0.3

// growthAgainstValues finds growth that the values it is drawn from do not show.
func growthAgainstValues(h *house) {
	for _, g := range h.members {
		if !g.words.has(growthHint, declineHint) || g.Unit != indicators.Percent && g.Unit != indicators.Ratio || g.Formula.Kind != "" {
			continue
		}
		for _, one := range g.series {
			for _, p := range one.points {
				if p.dated() && !p.missing {
					h.growth(g, one, p)
				}
			}
		}
	}
}

// growth sets one stated growth against the values of the indicators that it can
// be drawn from, of which one must show it.
func (h *house) growth(g *member, one series, stated point) {
	from, to := reach(stated)
	if from == "" {
		return
	}
	stems := g.stems.without(g.dims).and(labelStems(g.Indicator, one.cell))
	var best struct {
		likeness float64
		of       *member
		cell     indicators.Breakdown
		a, b     point
	}
	for _, m := range h.members {
		if m == g || !counted(m.Unit) || m.words.has(growthHint, declineHint, shareHint) || !related(g, m) {
			continue
		}
		for _, s := range m.series {
			a, okA := at(s.points, pointAt(from))
			b, okB := at(s.points, pointAt(to))
			if !okA || !okB || a.value <= 0 || b.value <= 0 {
				continue
			}
			base := m.stems.without(m.dims)
			label := labelStems(m.Indicator, s.cell)
			if len(s.cell) > 0 && plain(s.cell) != plain(one.cell) && !touches(label, stems) {
				continue
			}
			base = base.and(label)
			likeness := stems.likeness(base)
			missing := min(len(s.cell), 1) // a cell is found by its label, which may be worded in another way
			if likeness < alike || !stems.within(base, missing) {
				continue
			}
			if g.shows(stated, a.interval(m.grain), b.interval(m.grain)) {
				return
			}
			if likeness > best.likeness {
				best.likeness, best.of, best.cell, best.a, best.b = likeness, m, s.cell, a, b
			}
		}
	}
	if best.of != nil {
		h.tell(g, stated.at, one.cell, "growth", stated.amount(), best.of.title(), best.a.amount(), when(best.a.at), best.b.amount(), when(best.b.at), g.drawn(best.a, best.b, stated.decimals))
	}
}

// reach are the years that a growth goes from and to.
func reach(p point) (from, to period.Period) {
	first, last := p.at.First().Year(), p.at.Last().Year()
	if !p.at.IsInterval() {
		first--
	}
	if first >= last {
		return "", ""
	}
	return period.Period(strconv.Itoa(first)), period.Period(strconv.Itoa(last))
}

func pointAt(p period.Period) point {
	return point{at: p, span: spanOf(p)}
}

// touches reports whether a label's words stand among the others, in each language
// in which there are both.
func touches(label, stems stemSet) bool {
	langs := label.shared(stems)
	for _, lang := range langs {
		if common(label[lang], stems[lang]) == 0 {
			return false
		}
	}
	return len(langs) > 0
}

// shows reports whether the growth from a to b can be the stated one.
func (m *member) shows(stated point, a, b interval) bool {
	said := stated.interval(0)
	up, down := b.over(a), a.over(b)
	if m.Unit == indicators.Ratio {
		return said.meets(up) || m.words.has(declineHint) && said.meets(down)
	}
	grown, fallen := up.scaled(100, -100), interval{100 - 100*up.hi, 100 - 100*up.lo}
	return said.meets(grown) || said.meets(up.scaled(100, 0)) || m.words.has(declineHint) && said.meets(fallen)
}

// drawn is the growth that the values show.
func (m *member) drawn(a, b point, decimals int) amount {
	switch falls := m.words.has(declineHint) && !m.words.has(growthHint); {
	case m.Unit == indicators.Ratio && falls:
		return amount{value: a.value / b.value, decimals: max(1, decimals) + 1, unit: m.Unit}
	case m.Unit == indicators.Ratio:
		return amount{value: b.value / a.value, decimals: max(1, decimals) + 1, unit: m.Unit}
	case falls:
		return amount{value: 100 - 100*b.value/a.value, decimals: max(1, decimals), unit: m.Unit}
	}
	return amount{value: 100*b.value/a.value - 100, decimals: max(1, decimals), unit: m.Unit}
}
