package seal

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"time"
)

// Producer names the program in the file's metadata.
const Producer = "gcm"

// xmp is the metadata that archives read, the same as in the file's Info, with
// the standards that the file follows. PDF/A (ISO 19005-3, 6.6.2.3) wants a
// description of each schema that it does not know by itself.
func (s *sealer) xmp() []byte {
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"` +
		` xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:gcm="` + namespace + `">`)
	alternative(&b, "dc:title", s.Title)
	alternative(&b, "dc:description", s.Subject)
	list(&b, "dc:creator", "rdf:Seq", s.Author)
	list(&b, "dc:subject", "rdf:Bag", s.Keywords...)
	list(&b, "dc:language", "rdf:Bag", s.Lang)
	stamp := s.Date.UTC().Format(time.RFC3339)
	value(&b, "xmp:CreateDate", stamp)
	value(&b, "xmp:ModifyDate", stamp)
	value(&b, "xmp:CreatorTool", Producer)
	value(&b, "pdf:Producer", Producer)
	value(&b, "pdf:Keywords", strings.Join(s.Keywords, ", "))
	value(&b, "pdfaid:part", "3")
	value(&b, "pdfaid:conformance", "A")
	value(&b, "pdfuaid:part", "1")
	if m := s.Marks; m.Edition > 0 {
		value(&b, "gcm:document", m.Document)
		value(&b, "gcm:edition", strconv.Itoa(m.Edition))
		value(&b, "gcm:snapshot", m.Snapshot)
		value(&b, "gcm:url", m.URL)
	}
	b.WriteString("</rdf:Description>" + schemas + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return b.Bytes()
}

func value(b *bytes.Buffer, name, text string) {
	if text == "" {
		return
	}
	b.WriteString("<" + name + ">")
	xml.EscapeText(b, []byte(text)) // a bytes.Buffer takes everything
	b.WriteString("</" + name + ">")
}

// alternative is a text with a language; readers take the default.
func alternative(b *bytes.Buffer, name, text string) {
	if text == "" {
		return
	}
	b.WriteString("<" + name + `><rdf:Alt><rdf:li xml:lang="x-default">`)
	xml.EscapeText(b, []byte(text))
	b.WriteString("</rdf:li></rdf:Alt></" + name + ">")
}

func list(b *bytes.Buffer, name, kind string, items ...string) {
	if strings.Join(items, "") == "" {
		return
	}
	b.WriteString("<" + name + "><" + kind + ">")
	for _, item := range items {
		value(b, "rdf:li", item)
	}
	b.WriteString("</" + kind + "></" + name + ">")
}

// schemas describes the properties that are not of XMP itself.
var schemas = func() string {
	type property struct{ name, kind, says string }
	var b strings.Builder
	b.WriteString(`<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
		` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
		`<pdfaExtension:schemas><rdf:Bag>`)
	for _, schema := range []struct {
		name, uri, prefix string
		properties        []property
	}{
		{"PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", []property{{"part", "Integer", "Part of ISO 14289 that the file follows"}}},
		{"Edition of a review", namespace, "gcm", []property{
			{"document", "Text", "Document of the register of editions"}, {"edition", "Integer", "Number of the edition"},
			{"snapshot", "Text", "Hash of the contents that the file was made of"}, {"url", "URL", "Page that confirms the edition"}}},
	} {
		b.WriteString(`<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>` + schema.name + `</pdfaSchema:schema><pdfaSchema:namespaceURI>` +
			schema.uri + `</pdfaSchema:namespaceURI><pdfaSchema:prefix>` + schema.prefix + `</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>`)
		for _, p := range schema.properties {
			b.WriteString(`<rdf:li rdf:parseType="Resource"><pdfaProperty:name>` + p.name + `</pdfaProperty:name><pdfaProperty:valueType>` + p.kind +
				`</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>` + p.says +
				`</pdfaProperty:description></rdf:li>`)
		}
		b.WriteString(`</rdf:Seq></pdfaSchema:property></rdf:li>`)
	}
	b.WriteString(`</rdf:Bag></pdfaExtension:schemas></rdf:Description>`)
	return b.String()
}()
