package reports

import (
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// gapRegister is the register of data gaps as of the cut-off: what it says of each
// objective, and each gap with who closes it, how and by when.
func (c *composer) gapRegister() []Block {
	stand := indicators.Standings(c.indicators)
	gaps := indicators.GapsIn(stand, c.objectives, c.plans, c.cutoff)
	return []Block{Para(c.p.T("review.gaps.text", c.p.Period(c.review.Cycle.Cutoff), indicators.OldAfter)), c.gapsByObjective(stand, gaps), c.gapTable(gaps)}
}

// gapsByObjective sets the gaps against the objectives.
func (c *composer) gapsByObjective(stand []indicators.Standing, gaps []indicators.Gap) Table {
	columns := []Column{{Title: "№", Weight: 6, Align: Right}, {Title: c.p.T("review.column.objective"), Weight: 44}}
	for _, title := range []string{"gaps.indicators", "gaps.complete", "gap.kind.no_data", "gap.kind.old", "gap.kind.no_breakdown", "gaps.planned"} {
		columns = append(columns, Column{Title: c.p.T(title), Weight: 8, Align: Right, Turned: true})
	}
	t := c.table("gaps-by-objective", c.p.T("review.table.gaps_by_objective"), columns...)
	for _, row := range indicators.Compare(stand, c.objectives, gaps) {
		cells := []Cell{{Runs: Text(strconv.Itoa(row.Objective.Number))}, {Runs: []Run{{Text: c.in(row.Objective.ShortTitle), Link: "#objective-" + two(row.Objective.Number)}}}}
		for _, n := range []int{row.Indicators, row.Complete, row.Gaps[indicators.NoData], row.Gaps[indicators.OldData], row.Gaps[indicators.NoBreakdown], row.Planned} {
			cells = append(cells, Cell{Runs: Text(countOrDash(n))})
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// gapTable lists the gaps.
func (c *composer) gapTable(gaps []indicators.Gap) Table {
	t := c.table("gap-register", c.p.T("review.table.gap_register"),
		Column{Title: c.p.T("gaps.name"), Weight: 40}, Column{Title: c.p.T("gaps.kind"), Weight: 24}, Column{Title: c.p.T("gaps.objectives"), Weight: 12},
		Column{Title: c.p.T("gaps.owner"), Weight: 20}, Column{Title: c.p.T("gaps.plan"), Weight: 26})
	t.Compact = true
	for _, g := range gaps {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Runs: []Run{c.gapName(g)}}, {Runs: Text(c.gapWords(g))}, {Runs: Text(numbersOf(g.Objectives))},
			{Runs: Text(c.gapOwner(g))}, {Runs: c.gapPlan(g)},
		}})
	}
	return t
}

func (c *composer) gapName(g indicators.Gap) Run {
	if g.Indicator == nil {
		o := g.Objectives[0]
		return Run{Text: strconv.Itoa(o.Number) + ". " + c.in(o.ShortTitle), Link: "#objective-" + two(o.Number)}
	}
	run := Run{Text: c.in(g.Indicator.Name)}
	if len(g.Indicator.Observations) > 0 && c.home[g.Indicator.Code] > 0 { // what has no line in the annex has no place to lead to
		run.Link = "#indicator-" + g.Indicator.Code
	}
	return run
}

func (c *composer) gapWords(g indicators.Gap) string {
	words := c.p.T("gap.kind." + string(g.Kind))
	switch {
	case g.Dimension != nil:
		words += ": " + c.in(g.Dimension.Name)
	case g.Latest != "":
		words += " (" + c.p.T("gap.latest", c.p.Period(g.Latest)) + ")"
	}
	return words
}

func (c *composer) gapOwner(g indicators.Gap) string {
	if owner := g.Owner(); owner != nil {
		return c.agencyName(*owner)
	}
	return c.p.T("gaps.nobody")
}

// gapPlan is the plan with its day.
func (c *composer) gapPlan(g indicators.Gap) []Run {
	if g.Plan == nil || len(g.Plan.Plan) == 0 {
		return Text(c.p.T("gaps.no_plan"))
	}
	runs := []Run{c.foreign(g.Plan.Plan)}
	if g.Plan.Due != "" {
		runs = append(runs, Run{Text: " (" + c.p.Period(g.Plan.Due) + ")"})
	}
	return runs
}

func numbersOf(of []objectives.Objective) string {
	var list []string
	for _, o := range of {
		list = append(list, strconv.Itoa(o.Number))
	}
	return strings.Join(list, ", ")
}
