package web

import (
	"fmt"

	"gcm/indicators"
	"gcm/internal/i18n"
)

// figureRows are the figures of a form, each beside what is known of the same
// cell, and an empty row. A form without figures offers a row for each cell that
// had a value last, so that nobody has to look them up.
func (f entryFields) figureRows(p *i18n.Printer, ind indicators.Indicator) []figureRow {
	const name = "values.rows"
	last := newest(ind.Observations)
	if len(f.form.rows(name)) == 0 {
		for i, o := range last[:min(len(last), maxRows-1)] {
			for dim, code := range o.Breakdown {
				f.form.Set(fmt.Sprintf("%s.%d.breakdown.%s", name, i, dim), code)
			}
			f.form.Set(fmt.Sprintf("%s.%d.qualifier", name, i), string(indicators.Exact))
		}
	}
	var rows []figureRow
	for _, row := range f.form.openRows(name) {
		r := figureRow{Name: row}
		for _, o := range last {
			if o.Breakdown.String() == f.form.breakdown(row+".breakdown").String() {
				r.Last = p.Period(o.Period) + ": " + indicators.FormatWithUnit(p, o)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// newest returns each cell's newest value, in the order of the cells.
func newest(list []indicators.Observation) []indicators.Observation {
	var cells []indicators.Observation
	place := map[string]int{}
	for _, o := range list {
		at, known := place[o.Breakdown.String()]
		switch {
		case !known:
			place[o.Breakdown.String()] = len(cells)
			cells = append(cells, o)
		case o.Period.Last().After(cells[at].Period.Last()):
			cells[at] = o
		}
	}
	return cells
}
