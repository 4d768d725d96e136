package web

import (
	"slices"
	"strings"

	"gcm/objectives"
	"gcm/progress"
)

// bar shows how far entries have come.
type bar struct {
	Parts []barPart // what has come furthest stands first
	Words string
}

// barPart is the share of one state, from 0 to 100.
type barPart struct {
	State       objectives.State
	From, Width float64
}

// barOf sums up how far agencies have come; nil when nothing is expected of them.
func (r *request) barOf(standings []progress.Standing) *bar {
	whole, silent := 0, 0
	states := map[objectives.State]int{}
	for _, one := range standings {
		whole += one.Whole()
		silent += one.Silent
		for state, count := range one.States {
			states[state] += count
		}
	}
	if whole == 0 {
		return nil
	}
	var b bar
	var words []string
	from := 0.0
	for _, state := range slices.Backward(progress.States) {
		if n := states[state]; n > 0 {
			width := 100 * float64(n) / float64(whole)
			b.Parts = append(b.Parts, barPart{state, from, width})
			words = append(words, r.T("round.bar."+string(state), n))
			from += width
		}
	}
	if silent > 0 {
		words = append(words, r.T("round.bar.silent", silent))
	}
	b.Words = strings.Join(words, " · ")
	return &b
}
