package reports

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// counted makes Markdown of every kind of mark-up, in which each word occurs
// once: "w17".
type counted struct {
	*rand.Rand
	words int
}

func (c *counted) word() string {
	c.words++
	return fmt.Sprintf("w%d", c.words)
}

func (c *counted) line() string {
	var out []string
	for range 1 + c.IntN(6) {
		w := c.word()
		switch c.IntN(14) {
		case 0:
			w = "**" + w + "**"
		case 1:
			w = "*" + w + " " + c.word() + "*"
		case 2:
			w = "[" + w + "](#objective-05)"
		case 3:
			w = "`" + w + "`"
		case 4:
			w = "<b>" + w + "</b>"
		case 5:
			w = "<https://example.org/" + w + ">"
		case 6:
			w = "![" + w + "](picture.png)"
		case 7:
			w = "~~" + w + "~~ \\*" + c.word() + "\\* &amp; " + c.word()
		case 8:
			w += "  \n" + c.word()
		case 9:
			w += "\n" + c.word()
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

func (c *counted) block(depth int) string {
	indent := func(s string) string { return strings.ReplaceAll(s, "\n", "\n    ") }
	switch c.IntN(9) {
	case 0:
		return "- " + indent(c.line()) + "\n- " + indent(c.line())
	case 1:
		if depth < 2 {
			return "1.  " + indent(c.line()+"\n\n"+c.block(depth+1)) + "\n2.  " + indent(c.line())
		}
	case 2:
		return "> " + strings.ReplaceAll(c.line(), "\n", "\n> ")
	case 3:
		if depth == 0 {
			return "## " + c.word() + " " + c.word()
		}
	case 4:
		return "```\n" + c.word() + "\n" + c.word() + "\n```"
	case 5:
		return "| " + c.word() + " | " + c.word() + " |\n|---|---|\n| " + c.word() + " | " + c.word() + " |"
	case 6:
		return "<div>" + c.word() + "\n" + c.word() + "</div>"
	}
	return c.line()
}

var countedWord = regexp.MustCompile(`w\d+`)

// readWords lists the words of blocks in their order.
func readWords(blocks []Block) []string {
	var out []string
	for _, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			out = append(out, countedWord.FindAllString(plain(b.Runs), -1)...)
		case List:
			for _, item := range b.Items {
				out = append(out, readWords(item)...)
			}
		case Callout:
			out = append(out, readWords(b.Blocks)...)
		}
	}
	return out
}

func TestNarrativeLosesNoWord(t *testing.T) {
	for seed := range uint64(400) {
		c := &counted{Rand: rand.New(rand.NewPCG(seed, 7))}
		var blocks []string
		for range 1 + c.IntN(6) {
			blocks = append(blocks, c.block(0))
		}
		source := strings.Join(blocks, "\n\n")
		n := told(source)
		got := readWords(n.Lead)
		for _, p := range n.Parts {
			got = append(append(got, countedWord.FindAllString(p.Title, -1)...), readWords(p.Blocks)...)
		}
		if want := countedWord.FindAllString(source, -1); !slices.Equal(got, want) {
			t.Fatalf("seed %d: %v\nof %v\n%s", seed, got, want, source)
		}
	}
}
