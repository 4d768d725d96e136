package quality

import (
	"fmt"
	"maps"
	"slices"

	"gcm/indicators"
)

// rhythm is a length of period in which a series can go: its number of periods
// tells them apart, and its name says what one is called.
type rhythm struct {
	per  int // in a year
	name func(n int) arg
}

var rhythms = []rhythm{
	{1, func(n int) arg { return when(fmt.Sprint(n)) }},
	{4, func(n int) arg {
		return when(fmt.Sprintf("%d-%02d/%d-%02d", n/4, n%4*3+1, n/4, n%4*3+3))
	}},
	{12, func(n int) arg { return when(fmt.Sprintf("%d-%02d", n/12, n%12+1)) }},
}

// number is the place of the point in the rhythm, if it goes in it. A single day
// stands for its year.
func (r rhythm) number(p point) (n int, ok bool) {
	if !p.dated() || p.year == 0 {
		return 0, false
	}
	days, year, month := int(p.to-p.from)+1, int(p.year), int(p.month)-1
	switch r.per {
	case 1:
		return year, !p.at.IsInterval() && (days == 1 || days > 360)
	case 4:
		return year*4 + month/3, days > 88 && days < 93 && month%3 == 0
	}
	return year*12 + month, days > 27 && days < 32
}

// missingPeriod finds periods that a series leaps over. What the whole indicator
// leaps over is told once.
func missingPeriod(s *subject) {
	if s.FigureType != indicators.Statistic {
		return
	}
	for _, r := range rhythms {
		all := map[int]bool{}
		own := make([]map[int]bool, len(s.series))
		for k, one := range s.series {
			own[k] = map[int]bool{}
			for _, p := range one.points {
				if n, ok := r.number(p); ok {
					all[n], own[k][n] = true, true
				}
			}
		}
		if left := s.leapt(all, r); len(left) > 0 {
			s.tell("", nil, "missing_periods", count(len(left)), r.names(left))
		}
		for k, one := range s.series {
			left := slices.DeleteFunc(s.leapt(own[k], r), func(n int) bool { return !all[n] })
			if len(left) > 0 && len(own[k]) >= 3 && len(own[k]) >= 2*len(left) {
				s.tell("", one.cell, "missing_periods", count(len(left)), r.names(left))
			}
		}
	}
}

func (r rhythm) names(numbers []int) list {
	var words list
	for _, n := range numbers {
		words = append(words, r.name(n))
	}
	return words
}

// longest is how many periods can be leapt over: what is longer is another series.
const longest = 12

// leapt lists the periods missing between the first and the last. What is
// collected each second, fifth or tenth year has a step of its own.
func (s *subject) leapt(present map[int]bool, r rhythm) []int {
	have := slices.Sorted(maps.Keys(present))
	if len(have) < 2 || r.per > 1 && len(have) < 4 {
		return nil
	}
	step := 1
	if r.per == 1 && s.Frequency != indicators.Annual {
		step = stepOf(have)
	}
	var left []int
	for n := have[0] + step; n < have[len(have)-1]; n += step {
		if !present[n] {
			left = append(left, n)
		}
	}
	if len(left) > longest {
		return nil
	}
	return left
}

// stepOf is the number of years from one value to the next: more than one only
// where the values there are show it, or two of them stand like censuses.
func stepOf(have []int) int {
	least, most := have[1]-have[0], have[1]-have[0]
	for n := 2; n < len(have); n++ {
		least, most = min(least, have[n]-have[n-1]), max(most, have[n]-have[n-1])
	}
	for n := 1; n < len(have); n++ {
		if (have[n]-have[n-1])%least != 0 {
			return 1
		}
	}
	if least == most && (len(have) > 2 || least == 5 || least == 10) || len(have) > 3 {
		return least
	}
	return 1
}
