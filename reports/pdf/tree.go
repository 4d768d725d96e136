package pdf

// element is a node of the document's structure; 0 is an artifact, that is
// something a reader aloud skips: rules, running heads, repeated table heads.
type element int32

// role is what an element is, in the words of the PDF standard.
type role string

const (
	roleDocument role = "Document"
	rolePart     role = "Sect"
	roleP        role = "P"
	roleList     role = "L"
	roleItem     role = "LI"
	roleLabel    role = "Lbl"
	roleBody     role = "LBody"
	roleTable    role = "Table"
	roleRow      role = "TR"
	roleHead     role = "TH"
	roleCell     role = "TD"
	roleCaption  role = "Caption"
	roleFigure   role = "Figure"
	roleNote     role = "Note"
	roleTOC      role = "TOC"
	roleTOCI     role = "TOCI"
	roleDiv      role = "Div"
	roleTitle    role = "Title"
)

// node is an element's entry in the tree.
type node struct {
	role   role
	parent element
	lang   string // when it differs from the parent's
	alt    string // of a figure
}

// tree is the structure that the items of the pages refer to. Element 0 is no
// element, 1 the document.
type tree []node

func newTree(lang string) tree { return tree{{}, {role: roleDocument, lang: lang}} }

func (t *tree) add(r role, parent element) element {
	*t = append(*t, node{role: r, parent: parent})
	return element(len(*t) - 1)
}

// headingRole is H1 to H6.
func headingRole(depth int) role {
	return role("H" + string(rune('0'+min(depth, 6))))
}
