package docx

import (
	"fmt"
	"strconv"
	"strings"

	"gcm/reports"
)

// tags are the languages with the country that word processors look for.
var tags = map[string]string{"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}

func tag(lang string) string {
	if full := tags[lang]; full != "" {
		return full
	}
	return lang
}

// numbered puts a number into its words: "Table 3".
func numbered(pattern, number string) string {
	if pattern == "" || number == "" {
		return number
	}
	return fmt.Sprintf(pattern, number)
}

// paragraph writes runs under a style, with a bookmark for an anchor. What stands
// after a NUL in its properties takes the style of a list's item.
func (b *writer) paragraph(style, anchor, properties string, runs []reports.Run) {
	if mark, ok := strings.CutPrefix(properties, "\x00"); ok {
		properties = mark
		if style == "BodyText" {
			style = "ListParagraph"
		}
	}
	b.body.raw(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>`, style, properties)
	b.bookmarked(anchor, func() { b.runs(runs) })
	b.body.raw(`</w:p>`)
}

// bookmarked writes something with the bookmark of an anchor around it. Only the
// first place of an anchor has it.
func (b *writer) bookmarked(anchor string, write func()) {
	name := b.anchors[anchor]
	if name == "" || b.marked[anchor] {
		write()
		return
	}
	b.marked[anchor] = true
	b.marks++
	b.body.raw(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, b.marks, name)
	id := b.marks
	write()
	b.body.raw(`<w:bookmarkEnd w:id="%d"/>`, id)
}

func (b *writer) runs(runs []reports.Run) {
	for _, r := range runs {
		b.run(r)
	}
}

func (b *writer) run(r reports.Run) {
	if r.Text != "" || r.PageOf != "" {
		shut := b.link(r.Link)
		look := look(r, b.doc.Lang, shut != "")
		if mark := b.anchors[r.PageOf]; mark != "" {
			b.body.fields(b.doc.Terms.PageOf, look, []string{"PAGEREF " + mark + ` \h`}, []string{"…"})
		} else if r.Text != "" {
			b.body.raw(`<w:r>%s`, look)
			b.body.text(r.Text)
			b.body.raw(`</w:r>`)
		}
		b.body.WriteString(shut)
	}
	if r.Note == nil {
		return
	}
	b.notes = append(b.notes, note{r.Note, b.doc.Lang})
	b.body.raw(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, len(b.notes))
}

// link opens a link and returns what shuts it; nothing for one that leads nowhere.
func (b *writer) link(to string) string {
	if anchor, inside := strings.CutPrefix(to, "#"); inside {
		if b.anchors[anchor] == "" {
			return ""
		}
		b.body.raw(`<w:hyperlink w:anchor="%s" w:history="1">`, b.anchors[anchor])
		return `</w:hyperlink>`
	}
	if to == "" {
		return ""
	}
	b.links = append(b.links, to)
	b.body.raw(`<w:hyperlink r:id="link%d" w:history="1">`, len(b.links))
	return `</w:hyperlink>`
}

// look are the properties of a run.
func look(r reports.Run, around string, link bool) string {
	var p strings.Builder
	if link {
		p.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
	}
	if r.Bold {
		p.WriteString(`<w:b/>`)
	}
	if r.Italic {
		p.WriteString(`<w:i/>`)
	}
	if r.Lang != "" && r.Lang != around {
		p.WriteString(`<w:lang w:val="` + quoted(tag(r.Lang)) + `"/>`)
	}
	if p.Len() == 0 {
		return ""
	}
	return `<w:rPr>` + p.String() + `</w:rPr>`
}

// caption numbers a table or a figure by a field, so that lists of them can be
// made and they count on when one is put in. One that says nothing takes no line.
func (b *writer) caption(kind, pattern, anchor, number string, caption []reports.Run) {
	if number == "" && len(caption) == 0 {
		b.paragraph("Break", anchor, `<w:keepNext/>`, nil)
		return
	}
	b.body.raw(`<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>`)
	b.bookmarked(anchor, func() {
		n, err := strconv.Atoi(number)
		switch {
		case number == "":
		case err != nil || pattern == "":
			b.runs([]reports.Run{{Text: numbered(pattern, number) + ". ", Bold: true}})
		default:
			b.counted[kind]++
			code := "SEQ " + kind + ` \* ARABIC`
			if n != b.counted[kind] {
				b.counted[kind] = n
				code += ` \r ` + number
			}
			b.body.fields(pattern+". ", `<w:rPr><w:b/></w:rPr>`, []string{code}, []string{number})
		}
		b.runs(caption)
	})
	b.body.raw(`</w:p>`)
}

// footnotes writes the notes that were marked. A note within a note stands in it
// in brackets: word processors have none.
func (b *writer) footnotes() []byte {
	b.body, b.links = markup{}, nil
	b.body.raw(`%s<w:footnotes %s>`, head, namespaces)
	b.body.raw(`<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>`)
	b.body.raw(`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, n := range b.notes {
		b.body.raw(`<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r>`, i+1)
		b.body.text(" ")
		b.body.raw(`</w:r>`)
		b.runs(flat(n.runs))
		b.body.raw(`</w:p></w:footnote>`)
	}
	b.body.raw(`</w:footnotes>`)
	return []byte(b.body.String())
}

func flat(runs []reports.Run) (out []reports.Run) {
	for _, r := range runs {
		inner := r.Note
		r.Note = nil
		out = append(out, r)
		if inner != nil {
			out = append(out, reports.Run{Text: " ["})
			out = append(out, flat(inner)...)
			out = append(out, reports.Run{Text: "]"})
		}
	}
	return out
}
