package pdf

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"gcm/internal/chart"
	"gcm/reports"
	"gcm/reports/pdf/specimen"
)

// laid are the layouts of the rich specimen and a long one, per language.
var laid = sync.OnceValue(func() map[string]*composer {
	out := make(map[string]*composer)
	for _, lang := range specimen.Langs {
		rich, long := specimen.Rich(lang), specimen.Long(lang, 40)
		out[lang+"/rich"] = compose(&rich)
		out[lang+"/long"] = compose(&long)
	}
	return out
})

// read is a text as a reader sees it.
func (t *text) read() string {
	runes := make([]rune, len(t.codes))
	for i, c := range t.codes {
		runes[i] = rune(c)
	}
	return string(runes)
}

// texts are the texts of a page that belong to the document, not to its margins.
func (p *page) texts() []*text {
	var out []*text
	for _, it := range p.items {
		if t, ok := it.(*text); ok && t.elem > artifact {
			out = append(out, t)
		}
	}
	return out
}

func TestNoTextLeavesItsFrame(t *testing.T) {
	for name, c := range laid() {
		for i, p := range c.flow.pages {
			foot := p.height - p.bottom + 0.5
			if p.bare {
				foot = p.height - 20
			}
			for _, tx := range p.texts() {
				right := tx.x + tx.width()
				if tx.angle != 0 {
					right = tx.x
				}
				if tx.x < p.left-0.5 || right > p.width-p.right+0.5 || tx.y > foot || tx.y < p.top-2 {
					t.Errorf("%s page %d: %q at %.1f–%.1f, %.1f", name, i+1, tx.read(), tx.x, right, tx.y)
				}
			}
		}
	}
}

func TestJustifiedLinesEndAtTheMargin(t *testing.T) {
	c := laid()["kk/long"]
	even, all := 0, 0
	for _, p := range c.flow.pages {
		ends := map[float64]float64{}
		for _, tx := range p.texts() {
			if tx.size == bodyStyle.size && tx.face == faceOf(serif, false, false) {
				ends[tx.y] = max(ends[tx.y], tx.x+tx.width())
			}
		}
		for _, x := range ends {
			all++
			if math.Abs(x-(p.width-p.right)) < 0.2 {
				even++
			}
		}
	}
	if even*10 < all*7 {
		t.Errorf("%d of %d body lines end at the margin", even, all)
	}
}

func TestFewLinesAreGappy(t *testing.T) {
	for name, c := range laid() {
		if c.stats.Lines < 100 || c.stats.Gappy*100 > c.stats.Lines {
			t.Errorf("%s: %d of %d lines have more than doubled spaces", name, c.stats.Gappy, c.stats.Lines)
		}
	}
}

func TestNoPageIsEmpty(t *testing.T) {
	for name, c := range laid() {
		for i, p := range c.flow.pages {
			if len(p.texts()) == 0 {
				t.Errorf("%s page %d is empty", name, i+1)
			}
		}
	}
}

func TestHeadingKeepsWithItsText(t *testing.T) {
	for name, c := range laid() {
		for i, p := range c.flow.pages {
			last := map[string]float64{}
			for _, tx := range p.texts() {
				kind := "text"
				if r := c.tree[tx.elem].Role; strings.HasPrefix(string(r), "H") {
					kind = "heading"
				}
				if c.tree[tx.elem].Role != roleNote && c.tree[tx.elem].Role != roleLabel && c.tree[c.tree[tx.elem].Parent].Role != roleNote {
					last[kind] = max(last[kind], tx.y)
				}
			}
			if last["heading"] > last["text"] && !p.bare && last["text"] > 0 {
				t.Errorf("%s page %d ends with a heading", name, i+1)
			}
		}
	}
}

func TestFootnoteStandsOnThePageOfItsMark(t *testing.T) {
	for name, c := range laid() {
		marks, notes := map[string]int{}, map[string]int{}
		for i, p := range c.flow.pages {
			for _, tx := range p.texts() {
				switch n := c.tree[tx.elem]; {
				case n.Role == roleLabel && c.tree[n.Parent].Role == roleNote:
					notes[strings.TrimSpace(tx.read())] = i
				case n.Role == roleReference:
					marks[tx.read()] = i
				}
			}
		}
		if len(marks) == 0 || len(marks) != len(notes) {
			t.Errorf("%s: %d marks, %d notes", name, len(marks), len(notes))
		}
		for note, page := range marks {
			if notes[note] != page {
				t.Errorf("%s: the mark is on page %d, the note on page %d", name, page+1, notes[note]+1)
			}
		}
	}
}

