package seal

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var be = binary.BigEndian

// Face is a TrueType font read once and shared by all documents.
type Face struct {
	name    string
	tables  map[string][]byte
	glyphs  map[uint16]uint16 // by rune
	offsets []uint32          // of glyphs in glyf, one more than there are glyphs
	metrics int               // glyphs with an advance of their own
	units   int               // per em
}

// NewFace reads a font without hinting whose runes are of the Basic Multilingual
// Plane, as it is embedded in the program.
func NewFace(name string, ttf []byte) (*Face, error) {
	f := &Face{name: name, tables: map[string][]byte{}, glyphs: map[uint16]uint16{}}
	if err := f.read(ttf); err != nil {
		return nil, fmt.Errorf("pdf: font %s: %w", name, err)
	}
	return f, nil
}

var errFont = errors.New("it is damaged or of another kind than TrueType")

func (f *Face) read(ttf []byte) (err error) {
	defer func() {
		if recover() != nil { // an offset leads out of the file
			err = errFont
		}
	}()
	for i := range int(be.Uint16(ttf[4:])) {
		entry := ttf[12+16*i:]
		at, length := be.Uint32(entry[8:]), be.Uint32(entry[12:])
		f.tables[string(entry[:4])] = ttf[at : at+length]
	}
	for _, tag := range []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap", "OS/2", "post"} {
		if f.tables[tag] == nil {
			return errFont
		}
	}
	f.units = int(be.Uint16(f.tables["head"][18:]))
	f.metrics = int(be.Uint16(f.tables["hhea"][34:]))
	long := be.Uint16(f.tables["head"][50:]) == 1
	for i := range int(be.Uint16(f.tables["maxp"][4:])) + 1 {
		if long {
			f.offsets = append(f.offsets, be.Uint32(f.tables["loca"][4*i:]))
		} else {
			f.offsets = append(f.offsets, 2*uint32(be.Uint16(f.tables["loca"][2*i:])))
		}
	}
	return f.readRunes()
}

// readRunes reads the character map of Windows' Unicode, in format 4.
func (f *Face) readRunes() error {
	cmap := f.tables["cmap"]
	for i := range int(be.Uint16(cmap[2:])) {
		entry := cmap[4+8*i:]
		sub := cmap[be.Uint32(entry[4:]):]
		if be.Uint32(entry) != 3<<16|1 || be.Uint16(sub) != 4 {
			continue
		}
		n := int(be.Uint16(sub[6:])) // twice the number of segments
		ends, starts, deltas, ranges := sub[14:], sub[16+n:], sub[16+2*n:], sub[16+3*n:]
		for s := 0; s < n; s += 2 {
			delta, offset := be.Uint16(deltas[s:]), int(be.Uint16(ranges[s:]))
			for r := int(be.Uint16(starts[s:])); r <= int(be.Uint16(ends[s:])) && r < 0xFFFF; r++ {
				g := uint16(r)
				if offset > 0 {
					if g = be.Uint16(ranges[s+offset+2*(r-int(be.Uint16(starts[s:]))):]); g == 0 {
						continue
					}
				}
				if g += delta; g != 0 {
					f.glyphs[uint16(r)] = g
				}
			}
		}
		return nil
	}
	return errFont
}

// outline is a glyph's entry in glyf.
func (f *Face) outline(g uint16) []byte { return f.tables["glyf"][f.offsets[g]:f.offsets[g+1]] }

// advance is a glyph's width in the font's units.
func (f *Face) advance(g uint16) int {
	return int(be.Uint16(f.tables["hmtx"][4*min(int(g), f.metrics-1):]))
}

// bearing is the room left of a glyph.
func (f *Face) bearing(g uint16) uint16 {
	if int(g) < f.metrics {
		return be.Uint16(f.tables["hmtx"][4*int(g)+2:])
	}
	return be.Uint16(f.tables["hmtx"][4*f.metrics+2*(int(g)-f.metrics):])
}

// thousandths turns units of the font into the thousandths of PDF.
func (f *Face) thousandths(v int) int {
	if v < 0 {
		return -f.thousandths(-v)
	}
	return (v*2000 + f.units) / (2 * f.units)
}

// signed is a number of a table in thousandths.
func (f *Face) signed(table string, at int) int {
	return f.thousandths(int(int16(be.Uint16(f.tables[table][at:]))))
}
