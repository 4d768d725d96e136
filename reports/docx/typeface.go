package docx

import (
	"fmt"

	"gcm/reports/pdf/fonts"
)

// typefaces are those of the PDF. They come in the file, as hardly an office has
// them; other is what stands in their place in programs that take none from a file.
var typefaces = []struct{ name, file, kind, other string }{
	{"Noto Serif", "NotoSerif", "roman", "Cambria"}, {"Noto Sans", "NotoSans", "swiss", "Calibri"},
}

// cuts are the faces of a typeface, as the list of fonts and their files name them.
var cuts = []string{"Regular", "Bold", "Italic", "BoldItalic"}

// typefaceParts are the list of typefaces, what it leads to and their files.
func typefaceParts() (out []part, err error) {
	var list markup
	var leads []relation
	list.raw(`%s<w:fonts %s>`, head, namespaces)
	for i, t := range typefaces {
		list.raw(`<w:font w:name="%s"><w:altName w:val="%s"/><w:family w:val="%s"/>`, t.name, t.other, t.kind)
		for j, cut := range cuts {
			n := i*len(cuts) + j + 1
			data, err := fonts.Read(t.file + "-" + cut + ".ttf")
			if err != nil {
				return nil, fmt.Errorf("read a typeface: %w", err)
			}
			key := [16]byte{0x67, 0x63, 0x6d, 0x2d, 0x72, 0x65, 0x40, 0x76, 0x80, 0x69, 0x65, 0x77, 0x2d, 0x64, 0x6f, byte(n)}
			target := fmt.Sprintf("fonts/font%d.odttf", n)
			list.raw(`<w:embed%s r:id="font%d" w:fontKey="%s"/>`, cut, n, masked(data, key))
			leads = append(leads, relation{fmt.Sprintf("font%d", n), relations + "font", target, ""})
			out = append(out, part{"word/" + target, data})
		}
		list.raw(`</w:font>`)
	}
	list.raw(`</w:fonts>`)
	return append(out, part{"word/fontTable.xml", []byte(list.String())}, part{"word/_rels/fontTable.xml.rels", []byte(rels(leads...))}), nil
}

// masked hides the beginning of a font by a key, as the format asks of a font that
// a document carries, and returns the key as it is written beside it: the mask is
// its bytes from the last to the first, twice (ECMA-376, part 4, 2.8.1).
func masked(font []byte, key [16]byte) string {
	for i := range min(len(font), 32) {
		font[i] ^= key[15-i%16]
	}
	return fmt.Sprintf("{%X-%X-%X-%X-%X}", key[:4], key[4:6], key[6:8], key[8:10], key[10:])
}
