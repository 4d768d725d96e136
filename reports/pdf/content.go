package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// contentWriter writes items as PDF operators. It remembers the state that the
// page is in and writes only what changes.
type contentWriter struct {
	bytes.Buffer
	tree    tree
	letters [faceCount]*usedLetters
	marks   []int32 // the page's marked stretches: the element of each
	height  float64 // of the page: PDF counts from the foot
	face    face
	size    float64
	scale   float64 // of letters
	fill    color
	line    color
	width   float64
	dashed  bool
	round   bool
	inText  bool
	x, y    float64 // where the last text began
	elem    element
	marked  bool // a stretch of elem is open
}

// usedLetters are the runes that a file prints of a face. A rune is written as
// its number among them, from 1.
type usedLetters struct {
	codes [0x2800]uint16 // by slot
	runes []uint16
}

func (u *usedLetters) code(r uint16) uint16 {
	at := slot(r)
	if u.codes[at] == 0 {
		u.runes = append(u.runes, r)
		u.codes[at] = uint16(len(u.runes))
	}
	return u.codes[at]
}

// noFace makes the first text of a page select its font.
const noFace = face(255)

func (w *contentWriter) begin(height float64, t tree) {
	w.Reset()
	*w = contentWriter{Buffer: w.Buffer, letters: w.letters, tree: t, height: height, face: noFace, scale: 100, width: -1, fill: 1 << 24, line: 1 << 24}
}

func (w *contentWriter) end() {
	w.endText()
	w.unmark()
}

func (w *contentWriter) item(it item) {
	t, ok := it.(*text)
	if ok && len(t.codes) == 0 {
		return
	}
	if ok && t.spelt() {
		w.spelt(t)
		return
	}
	w.mark(it.owner())
	switch it := it.(type) {
	case *area:
		w.tree[it.elem].BBox = &[4]float64{it.x, w.height - it.y - it.h, it.x + it.w, w.height - it.y}
	case *text:
		w.text(it)
	case *box:
		w.box(it)
	case *stroke:
		w.stroke(it)
	case *disc:
		w.disc(it)
	}
}

// mark begins a stretch of an element's contents, or of artifacts, unless it is
// open.
func (w *contentWriter) mark(e element) {
	if w.marked && e == w.elem {
		return
	}
	w.endText()
	w.unmark()
	w.elem, w.marked = e, true
	switch e {
	case artifact:
		w.WriteString("/Artifact BMC\n")
	case pageHead:
		w.WriteString("/Artifact <</Type/Pagination/Subtype/Header/Attached[/Top]>> BDC\n")
	case pageFoot:
		w.WriteString("/Artifact <</Type/Pagination/Subtype/Footer/Attached[/Bottom]>> BDC\n")
	case draftsMark:
		w.WriteString("/Artifact <</Type/Pagination/Subtype/Watermark>> BDC\n")
	default:
		fmt.Fprintf(w, "/%s <</MCID %d>> BDC\n", w.tree[e].Role, w.number(e))
	}
}

// number is that of the page's next marked stretch, which belongs to an element.
func (w *contentWriter) number(e element) int {
	w.marks = append(w.marks, int32(e))
	return len(w.marks) - 1
}

func (w *contentWriter) unmark() {
	if w.marked {
		w.WriteString("EMC\n")
		w.marked = false
	}
}

func (w *contentWriter) endText() {
	if w.inText {
		w.WriteString("ET\n")
		w.inText = false
	}
}

func (w *contentWriter) text(t *text) {
	w.fillColor(t.color)
	if w.face != t.face || w.size != t.size {
		w.face, w.size = t.face, t.size
		fmt.Fprintf(w, "/F%d ", t.face)
		w.numbers(t.size)
		w.WriteString("Tf ")
	}
	if scale := round2(t.scale * 100); scale != w.scale {
		w.scale = scale
		w.numbers(scale)
		w.WriteString("Tz ")
	}
	if t.angle != 0 {
		w.endText()
		sin, cos := math.Sincos(t.angle * math.Pi / 180)
		w.WriteString("BT ")
		w.numbers(cos, sin, -sin, cos, t.x, w.height-t.y)
		w.WriteString("Tm ")
		w.glyphs(t)
		w.WriteString("ET\n")
		return
	}
	if !w.inText {
		w.WriteString("BT ")
		w.inText, w.x, w.y = true, 0, 0
	}
	x, y := round2(t.x), round2(w.height-t.y)
	w.numbers(x-w.x, y-w.y)
	w.WriteString("Td ")
	w.x, w.y = x, y
	w.glyphs(t)
}

// glyphs writes letters as two bytes each, with the distances between them that
// differ from the face's own.
func (w *contentWriter) glyphs(t *text) {
	letters := w.letters[t.face]
	if letters == nil {
		letters = new(usedLetters)
		w.letters[t.face] = letters
	}
	w.WriteString("[(")
	for i, c := range t.codes {
		code := letters.code(c)
		w.letter(byte(code >> 8))
		w.letter(byte(code))
		if e := t.extra[i]; e != 0 && i+1 < len(t.codes) {
			w.WriteByte(')')
			w.Write(strconv.AppendInt(w.AvailableBuffer(), -int64(e), 10))
			w.WriteByte('(')
		}
	}
	w.WriteString(")]TJ\n")
}

