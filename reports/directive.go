package reports

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Directive is a living figure, table or chart of the narrative: the text names
// what is to be printed, and the review prints what the registers hold. People
// write, for example:
//
//	{{figure indicator:refugees-registered@2021{citizenship=AF}}}
//	{{figure count:measures{status=completed}}}
//	{{change indicator:refugees-registered@2019..2021}}
//	{{growth indicator:refugees-registered@2019..2021}}
//	{{share indicator:refugees-registered@2021{citizenship=AF}}}
//	{{table indicator:refugees-registered}}
//	{{chart indicator:refugees-registered}}
//
// Tables and charts stand in a paragraph of their own.
type Directive struct {
	Does   DirectiveKind
	Target string // "indicator:refugees-registered@2021"
	Bare   bool   // "| bare": without unit and footnote
}

// DirectiveKind says what a directive prints.
type DirectiveKind string

// The kinds of directive.
const (
	PrintFigure DirectiveKind = "figure" // an observation, or how many records there are
	PrintChange DirectiveKind = "change" // the difference between two periods, in the indicator's unit
	PrintGrowth DirectiveKind = "growth" // the same in percent of the earlier value
	PrintShare  DirectiveKind = "share"  // a cell in percent of the total of its period
	PrintTable  DirectiveKind = "table"
	PrintChart  DirectiveKind = "chart"
)

// directive matches one at the beginning of a text.
var directive = regexp.MustCompile(`^\{\{ *(figure|change|growth|share|table|chart) +([a-z](?:[^{}|\n]|\{[^{}\n]*\})*?) *(\| *bare *)?\}\}`)

// String returns the directive as people write it.
func (d Directive) String() string {
	bare := ""
	if d.Bare {
		bare = " | bare"
	}
	return "{{" + string(d.Does) + " " + d.Target + bare + "}}"
}

// block reports whether it stands in a paragraph of its own.
func (d Directive) block() bool { return d.Does == PrintTable || d.Does == PrintChart }

// ParseDirective reads one directive; ok is false for anything else.
func ParseDirective(s string) (d Directive, ok bool) {
	m := directive.FindStringSubmatch(s)
	if m == nil || len(m[0]) != len(strings.TrimSpace(s)) {
		return d, false
	}
	return Directive{Does: DirectiveKind(m[1]), Target: m[2], Bare: m[3] != ""}, true
}

// Directives lists the directives of a text in their order, repeated ones too.
func Directives(body string) []Directive {
	var out []Directive
	root := markdown.Parser().Parse(text.NewReader([]byte(body)))
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if d, ok := node.(*directiveNode); ok && entering {
			out = append(out, d.Directive)
		}
		return ast.WalkContinue, nil
	})
	return out
}

// alone returns the table or chart that a paragraph consists of.
func alone(paragraph ast.Node) (Directive, bool) {
	d, ok := paragraph.FirstChild().(*directiveNode)
	if !ok || paragraph.ChildCount() != 1 || !d.block() {
		return Directive{}, false
	}
	return d.Directive, true
}

// paragraphsOfTheirOwn lists the tables and charts of a text that stand alone.
func paragraphsOfTheirOwn(body string) []Directive {
	var out []Directive
	root := markdown.Parser().Parse(text.NewReader([]byte(body)))
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if kind := node.Kind(); entering && (kind == ast.KindParagraph || kind == ast.KindTextBlock) {
			if d, ok := alone(node); ok {
				out = append(out, d)
			}
		}
		return ast.WalkContinue, nil
	})
	return out
}

// span is the two ends of what a directive compares, from "…@2019..2021{…}".
func (d Directive) span() (from, to Reference, err error) {
	periods := regexp.MustCompile(`@([0-9/-]+)\.\.([0-9/-]+)`)
	m := periods.FindStringSubmatch(d.Target)
	if m == nil {
		return from, to, missing("two_periods", d.String())
	}
	if from, err = parseReference(strings.Replace(d.Target, m[0], "@"+m[1], 1)); err == nil {
		to, err = parseReference(strings.Replace(d.Target, m[0], "@"+m[2], 1))
	}
	return from, to, err
}

// directiveNode is a directive in the parsed Markdown.
type directiveNode struct {
	ast.BaseInline
	Directive
}

var kindDirective = ast.NewNodeKind("Directive")

// Kind and Dump make it a node of goldmark's.
func (n *directiveNode) Kind() ast.NodeKind { return kindDirective }

// Dump prints the node for people who look for a fault.
func (n *directiveNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Directive": n.String()}, nil)
}

// directiveParser finds directives in running text.
type directiveParser struct{}

func (directiveParser) Trigger() []byte { return []byte{'{'} }

func (directiveParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := directive.FindString(string(line))
	if m == "" {
		return nil
	}
	d, _ := ParseDirective(m)
	block.Advance(len(m))
	return &directiveNode{Directive: d}
}

// directives makes goldmark read directives before its own marks.
var directives = parser.WithInlineParsers(util.Prioritized(directiveParser{}, 100))