func TestNoParagraphLeavesALineAlone(t *testing.T) {
	for name, c := range laid() {
		for i, p := range c.flow.pages {
			lines := map[element]map[float64]bool{}
			for _, tx := range p.texts() {
				if c.tree[tx.elem].Role == roleP && tx.size == bodyStyle.size {
					if lines[tx.elem] == nil {
						lines[tx.elem] = map[float64]bool{}
					}
					lines[tx.elem][tx.y] = true
				}
			}
			for elem, ys := range lines {
				if len(ys) == 1 && onAnotherPage(c, elem, i) {
					t.Errorf("%s page %d has a single line of a paragraph", name, i+1)
				}
			}
		}
	}
}

func onAnotherPage(c *composer, elem element, page int) bool {
	for i, p := range c.flow.pages {
		for _, tx := range p.texts() {
			if tx.elem == elem && i != page {
				return true
			}
		}
	}
	return false
}

func TestTableHeadIsRepeatedOnEachPage(t *testing.T) {
	doc := specimen.Rich("en")
	c := compose(&doc)
	pages, heads, continued := map[int]bool{}, map[int]bool{}, 0
	for i, p := range c.flow.pages {
		for _, it := range p.items {
			tx, ok := it.(*text)
			if !ok {
				continue
			}
			if tx.elem > artifact && c.tree[tx.elem].Role == roleCell && tx.size == cellStyle.size {
				pages[i] = true
			}
			if tx.read() == "Region" && tx.size == cellStyle.size {
				heads[i] = true
			}
			if strings.Contains(tx.read(), "continued") {
				continued++
			}
		}
	}
	if len(pages) < 2 || fmt.Sprint(heads) != fmt.Sprint(pages) || continued < len(pages)-1 {
		t.Errorf("rows on pages %v, heads on %v, %d continued", pages, heads, continued)
	}
}

func TestRowHigherThanAPageSplits(t *testing.T) {
	cell := reports.Cell{Runs: reports.Text(strings.Repeat(specimen.Prose("kk")[0]+" ", 40))}
	doc := reports.Document{Lang: "kk", Sections: []reports.Section{{ID: "s", Title: "T", Blocks: []reports.Block{
		reports.Table{Columns: []reports.Column{{Title: "A"}, {Title: "B"}}, Rows: []reports.Row{{Cells: []reports.Cell{cell, cell}}}},
	}}}}
	c := compose(&doc)
	if len(c.flow.pages) < 5 {
		t.Fatalf("%d pages", len(c.flow.pages))
	}
	for i, p := range c.flow.pages {
		for _, tx := range p.texts() {
			if tx.y > p.height-p.bottom+0.5 {
				t.Fatalf("page %d: text at %.1f", i+1, tx.y)
			}
		}
	}
}

func TestNoteHigherThanAPageGoesOn(t *testing.T) {
	doc := reports.Document{Lang: "en", Sections: []reports.Section{{ID: "s", Title: "T", Blocks: []reports.Block{
		reports.Paragraph{Runs: []reports.Run{{Text: "Text", Note: reports.Text(strings.Repeat(specimen.Prose("en")[0]+" ", 30))}}},
	}}}}
	c := compose(&doc)
	if len(c.flow.pages) < 4 {
		t.Fatalf("%d pages", len(c.flow.pages))
	}
	for i, p := range c.flow.pages[2:] {
		for _, tx := range p.texts() {
			if tx.y > p.height-p.bottom+0.5 {
				t.Fatalf("page %d: text at %.1f", i+3, tx.y)
			}
		}
	}
}

