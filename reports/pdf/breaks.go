package pdf

import "math"

// atom is the smallest thing that line breaking knows.
type atom struct {
	kind            atomKind
	width           float64 // of a cut: what a line that ends here is longer by
	stretch, shrink float64
	penalty         float64 // of ending a line here; forbidden when infinite
	hyphen          bool    // a cut that prints a hyphen
	look            int32   // index of the look that its letters have
	from, to        int32   // part of the word
	word            *word
	note            *note
	ref             *pageRef
}

type atomKind uint8

const (
	letters atomKind = iota
	space            // disappears at a line's end
	chance           // a place to break inside a word
)

// brokenLine is atoms[from:to] with its spaces stretched (or shrunk) by ratio.
type brokenLine struct {
	from, to int
	ratio    float64
	cut      bool // ends inside a word
	hyphen   bool // and prints a hyphen
}

// demerits of ugly neighbours, after Knuth and Plass, "Breaking paragraphs into
// lines" (1981).
const (
	linePenalty    = 10
	twoHyphens     = 15000 // hyphens at the ends of two lines that follow
	lastButOne     = 20000 // a hyphen at the end of the last line but one
	unevenLines    = 5000  // a tight line beside a loose one
	shortLast      = 30000 // a last line of hardly a word
	shortLastShare = 0.08  // of the width
	raggedStretch  = 0.30  // of the width: what counts as a ratio of 1 in ragged lines
	loosest        = 100.0 // ratio that any line may have when nothing else helps
	gappy          = 2.0   // ratio at which spaces are doubled
	fitnessClasses = 4
	noPredecessor  = -1
)

// breaker finds the breaks of a paragraph that make the whole most even.
type breaker struct {
	atoms   []atom
	width   float64
	ragged  bool
	prefix  []sums // before each atom
	nodes   []breakNode
	active  []int32
	pending [fitnessClasses]breakNode
}

type sums struct{ width, stretch, shrink float64 }

// breakNode is a possible end of a line and the best way to get there.
type breakNode struct {
	at       int // the atom where the line ends
	start    int // the atom where the next one begins
	demerits float64
	ratio    float64
	before   int32
	fitness  int8
	hyphen   bool
}

// breakLines breaks a paragraph: first with even spaces, then with looser ones.
// It returns nil when some stretch is too wide for the line whatever is tried.
func (b *breaker) breakLines(atoms []atom, width float64, rag bool) []brokenLine {
	b.atoms, b.width, b.ragged = atoms, width, rag
	b.sum()
	for _, tolerance := range [...]float64{1.6, 4, loosest} {
		if lines := b.try(tolerance); lines != nil {
			return lines
		}
	}
	return nil
}

func (b *breaker) sum() {
	b.prefix = append(b.prefix[:0], sums{})
	var s sums
	for i := range b.atoms {
		a := &b.atoms[i]
		if a.kind != chance {
			s.width += a.width
			s.stretch += a.stretch
			s.shrink += a.shrink
		}
		b.prefix = append(b.prefix, s)
	}
}

func (b *breaker) try(tolerance float64) []brokenLine {
	b.nodes = append(b.nodes[:0], breakNode{before: noPredecessor, fitness: 1})
	b.active = append(b.active[:0], 0)
	for i := range b.atoms {
		a := &b.atoms[i]
		if a.kind != letters && !math.IsInf(a.penalty, 1) {
			b.consider(i, tolerance)
			if len(b.active) == 0 {
				return nil
			}
		}
	}
	b.consider(len(b.atoms), tolerance)
	best := int32(noPredecessor)
	for _, n := range b.active {
		if b.nodes[n].at == len(b.atoms) && (best < 0 || b.nodes[n].demerits < b.nodes[best].demerits) {
			best = n
		}
	}
	if best < 0 {
		return nil
	}
	return b.trace(best)
}

