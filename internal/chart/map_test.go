package chart

import (
	"math"
	"slices"
	"testing"
)

func TestAreaOfACircleIsTheValue(t *testing.T) {
	c := samples()["map in Europe"]
	var r []float64
	for _, shape := range c.Draw(500, NotoSans).Shapes {
		if s, ok := shape.(Circle); ok && s.Stroke == Paper {
			r = append(r, s.R)
		}
	}
	if len(r) != 5 || math.Abs(r[0]*r[0]/(r[3]*r[3])-9) > 0.1 || !slices.IsSortedFunc(r, func(a, b float64) int { return int(1000 * (b - a)) }) {
		t.Errorf("radii %v of 900, 850, 400, 100 and 30", r)
	}
}

func TestACountryWithoutAValueIsMarkedAndNotSized(t *testing.T) {
	dashed := 0
	d := samples()["map near"].Draw(500, NotoSans)
	for _, shape := range d.Shapes {
		if s, ok := shape.(Circle); ok && len(s.Dash) > 0 {
			dashed++
		}
	}
	if dashed != 1 || len(d.Spots) != 4 {
		t.Errorf("%d dashed circles, %d spots for 3 values and a missing one", dashed, len(d.Spots))
	}
}

func TestMapHasNoBordersAndKnowsTheCountries(t *testing.T) {
	if w := theWorld(); len(w.land) < 100 || len(w.places) < 450 {
		t.Errorf("%d lands, %d names of places", len(w.land), len(w.places))
	}
	for _, code := range []string{"KZ", "KAZ", "MT", "SG", "PS", "UA"} {
		if !OnMap(code) {
			t.Errorf("%s has no place", code)
		}
	}
	for _, code := range []string{"", "XX", "AQ", "other", "kz"} {
		if OnMap(code) {
			t.Errorf("%q has a place", code)
		}
	}
	if off := samples()["map below zero"].OffMap(); len(off) != 2 {
		t.Errorf("without a place: %+v", off)
	}
}

func TestWhatLiesBeyondTheEdgeIsCutOff(t *testing.T) {
	square := []XY{{0, 0}, {10, 0}, {10, 10}, {0, 10}}
	for name, c := range map[string]struct {
		b    box
		want float64
	}{
		"all within": {box{-1, -1, 11, 11}, 100}, "a corner": {box{5, 5, 20, 20}, 25}, "a strip": {box{-5, 4, 20, 6}, 20}, "elsewhere": {box{20, 20, 30, 30}, 0},
	} {
		if got := math.Abs(area(clipped(square, c.b))); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v is left of 100, want %v", name, got, c.want)
		}
	}
}
