package reports

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// narrative is one section's Markdown as blocks: what stands before the first
// heading, then a part for each level-two heading.
type narrative struct {
	Lead  []Block
	Parts []narrativePart
}

type narrativePart struct {
	Title  string
	Blocks []Block
}

// flat is the narrative with a heading in the text before each part.
func (n narrative) flat() []Block {
	out := n.Lead
	for _, part := range n.Parts {
		out = append(append(out, Paragraph{Style: Subhead, Runs: Text(part.Title)}), part.Blocks...)
	}
	return out
}

// markdown reads paragraphs, level-two headings, lists, emphasis, links, block
// quotes (an invitation to the working group), footnotes and directives. Raw HTML,
// images and tables are not part of the language: they come out as plain text.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Footnote), goldmark.WithParserOptions(directives))

// narrator turns one Markdown text into blocks.
type narrator struct {
	source []byte
	lang   string
	invite string                                    // title of an invitation's box
	notes  map[int]string                            // footnote index to its raw definition
	expand func(string) ([]Run, error)               // a footnote's definition in words
	living func(Directive) ([]Run, error)            // a directive in running text
	alone  func(n int, d Directive) ([]Block, error) // the n-th directive in a paragraph of its own
	stood  int                                       // of those, so far
	failed func(error)                               // collects what could not be read
}

func (n *narrator) read() narrative {
	root := markdown.Parser().Parse(text.NewReader(n.source))
	n.notes = map[int]string{}
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := node.(*extast.Footnote); ok && entering {
			n.notes[f.Index] = n.raw(f)
		}
		return ast.WalkContinue, nil
	})
	var out narrative
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if h, ok := node.(*ast.Heading); ok {
			out.Parts = append(out.Parts, narrativePart{Title: plain(n.inline(h, Run{}))})
			continue
		}
		blocks := n.block(node)
		if last := len(out.Parts) - 1; last >= 0 {
			out.Parts[last].Blocks = append(out.Parts[last].Blocks, blocks...)
		} else {
			out.Lead = append(out.Lead, blocks...)
		}
	}
	return out
}

// raw returns the text of a block as it was written.
func (n *narrator) raw(node ast.Node) string {
	var b strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Type() == ast.TypeBlock {
			b.Write(child.Lines().Value(n.source))
		}
	}
	return strings.TrimSpace(b.String())
}

func (n *narrator) block(node ast.Node) []Block {
	switch node := node.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		if d, ok := alone(node); ok {
			n.stood++
			blocks, err := n.alone(n.stood, d)
			if err != nil {
				n.failed(err)
			}
			return blocks
		}
		return []Block{Paragraph{Runs: n.inline(node, Run{})}}
	case *ast.Blockquote:
		return []Block{Callout{Tone: Invite, Title: n.invite, Blocks: n.blocks(node)}}
	case *ast.List:
		list := List{Ordered: node.IsOrdered()}
		for item := node.FirstChild(); item != nil; item = item.NextSibling() {
			list.Items = append(list.Items, n.blocks(item))
		}
		return []Block{list}
	case *extast.FootnoteList:
		return nil
	}
	return []Block{Para(strings.TrimSpace(string(node.Lines().Value(n.source))))}
}

func (n *narrator) blocks(parent ast.Node) []Block {
	var out []Block
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		out = append(out, n.block(node)...)
	}
	return out
}

// inline returns the runs below a node; style is what they inherit.
func (n *narrator) inline(parent ast.Node, style Run) []Run {
	var out []Run
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		run := style
		switch node := node.(type) {
		case *ast.Text:
			run.Text = typography(n.lang, string(node.Value(n.source)))
			if node.SoftLineBreak() || node.HardLineBreak() {
				run.Text += " "
			}
			out = append(out, run)
		case *ast.Emphasis:
			run.Bold = run.Bold || node.Level == 2
			run.Italic = run.Italic || node.Level == 1
			out = append(out, n.inline(node, run)...)
		case *ast.Link:
			run.Link = safeLink(string(node.Destination))
			out = append(out, n.inline(node, run)...)
		case *ast.AutoLink:
			run.Text, run.Link = string(node.Label(n.source)), safeLink(string(node.URL(n.source)))
			out = append(out, run)
		case *ast.RawHTML:
			run.Text = string(node.Segments.Value(n.source))
			out = append(out, run)
		case *extast.FootnoteLink:
			out = append(out, n.note(node.Index, style))
		case *directiveNode:
			runs, err := n.living(node.Directive)
			if err != nil {
				n.failed(err)
			}
			for _, r := range runs {
				r.Bold, r.Italic = style.Bold, style.Italic
				out = append(out, r)
			}
		case *extast.FootnoteBacklink:
		default:
			out = append(out, n.inline(node, run)...)
		}
	}
	return out
}

// safeLink returns a link that leads to a section, a web page or a mailbox, and
// nothing for any other.
func safeLink(to string) string {
	for _, start := range []string{"#", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(to, start) {
			return to
		}
	}
	return ""
}

func (n *narrator) note(index int, style Run) Run {
	note, err := n.expand(n.notes[index])
	if err != nil {
		n.failed(fmt.Errorf("footnote %d: %w", index, err))
	}
	style.Text, style.Note = "", note
	return style
}

var (
	groups      = regexp.MustCompile(`(\d) (\d{3})`)
	beforeUnit  = regexp.MustCompile(`(\d) (%|млн|млрд|мың|тыс\.|million|billion|thousand)`)
	afterNumero = regexp.MustCompile(`(№|бап|ст\.|§) (\d)`)
)

// typography sets the no-break spaces that a typist leaves out: within a number,
// between a number and its unit, before a dash.
func typography(lang, s string) string {
	if strings.ContainsAny(s, "0123456789") { // most texts have no number, and patterns take their time
		for groups.MatchString(s) {
			s = groups.ReplaceAllString(s, "$1\u00a0$2")
		}
		s = beforeUnit.ReplaceAllString(s, "$1\u00a0$2")
		s = afterNumero.ReplaceAllString(s, "$1\u00a0$2")
	}
	if lang != "en" {
		s = strings.ReplaceAll(s, " —", "\u00a0—")
		s = strings.ReplaceAll(s, " –", "\u00a0–")
	}
	return s
}

// plain returns the words of runs, without notes.
func plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Unresolved is a footnote or a directive of the narrative that names nothing.
type Unresolved struct {
	Section, Language string
	Err               error
}

func (u *Unresolved) Error() string {
	return fmt.Sprintf("section %s in %s: %v", u.Section, u.Language, u.Err)
}

// Unwrap returns what is wrong, without its place.
func (u *Unresolved) Unwrap() error { return u.Err }

// section returns the review's narrative of one section in the document's
// language; the empty narrative when nobody wrote one yet.
func (c *composer) narrative(section string) narrative {
	for _, s := range c.review.Sections {
		if s.Section != section || s.Language != c.p.Lang() {
			continue
		}
		n := &narrator{
			source: []byte(s.Body), lang: c.p.Lang(), invite: c.p.T("review.invite"),
			expand: c.footnote, living: c.living,
			alone:  func(n int, d Directive) ([]Block, error) { return c.standingAlone(section, n, d) },
			failed: func(err error) { c.fail(&Unresolved{section, c.p.Lang(), err}) },
		}
		return n.read()
	}
	return narrative{Lead: []Block{Callout{Tone: Invite, Title: c.p.T("review.invite"), Blocks: []Block{Para(c.p.T("review.unwritten"))}}}}
}
