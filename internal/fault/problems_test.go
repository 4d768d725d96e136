package fault_test

import (
	"fmt"
	"testing"

	"gcm/internal/fault"
)

func TestProblemsAreInvalidAndNameEachField(t *testing.T) {
	var p fault.Problems
	if p.Err() != nil {
		t.Error("no problems are an error")
	}
	p.Add("title.kk", "problem.missing")
	p.Add("due", "problem.period", "20x")
	err := fmt.Errorf("create a measure: %w", p.Err())
	if fault.KindOf(err) != fault.Invalid || fault.KeyOf(err) != "error.invalid" || len(fault.ProblemsOf(err)) != 2 {
		t.Errorf("%v is %v with the key %q", err, fault.KindOf(err), fault.KeyOf(err))
	}
	if want := "create a measure: title.kk: problem.missing; due: problem.period 20x"; err.Error() != want {
		t.Errorf("got %s, want %s", err, want)
	}
	if fault.ProblemsOf(fmt.Errorf("other")) != nil {
		t.Error("another error has problems")
	}
}
