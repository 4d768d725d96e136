package rulestest

import (
	"slices"
	"strings"
)

// annots visits the annotations of all pages.
func (f *file) annots(visit func(page int, ref string, annot dict)) {
	for i, p := range f.pages {
		for _, a := range f.list(p.dict["/Annots"]) {
			ref, _ := a.(string)
			visit(i+1, ref, f.dict(a))
		}
	}
}

var linkRules = []rule{
	{"UA 7.18.1, 28-002: each annotation belongs to an element, there and back", func(f *file, fault fault) {
		owner, back := map[string]*elem{}, f.parents()
		f.top.all(func(e *elem) {
			for _, a := range e.annots {
				owner[a] = e
			}
		})
		f.annots(func(page int, ref string, annot dict) {
			e := owner[ref]
			if e == nil || back[int(f.number(annot["/StructParent"]))] != e.ref {
				fault("page %d: %s", page, ref)
			}
		})
	}},
	{"UA 7.18.3, 28-008: tabs follow the structure", func(f *file, fault fault) {
		for i, p := range f.pages {
			if f.name(p.dict["/Tabs"]) != "S" {
				fault("page %d", i+1)
			}
		}
	}},
	{"UA 7.18.5, 28-011: links are tagged as links", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if len(e.annots) > 0 && e.role != "Link" {
				fault("%s", e.role)
			}
			if e.role == "Link" && len(e.annots) == 0 {
				fault("a link that leads nowhere")
			}
		})
	}},
	{"UA 7.18.5, 28-012: each link says where it leads", func(f *file, fault fault) {
		f.annots(func(page int, ref string, annot dict) {
			if strings.TrimSpace(f.text(annot["/Contents"])) == "" {
				fault("page %d: %s", page, ref)
			}
		})
	}},
	{"A 6.3.1 and 6.3.2: annotations are links, and printed", func(f *file, fault fault) {
		f.annots(func(page int, ref string, annot dict) {
			if f.name(annot["/Subtype"]) != "Link" || f.number(annot["/F"]) != 4 {
				fault("page %d: %v", page, annot)
			}
		})
	}},
	{"A 6.5.1: actions lead to addresses alone, and nothing acts by itself", func(f *file, fault fault) {
		f.annots(func(page int, ref string, annot dict) {
			if a := f.dict(annot["/A"]); a != nil && f.name(a["/S"]) != "URI" || annot["/AA"] != nil {
				fault("page %d: %v", page, annot)
			}
		})
		if f.root["/AA"] != nil || f.dict(f.root["/Names"])["/JavaScript"] != nil || f.root["/OpenAction"] != nil {
			fault("%v", f.root)
		}
	}},
	{"places in the file that links and bookmarks lead to exist", func(f *file, fault fault) {
		var pages []string
		for _, p := range f.pages {
			pages = append(pages, p.ref)
		}
		lead := func(from any) {
			to := f.list(from)
			if len(to) == 0 {
				return
			}
			if ref, _ := to[0].(string); !slices.Contains(pages, ref) {
				fault("%v", to)
			}
		}
		f.annots(func(_ int, _ string, annot dict) { lead(annot["/Dest"]) })
		var walk func(any)
		walk = func(entry any) {
			for entry != nil {
				d := f.dict(entry)
				if strings.TrimSpace(f.text(d["/Title"])) == "" {
					fault("a bookmark without a title")
				}
				lead(d["/Dest"])
				walk(d["/First"])
				entry = d["/Next"]
			}
		}
		walk(f.dict(f.root["/Outlines"])["/First"])
	}},
}
