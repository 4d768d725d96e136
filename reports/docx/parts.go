package docx

import (
	"fmt"
	"strings"
	"time"
)

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

const (
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

type part struct {
	name string
	body []byte
}

// parts are the members of the file, the list of types first.
func (b *writer) parts() ([]part, error) {
	typefaces, err := typefaceParts()
	if err != nil {
		return nil, err
	}
	body, links := []byte(b.body.String()), b.links
	notes := b.footnotes() // may lead to addresses of its own
	out := []part{
		{"[Content_Types].xml", []byte(b.contentTypes())},
		{"_rels/.rels", []byte(rels(
			relation{"document", relations + "officeDocument", "word/document.xml", ""},
			relation{"core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", ""},
			relation{"app", relations + "extended-properties", "docProps/app.xml", ""}))},
		{"docProps/core.xml", []byte(b.core())},
		{"docProps/app.xml", []byte(head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>gcm</Application></Properties>`)},
		{"word/document.xml", body},
		{"word/footnotes.xml", notes},
		{"word/styles.xml", []byte(b.styles())},
		{"word/numbering.xml", []byte(b.numbering())},
		{"word/settings.xml", []byte(b.settings())},
		{"word/_rels/footnotes.xml.rels", []byte(rels(external(b.links)...))},
	}
	list := []relation{
		{"styles", relations + "styles", "styles.xml", ""}, {"numbering", relations + "numbering", "numbering.xml", ""},
		{"settings", relations + "settings", "settings.xml", ""}, {"fonts", relations + "fontTable", "fontTable.xml", ""},
		{"notes", relations + "footnotes", "footnotes.xml", ""},
	}
	for i, f := range b.heads {
		n := i + 1
		out = append(out, part{fmt.Sprintf("word/header%d.xml", n), []byte(b.header(n, f))}, part{fmt.Sprintf("word/footer%d.xml", n), []byte(b.footer(f))})
		list = append(list, relation{fmt.Sprintf("header%d", n), relations + "header", fmt.Sprintf("header%d.xml", n), ""},
			relation{fmt.Sprintf("footer%d", n), relations + "footer", fmt.Sprintf("footer%d.xml", n), ""})
	}
	for i, image := range b.images {
		name := fmt.Sprintf("media/image%d.png", i+1)
		list = append(list, relation{fmt.Sprintf("image%d", i+1), relations + "image", name, ""})
		out = append(out, part{"word/" + name, image})
	}
	out = append(out, typefaces...)
	return append(out, part{"word/_rels/document.xml.rels", []byte(rels(append(list, external(links)...)...))}), nil
}

type relation struct{ id, kind, target, mode string }

func external(links []string) (list []relation) {
	for i, to := range links {
		list = append(list, relation{fmt.Sprintf("link%d", i+1), relations + "hyperlink", to, ` TargetMode="External"`})
	}
	return list
}

func rels(list ...relation) string {
	var m markup
	m.raw(`%s<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, head)
	for _, r := range list {
		m.raw(`<Relationship Id="%s" Type="%s" Target="%s"%s/>`, r.id, r.kind, quoted(r.target), r.mode)
	}
	m.raw(`</Relationships>`)
	return m.String()
}

const contentTypes = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + mediaType + `document.main+xml"/>` +
	`<Override PartName="/word/footnotes.xml" ContentType="` + mediaType + `footnotes+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + mediaType + `styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + mediaType + `numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + mediaType + `settings+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + mediaType + `fontTable+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`

func (b *writer) contentTypes() string {
	var m markup
	m.WriteString(contentTypes)
	for i := range b.heads {
		m.raw(`<Override PartName="/word/header%d.xml" ContentType="%sheader+xml"/><Override PartName="/word/footer%[1]d.xml" ContentType="%[2]sfooter+xml"/>`, i+1, mediaType)
	}
	m.raw(`</Types>`)
	return m.String()
}

// core are the properties by which programs list files.
func (b *writer) core() string {
	at := b.doc.Date.UTC().Format(time.RFC3339)
	var m markup
	m.raw(`%s<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`, head)
	m.raw(`<dc:title>%s</dc:title><dc:subject>%s</dc:subject><dc:creator>%s</dc:creator><cp:keywords>%s</cp:keywords><dc:language>%s</dc:language>`,
		quoted(b.doc.Title), quoted(b.doc.Subject), quoted(b.doc.Author), quoted(strings.Join(b.doc.Keywords, ", ")), quoted(tag(b.doc.Lang)))
	m.raw(`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[1]s</dcterms:modified></cp:coreProperties>`, at)
	return m.String()
}

// settings let the program count pages and fill the contents when it opens the
// file, break words as the PDF does, and keep the typefaces when it is saved. They
// stand in the order of the schema, without which programs may repair the file.
func (b *writer) settings() string {
	return head + `<w:settings ` + namespaces + `><w:embedTrueTypeFonts/><w:defaultTabStop w:val="720"/><w:autoHyphenation/><w:updateFields w:val="true"/>` +
		`<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + quoted(tag(b.doc.Lang)) + `"/></w:settings>`
}

// numbering has bullets, and numbers that begin anew in each list.
func (b *writer) numbering() string {
	var m markup
	m.raw(`%s<w:numbering %s>`, head, namespaces)
	for kind, how := range []struct{ format, text string }{{"bullet", "•"}, {"decimal", "%%%d."}} {
		m.raw(`<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, kind)
		for level := range 9 {
			text := how.text
			if kind == 1 {
				text = fmt.Sprintf(how.text, level+1)
			}
			m.raw(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="360"/></w:pPr></w:lvl>`, level, how.format, text, (level+1)*360)
		}
		m.raw(`</w:abstractNum>`)
	}
	for i, ordered := range b.lists {
		kind := 0
		if ordered {
			kind = 1
		}
		m.raw(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, i+1, kind)
		for level := range 9 {
			m.raw(`<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="1"/></w:lvlOverride>`, level)
		}
		m.raw(`</w:num>`)
	}
	m.raw(`</w:numbering>`)
	return m.String()
}
