package pdf

import "gcm/reports"

// setter turns runs into lines. One setter serves one document.
type setter struct {
	doc     *reports.Document
	shaper  *shaper
	breaker breaker
	tree    tree
	anchors map[string]bool // all that the document declares
	notes   int             // footnotes numbered so far
	digits  int             // that a page number may have
	spare   []atom          // memory for the next paragraph's atoms
	stats   Stats
}

// lines sets runs as lines of the width; each slab is one line. Footnotes get
// the width of room.
func (s *setter) lines(runs []reports.Run, st style, lang string, width, room float64, elem element) []*slab {
	return s.set(st, lang, width, room, elem, func(p *para) {
		for _, r := range runs {
			p.run(r)
		}
	})
}

// set is lines for runs that fill adds.
func (s *setter) set(st style, lang string, width, room float64, elem element, fill func(*para)) []*slab {
	p := s.begin(st, lang)
	defer p.end()
	p.elem, p.room = elem, room
	fill(p)
	if len(p.atoms) == 0 {
		return nil
	}
	rag := st.align != justify
	broken := s.breaker.breakLines(p.atoms, width, rag)
	if broken == nil {
		p.loosen()
		broken = s.breaker.fill(p.atoms, width)
	}
	out := make([]*slab, len(broken))
	for i, b := range broken {
		out[i] = p.line(b, width)
	}
	if !rag {
		s.count(broken)
	}
	return out
}

// begin takes the spare memory for a paragraph, end gives it back; a footnote is
// set while its paragraph has it, and takes its own.
func (s *setter) begin(st style, lang string) *para {
	p := &para{setter: s, style: st, lang: lang, atoms: s.spare[:0]}
	s.spare = nil
	return p
}

func (p *para) end() { p.spare = p.atoms }

// count keeps the figures of justified lines; the last line of a paragraph is
// not stretched and not counted as gappy.
func (s *setter) count(lines []brokenLine) {
	s.stats.Lines += len(lines)
	for _, l := range lines[:len(lines)-1] {
		if l.ratio > gappy {
			s.stats.Gappy++
		}
	}
}
