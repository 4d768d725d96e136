package reports

import (
	"slices"
	"strconv"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// indexAnnex lists the measures under each body that leads them or takes part,
// with the pages that tell of them. Bodies without a measure are in the annex of
// agencies alone.
func (c *composer) indexAnnex() Section {
	t := c.table("agency-index", c.p.T("review.table.agency_index"),
		Column{Title: c.p.T("review.column.measure"), Weight: 52}, Column{Title: c.p.T("review.column.part"), Weight: 20},
		Column{Title: c.p.T("review.column.objective_page"), Weight: 34})
	t.Compact = true
	agencies := slices.Clone(c.agencies)
	i18n.Sort(c.p, agencies, func(a objectives.Agency) string { return c.in(a.Name) })
	for _, a := range agencies {
		c.indexed(&t, []Run{{Text: c.in(a.Name), Link: "#agency-" + a.Code}}, func(m objectives.Measure) string { return partOf(m, a) })
	}
	c.indexed(&t, Text(c.p.T("review.index.unled")), func(m objectives.Measure) string {
		if m.LeadAgency == nil {
			return "unled"
		}
		return ""
	})
	t.Source = c.sourceTitle()
	return c.annex("agency-index", Para(c.p.T("review.annex.agency-index.text")), t)
}

// partOf is what a body does in a measure: "lead", "partner" or nothing.
func partOf(m objectives.Measure, a objectives.Agency) string {
	if m.LeadAgency != nil && m.LeadAgency.ID == a.ID {
		return "lead"
	}
	if slices.ContainsFunc(m.Partners, func(p objectives.MeasurePartner) bool { return p.AgencyID == a.ID }) {
		return "partner"
	}
	return ""
}

// indexed adds a group of rows: the measures that a body has a part in, those
// that it leads first.
func (c *composer) indexed(t *Table, head []Run, part func(objectives.Measure) string) {
	var rows []Row
	for _, p := range []string{"lead", "partner", "unled"} {
		var list []objectives.Measure
		for _, m := range c.measures {
			if part(m) == p {
				list = append(list, m)
			}
		}
		i18n.Sort(c.p, list, func(m objectives.Measure) string { return c.in(m.Title) })
		for _, m := range list {
			words := "—"
			if p != "unled" {
				words = c.p.T("review.index." + p)
			}
			rows = append(rows, Row{Cells: []Cell{{Runs: []Run{{Text: c.in(m.Title), Link: "#measure-" + m.Code}}},
				{Runs: Text(words)}, {Runs: c.whereTold(m)}}})
		}
	}
	if len(rows) > 0 {
		t.Rows = append(append(t.Rows, Row{Head: true, Cells: []Cell{{Runs: head}}}), rows...)
	}
}

// whereTold is where a measure is told of: each objective's table with its page, or
// the one of the measures that serve all of them.
func (c *composer) whereTold(m objectives.Measure) []Run {
	if m.CrossCutting() {
		return []Run{{Text: c.p.T("review.index.all"), Link: "#table-measures-all"}, {Text: ", "}, {Text: "…", PageOf: "table-measures-all", Link: "#table-measures-all"}}
	}
	var out []Run
	for _, o := range c.objectives {
		if _, ok := linkTo(m, o.Number); !ok {
			continue
		}
		if len(out) > 0 {
			out = append(out, Run{Text: "; "})
		}
		anchor := "table-measures-" + two(o.Number)
		out = append(out, Run{Text: strconv.Itoa(o.Number), Link: "#" + anchor}, Run{Text: ", "}, Run{Text: "…", PageOf: anchor, Link: "#" + anchor})
	}
	return out
}
