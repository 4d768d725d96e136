package seal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
)

// fonts embeds the faces and returns the entries of the pages' font dictionary.
func (s *sealer) fonts() []byte {
	var entries []byte
	for i, f := range s.Fonts {
		if len(f.Runes) > 0 {
			entries = fmt.Appendf(entries, "/F%d %d 0 R", i, s.font(f))
		}
	}
	return entries
}

// font writes a composite font (ISO 32000-1, 9.7) whose codes are the glyphs'
// numbers.
func (s *sealer) font(f Font) int {
	data := f.Face.subset(f.Runes)
	file := s.objects.addStream(data, "/Length1 %d", len(data))
	base := f.Face.tag(f.Runes) + "+" + f.Face.name
	var widths []byte
	for _, r := range f.Runes {
		widths = fmt.Appendf(widths, "%d ", f.Face.thousandths(f.Face.advance(f.Face.glyphs[r])))
	}
	descriptor := s.objects.add("<</Type/FontDescriptor/FontName/%s%s/FontFile2 %d 0 R>>", base, f.Face.descriptor(), file)
	descendant := s.objects.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW %d/W[1[%s]]>>", base, descriptor, f.Face.thousandths(f.Face.advance(0)), bytes.TrimSpace(widths))
	unicode := s.objects.addStream(toUnicode(f.Runes), "")
	return s.objects.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", base, descendant, unicode)
}

// tag is six capitals that tell subsets of a face apart.
func (f *Face) tag(runes []uint16) string {
	h := sha256.New()
	fmt.Fprint(h, f.name, runes)
	tag := h.Sum(nil)[:6]
	for i, b := range tag {
		tag[i] = 'A' + b%26
	}
	return string(tag)
}

// descriptor are the entries that describe the face's look.
func (f *Face) descriptor() []byte {
	const symbolic, italic = 1 << 2, 1 << 6
	flags, angle := symbolic, int(int32(be.Uint32(f.tables["post"][4:])))>>16
	if angle != 0 {
		flags |= italic
	}
	weight := int(be.Uint16(f.tables["OS/2"][4:]))
	capHeight := f.signed("hhea", 4)
	if os2 := f.tables["OS/2"]; be.Uint16(os2) >= 2 {
		capHeight = f.signed("OS/2", 88)
	}
	return fmt.Appendf(nil, "/Flags %d/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontBBox[%d %d %d %d]",
		flags, angle, f.signed("hhea", 4), f.signed("hhea", 6), capHeight, weight/5,
		f.signed("head", 36), f.signed("head", 38), f.signed("head", 40), f.signed("head", 42))
}

// toUnicode says which rune each code stands for.
func toUnicode(runes []uint16) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for from := 0; from < len(runes); from += 100 { // the most that one block may have
		part := runes[from:min(from+100, len(runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for i, r := range part {
			fmt.Fprintf(&b, "<%04X><%04X>\n", from+i+1, r)
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend")
	return b.Bytes()
}