// spelt writes single letters with what they read as, in a stretch of their own:
// some readers lose what follows a mark inside another.
func (w *contentWriter) spelt(t *text) {
	w.endText()
	if t.elem <= artifact {
		w.mark(t.elem)
		w.WriteString("/Span <<")
	} else {
		w.unmark()
		fmt.Fprintf(w, "/Span <</MCID %d", w.number(t.elem))
	}
	w.WriteString("/ActualText<FEFF")
	for _, c := range t.codes {
		if apart(c) {
			c = ' '
		}
		fmt.Fprintf(w, "%04X", c)
	}
	w.WriteString(">>> BDC\n")
	w.text(t)
	w.endText()
	w.WriteString("EMC\n")
}

// spelt says whether a text is single letters with spaces between them. Readers
// that guess words from distances take it for one word, widely set, unless the
// file says what it reads as.
func (t *text) spelt() bool {
	spaces := 0
	for i, c := range t.codes {
		switch {
		case t.unseen(i):
		case apart(c):
			spaces++
		case i > 0 && !apart(t.codes[i-1]):
			return false
		}
	}
	return spaces > 0 && spaces < len(t.codes)
}

// apart says whether a code is one of the spaces that clean leaves.
func apart(c uint16) bool { return c == ' ' || c == noBreakSpace || c == 0x2009 || c == 0x202F }

func (w *contentWriter) letter(b byte) {
	switch b {
	case '(', ')', '\\':
		w.WriteByte('\\')
	case '\r':
		w.WriteString("\\r")
		return
	}
	w.WriteByte(b)
}

func (w *contentWriter) box(b *box) {
	w.endText()
	if b.fill != nil {
		w.fillColor(*b.fill)
	}
	outlined := b.stroke != nil && b.line > 0
	if outlined {
		w.pen(*b.stroke, b.line, b.dash, false)
	}
	if b.fill == nil && !outlined {
		return
	}
	w.numbers(b.x, w.height-b.y-b.h, b.w, b.h)
	w.WriteString("re ")
	w.paint(b.fill != nil, outlined)
}

func (w *contentWriter) paint(fill, line bool) {
	switch {
	case fill && line:
		w.WriteString("B\n")
	case fill:
		w.WriteString("f\n")
	default:
		w.WriteString("S\n")
	}
}

func (w *contentWriter) stroke(s *stroke) {
	w.endText()
	w.pen(s.color, s.line, s.dash, s.round)
	for i, p := range s.points {
		w.numbers(s.x+p.x, w.height-s.y-p.y)
		if i == 0 {
			w.WriteString("m ")
		} else {
			w.WriteString("l ")
		}
	}
	w.WriteString("S\n")
}

// disc draws a circle as four curves.
func (w *contentWriter) disc(d *disc) {
	const k = 0.5523 // the handle of a quarter circle of radius 1
	w.endText()
	outlined := d.stroke != nil && d.line > 0
	if d.fill == nil && !outlined {
		return
	}
	if d.fill != nil {
		w.fillColor(*d.fill)
	}
	if outlined {
		w.pen(*d.stroke, d.line, nil, false)
	}
	x, y, r := d.x, w.height-d.y, d.r
	w.numbers(x+r, y)
	w.WriteString("m ")
	for _, q := range [...][6]float64{
		{r, k * r, k * r, r, 0, r}, {-k * r, r, -r, k * r, -r, 0},
		{-r, -k * r, -k * r, -r, 0, -r}, {k * r, -r, r, -k * r, r, 0},
	} {
		w.numbers(x+q[0], y+q[1], x+q[2], y+q[3], x+q[4], y+q[5])
		w.WriteString("c ")
	}
	w.paint(d.fill != nil, outlined)
}

func (w *contentWriter) fillColor(c color) {
	if c != w.fill {
		w.fill = c
		w.rgb(c)
		w.WriteString("rg ")
	}
}

// pen sets the look of lines.
func (w *contentWriter) pen(c color, width float64, dash []float64, round bool) {
	if c != w.line {
		w.line = c
		w.rgb(c)
		w.WriteString("RG ")
	}
	if width != w.width {
		w.width = width
		w.numbers(width)
		w.WriteString("w ")
	}
	if len(dash) > 0 || w.dashed {
		w.dashed = len(dash) > 0
		w.WriteByte('[')
		w.numbers(dash...)
		w.WriteString("] 0 d ")
	}
	if round != w.round {
		w.round = round
		w.WriteString(map[bool]string{true: "1 J ", false: "0 J "}[round])
	}
}

func (w *contentWriter) rgb(c color) {
	for shift := 16; shift >= 0; shift -= 8 {
		w.Write(strconv.AppendFloat(w.AvailableBuffer(), float64(c>>shift&0xFF)/255, 'g', 3, 64))
		w.WriteByte(' ')
	}
}

func round2(v float64) float64 { return float64(int64(v*100+1000000.5)-1000000) / 100 }

// numbers writes lengths to a hundredth of a point, without useless zeros.
func (w *contentWriter) numbers(values ...float64) {
	for _, v := range values {
		n := int64(v*100+1000000.5) - 1000000
		buf := w.AvailableBuffer()
		if n < 0 {
			buf, n = append(buf, '-'), -n
		}
		buf = strconv.AppendInt(buf, n/100, 10)
		if cents := n % 100; cents != 0 {
			buf = append(buf, '.', byte('0'+cents/10))
			if cents%10 != 0 {
				buf = append(buf, byte('0'+cents%10))
			}
		}
		buf = append(buf, ' ')
		w.Write(buf)
	}
}