func TestCaptionStaysWithItsFigure(t *testing.T) {
	for _, lang := range specimen.Langs {
		doc := specimen.Rich(lang)
		doc.Sections[1].Blocks = nil
		for i := range 12 {
			doc.Sections[1].Blocks = append(doc.Sections[1].Blocks, reports.Para(specimen.Prose(lang)[i]), specimen.Figure(lang, fmt.Sprint("f", i), fmt.Sprint(i+1)))
		}
		c := compose(&doc)
		pictures, captions := 0, 0
		for i, p := range c.flow.pages {
			onPage := map[role]int{}
			seen := map[element]bool{}
			for _, it := range p.items {
				e := max(it.owner(), 0)
				if r := c.tree[e].Role; !seen[e] && (r == roleFigure || r == roleCaption && c.tree[c.tree[e].Parent].Role != roleTable) {
					onPage[r]++
					seen[e] = true
				}
			}
			pictures, captions = pictures+onPage[roleFigure], captions+onPage[roleCaption]
			if onPage[roleFigure] != onPage[roleCaption] {
				t.Errorf("%s page %d: %d captions, %d figures", lang, i+1, onPage[roleCaption], onPage[roleFigure])
			}
		}
		if pictures != captions || pictures < 12 {
			t.Errorf("%s: %d pictures with %d captions", lang, pictures, captions)
		}
	}
}

