package pdf

import (
	"slices"
	"strings"

	"gcm/reports"
)

// headLimit is how high a head with turned titles may grow.
const headLimit = 130.0

// headShare is how much of a page's height a head may take to be repeated.
const headShare = 0.4

// firstHead sets the head where the table begins. One that is too high to be
// repeated is set like a row, which may split.
func (d *tableDraft) firstHead() []*slab {
	head := d.headRow(false)
	if head.height < d.flow.geo.textHeight()*headShare {
		for _, s := range d.repeated() {
			d.headHeight += s.height
		}
		return []*slab{head}
	}
	titles := reports.Row{}
	for _, c := range d.table.Columns {
		titles.Cells = append(titles.Cells, reports.Cell{Runs: []reports.Run{{Text: c.Title, Bold: true}}})
	}
	return d.pieces(d.cells(titles, d.titles))
}

// columnTitles makes the elements of the columns' heads.
func (d *tableDraft) columnTitles() {
	row := d.tree.add(roleRow, d.head)
	for range d.table.Columns {
		e := d.tree.add(roleHead, row)
		d.tree[e].Attr, d.tree[e].Named = attrColumn, true
		d.titles = append(d.titles, e)
	}
}

// titled says whether any column has a title.
func (d *tableDraft) titled() bool {
	return slices.ContainsFunc(d.table.Columns, func(c reports.Column) bool { return strings.TrimSpace(clean(c.Title)) != "" })
}

// headRow sets the row of column titles. A repeated head is an artifact: a reader
// aloud has heard it.
func (d *tableDraft) headRow(again bool) *slab {
	st := d.style
	st.bold, st.color, st.whole = true, deep, false
	columns := make([][]*slab, len(d.table.Columns))
	high := 0.0
	for i, col := range d.table.Columns {
		cell := artifact
		if !again {
			cell = d.titles[i]
		}
		room := d.widths[i] - 2*d.pad
		st.align = cellAlign(col.Align)
		if col.Turned {
			room, st.align = headLimit, ragged
		}
		columns[i] = d.lines(reports.Text(col.Title), st, d.at.lang, room, room, cell)
		high = max(high, d.titleHeight(col, columns[i]))
	}
	s := &slab{height: high + 2*d.rise + 1}
	x := 0.0
	for i, lines := range columns {
		if d.table.Columns[i].Turned {
			d.turn(s, lines, x, d.widths[i])
		} else {
			d.stand(s, lines, x+d.pad)
		}
		x += d.widths[i]
	}
	s.items = append(s.items, rule(0, 0, x, 1.1, deep), rule(0, s.height-0.6, x, 0.6, deep))
	return s
}

func (d *tableDraft) titleHeight(col reports.Column, lines []*slab) float64 {
	h := 0.0
	for _, l := range lines {
		if col.Turned {
			h = max(h, l.extent+5) // air below the rule
		} else {
			h += l.height
		}
	}
	return h
}

// stand sets a title at the foot of the head.
func (d *tableDraft) stand(s *slab, lines []*slab, x float64) {
	y := s.height - d.rise
	for _, l := range lines {
		y -= l.height
	}
	for _, l := range lines {
		s.absorb(l, x, y)
		y += l.height
	}
}

// turn sets a title upwards, in the middle of its column.
func (d *tableDraft) turn(s *slab, lines []*slab, x, width float64) {
	left := x + (width-float64(len(lines))*d.style.leading)/2
	for _, l := range lines {
		for _, it := range l.items {
			t, ok := it.(*text)
			if !ok {
				continue
			}
			along, across := t.x, t.y
			t.x, t.y, t.angle = left+across, s.height-d.rise-1-along, 90
			s.items = append(s.items, t)
		}
		left += d.style.leading
	}
}

// repeated is what stands above the first row on a later page.
func (d *tableDraft) repeated() []*slab {
	var out []*slab
	if t := d.table; t.Number != "" && d.doc.Terms.Continued != "" {
		st := captionStyle
		st.color, st.italic = muted, true
		line := numbered(d.doc.Terms.Table, t.Number) + " (" + d.doc.Terms.Continued + ")"
		out = d.short(line, st, d.at.width, artifact)
		if len(out) > 0 {
			out[len(out)-1].height += 3
		}
	}
	out = append(out, d.headRow(true))
	for _, s := range out {
		s.shift(d.at.x, 0)
		s.frame = d.at.frame
	}
	return out
}
