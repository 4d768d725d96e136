package rulestest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// fonts visits each font with the codes that the pages use of it.
func (f *file) fonts(visit func(name string, font, descendant dict, used map[int]bool)) {
	used := map[string]map[int]bool{}
	named := dict{}
	for _, p := range f.pages {
		fonts := f.dict(f.dict(p.dict["/Resources"])["/Font"])
		for _, r := range p.runs {
			if len(r.codes) == 0 {
				continue
			}
			named[r.font] = fonts[r.font]
			if used[r.font] == nil {
				used[r.font] = map[int]bool{}
			}
			for _, c := range r.codes {
				used[r.font][c] = true
			}
		}
	}
	for name, codes := range used {
		font := f.dict(named[name])
		descendants := f.list(font["/DescendantFonts"])
		if len(descendants) == 0 {
			descendants = []any{nil}
		}
		visit(name, font, f.dict(descendants[0]), codes)
	}
}

// program is the embedded font file.
func (f *file) program(descendant dict) []byte {
	return f.stream(f.dict(descendant["/FontDescriptor"])["/FontFile2"])
}

// table is a table of a TrueType file.
func table(ttf []byte, tag string) []byte {
	for i := 0; 12+16*i+16 <= len(ttf) && i < int(binary.BigEndian.Uint16(ttf[4:])); i++ {
		if entry := ttf[12+16*i:]; string(entry[:4]) == tag {
			at := binary.BigEndian.Uint32(entry[8:])
			return ttf[at : at+binary.BigEndian.Uint32(entry[12:])]
		}
	}
	return nil
}

var bfchar = regexp.MustCompile(`<([0-9A-F]{4})><([0-9A-F]{4})>\n`)

// unicode reads a font's ToUnicode.
func (f *file) unicode(font dict) map[int]int {
	out := map[int]int{}
	for _, m := range bfchar.FindAllSubmatch(f.stream(font["/ToUnicode"]), -1) {
		code, _ := strconv.ParseInt(string(m[1]), 16, 32)
		r, _ := strconv.ParseInt(string(m[2]), 16, 32)
		out[int(code)] = int(r)
	}
	return out
}

var fontRules = []rule{
	{"UA 7.21.3.1, 31-001: character collections agree", func(f *file, fault fault) {
		f.fonts(func(name string, font, descendant dict, _ map[int]bool) {
			info := f.dict(descendant["/CIDSystemInfo"])
			if f.name(font["/Encoding"]) != "Identity-H" || f.text(info["/Registry"]) != "Adobe" || f.text(info["/Ordering"]) != "Identity" {
				fault("%s: %v %v", name, font, info)
			}
		})
	}},
	{"UA 7.21.3.2, 31-004: codes are mapped to glyphs", func(f *file, fault fault) {
		f.fonts(func(name string, _, descendant dict, _ map[int]bool) {
			if f.name(descendant["/Subtype"]) != "CIDFontType2" || f.name(descendant["/CIDToGIDMap"]) != "Identity" {
				fault("%s: %v", name, descendant)
			}
		})
	}},
	{"UA 7.21.4.1, 31-009, and A 6.2.11.4.1: fonts are embedded, with the tables that they need", func(f *file, fault fault) {
		f.fonts(func(name string, _, descendant dict, _ map[int]bool) {
			for _, tag := range []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"} {
				if table(f.program(descendant), tag) == nil {
					fault("%s lacks %s", name, tag)
				}
			}
			if sum := checksum(f.program(descendant)); sum != 0xB1B0AFBA {
				fault("%s: checksum %X", name, sum)
			}
		})
	}},
	{"UA 7.21.4.1, 31-011, and 7.21.8, 31-030: each code has a glyph, and none is the one for what is missing", func(f *file, fault fault) {
		f.fonts(func(name string, _, descendant dict, used map[int]bool) {
			glyphs := int(binary.BigEndian.Uint16(table(f.program(descendant), "maxp")[4:]))
			for code := range used {
				if code <= 0 || code >= glyphs {
					fault("%s: %d of %d", name, code, glyphs)
				}
			}
		})
	}},
	{"UA 7.21.5, 31-016, and A 6.2.11.5: widths are those of the font", func(f *file, fault fault) {
		f.fonts(func(name string, _, descendant dict, used map[int]bool) {
			ttf, w := f.program(descendant), f.list(descendant["/W"])
			if len(w) != 2 {
				fault("%s: %v", name, w)
				return
			}
			widths, first := f.list(w[1]), int(f.number(w[0]))
			units := float64(binary.BigEndian.Uint16(table(ttf, "head")[18:]))
			for code := range used {
				advance := float64(binary.BigEndian.Uint16(table(ttf, "hmtx")[4*code:])) * 1000 / units
				if code-first >= len(widths) || math.Abs(f.number(widths[code-first])-advance) > 1 {
					fault("%s: code %d is %v wide", name, code, advance)
				}
			}
		})
	}},
	{"UA 7.21.7, 31-027 and 31-028, 10-001, and A 6.2.11.7: each code says which letter it is", func(f *file, fault fault) {
		f.fonts(func(name string, font, _ dict, used map[int]bool) {
			letters := f.unicode(font)
			for code := range used {
				if r := letters[code]; r == 0 || r == 0xFEFF || r == 0xFFFE || r >= 0xE000 && r < 0xF900 {
					fault("%s: code %d is U+%04X", name, code, r)
				}
			}
		})
	}},
	{"A 6.2.11.4.2: a font's name tells the subset", func(f *file, fault fault) {
		f.fonts(func(name string, font, descendant dict, _ map[int]bool) {
			base := f.name(font["/BaseFont"])
			if !regexp.MustCompile(`^[A-Z]{6}\+[A-Za-z-]+$`).MatchString(base) || base != f.name(descendant["/BaseFont"]) ||
				base != f.name(f.dict(descendant["/FontDescriptor"])["/FontName"]) {
				fault("%s is %s", name, base)
			}
		})
	}},
	{"ISO 32000-1, 9.10.3: letters are mapped in blocks of a hundred at most", func(f *file, fault fault) {
		f.fonts(func(name string, font, _ dict, _ map[int]bool) {
			for _, part := range bytes.Split(f.stream(font["/ToUnicode"]), []byte("endbfchar"))[:] {
				_, block, found := bytes.Cut(part, []byte(" beginbfchar\n"))
				if found && bytes.Count(block, []byte("\n")) > 100 {
					fault("%s: a longer one", name)
				}
				if found && !bytes.Contains(part, fmt.Appendf(nil, "%d beginbfchar", bytes.Count(block, []byte("\n")))) {
					fault("%s: a block of another length than it says", name)
				}
			}
		})
	}},
}

func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}
