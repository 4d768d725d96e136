package chart

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// Advance widths of Noto Sans (notosans/widths.py), in thousandths of the size.
//
//go:embed notosans/widths.txt
var notoSansWidths string

// fallbackWidth stands for letters that the table does not hold: wide enough.
const fallbackWidth = 1000

var notoSans = sync.OnceValue(func() map[rune][2]float64 {
	table := map[rune][2]float64{}
	for line := range strings.Lines(notoSansWidths) {
		var r rune
		var regular, bold float64
		if _, err := fmt.Sscanf(line, "%X %f %f", &r, &regular, &bold); err != nil {
			panic(fmt.Sprintf("chart: widths.txt: %q: %v", line, err)) // the file is part of the program
		}
		table[r] = [2]float64{regular, bold}
	}
	return table
})

// NotoSans is the Measure of the typeface in which pages set their charts.
func NotoSans(text string, size float64, bold bool) float64 {
	face := 0
	if bold {
		face = 1
	}
	total := 0.0
	for _, r := range text {
		if w, ok := notoSans()[r]; ok {
			total += w[face]
		} else {
			total += fallbackWidth
		}
	}
	return total * size / 1000
}
