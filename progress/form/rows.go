package form

import (
	"maps"
	"slices"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// figureRow is a row of the sheet of indicators, before it is filled in.
type figureRow struct {
	period    period.Period // empty when the person gives it
	breakdown string        // canonical, when it is fixed
	chosen    bool          // the person chooses the breakdown
	last      string        // the latest value, in words
	now       *progress.Figure
}

// figureRows lays out an indicator: what was entered already, then one row for
// each cell that had a value before, then blank ones.
func figureRows(p *i18n.Printer, covers period.Period, asked progress.AskedIndicator) []figureRow {
	var rows []figureRow
	entered := map[string]bool{}
	for _, f := range valuesOf(asked).Rows {
		rows = append(rows, figureRow{period: f.Period, breakdown: f.Breakdown, last: lastValue(p, asked.Indicator, f.Breakdown), now: &f})
		entered[string(f.Period)+" "+f.Breakdown] = true
	}
	if covers.IsInterval() {
		covers = ""
	}
	for _, cell := range cells(asked.Indicator) {
		if !entered[string(covers)+" "+cell] {
			rows = append(rows, figureRow{period: covers, breakdown: cell, last: lastValue(p, asked.Indicator, cell)})
		}
	}
	for range blankRows {
		rows = append(rows, figureRow{chosen: true})
	}
	return rows
}

// cells lists the breakdowns of the indicator's latest period, which are those
// to be expected again; the total when there is no value yet.
func cells(i indicators.Indicator) []string {
	var latest period.Period
	for _, o := range i.Observations {
		if o.Period.Last().After(latest.Last()) {
			latest = o.Period
		}
	}
	var list []string
	for _, o := range i.Observations {
		if cell := o.Breakdown.String(); o.Period == latest && !slices.Contains(list, cell) {
			list = append(list, cell)
		}
	}
	if len(list) == 0 {
		list = []string{""}
	}
	return list
}

// lastValue words the latest value of a cell with its period.
func lastValue(p *i18n.Printer, i indicators.Indicator, cell string) string {
	var latest *indicators.Observation
	for _, o := range i.Observations {
		if o.Breakdown.String() == cell && (latest == nil || o.Period.Last().After(latest.Period.Last())) {
			latest = &o
		}
	}
	switch {
	case latest == nil:
		return ""
	case latest.Period == "":
		return indicators.Format(p, *latest)
	}
	return p.T("spreadsheet.last", indicators.Format(p, *latest), p.Period(latest.Period))
}

// choices leads from the words for a breakdown to its canonical form: the total,
// every cell that had a value, and each code of each dimension alone.
func choices(p *i18n.Printer, i indicators.Indicator) (labels []string, canonical map[string]string) {
	canonical = map[string]string{}
	add := func(b indicators.Breakdown) {
		label := i.BreakdownLabel(p, b)
		if _, known := canonical[label]; !known {
			canonical[label] = b.String()
			labels = append(labels, label)
		}
	}
	add(nil)
	for _, d := range i.Dimensions {
		for _, c := range d.Dimension.Codes {
			add(indicators.Breakdown{d.Dimension.Code: c.Code})
		}
	}
	for _, o := range i.Observations {
		if len(o.Breakdown) > 1 {
			add(maps.Clone(o.Breakdown))
		}
	}
	return labels, canonical
}
