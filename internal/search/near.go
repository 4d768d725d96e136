package search

import "slices"

// edges mark where a word begins and ends in its trigrams.
const edges = "  "

// trigrams returns the runs of three letters of a skeleton, its edges included.
func trigrams(s string) []string {
	letters := []rune(edges + s + " ")
	var grams []string
	for i := range len(letters) - 2 {
		grams = append(grams, string(letters[i:i+3]))
	}
	return unique(grams)
}

// slips is how many slips of the finger are forgiven in a word of so many letters.
func slips(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// shortWord is how many letters a short word has at most. In those a slip leaves
// the first letter as it is or swaps it with the second, and stays in one alphabet:
// a guess at the spelling and one at the slip together fit nearly any short word.
const shortWord = 5

// nearest returns the words the fewest slips away from one, and how many those
// are. A slip changes at most three trigrams of a skeleton, or four when it swaps
// two letters: only those that share the rest are compared. Since skeletons of
// words that have nothing to do with each other are alike ("xqzzyw" and "қою"),
// the words must also be alike as they are written.
func (x *Index) nearest(w string) (found []int32, away int) {
	s := skeleton(w)
	letters := []rune(s)
	away = slips(len(letters))
	if away == 0 {
		return nil, 0
	}
	grams := trigrams(s)
	shared := map[int32]int{}
	for _, gram := range grams {
		for _, n := range x.grams[gram] {
			shared[n]++
		}
	}
	least := max(1, len(grams)-4*away)
	for n, common := range shared {
		if common < least {
			continue
		}
		d := distance(letters, []rune(x.skeletons[n]), away)
		if d > away {
			continue
		}
		for _, id := range x.bearers[n] {
			if !resemble(w, x.words[id].text) {
				continue
			}
			if d < away {
				found, away = nil, d
			}
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found, away
}

// resemble reports whether one word may be meant by another as both are written: no
// more slips than its letters allow, beside what its spelling in another alphabet
// may differ by.
func resemble(typed, word string) bool {
	a, b := []rune(fold(typed)), []rune(fold(word))
	allowed := slips(len(a))
	if cyrillic(typed) != cyrillic(word) {
		if min(len(a), len(b)) <= shortWord {
			return false
		}
		allowed += len(a) / 4
		a, b = []rune(written(typed)), []rune(written(word))
	}
	if len(a) <= shortWord && len(b) > 1 && a[0] != b[0] && (a[0] != b[1] || a[1] != b[0]) {
		return false
	}
	return distance(a, b, allowed) <= allowed
}

// written is a word in Cyrillic letters without those that only Kazakh has.
func written(word string) string {
	if cyrillic(word) {
		return fold(word)
	}
	return toCyrillic(word)
}

// distance counts the letters that are missing, too many, wrong or swapped with
// their neighbour; limit+1 when they are more than limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], limit+1)
}