func TestPageNumbersNameThePageOfTheirAnchor(t *testing.T) {
	for name, c := range laid() {
		refs := 0
		for _, p := range c.flow.pages {
			for _, tx := range p.texts() {
				if tx.ref == nil {
					continue
				}
				refs++
				want := count(tx.ref.format, c.flow.dests[tx.ref.anchor].page+1)
				if got := strings.ReplaceAll(tx.read(), "\u00a0", " "); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		}
		if refs < 5 {
			t.Errorf("%s: only %d page numbers", name, refs)
		}
	}
}

func TestAnchorsStandWhereTheirHeadingIs(t *testing.T) {
	doc := specimen.Rich("ru")
	c := compose(&doc)
	for _, m := range c.flow.marks {
		words := strings.Fields(m.title)
		found := false
		for _, tx := range c.flow.pages[m.page].texts() {
			r := c.tree[tx.elem].Role
			found = found || strings.HasPrefix(string(r), "H") && math.Abs(tx.y-m.y) < 45 && strings.Contains(tx.read(), words[len(words)-1])
		}
		if !found {
			t.Errorf("%q is not on page %d at %.0f", m.title, m.page+1, m.y)
		}
	}
}

func TestSectionAcrossTurnsItsPages(t *testing.T) {
	doc := specimen.Rich("kk")
	c := compose(&doc)
	across := c.flow.dests["matrix"].page
	if p := c.flow.pages[across]; p.width < p.height {
		t.Error("the matrix does not lie across")
	}
	if p := c.flow.pages[c.flow.dests["links"].page]; p.width > p.height {
		t.Error("what follows the matrix lies across")
	}
}

func TestDocumentIsNotChanged(t *testing.T) {
	doc, same := specimen.Rich("kk"), specimen.Rich("kk")
	compose(&doc)
	if fmt.Sprintf("%+v", doc) != fmt.Sprintf("%+v", same) {
		t.Error("composing changed its input")
	}
}

// A label of letters without width fits whatever its length, and a chart tries
// each of its parts.
func TestMeasuringLabelsRemembersNoneOfTheirParts(t *testing.T) {
	label := strings.Repeat("\u0301", 400)
	doc := reports.Document{Lang: "kk", Sections: []reports.Section{{ID: "a", Blocks: []reports.Block{reports.Figure{Chart: chart.Chart{Kind: chart.Line, Lang: "kk",
		Series: []chart.Series{{Points: []chart.Point{{Label: label + label, At: 2019, Value: 1, Text: label}, {At: 2020, Missing: true, Text: label}}}}}}}}}}
	if c := compose(&doc); len(c.shaper.words) > 60 {
		t.Errorf("%d stretches of text are kept", len(c.shaper.words))
	}
}

// laidText is all that stands on the pages, in the order of drawing.
func laidText(c *composer) string {
	var b strings.Builder
	for _, p := range c.flow.pages {
		for _, tx := range p.texts() {
			b.WriteString(tx.read())
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func TestNoCellIsLost(t *testing.T) {
	cells := func(texts ...string) (r reports.Row) {
		for _, text := range texts {
			r.Cells = append(r.Cells, reports.Cell{Runs: reports.Text(text)})
		}
		return r
	}
	group := cells("group", "remark")
	group.Head = true
	for name, columns := range map[string][]reports.Column{"two columns": {{Title: "a"}, {Title: "b", Align: reports.Right}}, "no column": nil} {
		doc := reports.Document{Lang: "en", Sections: []reports.Section{{ID: "a", Blocks: []reports.Block{
			reports.Table{Columns: columns, Rows: []reports.Row{group, cells("one", "two", "three", "four"), cells("five"), {}}}}}}}
		text := laidText(compose(&doc))
		for _, want := range []string{"group", "remark", "one", "two", "three", "four", "five"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in %q", name, want, text)
			}
		}
	}
}

func TestDeepNestingStaysOnThePage(t *testing.T) {
	nest := map[string]func([]reports.Block) reports.Block{
		"list": func(in []reports.Block) reports.Block { return reports.List{Items: []reports.Blocks{in}} },
		"numbered": func(in []reports.Block) reports.Block {
			return reports.List{Ordered: true, Items: []reports.Blocks{in}}
		},
		"text and list": func(in []reports.Block) reports.Block {
			return reports.List{Items: []reports.Blocks{append([]reports.Block{reports.Para("between")}, in...)}}
		},
		"callout": func(in []reports.Block) reports.Block { return reports.Callout{Title: "box", Blocks: in} },
	}
	for name, in := range nest {
		blocks := []reports.Block{reports.Para("What stands at the bottom is read as well as all that is above it.")}
		for range 60 {
			blocks = []reports.Block{in(blocks)}
		}
		doc := reports.Document{Lang: "en", Sections: []reports.Section{{ID: "a", Blocks: blocks}}}
		c := compose(&doc)
		if text := strings.ReplaceAll(laidText(c), "\u00ad ", ""); !strings.Contains(text, "as well as") {
			t.Errorf("%s: the bottom is lost", name)
		}
		numbers := 0
		for i, p := range c.flow.pages {
			for _, tx := range p.texts() {
				if tx.x < p.left-0.5 || tx.x+tx.width() > p.width-p.right+0.5 {
					t.Errorf("%s page %d: %q at %.1f", name, i+1, tx.read(), tx.x)
				}
				if tx.read() == "1." {
					numbers++
				}
			}
		}
		if name == "numbered" && numbers != 60 {
			t.Errorf("%d of 60 numbers", numbers)
		}
	}
}

func TestTitleBesideALongNumberStaysOnThePage(t *testing.T) {
	for n := range 60 {
		doc := reports.Document{Lang: "en", Sections: []reports.Section{{ID: "a", Title: "A", Sections: []reports.Section{
			{ID: "b", Number: strings.Repeat("8", n), Title: "The title of a part with a number that is far too long"}}}}}
		for _, p := range compose(&doc).flow.pages[2:] {
			for _, tx := range p.texts() {
				if tx.x+tx.width() > p.width-p.right+0.5 {
					t.Errorf("%d digits: %q at %.1f", n, tx.read(), tx.x)
				}
			}
		}
	}
}

func TestRemarkUnderAHeadingKeepsWithTheText(t *testing.T) {
	for filler := range 60 {
		doc := reports.Document{Lang: "en", Title: "Test", Sections: []reports.Section{
			{ID: "a", Title: "Filler"},
			{ID: "b", Title: "Heading", Blocks: []reports.Block{
				reports.Paragraph{Style: reports.Small, Runs: reports.Text("remark")},
				reports.Para(strings.Repeat("body text ", 200)),
			}},
		}}
		for range filler {
			doc.Sections[0].Blocks = append(doc.Sections[0].Blocks, reports.Para("A line."))
		}
		pageOf := map[string]int{}
		c := compose(&doc)
		for i, p := range c.flow.pages {
			for _, tx := range p.texts() {
				for _, word := range []string{"remark", "body"} {
					if _, seen := pageOf[word]; !seen && c.tree[tx.elem].Role == roleP && strings.Contains(tx.read(), word) {
						pageOf[word] = i + 1
					}
				}
			}
		}
		if pageOf["remark"] == 0 || pageOf["remark"] != pageOf["body"] {
			t.Fatalf("after %d lines the remark stands on page %d and the text begins on page %d", filler, pageOf["remark"], pageOf["body"])
		}
	}
}
