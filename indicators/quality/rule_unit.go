package quality

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
)

// unitMismatch finds values in another unit than the passport's.
func unitMismatch(s *subject) {
	for _, one := range s.series {
		for _, p := range one.points {
			if p.unit != "" && p.unit != s.Unit {
				s.tell(p.at, one.cell, "unit_mismatch", p.amount(), unitName(p.unit), unitName(s.Unit))
			}
		}
	}
}

// unitWording finds names and texts that speak of another unit than the passport.
func unitWording(s *subject) {
	parted := s.words.has(shareHint, percentHint)
	switch {
	case parted && !s.words.has(growthHint, declineHint) && !s.words.has(numberHint) && whole(s.Unit) && s.Unit != indicators.Rank:
		s.tell("", nil, "unit_not_share", unitName(s.Unit))
	case s.words.has(numberHint) && !parted && !s.words.has(growthHint, declineHint, rateHint) && s.Unit == indicators.Percent:
		s.tell("", nil, "unit_not_count", unitName(s.Unit))
	}
	for _, one := range s.series {
		for _, p := range one.points {
			if isPercent := strings.Contains(p.text, "%"); isPercent && s.Unit != indicators.Percent && s.Unit != indicators.Ratio {
				s.tell(p.at, one.cell, "text_percent", quoted(p.text), unitName(s.Unit))
			}
		}
	}
}

// fractionOfWhole finds parts of a person.
func fractionOfWhole(s *subject) {
	for _, one := range s.series {
		for _, p := range one.points {
			if !p.missing && whole(s.Unit) && p.unit == s.Unit && p.value != math.Trunc(p.value) {
				s.tell(p.at, one.cell, "fraction", p.amount(), unitName(s.Unit))
			}
		}
	}
}

// impossibleValue finds values beyond what the passport or the unit allows.
func impossibleValue(s *subject) {
	for _, one := range s.series {
		for _, p := range one.points {
			switch {
			case p.missing || p.unit != s.Unit:
			case s.Lowest != nil && p.value < *s.Lowest:
				s.tell(p.at, one.cell, "below_lowest", p.amount(), amount{value: *s.Lowest, decimals: digits(*s.Lowest), unit: s.Unit})
			case s.Highest != nil && p.value > *s.Highest:
				s.tell(p.at, one.cell, "above_highest", p.amount(), amount{value: *s.Highest, decimals: digits(*s.Highest), unit: s.Unit})
			case s.Lowest == nil && p.value < 0 && s.neverNegative():
				s.tell(p.at, one.cell, "negative", p.amount())
			case s.Unit == indicators.Rank && p.value < 1:
				s.tell(p.at, one.cell, "rank", p.amount())
			case s.Highest == nil && s.Unit == indicators.Percent && p.value > 100 && s.partOfWhole():
				s.tell(p.at, one.cell, "over_hundred", p.amount())
			}
		}
	}
}

// neverNegative reports whether the indicator counts something: balances, growth
// and changes can be below nothing.
func (s *subject) neverNegative() bool {
	return s.Unit != indicators.Percent && s.Unit != indicators.Ratio && !s.Unit.Currency() && !s.words.has(growthHint, declineHint) ||
		s.Unit == indicators.Percent && s.partOfWhole()
}

// partOfWhole reports whether a percentage is one of a hundred.
func (s *subject) partOfWhole() bool {
	return s.words.has(shareHint) && !s.words.has(growthHint, declineHint)
}

func digits(v float64) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	return min(len(fraction), 9)
}

var figure = regexp.MustCompile(`\d[\d\s\x{a0}\x{202f}]*(?:[.,]\d+)?`)

// textAgainstValue finds values that are not what their own wording says.
func textAgainstValue(s *subject) {
	for _, one := range s.series {
		for _, p := range one.points {
			if p.missing || p.text == "" {
				continue
			}
			if said := readings(p.text); len(said) > 0 && !slices.ContainsFunc(said, func(v float64) bool { return near(v, p.value) }) {
				s.tell(p.at, one.cell, "text_value", p.amount(), quoted(p.text))
			}
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Max(1, math.Abs(b)) }

// readings are the numbers that a wording can mean: each of its figures with the
// word of size that follows it or the next one ("25,5–27,5 thousand"), and their
// sum ("25 bn 880 m").
func readings(text string) []float64 {
	found := figure.FindAllStringIndex(text, -1)
	var all []float64
	sum, size, end := 0.0, 1.0, len(text)
	for n := len(found) - 1; n >= 0; n-- {
		if own := sizeOf(text[found[n][1]:end]); own > 1 {
			size = own
		}
		ways := numbers(text[found[n][0]:found[n][1]])
		for _, v := range ways {
			all = append(all, v*size)
		}
		if len(ways) > 0 {
			sum += ways[0] * size
		}
		end = found[n][0]
	}
	return append(all, sum)[:len(all)+min(len(all), 1)]
}

// numbers are the ways of reading a figure: a comma can part thousands.
func numbers(text string) []float64 {
	bare := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\t' || r == '\n' {
			return -1
		}
		return r
	}, text)
	var all []float64
	for _, way := range []string{strings.Replace(bare, ",", ".", 1), strings.NewReplacer(",", "", ".", "").Replace(bare)} {
		if v, err := strconv.ParseFloat(way, 64); err == nil && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	if _, fraction, ok := strings.Cut(strings.Replace(bare, ",", ".", 1), "."); ok && len(fraction) != 3 {
		return all[:1]
	}
	return all
}

// sizeOf is the size that the first word of size names, 1 for none.
func sizeOf(text string) float64 {
	for _, word := range wordsOf(text) {
		for n, h := range []hint{thousandHint, millionHint, billionHint, trillionHint} {
			if hintedAnywhere(h, word) {
				return math.Pow10(3 * (n + 1))
			}
		}
	}
	return 1
}
