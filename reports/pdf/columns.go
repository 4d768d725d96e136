package pdf

import "gcm/reports"

// columns shares the width out by the columns' weights, then takes from the wide
// ones what a narrow one lacks for its longest part of a word.
func (d *tableDraft) columns() []float64 {
	widths := shares(d.table.Columns, d.at.width)
	least := d.leastWidths()
	need, spare := 0.0, 0.0
	for i, w := range widths {
		need += max(least[i]-w, 0)
		spare += max(w-least[i], 0)
	}
	if need == 0 || spare == 0 {
		return widths
	}
	part := min(need/spare, 1)
	for i, w := range widths {
		if w < least[i] {
			widths[i] += (least[i] - w) * min(spare/need, 1)
		} else {
			widths[i] -= (w - least[i]) * part
		}
	}
	return widths
}

// shares are the widths by weight alone.
func shares(columns []reports.Column, width float64) []float64 {
	sum := 0.0
	for _, c := range columns {
		sum += max(c.Weight, 0)
	}
	out := make([]float64, len(columns))
	for i, c := range columns {
		if sum > 0 {
			out[i] = width * max(c.Weight, 0) / sum
		} else {
			out[i] = width / float64(len(columns))
		}
	}
	return out
}

// leastWidths are the widths that each column's longest unbreakable part needs.
func (d *tableDraft) leastWidths() []float64 {
	least := make([]float64, len(d.table.Columns))
	head := d.style
	head.bold = true
	for i, c := range d.table.Columns {
		least[i] = d.style.leading + 2*d.pad
		if !c.Turned {
			least[i] = max(least[i], d.longest(reports.Text(c.Title), head)+2*d.pad)
		}
	}
	for _, r := range d.table.Rows {
		if r.Head {
			continue
		}
		for i, c := range r.Cells {
			col := d.column(i)
			least[col] = max(least[col], d.longest(c.Runs, d.style)+2*d.pad)
		}
	}
	return least
}

// longest is the width of the longest part of a word that can't be broken.
func (d *tableDraft) longest(runs []reports.Run, st style) float64 {
	widest := 0.0
	p := d.begin(st, d.at.lang)
	defer p.end()
	for _, r := range runs {
		p.run(reports.Run{Text: r.Text, Bold: r.Bold, Italic: r.Italic, Lang: r.Lang})
	}
	sum := 0.0
	for _, a := range p.atoms {
		switch a.kind {
		case letters:
			sum += a.width
		case chance:
			widest = max(widest, sum+a.width)
			sum = 0
		case space:
			sum = 0
		}
		widest = max(widest, sum)
	}
	return widest + 0.01
}
