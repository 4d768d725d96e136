package reports

import (
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// numberFigures gives each chart the number that it will have, in the order in
// which the review shows them, so that an earlier chapter can refer to a later one.
func (c *composer) numberFigures() {
	c.figures, c.charts = map[string]string{}, map[toldChart]string{}
	next := 0
	number := func() string { next++; return strconv.Itoa(next) }
	for _, section := range c.review.TextSections() {
		if text := c.review.Section(section, c.p.Lang()); text != nil && (c.profile == Full || slices.Contains(compactTexts, section)) {
			for n, d := range paragraphsOfTheirOwn(text.Body) {
				if d.Does == PrintChart {
					c.charts[toldChart{section, n + 1}] = number()
				}
			}
		}
		for _, o := range c.objectives {
			if c.profile == Compact || section != ObjectiveSection(o.Number) {
				continue
			}
			for _, i := range c.indicatorsOf(o.Number) {
				if _, ok := indicators.ChartOf(c.p, i); ok && c.home[i.Code] == o.Number {
					c.figures[i.Code] = number()
				}
			}
		}
	}
}

// indicatorBlocks is the table of all indicators of an objective, then a chart
// and a table for each of those that are drawn in this chapter.
func (c *composer) indicatorBlocks(o objectives.Objective) []Block {
	head := c.subhead("review.indicators")
	list := c.indicatorsOf(o.Number)
	if len(list) == 0 {
		return []Block{head, c.silence("review.none.indicators")}
	}
	out := []Block{head, c.indicatorTable(o, list)}
	for _, i := range list {
		if c.home[i.Code] == o.Number && c.figures[i.Code] != "" {
			out = append(out, c.figure(i), c.seriesTable(i))
		}
	}
	return out
}

// indicatorTable lists the indicators of an objective with their values, those
// that are no statistics of the State apart from those that are.
func (c *composer) indicatorTable(o objectives.Objective, list []indicators.Indicator) Table {
	return c.indicatorTableOf("indicators-"+two(o.Number), c.p.T("review.table.indicators", strconv.Itoa(o.Number)), list)
}

// indicatorTableOf lists indicators with their values by type of figure.
func (c *composer) indicatorTableOf(id, caption string, list []indicators.Indicator) Table {
	t := c.table(id, caption,
		Column{Title: c.p.T("review.column.indicator"), Weight: 44}, Column{Title: c.p.T("review.column.unit"), Weight: 12},
		Column{Title: c.p.T("review.column.values"), Weight: 44})
	for _, kind := range []indicators.FigureType{indicators.Statistic, indicators.ServiceStandard, indicators.LegalParameter, indicators.ExternalContext} {
		headed := false
		for _, i := range list {
			if i.FigureType != kind {
				continue
			}
			if !headed {
				t.Rows = append(t.Rows, Row{Head: true, Cells: []Cell{{Runs: Text(c.p.T("review.figures." + string(kind)))}}})
				headed = true
			}
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				{Runs: []Run{{Text: c.in(i.Name), Link: "#indicator-" + i.Code}}},
				{Runs: Text(indicators.UnitName(c.p, i.Unit))}, {Runs: c.valuesOf(i)},
			}})
		}
	}
	t.Source = c.sourceTitle()
	return t
}

// valuesOf prints an indicator's values in one cell, or sends the reader to its
// figure.
func (c *composer) valuesOf(i indicators.Indicator) []Run {
	if number := c.figures[i.Code]; number != "" {
		return []Run{
			{Text: c.p.T("review.see_figure", number), Link: "#figure-" + i.Code},
			{Text: ", "}, {Text: "…", PageOf: "figure-" + i.Code, Link: "#figure-" + i.Code},
		}
	}
	var parts []string
	for n, o := range i.Observations {
		if n > 0 && o.Period == i.Observations[n-1].Period {
			o.Period = "" // said just before
		}
		parts = append(parts, c.valueWithPlace(i, o))
	}
	return Text(strings.Join(parts, "; "))
}

// valueWithPlace is a value with its period and breakdown: "2019, Korea: 5".
func (c *composer) valueWithPlace(i indicators.Indicator, o indicators.Observation) string {
	return c.cell(i, o, indicators.Format(c.p, o))
}

