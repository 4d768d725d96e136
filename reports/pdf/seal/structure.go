package seal

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// kid is what an element holds: another element, a stretch of a page's contents,
// or an annotation.
type kid struct {
	element int32
	page    int32
	mark    int32 // -1 when it is an annotation
	annot   int32 // its object
}

// structure writes the tree of elements and the annotations of links. It returns
// the tree's object, and each page's references to its annotations.
func (s *sealer) structure() (root int, annots [][]byte) {
	t := &structureDraft{sealer: s, kids: make([][]kid, len(s.Elements)), numbers: make([]int, len(s.Elements)), attrs: map[string]int{}}
	t.numbers[1] = s.objects.reserve()
	for p := range s.Pages {
		for m, e := range s.Pages[p].Marks {
			t.attach(int(e))
			t.kids[e] = append(t.kids[e], kid{page: int32(p), mark: int32(m)})
		}
		annots = append(annots, t.links(p))
	}
	t.order()
	root = s.objects.reserve()
	for e := 1; e < len(s.Elements); e++ {
		if t.numbers[e] > 0 {
			t.write(e, root)
		}
	}
	s.objects.set(root, "<</Type/StructTreeRoot/K[%d 0 R]/RoleMap<</Title/P>>/ParentTree %d 0 R/ParentTreeNextKey %d%s>>",
		t.numbers[1], t.parents(), len(s.Pages)+len(t.owners), t.names())
	return root, annots
}

// structureDraft is the tree on its way to objects.
type structureDraft struct {
	*sealer
	kids    [][]kid
	numbers []int          // of each element's object; 0 is not in the tree
	owners  []int          // the elements of annotations, in their order
	attrs   map[string]int // objects of attributes, which many elements share
}

// attach puts an element into the tree, and those above it: an element stands
// where the first of its contents does.
func (t *structureDraft) attach(e int) {
	if t.numbers[e] > 0 {
		return
	}
	parent := t.Elements[e].Parent
	t.attach(parent)
	t.numbers[e] = t.objects.reserve()
	t.kids[parent] = append(t.kids[parent], kid{element: int32(e)})
}

// links writes the annotations of a page.
func (t *structureDraft) links(page int) []byte {
	var refs []byte
	for _, l := range t.Pages[page].Links {
		t.attach(l.Element)
		b := fmt.Appendf(nil, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/StructParent %d/Rect%s/Contents%s",
			len(t.Pages)+len(t.owners), rectangle(l.Left, l.Bottom, l.Right, l.Top), words(l.Says))
		if l.URI != "" {
			b = fmt.Appendf(b, "/A<</S/URI/URI%s>>>>", literal([]byte(l.URI)))
		} else {
			b = fmt.Appendf(b, "/Dest%s>>", destination(l.Page, l.Y))
		}
		n := t.objects.add("%s", b)
		t.owners = append(t.owners, l.Element)
		t.kids[l.Element] = append(t.kids[l.Element], kid{page: int32(page), mark: -1, annot: int32(n)})
		refs = fmt.Appendf(refs, "%d 0 R ", n)
	}
	return bytes.TrimSuffix(refs, []byte(" "))
}

// destination is a height on a page.
func destination(page int, y float64) []byte {
	return fmt.Appendf(nil, "[%d 0 R/XYZ 0 %s null]", pageNumber(page), appendNumber(nil, y))
}

// order brings the cells of each row into the order of its columns, the empty
// ones too, footnotes behind the text that they hang on, and a list's marks
// before a picture that went to the next page.
func (t *structureDraft) order() {
	for e := 1; e < len(t.Elements); e++ {
		el := &t.Elements[e]
		if (el.Role == "TD" || el.Role == "TH") && t.numbers[el.Parent] > 0 {
			t.attach(e)
		}
	}
	for e, kids := range t.kids {
		if t.Elements[e].Role == "TR" {
			slices.SortFunc(kids, func(a, b kid) int { return cmp.Compare(a.element, b.element) })
		} else {
			slices.SortStableFunc(kids, func(a, b kid) int { return cmp.Compare(t.rank(a), t.rank(b)) })
		}
	}
}

