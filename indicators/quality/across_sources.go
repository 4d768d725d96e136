package quality

import (
	"math"
	"slices"

	"gcm/indicators"
)

// differ is from how many times on two sources contradict each other: what they
// round and when they count is less.
const differ = 1.1

// disagreeingSources finds two indicators of one name, unit, period and cell with
// two values.
func disagreeingSources(h *house) {
	seen := map[[2]*member]bool{}
	for _, bucket := range h.namesakes() {
		for n, a := range bucket {
			for _, b := range bucket[n+1:] {
				pair := [2]*member{a, b}
				if !seen[pair] && a.FigureType == b.FigureType && related(a, b) && a.stems.same(b.stems) && a.sameKind(b) {
					seen[pair] = true
					h.compare(a, b)
				}
			}
		}
	}
}

// sameKind reports whether neither is a share or a growth of the other.
func (m *member) sameKind(o *member) bool {
	for _, h := range []hint{shareHint, growthHint, declineHint} {
		if m.words.has(h) != o.words.has(h) {
			return false
		}
	}
	return true
}

// namesakes puts members of one unit whose names begin alike together, so that
// not every one must be held against every other.
func (h *house) namesakes() map[string][]*member {
	all := map[string][]*member{}
	for _, m := range h.members {
		for lang, stems := range m.stems {
			var starts []string
			for _, stem := range stems {
				letters := []rune(stem)
				starts = append(starts, string(letters[:min(3, len(letters))]))
			}
			slices.Sort(starts)
			key := string(m.Unit) + lang
			for _, start := range slices.Compact(starts) {
				key += " " + start
			}
			if len(starts) > 1 {
				all[key] = append(all[key], m)
			}
		}
	}
	return all
}

// compare sets two indicators of the same thing against each other, and tells of
// the newest period in which they differ.
func (h *house) compare(a, b *member) {
	var one, other point
	var cell indicators.Breakdown
	periods := 0
	for _, s := range a.series {
		n := slices.IndexFunc(b.series, func(o series) bool { return plain(o.cell) == plain(s.cell) })
		if n < 0 {
			continue
		}
		for _, p := range s.points {
			q, ok := at(b.series[n].points, p)
			if !ok || p.missing || p.unit != q.unit || p.interval(a.grain).meets(q.interval(b.grain)) || !apartBy(p.value, q.value) {
				continue
			}
			periods++
			if one.to <= p.to {
				one, other, cell = p, q, s.cell
			}
		}
	}
	if periods > 0 {
		h.tell(a, one.at, cell, "disagree", count(periods), a.title(), one.amount(), b.title(), other.amount(), when(one.at))
	}
}

func apartBy(a, b float64) bool {
	low, high := math.Min(math.Abs(a), math.Abs(b)), math.Max(math.Abs(a), math.Abs(b))
	return a*b < 0 || high > low*differ
}

// averageElsewhere finds averages of one indicator that do not lie among the parts
// of another.
func averageElsewhere(h *house) {
	for _, whole := range h.members {
		total := whole.total()
		if whole.Unit != indicators.Percent || len(total) == 0 || whole.words.has(growthHint, declineHint, shareHint) {
			continue
		}
		for _, parted := range h.members {
			if parted == whole || parted.Unit != whole.Unit || parted.total() != nil || parted.FigureType != whole.FigureType || !related(whole, parted) ||
				parted.words.has(growthHint, declineHint, shareHint) || !parted.stems.without(parted.dims).within(whole.stems, 0) {
				continue
			}
			for _, rows := range parted.partings() {
				for _, r := range rows {
					if average, ok := at(total, point{at: r.at, span: r.parts[0].span}); ok && outside(average, r.parts) {
						h.tell(parted, r.at, r.cell, "average_elsewhere", average.amount(), whole.title(), dimensionName{parted.Indicator, r.dim}, lowest(r.parts).amount(), highest(r.parts).amount())
					}
				}
			}
		}
	}
}
