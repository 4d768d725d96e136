package web

import (
	"bytes"

	"gcm/indicators"
	spreadsheet "gcm/internal/sheet"
)

// downloadGaps answers the register of data gaps, as it is filtered, and the
// comparison with the objectives as a spreadsheet.
func (s *site) downloadGaps(r *request) error {
	v, err := s.gapsView(r, "")
	if err != nil {
		return err
	}
	if len(v.Filter.Problems) > 0 {
		return notFound("no such gaps: %q", v.Filter.Problems)
	}
	title := r.T("gaps.title")
	book := spreadsheet.Book{Title: title, Language: r.p.Lang(), Made: s.Now(), Sheets: []spreadsheet.Sheet{r.gapsSheet(title, v.Rows), r.coverageSheet(v.Sums)}}
	return r.sendSheet("data-gaps-"+r.p.Lang()+".xlsx", func(b *bytes.Buffer) error { return spreadsheet.Write(b, book) })
}

func (r *request) gapsSheet(title string, list []gapRow) spreadsheet.Sheet {
	var h heads
	h.add(26, r.T("gaps.kind"))
	h.add(14, r.T("gaps.objectives"))
	h.add(60, r.T("gaps.name"))
	h.add(24, r.T("spreadsheet.column.code"))
	h.add(30, r.T("gaps.what"))
	h.add(44, r.T("gaps.owner"))
	h.add(60, r.T("gaps.plan"))
	h.add(16, r.T("gaps.due"))
	rows := [][]spreadsheet.Cell{{{Value: title, Kind: spreadsheet.Title}}, h.cells}
	for _, g := range list {
		code := ""
		if g.Indicator != nil {
			code = g.Indicator.Code
		}
		row := []spreadsheet.Cell{}
		for _, text := range []string{
			r.T("gap.kind." + string(g.Kind)), objectiveNumbers(g.Objectives), g.Name.Text, code, g.What, g.Owner.Text, g.Plan.Text, r.p.Period(g.Due),
		} {
			row = append(row, spreadsheet.Cell{Value: text})
		}
		rows = append(rows, row)
	}
	return spreadsheet.Sheet{Name: r.T("work.nav.gaps"), Columns: h.columns, Rows: rows, Head: 2}
}

func (r *request) coverageSheet(sums []gapSum) spreadsheet.Sheet {
	var h heads
	h.add(8, r.T("matrix.number"))
	h.add(60, r.T("matrix.objective"))
	h.add(18, r.T("gaps.indicators"))
	h.add(18, r.T("gaps.complete"))
	for _, k := range indicators.GapKinds {
		h.add(20, r.T("gap.kind."+string(k)))
	}
	h.add(18, r.T("gaps.planned"))
	rows := [][]spreadsheet.Cell{h.cells}
	for _, sum := range sums {
		row := []spreadsheet.Cell{{Value: sum.Objective.Number}, {Value: r.in(sum.Objective.ShortTitle)}, {Value: sum.Indicators}, {Value: sum.Complete}}
		for _, n := range append(sum.Kinds, sum.Planned) {
			row = append(row, spreadsheet.Cell{Value: n})
		}
		rows = append(rows, row)
	}
	return spreadsheet.Sheet{Name: r.T("gaps.by_objective"), Columns: h.columns, Rows: rows, Head: 1}
}
