package docx

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// markup is XML as it is written. Texts go in by text and quoted alone.
type markup struct{ strings.Builder }

// raw writes markup; its arguments are numbers, names of this package and texts
// that were quoted.
func (m *markup) raw(format string, args ...any) { fmt.Fprintf(m, format, args...) }

// text writes words. What XML cannot hold becomes the replacement character.
func (m *markup) text(s string) {
	m.WriteString(`<w:t xml:space="preserve">` + quoted(s) + `</w:t>`)
}

// quoted is a text as it stands in an element or an attribute.
func quoted(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s))) // into memory
	return b.String()
}

// field writes a field with the words that stand there until it is counted.
func (m *markup) field(code, properties, shown string) {
	m.raw(`<w:r>%s<w:fldChar w:fldCharType="begin"/></w:r><w:r>%[1]s<w:instrText xml:space="preserve"> %s </w:instrText></w:r><w:r>%[1]s<w:fldChar w:fldCharType="separate"/></w:r><w:r>%[1]s`, properties, quoted(code))
	m.text(shown)
	m.raw(`</w:r><w:r>%s<w:fldChar w:fldCharType="end"/></w:r>`, properties)
}

// slot stands in a pattern of words where a field goes, whatever the pattern's
// verb is.
type slot rune

// Format writes the slot for every verb.
func (s slot) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(string(s))) }

// fields writes a pattern such as "Page %d of %d", each number as a field.
func (m *markup) fields(pattern, properties string, codes, shown []string) {
	slots := make([]any, len(codes))
	for i := range codes {
		slots[i] = slot('\ue000' + rune(i))
	}
	rest := fmt.Sprintf(pattern, slots...)
	for rest != "" {
		at := strings.IndexFunc(rest, func(r rune) bool { return r >= '\ue000' && int(r-'\ue000') < len(codes) })
		words := rest
		if at >= 0 {
			words = rest[:at]
		}
		if words != "" {
			m.raw("<w:r>%s", properties)
			m.text(words)
			m.raw("</w:r>")
		}
		if at < 0 {
			return
		}
		r := []rune(rest[at:])[0]
		m.field(codes[r-'\ue000'], properties, shown[r-'\ue000'])
		rest = rest[at+len(string(r)):]
	}
}
