package reports

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Passages parts a text into what stands on lines of its own, as it was written:
// paragraphs, headings, lists, quotes. Footnotes are left out.
func Passages(body string) []string {
	source := []byte(body)
	root := markdown.Parser().Parse(text.NewReader(source))
	var out []string
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if _, notes := node.(*extast.FootnoteList); notes {
			continue
		}
		from, to := len(source), 0
		_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if n.Type() == ast.TypeInline || !entering {
				return ast.WalkContinue, nil
			}
			if lines := n.Lines(); lines.Len() > 0 {
				from, to = min(from, lines.At(0).Start), max(to, lines.At(lines.Len()-1).Stop)
			}
			return ast.WalkContinue, nil
		})
		if from < to {
			out = append(out, strings.TrimSpace(string(source[from:to])))
		}
	}
	return out
}

// quoteLength is how many characters of a passage a quote holds at most.
const quoteLength = 160

// Quote is how a passage begins, on one line: by this it is found again.
func Quote(passage string) string {
	words := []rune(strings.Join(strings.Fields(passage), " "))
	return string(words[:min(len(words), quoteLength)])
}

// FindPassage returns which of the passages (from 1) a quote was taken from, when
// it was the n-th then: the one that begins so and is nearest, else the one that
// shares most of its words, if that is at least half of them; 0 when it is gone.
func FindPassage(passages []string, quote string, n int) int {
	found, best := 0, 0.5
	for i, passage := range passages {
		begins := Quote(passage)
		shared := 1.0
		if begins != quote {
			shared = 0.99 * sharedWords(begins, quote)
		}
		nearer := shared == best && distance(i+1, n) < distance(found, n)
		if shared > best || nearer {
			found, best = i+1, shared
		}
	}
	return found
}

func distance(a, b int) int { return max(a-b, b-a) }

// sharedWords is the share of the words of two texts that both have.
func sharedWords(a, b string) float64 {
	count := map[string]int{}
	left, right := strings.Fields(a), strings.Fields(b)
	for _, w := range left {
		count[w]++
	}
	shared := 0
	for _, w := range right {
		if count[w] > 0 {
			count[w]--
			shared++
		}
	}
	return float64(2*shared) / float64(max(1, len(left)+len(right)))
}
