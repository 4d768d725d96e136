package pdf

import (
	"fmt"
	"strings"

	"gcm/reports"
)

// tableDraft is a table being set.
type tableDraft struct {
	*composer
	table  *reports.Table
	at     *spot
	style  style
	elem   element
	head   element   // the rows of titles
	body   element   // the others
	titles []element // of the columns
	group  element   // the head of the rows that follow
	pad    float64   // beside the text of a cell
	rise   float64   // above and below it
	widths []float64 // of the columns

	remarks    []*slab // notes and source
	headHeight float64 // of a repeated head; 0 when it is too high to repeat
}

func (c *composer) table(t reports.Table, at *spot) {
	d := &tableDraft{composer: c, table: &t, at: at, style: cellStyle, pad: 5, rise: 3.4, elem: c.tree.add(roleTable, at.elem)}
	d.head, d.body = c.tree.add(roleTableHead, d.elem), c.tree.add(roleTableBody, d.elem)
	if t.Compact {
		d.style, d.pad, d.rise = compactStyle, 3.2, 2.4
	}
	before := beforeFloat
	caption := d.caption(c.doc.Terms.Table, t.Number, t.Caption, d.elem, at)
	if len(caption) > 0 {
		keepAll(caption)
		caption[0].anchors = anchored(t.ID)
		c.put(at, before, caption...)
		c.after(5)
	}
	d.remarks = c.remarks(t.Notes, t.Source, at, at.elem)
	if len(t.Columns) == 0 && len(t.Rows) > 0 {
		t.Columns = []reports.Column{{}}
	}
	if len(t.Columns) > 0 {
		d.widths = d.columns()
		d.columnTitles()
		head := d.firstHead()
		if len(caption) == 0 {
			head[0].anchors = anchored(t.ID)
		}
		keepAll(head)
		c.put(at, before, head...)
		c.after(0)
		d.rows()
	}
	c.after(5)
	c.put(at, 5, d.remarks...)
	c.after(beforeFloat)
}

