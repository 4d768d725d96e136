package pdf

// slab is a slice of the text's height that never splits: a line, a row of a
// table, a picture. Its items stand relative to its top left corner.
type slab struct {
	height  float64
	before  float64 // space above, dropped at the top of a page
	extent  float64 // how far its text runs to the right
	keep    bool    // stands on the same page as the next slab
	items   []item
	under   []item // backgrounds
	links   []link
	notes   []*note
	anchors []string
	mark    *bookmark
	chapter string // begins a chapter with this running head
	frame   *frame
	repeat  func() []*slab // what stands above it when it begins a page: a table's head
	float   bool           // with all that keeps to it may move to the next page's top
}

func (s *slab) shift(dx, dy float64) {
	for _, it := range s.items {
		it.shift(dx, dy)
	}
	for _, it := range s.under {
		it.shift(dx, dy)
	}
	for i := range s.links {
		s.links[i].x += dx
		s.links[i].y += dy
	}
}

// absorb takes over what another slab has, moved to a place in this one.
func (s *slab) absorb(o *slab, dx, dy float64) {
	o.shift(dx, dy)
	s.items = append(s.items, o.items...)
	s.under = append(s.under, o.under...)
	s.links = append(s.links, o.links...)
	s.notes = append(s.notes, o.notes...)
	s.anchors = append(s.anchors, o.anchors...)
}

// begin is absorb for what is read before the slab's own.
func (s *slab) begin(o *slab, dx, dy float64) {
	items := s.items
	s.items = nil
	s.absorb(o, dx, dy)
	s.items = append(s.items, items...)
}

// note is a footnote, set.
type note struct{ lines []*slab }

// bookmark is an entry of the outline.
type bookmark struct {
	title  string
	level  int
	anchor string
}

// frame is the box of a callout around slabs that follow one another, on as many
// pages as they need.
type frame struct {
	x, w      float64
	padding   float64
	fill, bar color
}

// keepTogether marks the lines of a paragraph so that no page begins or ends
// with a single one of them.
func keepTogether(lines []*slab) {
	n := len(lines)
	for i, l := range lines[:max(n-1, 0)] {
		l.keep = l.keep || i == 0 || i == n-2
	}
}

// keepAll holds slabs and what follows them together.
func keepAll(slabs []*slab) {
	for _, s := range slabs {
		s.keep = true
	}
}