func (t *structureDraft) rank(k kid) int {
	switch t.Elements[k.element].Role {
	case "Lbl":
		return -1
	case "Note":
		return 1
	}
	return 0
}

// write writes one element.
func (t *structureDraft) write(e, root int) {
	el := &t.Elements[e]
	parent := root
	if e > 1 {
		parent = t.numbers[el.Parent]
	}
	b := fmt.Appendf(nil, "<</S/%s/P %d 0 R", el.Role, parent)
	if el.Lang != "" {
		b = append(append(b, "/Lang"...), words(el.Lang)...)
	}
	if el.Alt != "" {
		b = append(append(b, "/Alt"...), words(el.Alt)...)
	}
	if el.Actual != "" {
		b = append(append(b, "/ActualText"...), words(el.Actual)...)
	}
	if el.Named || el.Role == "Note" {
		b = append(append(append(b, "/ID("...), Name(e)...), ')')
	}
	switch {
	case el.BBox != nil:
		b = fmt.Appendf(b, "/A<</O/Layout/Placement/Block/BBox%s>>", rectangle(el.BBox[:]...))
	case el.Attr != "":
		b = fmt.Appendf(b, "/A %d 0 R", t.attribute(el.Attr))
	}
	t.objects[t.numbers[e]-1].text = append(t.appendKids(b, t.kids[e]), ">>"...)
}

func (t *structureDraft) attribute(entries string) int {
	n, known := t.attrs[entries]
	if !known {
		n = t.objects.add("<<%s>>", entries)
		t.attrs[entries] = n
	}
	return n
}

// appendKids writes what an element holds; contents of its own page are bare
// numbers.
func (t *structureDraft) appendKids(b []byte, kids []kid) []byte {
	page := int32(-1)
	for _, k := range kids {
		if k.element == 0 {
			page = k.page
			b = fmt.Appendf(b, "/Pg %d 0 R", pageNumber(int(page)))
			break
		}
	}
	if len(kids) == 0 {
		return b
	}
	b = append(b, "/K["...)
	for i, k := range kids {
		if i > 0 {
			b = append(b, ' ')
		}
		switch {
		case k.element > 0:
			b = append(strconv.AppendInt(b, int64(t.numbers[k.element]), 10), " 0 R"...)
		case k.mark < 0:
			b = fmt.Appendf(b, "<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", k.annot, pageNumber(int(k.page)))
		case k.page == page:
			b = strconv.AppendInt(b, int64(k.mark), 10)
		default:
			b = fmt.Appendf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageNumber(int(k.page)), k.mark)
		}
	}
	return append(b, ']')
}

// parents writes the way back from contents and annotations to their elements.
func (t *structureDraft) parents() int {
	var nums []byte
	for p := range t.Pages {
		var b []byte
		for _, e := range t.Pages[p].Marks {
			b = fmt.Appendf(b, "%d 0 R ", t.numbers[e])
		}
		nums = fmt.Appendf(nums, "%d %d 0 R ", p, t.objects.add("[%s]", b))
	}
	for i, e := range t.owners {
		nums = fmt.Appendf(nums, "%d %d 0 R ", len(t.Pages)+i, t.numbers[e])
	}
	return t.objects.add("<</Nums[%s]>>", nums)
}

// Name is how attributes of other elements refer to one.
func Name(element int) string { return fmt.Sprintf("e%07d", element) }

// names writes the list of the elements that have a name.
func (t *structureDraft) names() []byte {
	var b []byte
	for e := range t.Elements {
		if t.numbers[e] > 0 && (t.Elements[e].Named || t.Elements[e].Role == "Note") {
			b = fmt.Appendf(b, "(%s)%d 0 R ", Name(e), t.numbers[e])
		}
	}
	if b == nil {
		return nil
	}
	return fmt.Appendf(nil, "/IDTree %d 0 R", t.objects.add("<</Names[%s]>>", b))
}
