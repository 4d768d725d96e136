package pdf

// flow puts slabs on pages, from top to bottom, in one pass. A group of slabs
// that keep together is placed when its last one is known.
type flow struct {
	geo     geometry
	pages   []*page
	dests   map[string]dest
	marks   []placedMark
	page    *page // nil before the first slab of a new sequence
	y       float64
	empty   bool    // nothing stands on the page yet
	foot    float64 // height of the notes on the page
	notes   []*slab // their lines
	later   []*slab // lines of notes that found no room on their page
	group   []*slab
	waiting [][]*slab // floats for the next page
	frame   *frame
	frameY  float64
	chapter string
}

// dest is where an anchor stands.
type dest struct {
	page int // from 0
	y    float64
}

type placedMark struct {
	bookmark
	dest
}

const (
	noteGap   = 13.0 // above the notes, with the rule
	noteSkip  = 2.5  // between two notes
	floatRoom = 0.12 // of the height: a smaller hole is left as it is
	floatMost = 0.75 // of the height: a higher picture stands where it was called
)

func newFlow() *flow {
	return &flow{geo: portrait, dests: make(map[string]dest)}
}

// add appends slabs; a slab that does not keep with the next ends its group.
func (f *flow) add(slabs ...*slab) {
	for _, s := range slabs {
		f.group = append(f.group, s)
		if !s.keep {
			f.commit()
		}
	}
}

// eject ends the page; what follows begins a new one.
func (f *flow) eject() {
	f.commit()
	for len(f.waiting) > 0 || len(f.later) > 0 {
		f.newPage()
	}
	f.closePage()
}

// commit places the group on this page, or on the next when it is too high.
func (f *flow) commit() {
	group := f.group
	f.group = nil
	if len(group) == 0 {
		return
	}
	if f.page == nil {
		f.newPage()
	}
	if f.fits(group) && !(group[0].float && len(f.waiting) > 0) {
		f.placeAll(group)
		return
	}
	if f.mayWait(group) {
		f.waiting = append(f.waiting, group)
		return
	}
	if !f.empty {
		f.newPage()
		f.head(group[0])
	}
	if f.fits(group) {
		f.placeAll(group)
		return
	}
	f.pour(group)
}

// mayWait says whether text may go before a group that does not fit: a picture,
// while the hole that it leaves is worth filling.
func (f *flow) mayWait(group []*slab) bool {
	height := f.geo.textHeight()
	sum := 0.0
	for _, s := range group {
		sum += s.before + s.height
	}
	return group[0].float && f.frame == nil && f.y < height*(1-floatRoom) && sum < height*floatMost
}

// pour places a group that no page is high enough for, slab by slab.
func (f *flow) pour(group []*slab) {
	for _, s := range group {
		if !f.fits([]*slab{s}) && !f.empty {
			f.newPage()
			f.head(s)
		}
		f.placeAll([]*slab{s})
	}
}

// head repeats a table's head above its first row on a page.
func (f *flow) head(first *slab) {
	if first.repeat != nil {
		f.placeAll(first.repeat())
	}
}

// fits says whether slabs and their notes find room on the page.
func (f *flow) fits(slabs []*slab) bool {
	y, _ := f.reach(slabs)
	return y+f.foot+f.footOf(slabs) <= f.geo.textHeight()+1e-6
}

// reach is how low slabs would go.
func (f *flow) reach(slabs []*slab) (y float64, fr *frame) {
	y, fr = f.y, f.frame
	top := f.empty
	for _, s := range slabs {
		y += f.above(s, fr, top) + s.height
		fr, top = s.frame, false
	}
	if fr != nil {
		y += fr.padding
	}
	return y, fr
}

// above is the space over a slab, the paddings of frames included.
func (f *flow) above(s *slab, open *frame, top bool) float64 {
	space := 0.0
	if open != nil && open != s.frame {
		space += open.padding
	}
	if !top {
		space += s.before
	}
	if s.frame != nil && (open != s.frame || top) {
		space += s.frame.padding
	}
	return space
}

// footOf is the height that the notes of slabs add at the foot.
func (f *flow) footOf(slabs []*slab) float64 {
	h := 0.0
	first := f.foot == 0
	for _, s := range slabs {
		for _, n := range s.notes {
			if first {
				h += noteGap
			} else {
				h += noteSkip
			}
			first = false
			for _, l := range n.lines {
				h += l.height
			}
		}
	}
	return h
}

func (f *flow) placeAll(slabs []*slab) {
	for _, s := range slabs {
		f.place(s)
	}
}

func (f *flow) place(s *slab) {
	if f.frame != nil && f.frame != s.frame {
		f.closeFrame()
		f.y += s.before
	} else if !f.empty {
		f.y += s.before
	}
	if s.frame != nil && (f.frame != s.frame || f.empty) {
		f.frame, f.frameY = s.frame, f.y
		f.y += s.frame.padding
	}
	if s.chapter != "" {
		f.chapter = s.chapter
		if f.empty {
			f.page.chapter = s.chapter
		}
	}
	left, top := f.geo.left, f.geo.top+f.y
	s.shift(left, top)
	p := f.page
	p.under = append(p.under, s.under...)
	p.items = append(p.items, s.items...)
	p.links = append(p.links, s.links...)
	at := dest{page: len(f.pages) - 1, y: top}
	for _, a := range s.anchors {
		if _, taken := f.dests[a]; !taken {
			f.dests[a] = at
		}
	}
	if s.mark != nil {
		f.marks = append(f.marks, placedMark{*s.mark, at})
	}
	f.y += s.height
	f.empty = false
	for _, n := range s.notes {
		f.hang(n)
	}
}

// hang puts a note at the foot; lines without room go to the next page, which
// happens only to a note higher than a page can hold beside its line.
func (f *flow) hang(n *note) {
	gap := noteSkip
	if f.foot == 0 {
		gap = noteGap
	}
	for i, l := range n.lines {
		if i == 0 {
			l.before = gap
		}
		if f.y+f.foot+l.before+l.height > f.geo.textHeight()+1e-6 || len(f.later) > 0 {
			f.later = append(f.later, l)
			continue
		}
		f.notes = append(f.notes, l)
		f.foot += l.before + l.height
	}
}

// closeFrame draws the box behind what was placed since the frame was opened.
func (f *flow) closeFrame() {
	fr := f.frame
	if fr == nil {
		return
	}
	f.y += fr.padding
	f.frame = nil
	x, y := f.geo.left+fr.x, f.geo.top+f.frameY
	h := f.y - f.frameY
	fill := fr.fill
	f.page.under = append([]item{
		&box{place: place{x: x, y: y}, w: fr.w, h: h, fill: &fill},
		rule(x, y, 3, h, fr.bar),
	}, f.page.under...)
}
