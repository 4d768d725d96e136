package seal

import (
	"bytes"
	"slices"
)

// subset cuts the face to the glyphs of some runes, numbered from 1 in their
// order; 0 is the glyph for what is missing, which no text uses. Parts of composed
// glyphs come after them.
func (f *Face) subset(runes []uint16) []byte {
	glyphs := make([]uint16, 1, len(runes)+8)
	for _, r := range runes {
		glyphs = append(glyphs, f.glyphs[r])
	}
	var glyf, loca, hmtx []byte
	numbers := map[uint16]uint16{}
	for i := 0; i < len(glyphs); i++ {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		hmtx = be.AppendUint16(be.AppendUint16(hmtx, uint16(f.advance(glyphs[i]))), f.bearing(glyphs[i]))
		outline := slices.Clone(f.outline(glyphs[i]))
		for at := range components(outline) {
			part := be.Uint16(outline[at:])
			n, known := numbers[part]
			if !known {
				n = uint16(len(glyphs))
				numbers[part] = n
				glyphs = append(glyphs, part)
			}
			be.PutUint16(outline[at:], n)
		}
		glyf = append(glyf, outline...)
		glyf = append(glyf, make([]byte, -len(glyf)&3)...)
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))

	head, hhea, maxp := slices.Clone(f.tables["head"]), slices.Clone(f.tables["hhea"]), slices.Clone(f.tables["maxp"])
	be.PutUint32(head[8:], 0)
	be.PutUint16(head[50:], 1) // long offsets
	be.PutUint16(hhea[34:], uint16(len(glyphs)))
	be.PutUint16(maxp[4:], uint16(len(glyphs)))
	return fontFile([]fontTable{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}})
}

// components yields where a composed glyph names its parts.
func components(outline []byte) func(func(int) bool) {
	const (
		words = 1 << iota
		_
		_
		scale
		_
		more
		twoScales
		matrix
	)
	return func(yield func(int) bool) {
		if len(outline) < 10 || int16(be.Uint16(outline)) >= 0 {
			return
		}
		for at, flags := 10, uint16(more); flags&more != 0; {
			flags = be.Uint16(outline[at:])
			if !yield(at + 2) {
				return
			}
			at += 6
			if flags&words != 0 {
				at += 2
			}
			switch {
			case flags&scale != 0:
				at += 2
			case flags&twoScales != 0:
				at += 4
			case flags&matrix != 0:
				at += 8
			}
		}
	}
}

type fontTable struct {
	tag  string
	data []byte
}

// fontFile puts tables, sorted by tag, into a font file with its checksums.
func fontFile(tables []fontTable) []byte {
	n := len(tables)
	power, log := 1, 0
	for ; power*2 <= n; power *= 2 {
		log++
	}
	b := be.AppendUint32(nil, 0x00010000)
	for _, v := range []int{n, power * 16, log, (n - power) * 16} {
		b = be.AppendUint16(b, uint16(v))
	}
	at := 12 + 16*n
	var data []byte
	for _, t := range tables {
		b = append(b, t.tag...)
		for _, v := range []uint32{checksum(t.data), uint32(at + len(data)), uint32(len(t.data))} {
			b = be.AppendUint32(b, v)
		}
		data = append(data, t.data...)
		data = append(data, make([]byte, -len(data)&3)...)
	}
	b = append(b, data...)
	head := bytes.Index(b, []byte("head"))
	be.PutUint32(b[be.Uint32(b[head+8:])+8:], 0xB1B0AFBA-checksum(b))
	return b
}

func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += be.Uint32(b)
	}
	var last [4]byte
	copy(last[:], b)
	return sum + be.Uint32(last[:])
}
