package reports

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// passage is a part of a text as Passages counts them, as it is read.
type passage struct {
	number     int // from 1
	level      int // of a heading; 0 when it is none
	sentences  []toldSentence
	directives []Directive
	notes      []string // what its footnotes define
}

// toldSentence is a sentence of the State's own words, or a heading; invitations are
// none.
type toldSentence struct {
	text  string
	notes []string // that stand in it; below it, up to the next heading of its level, for a heading
	block int      // of the passage, to which it belongs: a paragraph, an item of a list
}

// around are all footnotes of the block that a sentence belongs to.
func (p *passage) around(s toldSentence) []string {
	var out []string
	for _, other := range p.sentences {
		if other.block == s.block {
			out = append(out, other.notes...)
		}
	}
	return out
}

// noteMark stands for a footnote in the words of a passage: noteMark + its place
// among the notes.
const (
	noteMark  = '\ue000'
	mostNotes = 0x1000
)

// readPassages parts a text into passages and their sentences.
func readPassages(body string) []passage {
	source := []byte(body)
	root := markdown.Parser().Parse(text.NewReader(source))
	definitions := map[int]string{}
	n := narrator{source: source}
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := node.(*extast.Footnote); ok && entering {
			definitions[f.Index] = n.raw(f)
		}
		return ast.WalkContinue, nil
	})
	var out []passage
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if _, notes := node.(*extast.FootnoteList); notes {
			continue
		}
		p := passage{}
		var b strings.Builder
		lines := false
		_ = ast.Walk(node, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
			if node.Type() == ast.TypeBlock {
				lines = lines || node.Lines().Len() > 0
				if !entering {
					b.WriteString("\n")
				}
				return ast.WalkContinue, nil
			}
			if !entering {
				return ast.WalkContinue, nil
			}
			switch node := node.(type) {
			case *ast.Text:
				b.Write(node.Value(source))
				if node.SoftLineBreak() || node.HardLineBreak() {
					b.WriteByte(' ')
				}
			case *directiveNode:
				p.directives = append(p.directives, node.Directive)
				b.WriteString("\ufffc")
			case *extast.FootnoteLink:
				if len(p.notes) < mostNotes {
					b.WriteRune(noteMark + rune(len(p.notes)))
					p.notes = append(p.notes, definitions[node.Index])
				}
			}
			return ast.WalkContinue, nil
		})
		if !lines {
			continue
		}
		p.number = len(out) + 1
		if node.Kind() != ast.KindBlockquote {
			p.part(b.String())
		}
		if heading, ok := node.(*ast.Heading); ok {
			p.level = heading.Level
		}
		out = append(out, p)
	}
	leanHeadings(out)
	return out
}

// leanHeadings gives the sentence of each heading what supports the text below it:
// a heading sums up its section, and nobody puts footnotes into headings.
func leanHeadings(list []passage) {
	for i, heading := range list {
		if heading.level == 0 {
			continue
		}
		var below []string
		for _, p := range list[i+1:] {
			if p.level > 0 && p.level <= heading.level {
				break
			}
			below = append(below, p.notes...)
			for _, d := range p.directives {
				below = append(below, d.Target)
			}
		}
		for j := range heading.sentences {
			heading.sentences[j].notes = append(heading.sentences[j].notes, below...)
		}
	}
}

// sentenceEnd is a full stop with what belongs to it, before a new sentence.
var sentenceEnd = regexp.MustCompile(`[.!?…][»”")\x{e000}-\x{efff}]*[\s\x{00a0}]+[«“"(]?\p{Lu}|\n`)

// part finds the sentences of a passage with their footnotes.
func (p *passage) part(words string) {
	from, block := 0, 0
	for _, end := range append(sentenceEnd.FindAllStringIndex(words, -1), []int{len(words), len(words)}) {
		to := end[1]
		if to < len(words) && words[to-1] != '\n' {
			_, size := utf8.DecodeLastRuneInString(words[:to])
			to -= size
		}
		s := toldSentence{block: block}
		var b strings.Builder
		for _, r := range words[from:to] {
			if r >= noteMark && int(r-noteMark) < len(p.notes) {
				s.notes = append(s.notes, p.notes[r-noteMark])
			} else {
				b.WriteRune(r)
			}
		}
		if s.text = strings.TrimSpace(b.String()); s.text != "" {
			p.sentences = append(p.sentences, s)
		}
		if from = to; to > 0 && words[to-1] == '\n' {
			block++
		}
	}
}
