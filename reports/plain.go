package reports

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Plain returns the words of the text without its marks, for who looks for a word
// in it: without footnotes, and without what it asks of the working group.
func (s *ReviewSection) Plain() string {
	source := []byte(s.Body)
	var b strings.Builder
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(source)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch node := node.(type) {
		case *ast.Blockquote, *extast.FootnoteList, *extast.FootnoteLink:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				b.Write(node.Value(source))
				if node.SoftLineBreak() || node.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		default:
			if !entering && node.Type() == ast.TypeBlock {
				b.WriteByte('\n')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}
