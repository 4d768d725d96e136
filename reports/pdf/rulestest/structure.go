package rulestest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// standard are the structure types of ISO 32000-1, 14.8.4, that need no mapping.
var standard = strings.Fields("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 " +
	"L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form")

// within says what may stand in what, where the standard is strict.
var within = map[string]string{
	"Table": "Caption TR THead TBody TFoot", "THead": "TR", "TBody": "TR", "TFoot": "TR", "TR": "TH TD",
	"L": "Caption LI L", "LI": "Lbl LBody", "TOC": "Caption TOC TOCI", "TOCI": "Lbl Reference NonStruct P TOC",
}

// only says in what else a type may not stand.
var only = map[string]string{
	"TR": "Table THead TBody TFoot", "TH": "TR", "TD": "TR", "THead": "Table", "TBody": "Table", "LI": "L", "LBody": "LI", "TOCI": "TOC",
}

var language = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

var structureRules = []rule{
	{"UA 7.1, 01-005: all contents are tagged or artifacts", func(f *file, fault fault) {
		for i, p := range f.pages {
			for _, r := range p.runs {
				if len(r.marks) == 0 {
					fault("page %d: %s stands outside", i+1, r.operator)
				}
			}
		}
	}},
	{"UA 7.1, 01-003 and 01-004: neither stands in the other", func(f *file, fault fault) {
		for i, p := range f.pages {
			for _, r := range p.runs {
				tagged, artifact := 0, slices.Contains(r.marks, "Artifact")
				for _, m := range r.marks {
					if strings.HasPrefix(m, "MCID") {
						tagged++
					}
				}
				if artifact && tagged > 0 || !artifact && tagged != 1 {
					fault("page %d: %v", i+1, r.marks)
				}
			}
		}
	}},
	{"UA 7.1: each stretch of contents belongs to one element, there and back", func(f *file, fault fault) {
		owner := map[mark]*elem{}
		f.top.all(func(e *elem) {
			for _, m := range e.marks {
				if owner[m] != nil {
					fault("%v is held twice", m)
				}
				owner[m] = e
			}
		})
		back := f.parents()
		for i, p := range f.pages {
			list := f.list(back[int(f.number(p.dict["/StructParents"]))])
			seen := map[string]bool{}
			for _, r := range p.runs {
				for _, name := range r.marks {
					var id int
					if n, _ := fmt.Sscanf(name, "MCID %d", &id); n != 1 || seen[name] {
						continue
					}
					seen[name] = true
					e := owner[mark{p.ref, id}]
					if e == nil || id >= len(list) || list[id] != e.ref {
						fault("page %d: %s has no element, or another one's", i+1, name)
					}
				}
			}
		}
	}},
	{"UA 7.1, 01-007: the file is marked, without suspects", func(f *file, fault fault) {
		info := f.dict(f.root["/MarkInfo"])
		if f.get(info["/Marked"]) != true || f.get(info["/Suspects"]) == true {
			fault("%v", info)
		}
	}},
	{"UA 7.1, 02-001 to 02-004: each role is a standard one, and none is given another meaning", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if !slices.Contains(standard, e.role) {
				fault("%s", e.role)
			}
		})
		for name := range f.dict(f.dict(f.root["/StructTreeRoot"])["/RoleMap"]) {
			if slices.Contains(standard, strings.TrimPrefix(name, "/")) {
				fault("%s is mapped", name)
			}
		}
	}},
	{"UA 7.1, 07-001 and 07-002: the title is shown", func(f *file, fault fault) {
		if f.get(f.dict(f.root["/ViewerPreferences"])["/DisplayDocTitle"]) != true {
			fault("%v", f.root["/ViewerPreferences"])
		}
	}},
	{"UA 7.2, 09-004 to 09-008: tables, lists and contents hold what they may", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if may, ok := within[e.role]; ok {
				for _, k := range e.kids {
					if !slices.Contains(strings.Fields(may), k.role) {
						fault("%s in %s", k.role, e.role)
					}
				}
				if len(e.marks) > 0 {
					fault("contents in %s", e.role)
				}
			}
			if may, ok := only[e.role]; ok && !slices.Contains(strings.Fields(may), e.parent.role) {
				fault("%s in %s", e.role, e.parent.role)
			}
			for i, k := range e.kids {
				if k.role == "Caption" && e.role == "Table" && i > 0 && i+1 < len(e.kids) {
					fault("a caption amid a table")
				}
				if k.role == "Lbl" && e.role == "LI" && i > 0 {
					fault("a list's mark behind its text")
				}
			}
		})
	}},
	{"UA 7.2, 11-001 to 11-006: languages are named, and are languages", func(f *file, fault fault) {
		if lang := f.text(f.root["/Lang"]); !language.MatchString(lang) {
			fault("the file's is %q", lang)
		}
		f.top.all(func(e *elem) {
			if l, ok := e.dict["/Lang"]; ok && !language.MatchString(f.text(l)) {
				fault("%s: %q", e.role, f.text(l))
			}
		})
	}},
	{"UA 7.3, 13-004: each figure says in words what it shows, and where it stands", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if e.role == "Figure" && (f.text(e.dict["/Alt"]) == "" || len(f.list(f.dict(e.dict["/A"])["/BBox"])) != 4) {
				fault("a figure without words or place: %v", e.dict)
			}
		})
	}},
	{"UA 7.4.2, 14-002 and 14-003: headings begin at 1 and leave none out", func(f *file, fault fault) {
		last := 0
		f.top.all(func(e *elem) {
			var level int
			if n, _ := fmt.Sscanf(e.role, "H%d", &level); n != 1 {
				return
			}
			if level > last+1 {
				fault("H%d after H%d", level, last)
			}
			last = level
		})
	}},
	{"UA 7.4.4, 14-006 and 14-007: headings are numbered ones alone", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if e.role == "H" {
				fault("H")
			}
		})
	}},
	{"UA 7.5, 15-003: each table has header cells, and each names what it heads", func(f *file, fault fault) {
		names := map[string]bool{}
		f.top.all(func(e *elem) { names[f.text(e.dict["/ID"])] = true })
		f.top.all(func(e *elem) {
			attr := f.dict(e.dict["/A"])
			switch e.role {
			case "Table":
				heads := 0
				e.all(func(k *elem) {
					if k.role == "TH" {
						heads++
					}
				})
				if heads == 0 {
					fault("a table without header cells")
				}
			case "TH":
				if f.name(attr["/Scope"]) == "" {
					fault("a header cell without scope")
				}
			case "TR":
				var head *elem // of the row, which is named wherever other names are
				for _, k := range e.kids {
					own := f.dict(k.dict["/A"])
					if k.role == "TH" && f.name(own["/Scope"]) == "Row" {
						head = k
						continue
					}
					var names []string
					for _, h := range f.list(own["/Headers"]) {
						names = append(names, f.text(h))
					}
					if head != nil && len(names) > 0 && !slices.Contains(names, f.text(head.dict["/ID"])) {
						fault("a cell of a row names other headers than that of its row")
					}
				}
			case "TD":
				for _, h := range f.list(attr["/Headers"]) {
					if !names[f.text(h)] {
						fault("no cell is named %v", h)
					}
				}
			}
		})
	}},
	{"UA 7.5: all rows of a table are equally long", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if e.role != "Table" {
				return
			}
			width := 0
			e.all(func(row *elem) {
				if row.role != "TR" {
					return
				}
				cells := 0
				for _, cell := range row.kids {
					cells += max(int(f.number(f.dict(cell.dict["/A"])["/ColSpan"])), 1)
				}
				if width > 0 && cells != width {
					fault("%d cells after %d", cells, width)
				}
				width = cells
			})
		})
	}},
	{"UA 7.6: lists with marks say of what kind these are", func(f *file, fault fault) {
		f.top.all(func(e *elem) {
			if e.role == "Lbl" && e.parent.role == "LI" && f.name(f.dict(e.parent.parent.dict["/A"])["/ListNumbering"]) == "" {
				fault("a list without the kind of its marks")
			}
		})
	}},
	{"UA 7.9, 19-003 and 19-004: each note has a name of its own", func(f *file, fault fault) {
		seen := map[string]bool{}
		f.top.all(func(e *elem) {
			id := f.text(e.dict["/ID"])
			if e.role == "Note" && id == "" || id != "" && seen[id] {
				fault("%s %q", e.role, id)
			}
			seen[id] = true
		})
	}},
}

// parents is the way back from contents and annotations to elements.
func (f *file) parents() map[int]any {
	out := map[int]any{}
	nums := f.list(f.dict(f.dict(f.root["/StructTreeRoot"])["/ParentTree"])["/Nums"])
	for i := 0; i+1 < len(nums); i += 2 {
		out[int(f.number(nums[i]))] = nums[i+1]
	}
	return out
}
