package hyphen

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed english.txt
var englishText string

// english reads the patterns once, on the first English word.
var english = sync.OnceValue(func() patterns { return parse(englishText, 2, 3) })

// patterns are Liang's: a stretch of letters with a weight before, between and
// after them. Odd weights allow a break, even ones forbid it, the highest wins.
type patterns struct {
	weights           map[string][]byte
	longest           int // letters of the longest pattern
	leftMin, rightMin int // letters that must stay before and after a break
}

func parse(text string, leftMin, rightMin int) patterns {
	p := patterns{weights: make(map[string][]byte, 5000), leftMin: leftMin, rightMin: rightMin}
	for _, line := range strings.Fields(text) {
		letters, weights := make([]byte, 0, len(line)), []byte{0}
		for _, c := range []byte(line) {
			if '0' <= c && c <= '9' {
				weights[len(letters)] = c - '0'
				continue
			}
			letters, weights = append(letters, c), append(weights, 0)
		}
		p.weights[string(letters)] = weights
		p.longest = max(p.longest, len(letters))
	}
	return p
}

func (p patterns) points(word []rune) []int {
	marked := "." + string(word) + "."
	if len(marked) != len(word)+2 {
		return nil // a letter beyond English
	}
	best := make([]byte, len(marked)+1)
	for from := range marked {
		for to := from + 1; to <= min(from+p.longest, len(marked)); to++ {
			for i, w := range p.weights[marked[from:to]] {
				best[from+i] = max(best[from+i], w)
			}
		}
	}
	var at []int
	for i := p.leftMin; i <= len(word)-p.rightMin; i++ {
		if best[i+1]%2 == 1 {
			at = append(at, i)
		}
	}
	return at
}
