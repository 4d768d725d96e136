package docx

import (
	"math"
	"unicode/utf8"

	"gcm/reports"
)

// grid begins a table of so many columns, as wide as the text.
func (b *writer) grid(style string, columns int, width func(int) int) {
	b.body.raw(`<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>`, style, b.width)
	for i := range columns {
		b.body.raw(`<w:gridCol w:w="%d"/>`, width(i))
	}
	b.body.raw(`</w:tblGrid>`)
}

// table writes a caption, the table and what stands under it. No cell is left
// out: those beyond the columns stand in the last one.
func (b *writer) table(t reports.Table) {
	b.caption("Table", b.doc.Terms.Table, t.ID, t.Number, t.Caption)
	widths := shares(t.Columns, b.width)
	b.grid("Table", len(widths), func(i int) int { return widths[i] })
	style := "TableText"
	if t.Compact || len(widths) > 8 {
		style = "TableSmall"
	}
	if len(t.Columns) > 0 {
		b.headRow(t.Columns, widths, style)
	}
	for _, row := range t.Rows {
		b.row(t, row, widths, style)
	}
	if len(t.Columns)+len(t.Rows) == 0 { // a table has a row
		b.row(t, reports.Row{}, widths, style)
	}
	b.body.raw(`</w:tbl>`)
	b.under(t.Notes, t.Source)
	b.paragraph("Break", "", "", nil)
}

// shares are the widths of columns, in twentieths of a point.
func shares(columns []reports.Column, whole int) []int {
	if len(columns) == 0 {
		return []int{whole}
	}
	sum := 0.0
	for _, c := range columns {
		sum += weight(c)
	}
	out := make([]int, len(columns))
	for i, c := range columns {
		share := 1 / float64(len(columns))
		if sum > 0 {
			share = weight(c) / sum
		}
		out[i] = max(int(share*float64(whole)), 120)
	}
	return out
}

// weight is a column's share; nothing for one that is no number.
func weight(c reports.Column) float64 {
	if !(c.Weight > 0) || math.IsInf(c.Weight, 0) {
		return 0
	}
	return c.Weight
}

// headRow names the columns; it is repeated on each page.
func (b *writer) headRow(columns []reports.Column, widths []int, style string) {
	high := 0
	for _, c := range columns {
		if c.Turned {
			high = max(high, min(utf8.RuneCountInString(c.Title)*110+240, 3200))
		}
	}
	b.body.raw(`<w:tr><w:trPr><w:cantSplit/>`)
	if high > 0 {
		b.body.raw(`<w:trHeight w:val="%d" w:hRule="exact"/>`, high)
	}
	b.body.raw(`<w:tblHeader/></w:trPr>`)
	for i, c := range columns {
		direction, along := "", aligned(c.Align)
		if c.Turned { // it begins at the foot, above its column, wherever the values stand in it
			direction, along = `<w:textDirection w:val="btLr"/>`, ""
		}
		b.body.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="%s"/>%s<w:vAlign w:val="bottom"/></w:tcPr>`, widths[i], wash, direction)
		b.paragraph(style, "", along, []reports.Run{{Text: c.Title, Bold: true}})
		b.body.raw(`</w:tc>`)
	}
	b.body.raw(`</w:tr>`)
}

func aligned(a reports.Align) string {
	switch a {
	case reports.Right:
		return `<w:jc w:val="right"/>`
	case reports.Center:
		return `<w:jc w:val="center"/>`
	}
	return ""
}

func (b *writer) row(t reports.Table, row reports.Row, widths []int, style string) {
	b.body.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	if row.Head {
		b.body.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/><w:shd w:val="clear" w:color="auto" w:fill="%s"/></w:tcPr>`, b.width, len(widths), wash)
		b.cells(style, row.ID, `<w:keepNext/>`, row.Cells, true)
		b.body.raw(`</w:tc></w:tr>`)
		return
	}
	for i := range widths {
		var own []reports.Cell
		if i < len(row.Cells) {
			own = row.Cells[i : i+1]
		}
		if i == len(widths)-1 && len(row.Cells) > len(widths) {
			own = row.Cells[i:]
		}
		properties, anchor := "", ""
		if i < len(t.Columns) {
			properties = aligned(t.Columns[i].Align)
		}
		if i == 0 {
			anchor = row.ID
		}
		b.body.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, widths[i])
		b.cells(style, anchor, properties, own, false)
		b.body.raw(`</w:tc>`)
	}
	b.body.raw(`</w:tr>`)
}

// cells writes cells one below the other; a cell without words is a paragraph too.
func (b *writer) cells(style, anchor, properties string, cells []reports.Cell, bold bool) {
	if len(cells) == 0 {
		cells = []reports.Cell{{}}
	}
	for _, cell := range cells {
		runs := cell.Runs
		if bold {
			runs = append([]reports.Run(nil), runs...)
			for i := range runs {
				runs[i].Bold = true
			}
		}
		b.paragraph(style, anchor, properties, runs)
		anchor = ""
	}
}
