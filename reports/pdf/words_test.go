package pdf

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gcm/internal/chart"
	"gcm/reports"
	"gcm/reports/pdf/rulestest"
)

// counted makes documents in which every word occurs once, "ж17я", and remembers
// in which order they should be read.
type counted struct {
	*rand.Rand
	words   int
	order   []string // of all but notes and figures
	notes   []string
	figures []string
}

// text is some words more; at the most so many.
func (c *counted) text(most int, into *[]string) string {
	var out []string
	for range 1 + c.IntN(most) {
		c.words++
		out = append(out, fmt.Sprintf("ж%dя", c.words))
	}
	*into = append(*into, out...)
	return strings.Join(out, " ")
}

func (c *counted) runs(most int, into *[]string) []reports.Run {
	var out []reports.Run
	for range 1 + c.IntN(3) {
		r := reports.Run{Text: c.text(most, into) + " ", Bold: c.IntN(4) == 0, Italic: c.IntN(4) == 0}
		switch c.IntN(7) {
		case 0:
			r.Link = "https://example.org/қ"
		case 1:
			r.Link = "#s1"
		case 2:
			r.Lang = []string{"en", "ru", "nonsense?"}[c.IntN(3)]
		case 3:
			if into == &c.order {
				r.Note = []reports.Run{{Text: c.text(30, &c.notes)}, {Text: " " + c.text(3, &c.notes), Italic: true, Link: "https://example.org"}}
			}
		}
		out = append(out, r)
	}
	return out
}

func (c *counted) blocks(depth int) []reports.Block {
	var out []reports.Block
	for range 1 + c.IntN(4) {
		switch c.IntN(8) {
		case 0:
			if depth < 2 {
				l := reports.List{Ordered: c.IntN(2) == 0}
				for range 1 + c.IntN(4) {
					l.Items = append(l.Items, c.blocks(depth+1))
				}
				out = append(out, l)
			}
		case 1:
			out = append(out, c.table())
		case 2:
			out = append(out, reports.Figure{Number: "1", Caption: c.runs(5, &c.figures), Alt: "a", Notes: c.runs(5, &c.figures), Source: c.runs(5, &c.figures),
				Chart: chart.Chart{Kind: chart.Columns, Lang: "kk", Series: []chart.Series{{Points: []chart.Point{{Label: "2020", Value: 1, Text: "1"}, {Label: "2021", Value: 2, Text: "2"}}}}}})
		case 3:
			if depth < 2 {
				out = append(out, reports.Callout{Tone: reports.Gap, Title: c.text(4, &c.order), Blocks: c.blocks(depth + 1)})
			}
		case 4:
			facts := reports.Facts{}
			for range 1 + c.IntN(6) {
				facts.Items = append(facts.Items, reports.Fact{Value: c.text(1, &c.order), Label: c.text(4, &c.order)})
			}
			out = append(out, facts)
		default:
			style := []reports.Style{reports.Body, reports.Body, reports.Lead, reports.Small, reports.Subhead, reports.Label}[c.IntN(6)]
			out = append(out, reports.Paragraph{Style: style, Lang: []string{"", "", "en"}[c.IntN(3)], Runs: c.runs(40, &c.order)})
		}
	}
	return out
}

func (c *counted) table() reports.Table {
	t := reports.Table{Number: "1", Caption: c.runs(6, &c.order), Compact: c.IntN(2) == 0}
	columns := 1 + c.IntN(5)
	for range columns {
		t.Columns = append(t.Columns, reports.Column{Title: c.text(2, &c.order), Weight: float64(1 + c.IntN(3)), Align: []reports.Align{reports.Left, reports.Right}[c.IntN(2)]})
	}
	for range 1 + c.IntN(12) {
		if c.IntN(6) == 0 {
			t.Rows = append(t.Rows, reports.Row{Head: true, Cells: []reports.Cell{{Runs: c.runs(4, &c.order)}}})
			continue
		}
		row := reports.Row{}
		for range 1 + c.IntN(columns+1) { // some rows lack cells, some have one too many
			row.Cells = append(row.Cells, reports.Cell{Runs: c.runs(5, &c.order)})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes, t.Source = c.runs(9, &c.order), c.runs(3, &c.order)
	return t
}

func (c *counted) sections(depth int) []reports.Section {
	var out []reports.Section
	for range 1 + c.IntN(3) {
		s := reports.Section{ID: fmt.Sprint("s", c.words), Title: c.text(6, &c.order), Short: "–", NewPage: c.IntN(3) == 0, Landscape: c.IntN(6) == 0, Blocks: c.blocks(0)}
		if depth < 2 && c.IntN(3) == 0 {
			s.Sections = c.sections(depth + 1)
		}
		out = append(out, s)
	}
	return out
}

var countedWord = regexp.MustCompile(`ж\d+я`)

var margins = regexp.MustCompile(`(?m)^(RUN.*|–|FOLIO.*)$`)

// first are the words of a text, each where it stands first: heads of tables are
// repeated.
func first(text string) []string {
	seen := map[string]bool{}
	var out []string
	for _, w := range countedWord.FindAllString(unbroken(margins.ReplaceAllString(text, "")), -1) {
		if !seen[w] {
			out = append(out, w)
		}
		seen[w] = true
	}
	return out
}

// those keeps the words that stand in a list.
func those(words, list []string) []string {
	listed := map[string]bool{}
	for _, w := range list {
		listed[w] = true
	}
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !listed[w] })
}

// TestAllWordsComeOutInTheirOrder draws documents of any shape and reads them
// back twice: as pdftotext reads the pages, and as a reader aloud follows the
// structure.
func TestAllWordsComeOutInTheirOrder(t *testing.T) {
	for seed := range uint64(8) {
		c := &counted{Rand: rand.New(rand.NewPCG(seed, 3))}
		doc := reports.Document{Lang: "kk", Title: "T", Running: "RUN", Terms: reports.Terms{Contents: "C", Page: "FOLIO", Table: "T%s", Figure: "F%s"}, Sections: c.sections(0)}
		file := drawn(t, doc)
		path := filepath.Join(t.TempDir(), "words.pdf")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		from := fmt.Sprint(compose(&doc).flow.dests[doc.Sections[0].ID].page + 1) // after the contents, which repeat titles
		_, told, _ := strings.Cut(rulestest.Text(t, file), "\x00")
		for reader, text := range map[string]string{"pdftotext": tool(t, "pdftotext", "-raw", "-f", from, path, "-"), "the structure": told} {
			got := first(text)
			if len(got) != c.words {
				t.Errorf("seed %d, %s: %d of %d words", seed, reader, len(got), c.words)
			}
			for kind, want := range map[string][]string{"text": c.order, "notes": c.notes, "figures": c.figures} {
				if read := those(got, want); !slices.Equal(read, want) {
					at := 0
					for at < min(len(read), len(want)) && read[at] == want[at] {
						at++
					}
					t.Errorf("seed %d, %s: the %s differ from word %d on: %v, want %v", seed, reader, kind, at, read[at:min(at+8, len(read))], want[at:min(at+8, len(want))])
				}
			}
		}
		for name, says := range rulestest.Breaches(t, file) {
			t.Errorf("seed %d: %s: %s", seed, name, says)
		}
	}
}
