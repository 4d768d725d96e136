package rulestest

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// property returns the text of each element of the metadata by its name.
func (f *file) properties() (map[string]string, error) {
	out := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(f.stream(f.root["/Metadata"])))
	var open []xml.Name
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, n := range open {
				out[n.Space+" "+n.Local] += strings.TrimSpace(string(token))
			}
		}
	}
}

const (
	pdfaid    = "http://www.aiim.org/pdfa/ns/id/"
	pdfuaid   = "http://www.aiim.org/pdfua/ns/id/"
	extension = "http://www.aiim.org/pdfa/ns/extension/"
	schema    = "http://www.aiim.org/pdfa/ns/schema#"
)

var archiveRules = []rule{
	{"A 6.1.2: the file begins as PDF with four bytes beyond ASCII", func(f *file, fault fault) {
		head := f.raw[:min(len(f.raw), 15)]
		if !bytes.HasPrefix(head, []byte("%PDF-1.7\n%")) || len(head) < 14 || head[10] < 128 || head[11] < 128 || head[12] < 128 || head[13] < 128 {
			fault("%q", head)
		}
	}},
	{"A 6.1.3: the file has a name, is not encrypted, and ends with its end", func(f *file, fault fault) {
		if len(f.list(f.trailer["/ID"])) != 2 || f.trailer["/Encrypt"] != nil || !bytes.HasSuffix(f.raw, []byte("%%EOF\n")) {
			fault("%v", f.trailer)
		}
	}},
	{"A 6.1.7: streams keep their data in the file, in allowed coding", func(f *file, fault fault) {
		for ref, o := range f.objects {
			if o.Stream == nil {
				continue
			}
			if o.Stream.Dict["/F"] != nil || !slices.Contains([]string{"", "FlateDecode"}, f.name(o.Stream.Dict["/Filter"])) {
				fault("%s: %v", ref, o.Stream.Dict)
			}
		}
	}},
	{"A 6.1.13: names, strings and numbers of objects are within limits", func(f *file, fault fault) {
		var walk func(ref string, v any)
		walk = func(ref string, v any) {
			switch v := v.(type) {
			case string:
				if strings.HasPrefix(v, "/") && len(v) > 128 || len(v) > 32767 {
					fault("%s: %.40s…", ref, v)
				}
			case float64:
				if v > 2147483647 || v < -2147483648 {
					fault("%s: %v", ref, v)
				}
			case []any:
				for _, x := range v {
					walk(ref, x)
				}
			case dict:
				for k, x := range v {
					walk(ref, k)
					walk(ref, x)
				}
			}
		}
		for ref, o := range f.objects {
			walk(ref, o.Value)
		}
		if len(f.objects) > 8388607 {
			fault("%d objects", len(f.objects))
		}
	}},
	{"A 6.2.3: the colours are sRGB's, by a profile in the file", func(f *file, fault fault) {
		intents := f.list(f.root["/OutputIntents"])
		if len(intents) != 1 {
			fault("%d output intents", len(intents))
			return
		}
		intent := f.dict(intents[0])
		icc := f.stream(intent["/DestOutputProfile"])
		if f.name(intent["/S"]) != "GTS_PDFA1" || f.number(f.dict(intent["/DestOutputProfile"])["/N"]) != 3 || len(icc) < 128 {
			fault("%v", intent)
			return
		}
		if int(binary.BigEndian.Uint32(icc)) != len(icc) || string(icc[12:24]) != "mntrRGB XYZ " || string(icc[36:40]) != "acsp" || icc[8] > 4 {
			fault("the profile's head is %x", icc[:128])
		}
		for i := range int(binary.BigEndian.Uint32(icc[128:])) {
			entry := icc[132+12*i:]
			if at, n := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:]); int(at+n) > len(icc) || at%4 != 0 {
				fault("the tag %s leads out of the profile", entry[:4])
			}
		}
	}},
	{"A 6.2.2 to 6.2.10: pages draw with plain operators, without states, pictures, forms or transparency", func(f *file, fault fault) {
		for i, p := range f.pages {
			for _, r := range p.runs {
				if !slices.Contains([]string{"TJ", "Tj", "f", "B", "S", "s", "b"}, r.operator) {
					fault("page %d: %s", i+1, r.operator)
				}
			}
			for key := range f.dict(p.dict["/Resources"]) {
				if key != "/Font" && key != "/ProcSet" {
					fault("page %d: %s", i+1, key)
				}
			}
			if p.dict["/Group"] != nil {
				fault("page %d: a group", i+1)
			}
		}
	}},
	{"A 6.4 and 6.9, UA 7.10 and 7.15: there are no forms, layers or XFA", func(f *file, fault fault) {
		for _, key := range []string{"/AcroForm", "/OCProperties", "/Requirements", "/Perms", "/NeedsRendering"} {
			if f.root[key] != nil {
				fault("%s", key)
			}
		}
	}},
	{"A 6.6.2.1, UA 7.1, 06-001 to 06-003: the metadata can be read and have a title", func(f *file, fault fault) {
		data := f.stream(f.root["/Metadata"])
		properties, err := f.properties()
		if err != nil || properties["http://purl.org/dc/elements/1.1/ title"] == "" {
			fault("%v, %v", err, properties)
		}
		if !bytes.HasPrefix(data, []byte("<?xpacket begin=\"\ufeff\" id=")) || bytes.Contains(data[:60], []byte("encoding")) || f.dict(f.root["/Metadata"])["/Filter"] != nil {
			fault("%.60q", data)
		}
	}},
	{"A 6.6.4 and UA 5: the file names both standards", func(f *file, fault fault) {
		p, _ := f.properties()
		if p[pdfaid+" part"] != "3" || p[pdfaid+" conformance"] != "A" || p[pdfuaid+" part"] != "1" {
			fault("PDF/A-%s%s, PDF/UA-%s", p[pdfaid+" part"], p[pdfaid+" conformance"], p[pdfuaid+" part"])
		}
	}},
	{"A 6.6.2.3: properties beyond XMP's own are described", func(f *file, fault fault) {
		p, _ := f.properties()
		for name := range p {
			space, _, _ := strings.Cut(name, " ")
			known := strings.HasPrefix(space, "http://www.aiim.org/pdfa/") || strings.HasPrefix(space, "http://ns.adobe.com/") ||
				strings.HasPrefix(space, "adobe:") || strings.HasPrefix(space, "http://purl.org/dc/") || strings.HasPrefix(space, "http://www.w3.org/")
			if !known && !strings.Contains(p[schema+" namespaceURI"], space) {
				fault("%s is not described", name)
			}
		}
		if p[extension+" schemas"] == "" {
			fault("no schema is described")
		}
	}},
	{"A 6.7.2 to 6.7.4: there is a structure, a language, and nothing says otherwise", func(f *file, fault fault) {
		if f.root["/StructTreeRoot"] == nil || f.text(f.root["/Lang"]) == "" || len(f.top.kids) != 1 || f.top.kids[0].role != "Document" {
			fault("%v", f.root)
		}
	}},
	{"A 6.8, UA 7.11, 21-001: attached files say what they are and belong to the document", func(f *file, fault fault) {
		var named []any
		for i, v := range f.list(f.dict(f.dict(f.root["/Names"])["/EmbeddedFiles"])["/Names"]) {
			if i%2 == 1 {
				named = append(named, v)
			}
		}
		associated := f.list(f.root["/AF"])
		if len(named) != len(associated) {
			fault("%d files, %d of them associated", len(named), len(associated))
		}
		for _, v := range named {
			spec := f.dict(v)
			data := f.dict(f.dict(spec["/EF"])["/F"])
			if !slices.Contains(associated, v) || f.name(spec["/AFRelationship"]) != "Data" || f.text(spec["/F"]) == "" || f.text(spec["/UF"]) == "" ||
				f.text(spec["/Desc"]) == "" || f.name(data["/Subtype"]) == "" || f.text(f.dict(data["/Params"])["/ModDate"]) == "" ||
				int(f.number(f.dict(data["/Params"])["/Size"])) != len(f.stream(f.dict(spec["/EF"])["/F"])) {
				fault("%v %v", spec, data)
			}
		}
	}},
}