// cell puts the period and the breakdown before a value.
func (c *composer) cell(i indicators.Indicator, o indicators.Observation, value string) string {
	var where []string
	if o.Period != "" {
		where = append(where, c.p.Period(o.Period))
	}
	if b := c.breakdown(i, o.Breakdown); b != "" {
		where = append(where, b)
	}
	if len(where) == 0 {
		return value
	}
	return strings.Join(where, ", ") + ": " + value
}

func (c *composer) figure(i indicators.Indicator) Figure {
	picture, _ := indicators.ChartOf(c.p, i)
	var alt []string
	for _, o := range i.Observations {
		alt = append(alt, c.valueWithPlace(i, o))
	}
	return Figure{
		ID: "figure-" + i.Code, Number: c.figures[i.Code],
		Caption: Text(picture.Title + ", " + picture.Unit),
		Chart:   picture, Alt: c.in(i.Name) + ". " + strings.Join(alt, "; ") + ".",
		Notes: c.noteOf(i), Source: c.dataSource(i),
	}
}

// noteOf is the record's own remark, when it has one.
func (c *composer) noteOf(i indicators.Indicator) []Run {
	if note := c.foreign(i.Note); note.Text != "" {
		return []Run{note}
	}
	return nil
}

// dataSource names who made the figure, as far as the source says, and the source.
func (c *composer) dataSource(i indicators.Indicator) []Run {
	if own := c.foreign(i.DataSource); own.Text != "" {
		return append([]Run{own, {Text: "; "}}, c.sourceTitle()...)
	}
	return append(Text(c.p.T("review.origin_not_named")+"; "), c.sourceTitle()...)
}

// seriesTable prints the values behind a figure.
func (c *composer) seriesTable(i indicators.Indicator) Table {
	t := c.table("series-"+i.Code, c.in(i.Name))
	broken := len(i.BrokenDownBy()) > 0
	t.Columns = []Column{{Title: c.p.T("review.column.period"), Weight: 24}}
	if broken {
		t.Columns = append(t.Columns, Column{Title: c.p.T("review.column.breakdown"), Weight: 30})
	}
	t.Columns = append(t.Columns,
		Column{Title: c.p.T("review.column.worded"), Weight: 22},
		Column{Title: c.p.T("review.column.value") + ", " + indicators.UnitName(c.p, i.Unit), Weight: 24, Align: Right})
	shared := c.sharedNote(i)
	t.Notes = shared
	for _, o := range i.Observations {
		cells := []Cell{{Runs: Text(c.periodName(o))}}
		if broken {
			cells = append(cells, Cell{Runs: Text(i.BreakdownLabel(c.p, o.Breakdown))})
		}
		value := Text(indicators.Format(c.p, o))
		if note := c.foreign(o.Note); note.Text != "" && shared == nil {
			value = append(value, Run{Note: []Run{note}})
		}
		cells = append(cells, Cell{Runs: []Run{c.worded(o)}}, Cell{Runs: value})
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	t.Source = c.dataSource(i)
	return t
}

func (c *composer) periodName(o indicators.Observation) string {
	if o.Period == "" {
		return c.p.T("review.no_period")
	}
	return c.p.Period(o.Period)
}

// sharedNote is the remark that all observations with one have in common; nil
// when they differ and each carries its own.
func (c *composer) sharedNote(i indicators.Indicator) []Run {
	var shared []Run
	for _, o := range i.Observations {
		note := c.foreign(o.Note)
		if note.Text == "" {
			continue
		}
		if shared != nil && shared[0].Text != note.Text {
			return nil
		}
		shared = []Run{note}
	}
	return shared
}

// worded is the source's own wording of a value, in the source's language.
func (c *composer) worded(o indicators.Observation) Run {
	run := Run{Text: o.ValueText}
	if len(o.Quotes) > 0 {
		if s, ok := record(c.sources, o.Quotes[0].Source, func(s objectives.Source) string { return s.Code }); ok && s.Language != c.p.Lang() {
			run.Lang = s.Language
		}
	}
	if run.Text == "" {
		run.Text = "—"
	}
	return run
}
