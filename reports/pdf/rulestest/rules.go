package rulestest

import (
	"fmt"
	"testing"
)

// fault tells a breach of a rule.
type fault func(format string, args ...any)

type rule struct {
	name  string // clause of the standard, failure condition, what must be so
	check func(f *file, fault fault)
}

// Check holds a file to every rule, each as a subtest of its own.
func Check(t *testing.T, pdf []byte) {
	t.Helper()
	f := open(t, pdf)
	for _, rules := range [][]rule{structureRules, linkRules, fontRules, archiveRules} {
		for _, r := range rules {
			t.Run(r.name, func(t *testing.T) {
				count := 0
				r.check(f, func(format string, args ...any) {
					if count++; count <= 5 {
						t.Errorf(format, args...)
					}
				})
				if count > 5 {
					t.Errorf("and %d more", count-5)
				}
			})
		}
	}
}

// Breaches are the rules that a file breaks, by name.
func Breaches(t *testing.T, pdf []byte) map[string]string {
	t.Helper()
	f := open(t, pdf)
	out := map[string]string{}
	for _, rules := range [][]rule{structureRules, linkRules, fontRules, archiveRules} {
		for _, r := range rules {
			r.check(f, func(format string, args ...any) { out[r.name] = fmt.Sprintf(format, args...) })
		}
	}
	return out
}
