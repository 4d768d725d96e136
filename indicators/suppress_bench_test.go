package indicators_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gcm/indicators"
)

// A year of a register: regions by sex by age, printed with all margins, in
// which every tenth cell is small.
func BenchmarkSuppressTableWithMargins(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	sums := map[string]float64{}
	for region := range 20 {
		for sex := range 2 {
			for age := range 10 {
				value := float64(20 + random.IntN(400))
				if random.IntN(10) == 0 {
					value = float64(1 + random.IntN(4))
				}
				for set := range 8 {
					cell := indicators.Breakdown{}
					for bit, d := range []struct{ name, code string }{{"region", fmt.Sprint(region)}, {"sex", fmt.Sprint(sex)}, {"age", fmt.Sprint(age)}} {
						if set&(1<<bit) != 0 {
							cell[d.name] = d.code
						}
					}
					sums[cell.String()] += value
				}
			}
		}
	}
	var cells []indicators.Cell
	for place, value := range sums {
		cells = append(cells, cellOf("2026", place, value))
	}
	b.ResetTimer()
	hidden := 0
	for range b.N {
		hidden = 0
		for _, h := range indicators.Suppress(cells, 5, nil) {
			if h {
				hidden++
			}
		}
	}
	b.ReportMetric(float64(hidden), "hidden")
	b.ReportMetric(float64(len(cells)), "cells")
}
