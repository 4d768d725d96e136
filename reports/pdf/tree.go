package pdf

import (
	"fmt"
	"regexp"
	"strings"

	"gcm/reports/pdf/seal"
)

// element is a node of the document's structure. The numbers below 1 are
// artifacts, that is what a reader aloud skips.
type element int32

const (
	artifact   element = -iota // rules, backgrounds, repeated table heads
	pageHead                   // the running head
	pageFoot                   // the folio
	draftsMark                 // across the page
)

// role is what an element is, in the words of the PDF standard.
type role = string

const (
	roleDocument  role = "Document"
	rolePart      role = "Sect"
	roleP         role = "P"
	roleList      role = "L"
	roleItem      role = "LI"
	roleLabel     role = "Lbl"
	roleBody      role = "LBody"
	roleTable     role = "Table"
	roleTableHead role = "THead"
	roleTableBody role = "TBody"
	roleRow       role = "TR"
	roleHead      role = "TH"
	roleCell      role = "TD"
	roleCaption   role = "Caption"
	roleFigure    role = "Figure"
	roleNote      role = "Note"
	roleReference role = "Reference"
	roleLink      role = "Link"
	roleSpan      role = "Span"
	roleTOC       role = "TOC"
	roleTOCI      role = "TOCI"
	roleDiv       role = "Div"
	roleTitle     role = "Title"
)

// Attributes of elements (ISO 32000-1, 14.8.5).
const (
	attrBullets   = "/O/List/ListNumbering/Disc"
	attrNumbers   = "/O/List/ListNumbering/Decimal"
	attrColumn    = "/O/Table/Scope/Column"
	attrRow       = "/O/Table/Scope/Row"
	attrCell      = "/O/Table"
	attrGroupHead = "/O/Table/Scope/Both/ColSpan %d"
)

// tree is the structure that the items of the pages refer to. Element 0 is no
// element, 1 the document.
type tree []seal.Element

func newTree() tree { return tree{{}, {Role: roleDocument}} }

func (t *tree) add(r role, parent element) element {
	*t = append(*t, seal.Element{Role: r, Parent: int(parent)})
	return element(len(*t) - 1)
}

// addIn is add for an element in a language of its own; what is no language, and
// the one that the text around has, changes nothing.
func (t *tree) addIn(lang, around string, r role, parent element) element {
	e := t.add(r, parent)
	if lang != around && languageTag(lang) != "" {
		(*t)[e].Lang = lang
	}
	return e
}

// headers is the entry of a cell to which columns, groups of rows and the row give
// their names.
func headers(cells ...element) string {
	var names []string
	for _, c := range cells {
		names = append(names, "("+seal.Name(int(c))+")")
	}
	return "/Headers[" + strings.Join(names, "") + "]"
}

// headingRole is H1 to H6.
func headingRole(level int) role { return fmt.Sprint("H", min(level, 6)) }

var bcp47 = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// languageTag is a language as PDF wants it, nothing for what is none.
func languageTag(s string) string {
	if bcp47.MatchString(s) {
		return s
	}
	return ""
}
