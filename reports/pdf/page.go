package pdf

// A page is a display list: everything that stands on it, with its place, before
// a single byte of PDF is written. Places are in points from the top left corner.
type page struct {
	geometry
	under   []item // backgrounds, drawn first
	items   []item
	links   []link
	chapter string // running head
	bare    bool   // without running heads: the cover
}

// item is a thing drawn: *text, *box, *stroke, *disc or *area. Each knows the
// structural element that it is part of, so that tags can be written.
type item interface {
	shift(dx, dy float64)
	owner() element
}

// place is the structural element and the position that all items have.
type place struct {
	elem element
	x, y float64
}

func (p *place) shift(dx, dy float64) { p.x, p.y = p.x+dx, p.y+dy }
func (p *place) owner() element       { return p.elem }

// text is a stretch of one face, size and colour on one baseline, which starts
// at x, y.
type text struct {
	place
	face   face
	size   float64
	scale  float64 // of the letters' width, near 1
	color  color
	codes  []uint16 // runes of the Basic Multilingual Plane
	extra  []int16  // added after each glyph in thousandths of the size: kerning, justification
	angle  float64  // against the clock, in degrees: 90 runs upwards
	spaced bool     // ends with a space that takes no room
	ref    *pageRef // filled in when all pages are known
}

// space adds a word space to what the text reads as, at the end of a line.
func (t *text) space() {
	t.codes, t.extra, t.spaced = append(t.codes, ' '), append(t.extra, 0), true
}

// unseen says whether a letter is the space at the end.
func (t *text) unseen(i int) bool { return t.spaced && i+1 == len(t.codes) }

// width is how far the text runs.
func (t *text) width() float64 {
	m, sum := t.face.metrics(), 0
	for i, c := range t.codes {
		sum += m.width(c) + int(t.extra[i])
	}
	if t.spaced {
		sum -= m.width(' ')
	}
	return float64(sum) * t.size * t.scale / 1000
}

// box is a rectangle. A width of line of 0 draws no outline.
type box struct {
	place
	w, h   float64
	fill   *color
	stroke *color
	line   float64
	dash   []float64
}

// stroke is a run of straight lines through points relative to x, y.
type stroke struct {
	place
	points []point
	color  color
	line   float64
	dash   []float64
	round  bool // round ends: dots when the dash is 0 long
}

type point struct{ x, y float64 }

// disc is a circle around x, y.
type disc struct {
	place
	r            float64
	fill, stroke *color
	line         float64
}

// area is what a picture takes of its page; it draws nothing.
type area struct {
	place
	w, h float64
}

// link is an active area: to a web address or to an anchor of the document.
type link struct {
	x, y, w, h  float64
	url, anchor string
	elem        element
	says        string // where it leads, in words
}

// pageRef asks for the number of the page that an anchor stands on.
type pageRef struct {
	anchor string
	format string  // with one %d
	room   float64 // reserved for the number
	line   []*text // the texts beside it, which close up when it is known
	align  align   // of that line
}

// rule is a filled line of the given thickness that belongs to no element.
func rule(x, y, w, thickness float64, c color) *box {
	return &box{place: place{x: x, y: y}, w: w, h: thickness, fill: &c}
}
