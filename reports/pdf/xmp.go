package pdf

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"strings"
	"time"

	"gcm/reports"
)

// producer names the program in the file's metadata.
const producer = "gcm"

// xmp is the metadata that archives read, the same as in the file's Info.
func xmp(d *reports.Document, date time.Time) []byte {
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/">`)
	lang := cmp.Or(languageTag(d.Lang), "x-default")
	alternative(&b, "dc:title", d.Title)
	alternative(&b, "dc:description", d.Subject)
	list(&b, "dc:creator", "rdf:Seq", d.Author)
	list(&b, "dc:subject", "rdf:Bag", d.Keywords...)
	list(&b, "dc:language", "rdf:Bag", lang)
	stamp := date.Format(time.RFC3339)
	value(&b, "xmp:CreateDate", stamp)
	value(&b, "xmp:ModifyDate", stamp)
	value(&b, "xmp:CreatorTool", producer)
	value(&b, "pdf:Producer", producer)
	value(&b, "pdf:Keywords", strings.Join(d.Keywords, ", "))
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return b.Bytes()
}

func value(b *bytes.Buffer, name, text string) {
	if text = clean(text); text == "" {
		return
	}
	b.WriteString("<" + name + ">")
	xml.EscapeText(b, []byte(text)) // a bytes.Buffer takes everything
	b.WriteString("</" + name + ">")
}

// alternative is a text with a language; readers take the default.
func alternative(b *bytes.Buffer, name, text string) {
	if text = clean(text); text == "" {
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
