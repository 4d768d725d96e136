package quality

import (
	"math"
	"slices"

	"gcm/indicators"
)

// partsAgainstTotal finds parts that add up to more than their whole, and sums
// that fall short of it where in other periods they do not.
func partsAgainstTotal(s *subject) {
	if !counted(s.Unit) {
		return
	}
	for _, rows := range s.partings() {
		exact, over := s.habit(rows)
		if over > 1 && over > len(rows)/2 { // parts that overlap: what is in two of them counts twice
			continue
		}
		for _, r := range rows {
			if r.whole == nil || r.whole.missing || len(r.parts) < 2 || s.mustAddUp(r) || !r.comparable(s) {
				continue
			}
			value, span, known := r.sum(s.grain)
			whole := r.whole.interval(s.grain)
			switch {
			case span.lo > whole.hi:
				s.tell(r.at, r.cell, "parts_over", number(value, r.whole.decimals), r.whole.amount(), dimensionName{s.Indicator, r.dim})
			case known && span.hi < whole.lo && (exact > 1 || slices.ContainsFunc(r.codes, isRest)):
				s.tell(r.at, r.cell, "parts_under", number(value, r.whole.decimals), r.whole.amount(), dimensionName{s.Indicator, r.dim})
			}
		}
	}
}

// habit counts the periods in which parts add up exactly, and those in which they
// are more than the whole.
func (s *subject) habit(rows []*parting) (exact, over int) {
	for _, r := range rows {
		if r.whole == nil || r.whole.missing || len(r.parts) < 2 {
			continue
		}
		_, span, known := r.sum(s.grain)
		whole := r.whole.interval(s.grain)
		switch {
		case span.lo > whole.hi:
			over++
		case known && span.meets(whole):
			exact++
		}
	}
	return exact, over
}

// mustAddUp reports whether the parts are both sexes, or all ages.
func (s *subject) mustAddUp(r *parting) bool {
	if bySex(r.dim) {
		return len(r.parts) > 1
	}
	all, _ := allAges(r.codes)
	return byAge(r.dim) && all
}

// sexAgeSum finds sexes or ages that do not add up to all people.
func sexAgeSum(s *subject) {
	if !counted(s.Unit) {
		return
	}
	for _, rows := range s.partings() {
		if !bySex(rows[0].dim) && !byAge(rows[0].dim) {
			continue
		}
		for _, r := range rows {
			if r.whole == nil || r.whole.missing || !s.mustAddUp(r) || !r.comparable(s) {
				continue
			}
			value, span, known := r.sum(s.grain)
			if known && !span.meets(r.whole.interval(s.grain)) {
				s.tell(r.at, r.cell, "sex_age", number(value, r.whole.decimals), r.whole.amount(), dimensionName{s.Indicator, r.dim})
			}
		}
	}
}

// sharesAgainst100 finds parts of a hundred that are more than that, or less where
// nothing says that parts were left out.
func sharesAgainst100(s *subject) {
	if s.Unit != indicators.Percent || s.words.has(rateHint, growthHint, declineHint) {
		return
	}
	for _, rows := range s.partings() {
		whole := 0
		for _, r := range rows {
			if _, span, known := r.sum(s.grain); known && len(r.parts) > 1 && span.meets(interval{99.5, 100.5}) {
				whole++
			}
		}
		for _, r := range rows {
			value, span, known := r.sum(s.grain)
			switch {
			case len(r.parts) < 3 && whole == 0 || len(r.parts) < 2 || !known || !r.comparable(s) || span.meets(interval{99.5, 100.5}):
			case whole == 0 && (!s.words.has(shareHint) || value < 50 || value > 150 || len(rows) > 2):
			case whole > 0 && whole*2 < len(rows):
			default:
				s.tell(r.at, r.cell, "shares", number(value, s.most(r)), dimensionName{s.Indicator, r.dim}, number(math.Abs(100-value), s.most(r)))
			}
		}
	}
}

// most is the largest number of digits that a part is given with.
func (s *subject) most(r *parting) int {
	most := 0
	for _, p := range r.parts {
		most = max(most, p.decimals)
	}
	return most
}

// fewParts is from how many parts on none of them can well lie on the other side
// of their average.
const fewParts = 5

// averageOutsideParts finds averages that do not lie among their parts.
func averageOutsideParts(s *subject) {
	if s.Unit != indicators.Percent || s.words.has(growthHint, declineHint) {
		return
	}
	for _, rows := range s.partings() {
		for _, r := range rows {
			if r.whole != nil && !r.whole.missing && r.comparable(s) && outside(*r.whole, r.parts) && !s.composition(r) {
				s.tell(r.at, r.cell, "average", r.whole.amount(), dimensionName{s.Indicator, r.dim}, lowest(r.parts).amount(), highest(r.parts).amount())
			}
		}
	}
}

// composition reports whether the parts are those of the whole: they add up to it
// or to a hundred.
func (s *subject) composition(r *parting) bool {
	_, span, _ := r.sum(s.grain)
	return span.meets(interval{99, 101}) || span.meets(r.whole.interval(s.grain)) || s.words.has(shareHint) && r.whole.value == 100
}

// outside reports whether no part lies on one side of the average, or both sexes
// do not take it between them.
func outside(average point, parts []point) bool {
	given := slices.DeleteFunc(slices.Clone(parts), func(p point) bool {
		return p.missing || p.qualifier == indicators.LessThan || p.qualifier == indicators.MoreThan
	})
	if len(given) < fewParts {
		return false
	}
	low, high := lowest(given).value, highest(given).value
	return low != high && (low >= average.value || high <= average.value)
}

func lowest(parts []point) point {
	return slices.MinFunc(parts, func(a, b point) int { return compare(a, b) })
}

func highest(parts []point) point {
	return slices.MaxFunc(parts, func(a, b point) int { return compare(a, b) })
}

func compare(a, b point) int {
	switch {
	case a.value < b.value:
		return -1
	case a.value > b.value:
		return 1
	}
	return 0
}

// boundsReversed finds ranges whose lower end is above the upper one.
func boundsReversed(s *subject) {
	for _, low := range s.series {
		if low.cell[boundDimension] != "lower" {
			continue
		}
		for _, high := range s.series {
			if high.cell[boundDimension] != "upper" || !sameBut(low.cell, high.cell, boundDimension) {
				continue
			}
			for _, a := range low.points {
				for _, b := range high.points {
					if a.at == b.at && !a.missing && !b.missing && a.value > b.value {
						s.tell(a.at, low.cell, "bounds", a.amount(), b.amount())
					}
				}
			}
		}
	}
}

// sameBut reports whether two cells differ in one dimension at most.
func sameBut(a, b indicators.Breakdown, dim string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, code := range a {
		if k != dim && b[k] != code {
			return false
		}
	}
	return true
}