func anchored(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// caption is the line "Table 3  What it shows", above a table or a figure.
func (c *composer) caption(term, number string, caption []reports.Run, parent element, at *spot) []*slab {
	var runs []reports.Run
	if number != "" {
		runs = append(runs, reports.Run{Text: numbered(term, number), Bold: true})
		if len(caption) > 0 {
			runs = append(runs, reports.Run{Text: "\u00a0 ", Bold: true})
		}
	}
	elem := c.tree.add(roleCaption, parent)
	return c.lines(append(runs, caption...), captionStyle, at.lang, at.width, c.flow.geo.textWidth(), elem)
}

// numbered puts a number into its pattern, once: "Table 3", "3-кесте".
func numbered(pattern, number string) string {
	if !strings.Contains(pattern, "%s") {
		return pattern + "\u00a0" + number
	}
	return strings.Replace(pattern, "%s", number, 1)
}

// remarks are the notes and the source under a table or a figure; all but the
// last line keep with the next.
func (c *composer) remarks(notes, source []reports.Run, at *spot, parent element) []*slab {
	var out []*slab
	for _, r := range []struct {
		word string
		runs []reports.Run
	}{{c.doc.Terms.Note, notes}, {c.doc.Terms.Source, source}} {
		if len(r.runs) == 0 {
			continue
		}
		runs := r.runs
		if r.word != "" {
			runs = append([]reports.Run{{Text: r.word + ": ", Bold: true}}, runs...)
		}
		lines := c.lines(runs, smallStyle, at.lang, at.width, c.flow.geo.textWidth(), c.tree.add(roleP, parent))
		if len(lines) > 0 {
			lines[0].before = 1.5
		}
		out = append(out, lines...)
	}
	keepAll(out[:max(len(out)-1, 0)])
	return out
}

// cells sets the cells of a row, line by line.
func (d *tableDraft) cells(r reports.Row, elems []element) [][]*slab {
	cells := make([][]*slab, len(d.widths))
	for i, cell := range r.Cells {
		col := d.column(i)
		st := d.style
		st.align = cellAlign(d.table.Columns[col].Align)
		elem := elems[col]
		if col == len(d.widths)-1 && len(r.Cells) > len(d.widths) {
			elem = d.tree.add(roleP, elem) // one of several texts in the cell
		}
		lines := d.lines(cell.Runs, st, d.at.lang, d.widths[col]-2*d.pad, d.flow.geo.textWidth(), elem)
		cells[col] = append(cells[col], lines...)
	}
	return cells
}

// row makes the elements of a row's cells, one in each column, with what names
// them: the first is the head of its row, and under a group's head their scopes
// alone would not tell.
func (d *tableDraft) row(r reports.Row) []element {
	elem := d.tree.add(roleRow, d.body)
	cells := make([]element, len(d.widths))
	headed := len(cells) > 1 && len(r.Cells) > 0 && strings.TrimSpace(clean(said(r.Cells[0].Runs))) != ""
	for i := range cells {
		cells[i] = d.tree.add(roleCell, elem)
		cell := &d.tree[cells[i]]
		var names []element
		if d.group > 0 {
			names = []element{d.group}
			if d.titled() {
				names = []element{d.titles[i], d.group}
			}
		}
		switch {
		case headed && i == 0:
			cell.Role, cell.Named, cell.Attr = roleHead, d.group > 0, attrRow
			if d.group > 0 {
				cell.Attr += headers(names...)
			}
		case d.group > 0 && headed:
			cell.Attr = attrCell + headers(append(names, cells[0])...)
		case d.group > 0:
			cell.Attr = attrCell + headers(names...)
		}
	}
	return cells
}

// column is where a row's cell stands: the last takes all that have no column.
func (d *tableDraft) column(cell int) int { return min(cell, len(d.table.Columns)-1) }

// join puts the cells of a row side by side, with a fine rule below.
func (d *tableDraft) join(cells [][]*slab) *slab {
	s := &slab{}
	x := 0.0
	for i, lines := range cells {
		y := d.rise
		for _, l := range lines {
			s.absorb(l, x+d.pad, y)
			y += l.height
		}
		s.height = max(s.height, y+d.rise)
		x += d.widths[i]
	}
	s.height = max(s.height, d.style.leading+2*d.rise)
	s.items = append(s.items, rule(0, s.height-0.4, x, 0.4, hairline))
	return s
}

// groupHead names the rows that follow, across all columns.
func (d *tableDraft) groupHead(r reports.Row) *slab {
	d.group = d.tree.add(roleHead, d.tree.add(roleRow, d.body))
	d.tree[d.group].Named = true
	d.tree[d.group].Attr = fmt.Sprintf(attrGroupHead, len(d.widths))
	st := d.style
	st.bold, st.color = true, deep
	width := d.total()
	s := &slab{height: d.rise, keep: true, anchors: anchored(r.ID)}
	for _, cell := range r.Cells {
		elem := d.group
		if len(r.Cells) > 1 {
			elem = d.tree.add(roleP, elem)
		}
		for _, l := range d.lines(cell.Runs, st, d.at.lang, width-2*d.pad, d.flow.geo.textWidth(), elem) {
			s.absorb(l, d.pad, s.height)
			s.height += l.height
		}
	}
	s.height += d.rise
	fill := wash
	s.under = append(s.under, &box{w: width, h: s.height, fill: &fill})
	s.items = append(s.items, rule(0, s.height-0.4, width, 0.4, hairline))
	return s
}

func (d *tableDraft) total() float64 {
	sum := 0.0
	for _, w := range d.widths {
		sum += w
	}
	return sum
}

func cellAlign(a reports.Align) align {
	switch a {
	case reports.Right:
		return flushRight
	case reports.Center:
		return centered
	}
	return ragged
}

// rows sets the body. Neither the first row nor the last stands alone on a page,
// and notes stay with the last row.
func (d *tableDraft) rows() {
	last := len(d.table.Rows) - 1
	width := d.total()
	for i, r := range d.table.Rows {
		pieces := d.split(r)
		for _, s := range pieces {
			if d.headHeight > 0 {
				s.repeat = d.repeated
			}
		}
		s := pieces[len(pieces)-1]
		if len(pieces) == 1 {
			s.keep = s.keep || i == 0 && last > 0 || i == last-1
		}
		if i == last {
			s.items = append(s.items, rule(0, s.height-0.8, width, 0.8, deep))
			s.keep = len(d.remarks) > 0
		}
		d.put(d.at, 0, pieces...)
	}
}

// split sets a row; one that is higher than a page becomes several slabs of
// whole lines.
func (d *tableDraft) split(r reports.Row) []*slab {
	if r.Head {
		if s := d.groupHead(r); s.height < d.room() {
			return []*slab{s}
		} // a head of its own size is set like a row
		d.group = 0
	}
	out := d.pieces(d.cells(r, d.row(r)))
	out[0].anchors = append(out[0].anchors, anchored(r.ID)...)
	return out
}

// room is how high a row may be on a page of its own.
func (d *tableDraft) room() float64 { return d.flow.geo.textHeight()*0.85 - d.headHeight }

// pieces joins the cells of a row, in as many slabs as it needs pages.
func (d *tableDraft) pieces(cells [][]*slab) []*slab {
	longest := 1
	for _, lines := range cells {
		longest = max(longest, len(lines))
	}
	most := max(int((d.room()-2*d.rise)/d.style.leading), 1)
	var out []*slab
	for from := 0; from < longest; from += most {
		part := make([][]*slab, len(cells))
		for i, lines := range cells {
			part[i] = lines[min(from, len(lines)):min(from+most, len(lines))]
		}
		out = append(out, d.join(part))
	}
	return out
}
