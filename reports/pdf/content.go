package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// contentWriter writes items as PDF operators. It remembers the state that the
// page is in and writes only what changes.
type contentWriter struct {
	bytes.Buffer
	height   float64 // of the page: PDF counts from the foot
	face     face
	size     float64
	scale    float64 // of letters
	fill     color
	line     color
	width    float64
	dashed   bool
	round    bool
	inText   bool
	x, y     float64 // where the last text began
	artifact bool
}

// noFace makes the first text of a page select its font.
const noFace = face(255)

func (w *contentWriter) begin(height float64) {
	*w = contentWriter{Buffer: w.Buffer, height: height, face: noFace, scale: 100, width: -1, fill: 1 << 24, line: 1 << 24}
}

func (w *contentWriter) end() {
	w.endText()
	w.mark(false)
}

func (w *contentWriter) item(it item) {
	w.mark(it.owner() == 0)
	switch it := it.(type) {
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

// mark opens or closes a stretch of artifacts.
func (w *contentWriter) mark(artifact bool) {
	if artifact == w.artifact {
		return
	}
	w.endText()
	w.artifact = artifact
	if artifact {
		w.WriteString("/Artifact BMC\n")
	} else {
		w.WriteString("EMC\n")
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
	if scale := round2(t.scale * 100); scale != w.scale {
		w.scale = scale
		w.numbers(scale)
		w.WriteString("Tz ")
	}
	if t.turned {
		w.endText()
		w.WriteString("BT 0 1 -1 0 ")
		w.numbers(t.x, w.height-t.y)
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
	if t.spelt() {
		w.says(t)
		defer w.WriteString("EMC\n")
	}
	w.WriteString("[(")
	for i, c := range t.codes {
		w.letter(byte(c >> 8))
		w.letter(byte(c))
		if e := t.extra[i]; e != 0 && i+1 < len(t.codes) {
			w.WriteByte(')')
			w.Write(strconv.AppendInt(w.AvailableBuffer(), -int64(e), 10))
			w.WriteByte('(')
		}
	}
	w.WriteString(")]TJ\n")
}

// says writes what a text reads as, for the mark around its glyphs.
func (w *contentWriter) says(t *text) {
	w.WriteString("/Span <</ActualText <FEFF")
	for _, c := range t.codes {
		if apart(c) {
			c = ' '
		}
		fmt.Fprintf(w, "%04X", c)
	}
	w.WriteString(">>> BDC ")
}

// spelt says whether a text is single letters with spaces between them. Readers
// that guess words from distances take it for one word, widely set, unless the
// file says what it reads as.
func (t *text) spelt() bool {
	spaces := 0
	for i, c := range t.codes {
		switch {
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
