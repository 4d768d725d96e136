// Package rulestest holds a PDF to what a program can check of PDF/UA-1
// (ISO 14289-1, by the failure conditions of the Matterhorn Protocol 1.02) and of
// PDF/A-3a (ISO 19005-3). It reads the file through qpdf, not through what wrote
// it, and is for tests alone.
package rulestest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// file is a PDF as qpdf tells it.
type file struct {
	raw     []byte
	objects map[string]object // "obj:12 0 R"
	trailer dict
	root    dict
	pages   []page
	elems   map[string]*elem // by reference
	top     *elem
}

type object struct {
	Value  any
	Stream *struct {
		Dict dict
		Data string
	}
}

type dict = map[string]any

type page struct {
	ref    string
	dict   dict
	stream []byte
	runs   []run
}

// open reads a file.
func open(t *testing.T, pdf []byte) *file {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("qpdf: %v %s (if it is missing: apt-get install qpdf)", err, complaints.String())
	}
	var told struct{ QPDF []json.RawMessage }
	all := map[string]json.RawMessage{}
	f := &file{raw: pdf, objects: map[string]object{}, elems: map[string]*elem{}}
	if err := json.Unmarshal(out, &told); err != nil || len(told.QPDF) != 2 || json.Unmarshal(told.QPDF[1], &all) != nil {
		t.Fatalf("qpdf told something else than expected: %v", err)
	}
	for ref, data := range all {
		var o object
		if err := json.Unmarshal(data, &o); err != nil {
			t.Fatal(err)
		}
		f.objects[ref] = o
	}
	f.trailer = f.objects["trailer"].Value.(dict)
	f.root = f.dict(f.trailer["/Root"])
	f.readPages(f.dict(f.root["/Pages"]))
	f.readTree()
	return f
}

// get follows references.
func (f *file) get(v any) any {
	for {
		ref, ok := v.(string)
		if !ok || !strings.HasSuffix(ref, " R") {
			return v
		}
		o := f.objects["obj:"+ref]
		if o.Stream != nil {
			return o.Stream.Dict
		}
		v = o.Value
	}
}

func (f *file) dict(v any) dict { d, _ := f.get(v).(dict); return d }
func (f *file) list(v any) []any {
	switch v := f.get(v).(type) {
	case []any:
		return v
	case nil:
		return nil
	default:
		return []any{v}
	}
}
func (f *file) name(v any) string    { s, _ := f.get(v).(string); return strings.TrimPrefix(s, "/") }
func (f *file) number(v any) float64 { n, _ := f.get(v).(float64); return n }

// text is a string as people read it.
func (f *file) text(v any) string {
	s, _ := f.get(v).(string)
	if b, ok := strings.CutPrefix(s, "b:"); ok {
		raw, _ := hex.DecodeString(b)
		return string(raw)
	}
	return strings.TrimPrefix(s, "u:")
}

// stream is the decoded data of a stream object.
func (f *file) stream(v any) []byte {
	ref, _ := v.(string)
	o := f.objects["obj:"+ref]
	if o.Stream == nil {
		return nil
	}
	data, _ := base64.StdEncoding.DecodeString(o.Stream.Data)
	return data
}

func (f *file) readPages(node dict) {
	for _, kid := range f.list(node["/Kids"]) {
		d := f.dict(kid)
		if f.name(d["/Type"]) == "Pages" {
			f.readPages(d)
			continue
		}
		p := page{ref: kid.(string), dict: d, stream: f.stream(d["/Contents"])}
		p.runs = readContents(p.stream)
		f.pages = append(f.pages, p)
	}
}

// elem is a node of the structure tree.
type elem struct {
	ref    string
	dict   dict
	role   string // mapped to a standard type
	parent *elem
	kids   []*elem
	marks  []mark
	annots []string
	order  []kid // elements and marks as they follow one another
}

type kid struct {
	elem *elem
	mark mark
}

// mark is a stretch of a page's contents.
type mark struct {
	page string
	id   int
}

func (f *file) readTree() {
	tree := f.dict(f.root["/StructTreeRoot"])
	f.top = &elem{dict: tree}
	for _, k := range f.list(tree["/K"]) {
		f.readElem(k, f.top)
	}
}

func (f *file) readElem(ref any, parent *elem) {
	d := f.dict(ref)
	name, _ := ref.(string)
	e := &elem{ref: name, dict: d, parent: parent, role: f.name(d["/S"])}
	if to := f.name(f.dict(f.dict(f.root["/StructTreeRoot"])["/RoleMap"])["/"+e.role]); to != "" {
		e.role = to
	}
	parent.kids = append(parent.kids, e)
	parent.order = append(parent.order, kid{elem: e})
	f.elems[name] = e
	own, _ := d["/Pg"].(string)
	for _, k := range f.list(d["/K"]) {
		if n, ok := k.(float64); ok {
			e.hold(mark{own, int(n)})
			continue
		}
		kid := f.dict(k)
		on, _ := kid["/Pg"].(string)
		switch f.name(kid["/Type"]) {
		case "MCR":
			e.hold(mark{on, int(f.number(kid["/MCID"]))})
		case "OBJR":
			annot, _ := kid["/Obj"].(string)
			e.annots = append(e.annots, annot)
		default:
			f.readElem(k, e)
		}
	}
}

func (e *elem) hold(m mark) {
	e.marks = append(e.marks, m)
	e.order = append(e.order, kid{mark: m})
}

// all visits the elements in reading order.
func (e *elem) all(visit func(*elem)) {
	for _, k := range e.kids {
		visit(k)
		k.all(visit)
	}
}

// Text is what a reader aloud says of a file, in its order: the letters of each
// marked stretch under its element, by the fonts' own tables of letters. Artifacts
// are left out, and the last list of contents ends with a zero.
func Text(t *testing.T, pdf []byte) string {
	t.Helper()
	f := open(t, pdf)
	letters := map[string]map[int]int{}
	f.fonts(func(name string, font, _ dict, _ map[int]bool) { letters[name] = f.unicode(font) })
	said := map[mark]*strings.Builder{}
	for _, p := range f.pages {
		for _, r := range p.runs {
			for _, name := range r.marks {
				var id int
				if n, _ := fmt.Sscanf(name, "MCID %d", &id); n != 1 {
					continue
				}
				m := mark{p.ref, id}
				if said[m] == nil {
					said[m] = &strings.Builder{}
				}
				for _, code := range r.codes {
					said[m].WriteRune(rune(letters[r.font][code]))
				}
			}
		}
	}
	var out strings.Builder
	contents := 0
	var say func(e *elem)
	say = func(e *elem) {
		for _, k := range e.order {
			if k.elem != nil {
				say(k.elem)
			} else if s := said[k.mark]; s != nil {
				out.WriteString(s.String())
			}
		}
		if e.role == "TOC" && e.parent.role != "TOCI" {
			contents = out.Len()
		}
		out.WriteByte('\n')
	}
	say(f.top)
	return out.String()[:contents] + "\x00" + out.String()[contents:]
}
