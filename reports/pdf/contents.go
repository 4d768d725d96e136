package pdf

import (
	"strings"

	"gcm/reports"
)

// contentsDepth is how deep the contents list goes; bookmarks go all the way.
const contentsDepth = 2

// listed is how a line of the contents looks.
type listed struct {
	style
	before  float64
	inset   float64
	numbers float64 // the room for numbers, before the titles
}

var (
	chapterListed = listed{style: style{family: sans, bold: true, size: 9.5, leading: 12.5, color: deep, align: ragged, whole: true}, before: 7, numbers: 26}
	partListed    = listed{style: style{family: serif, size: 9.5, leading: 12.5, color: ink, align: ragged, whole: true}, before: 2, inset: 26, numbers: 32}
	captionListed = listed{style: style{family: serif, size: 9, leading: 11.6, color: ink, align: ragged, whole: true}, before: 1.8}
)

// contents sets the list of sections before the body, and those of tables and
// figures. Their length does not depend on the page numbers, which are filled in
// when the body is placed.
func (c *composer) contents() {
	if len(c.doc.Sections) == 0 {
		return
	}
	level := 1
	head := c.listHead(c.doc.Terms.Contents, 1, level)
	if len(head) > 0 {
		level = 2
	}
	c.flow.add(append(head, &slab{height: 22, keep: true, items: []item{rule(0, 7, 46, 2, accent)}})...)
	list := c.tree.add(roleTOC, 1)
	for i := range c.doc.Sections {
		c.entry(&c.doc.Sections[i], 1, list)
	}
	tables, figures := captioned(c.doc)
	c.captions(c.doc.Terms.Tables, c.doc.Terms.Table, tables, level)
	c.captions(c.doc.Terms.Figures, c.doc.Terms.Figure, figures, level)
	c.flow.eject()
}

// listHead sets the heading of a list.
func (c *composer) listHead(term string, depth, level int) []*slab {
	width := c.flow.geo.textWidth()
	head := c.lines(reports.Text(term), headingStyle(depth), c.doc.Lang, width, width, c.tree.add(headingRole(level), 1))
	keepAll(head)
	return head
}

// entry is the line of a section in the contents, and those of the parts below.
func (c *composer) entry(s *reports.Section, depth int, list element) {
	look := partListed
	if depth == 1 {
		look = chapterListed
	}
	item := c.tree.add(roleTOCI, list)
	lines := c.listLine(look, s.Number, reports.Text(s.Title), s.ID, title(s), item)
	if len(lines) > 0 {
		lines[len(lines)-1].keep = depth == 1 && len(s.Sections) > 0
		c.flow.add(lines...)
	}
	if depth < contentsDepth && len(s.Sections) > 0 {
		below := c.tree.add(roleTOC, item)
		for i := range s.Sections {
			c.entry(&s.Sections[i], depth+1, below)
		}
	}
}

// listLine sets number, title, dots and page number of what an anchor names.
func (c *composer) listLine(look listed, number string, text []reports.Run, anchor, says string, item element) []*slab {
	elem := c.tree.add(roleReference, item)
	if anchor != "" {
		elem = c.tree.add(roleLink, elem)
	}
	total := c.flow.geo.textWidth()
	left := look.inset + look.numbers
	lines := c.lines(text, look.style, c.doc.Lang, total-left-40, total, elem)
	if len(lines) == 0 {
		return nil
	}
	for _, l := range lines {
		l.shift(left, 0)
	}
	for _, l := range spaced(c.lines(reports.Text(number), look.style, "", look.numbers, look.numbers, elem)) {
		lines[0].begin(l, look.inset, 0)
	}
	c.leader(lines[len(lines)-1], anchor, look.style, left, total, elem)
	for _, l := range lines {
		l.links = nil
		if anchor != "" {
			l.links = []link{{x: look.inset, w: total - look.inset, h: l.height, anchor: anchor, elem: elem, says: says}}
		}
	}
	keepAll(lines[:len(lines)-1])
	lines[0].before = look.before
	return lines
}

// captions sets the list of tables or of figures, where the document has words
// for it.
func (c *composer) captions(head, term string, entries []captionEntry, level int) {
	lines := c.listHead(head, 2, level)
	if len(lines) == 0 || len(entries) == 0 {
		return
	}
	lines[0].before = 26
	c.flow.add(append(lines, &slab{height: 2, keep: true})...)
	list := c.tree.add(roleTOC, 1)
	look := captionListed
	for _, e := range entries {
		look.numbers = max(look.numbers, measured(numbered(term, e.number), look.style)+10)
	}
	look.numbers = min(look.numbers, c.flow.geo.textWidth()/3)
	for _, e := range entries {
		number := numbered(term, e.number)
		says := strings.TrimSpace(clean(number + " " + said(e.caption)))
		c.flow.add(c.listLine(look, number, bare(e.caption), e.anchor, says, c.tree.add(roleTOCI, list))...)
	}
}

// measured is how wide a text runs on one line.
func measured(s string, st style) float64 {
	sum := 0
	for _, w := range faceOf(st.family, st.bold, st.italic).words(clean(s)) {
		sum += w.width(0, len(w.codes))
	}
	return float64(sum) * st.size / 1000
}

// bare are the words of a caption without links and notes.
func bare(runs []reports.Run) []reports.Run {
	out := make([]reports.Run, len(runs))
	for i, r := range runs {
		out[i] = reports.Run{Text: r.Text, Italic: r.Italic, Lang: r.Lang}
	}
	return out
}

func said(runs []reports.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// leader is the row of dots and the page number.
func (c *composer) leader(l *slab, anchor string, st style, left, right float64, elem element) {
	if anchor == "" {
		return
	}
	spaced([]*slab{l})
	f := faceOf(st.family, st.bold, false)
	base := baseline(st)
	digits := float64(c.digits*f.metrics().width('0')) * st.size / 1000
	from, to := left+l.extent+6, right-digits-5
	// The dots of all lines stand in columns, counted from the right.
	if to-from > 8 {
		from = to - float64(int((to-from)/4))*4
		l.items = append(l.items, &stroke{place: place{x: from, y: base - 0.6}, points: []point{{}, {x: to - from}},
			color: muted, line: 0.75, dash: []float64{0, 4}, round: true})
	}
	l.items = append(l.items, &text{place: place{elem: elem, x: right, y: base}, face: f, size: st.size, scale: 1, color: st.color,
		ref: &pageRef{anchor: anchor, format: "%d"}})
}
