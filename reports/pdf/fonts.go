package pdf

import (
	"encoding/binary"
	"sync"

	"gcm/reports/pdf/fonts"
	"gcm/reports/pdf/seal"
)

// family is a group of four faces.
type family uint8

const (
	serif family = iota
	sans
)

// face is one font file. Within a family bold adds 1 and italic 2.
type face uint8

const (
	signs     face = 8 // arrows and mathematics that Noto lacks
	faceCount face = 9
)

var faceFiles = [faceCount]string{
	"NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic", "NotoSerif-BoldItalic",
	"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic",
	"DejaVuSans",
}

// faceOf picks the face of a family.
func faceOf(f family, bold, italic bool) face {
	n := face(f) * 4
	if bold {
		n++
	}
	if italic {
		n += 2
	}
	return n
}

// ttf is the font file.
func (f face) ttf() ([]byte, error) { return fonts.Read(faceFiles[f] + ".ttf") }

// readers read each face for embedding on first use.
var readers = func() (l [faceCount]func() (*seal.Face, error)) {
	for i := range l {
		l[i] = sync.OnceValues(func() (*seal.Face, error) {
			data, err := face(i).ttf()
			if err != nil {
				return nil, err
			}
			return seal.NewFace(faceFiles[i], data)
		})
	}
	return l
}()

// font is the face as it is embedded, shared by all documents.
func (f face) font() (*seal.Face, error) { return readers[f]() }

// metrics are the widths and the kerning of a face in thousandths of its size.
// The file's layout is told in fonts/metrics.py.
type metrics struct {
	glyphs  [0x2800]glyph // by rune; what lies beyond is looked up as rune 0
	kern    []int16
	classes int // right classes: the length of a row of kern
}

type glyph struct {
	width       uint16
	left, right uint8
	known       bool
}

// replacement is printed for a letter that no face has.
const replacement = 0xFFFD

// slot is the place of a rune in the table.
func slot(r uint16) uint16 {
	switch {
	case r < 0x2800:
		return r
	case r == replacement:
		return 1
	}
	return 0
}

func (m *metrics) has(r uint16) bool { return m.glyphs[slot(r)].known }

func (m *metrics) width(r uint16) int { return int(m.glyphs[slot(r)].width) }

// kerning is what the pair's distance changes by, negative when it is tighter.
func (m *metrics) kerning(a, b uint16) int {
	return int(m.kern[int(m.glyphs[slot(a)].left)*m.classes+int(m.glyphs[slot(b)].right)])
}

// loaders read each face's table on first use; the tables never change after.
var loaders = func() (l [faceCount]func() *metrics) {
	for i := range l {
		l[i] = sync.OnceValue(func() *metrics { return loadMetrics(face(i)) })
	}
	return l
}()

// metrics returns the face's table, shared by all documents.
func (f face) metrics() *metrics { return loaders[f]() }

// loadMetrics reads an embedded file; TestMetricsMatchTheFonts holds it to its font.
func loadMetrics(f face) *metrics {
	data, err := fonts.Read(faceFiles[f] + ".metrics")
	if err != nil {
		panic("pdf: a face is not embedded: " + err.Error())
	}
	le := binary.LittleEndian
	m := &metrics{classes: int(data[3])}
	count, rows := int(le.Uint16(data)), int(data[2])
	data = data[4:]
	for ; count > 0; count-- {
		m.glyphs[slot(le.Uint16(data))] = glyph{width: le.Uint16(data[2:]), left: data[4], right: data[5], known: true}
		data = data[6:]
	}
	m.kern = make([]int16, rows*m.classes)
	for i := range m.kern {
		m.kern[i] = int16(le.Uint16(data[2*i:]))
	}
	return m
}

// choose returns the face that prints a rune: the wanted one, the one for signs,
// or the wanted one with the replacement.
func choose(want face, r uint16) (face, uint16) {
	if want.metrics().has(r) {
		return want, r
	}
	if signs.metrics().has(r) {
		return signs, r
	}
	return want, replacement
}