// consider tries to end a line at atom i, from every beginning still alive.
func (b *breaker) consider(i int, tolerance float64) {
	last := i == len(b.atoms)
	for c := range b.pending {
		b.pending[c].demerits = math.Inf(1)
	}
	alive := b.active[:0]
	for _, n := range b.active {
		from := &b.nodes[n]
		ratio := b.ratio(from.start, i, last)
		if ratio < -1 {
			continue // too long now, and longer with each atom
		}
		alive = append(alive, n)
		if ratio > tolerance {
			continue
		}
		fit := fitness(ratio)
		d := b.demerits(from, i, ratio, fit, last)
		if d < b.pending[fit].demerits {
			hyphen := !last && b.atoms[i].hyphen
			b.pending[fit] = breakNode{at: i, start: i + 1, demerits: d, ratio: ratio, before: n, fitness: fit, hyphen: hyphen}
		}
	}
	b.active = alive
	for _, node := range b.pending {
		if !math.IsInf(node.demerits, 1) {
			b.nodes = append(b.nodes, node)
			b.active = append(b.active, int32(len(b.nodes)-1))
		}
	}
}

// ratio is how far the spaces must stretch, in parts of their stretch, or
// shrink when negative. Below -1 the line is too long.
func (b *breaker) ratio(from, to int, last bool) float64 {
	if from > to {
		return -2
	}
	p, q := &b.prefix[from], &b.prefix[to]
	slack := b.width - (q.width - p.width)
	if !last && b.atoms[to].kind == chance {
		slack -= b.atoms[to].width
	}
	switch {
	case slack < -1e-6 && (b.ragged || q.shrink <= p.shrink):
		return -2
	case slack < -1e-6:
		return slack / (q.shrink - p.shrink)
	case last:
		return 0
	case b.ragged:
		return slack / (b.width * raggedStretch)
	}
	stretch := q.stretch - p.stretch
	if stretch <= 0 {
		return slack/b.width*loosest + 1e-9
	}
	return min(slack/stretch, loosest)
}

// fitness is the class of a line: tight, decent, loose, very loose.
func fitness(ratio float64) int8 {
	switch {
	case ratio < -0.5:
		return 0
	case ratio <= 0.5:
		return 1
	case ratio <= 1:
		return 2
	}
	return 3
}

func (b *breaker) demerits(from *breakNode, i int, ratio float64, fit int8, last bool) float64 {
	badness := 100 * math.Abs(ratio*ratio*ratio)
	d := (linePenalty + badness) * (linePenalty + badness)
	if last {
		if from.hyphen {
			d += lastButOne
		}
		if b.prefix[i].width-b.prefix[from.start].width < b.width*shortLastShare {
			d += shortLast
		}
		return from.demerits + d
	}
	a := &b.atoms[i]
	d += a.penalty * a.penalty
	if a.hyphen && from.hyphen {
		d += twoHyphens
	}
	if !b.ragged && (fit > from.fitness+1 || from.fitness > fit+1) {
		d += unevenLines
	}
	return from.demerits + d
}

func (b *breaker) trace(n int32) []brokenLine {
	count := 0
	for m := n; b.nodes[m].before != noPredecessor; m = b.nodes[m].before {
		count++
	}
	lines := make([]brokenLine, count)
	for m := n; count > 0; m = b.nodes[m].before {
		node := &b.nodes[m]
		count--
		line := brokenLine{from: b.nodes[node.before].start, to: node.at, ratio: node.ratio, hyphen: node.hyphen}
		line.cut = node.at < len(b.atoms) && b.atoms[node.at].kind == chance
		lines[count] = line
	}
	return lines
}

// fill breaks without any look ahead, each line as full as it goes; it always
// ends, with a line too long only where a single atom is.
func (b *breaker) fill(atoms []atom, width float64) []brokenLine {
	b.atoms, b.width, b.ragged = atoms, width, true
	b.sum()
	var lines []brokenLine
	for start := 0; start < len(atoms); {
		end := -1
		for i := start; i <= len(atoms); i++ {
			last := i == len(atoms)
			if !last && (i == start || atoms[i].kind == letters || math.IsInf(atoms[i].penalty, 1)) {
				continue
			}
			if end >= 0 && b.ratio(start, i, last) < -1 {
				break
			}
			end = i
		}
		line := brokenLine{from: start, to: end}
		if end < len(atoms) {
			line.cut, line.hyphen = atoms[end].kind == chance, atoms[end].hyphen
		}
		lines = append(lines, line)
		start = end + 1
	}
	return lines
}
