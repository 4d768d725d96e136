package reports

import (
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// progress is the part with a chapter for each of the objectives.
func (c *composer) progress(number string) Section {
	part := c.told(SectionObjectives, number, true)
	part.Blocks = append(part.Blocks, c.glance(), c.crossCuttingList())
	part.Blocks = append(part.Blocks, c.assessments()...)
	for _, o := range c.objectives {
		part.Sections = append(part.Sections, c.chapter(o, number))
	}
	return part
}

// chapter is what the review says of one objective: the narrative, then what the
// data hold. Where there is nothing, it says so.
func (c *composer) chapter(o objectives.Objective, part string) Section {
	s := Section{
		ID: ObjectiveSection(o.Number), Title: c.in(o.Title),
		Short: c.p.T("review.objective", strconv.Itoa(o.Number)) + ". " + c.in(o.ShortTitle),
	}
	if part != "" {
		s.Number = part + "." + strconv.Itoa(o.Number)
	}
	s.Blocks = append(s.Blocks, c.standing(o))
	s.Blocks = append(s.Blocks, c.assessment(o)...)
	s.Blocks = append(s.Blocks, c.narrative(s.ID).flat()...)
	s.Blocks = append(s.Blocks, c.measureBlocks(o)...)
	s.Blocks = append(s.Blocks, c.indicatorBlocks(o)...)
	s.Blocks = append(s.Blocks, c.challengeBlocks(o)...)
	return s
}

// standing is the line under a chapter's title: where the objective stands in
// the Compact, whether the title is official wording, what the data hold.
func (c *composer) standing(o objectives.Objective) Paragraph {
	wording := "review.title.unofficial"
	if o.Official(c.p.Lang()) {
		wording = "review.title.official"
	}
	runs := []Run{{Text: c.p.T("review.standing", strconv.Itoa(o.Number), strconv.Itoa(o.Paragraph)) + " " + c.p.T(wording) + " "}}
	return Paragraph{Style: Small, Runs: append(runs, c.tally(o).Runs...)}
}

// tally counts what the data hold on an objective.
func (c *composer) tally(o objectives.Objective) Paragraph {
	return Paragraph{Style: Small, Runs: []Run{{Text: strings.Join([]string{
		c.p.T("review.tally.measures", len(c.measuresOf(o.Number))),
		c.p.T("review.tally.indicators", len(c.indicatorsOf(o.Number))),
		c.p.T("review.tally.challenges", len(c.challengesOf(o.Number))),
	}, ", ") + "."}}}
}

func (c *composer) measureBlocks(o objectives.Objective) []Block {
	head := c.subhead("review.measures")
	list := c.measuresOf(o.Number)
	if len(list) == 0 {
		return []Block{head, c.silence("review.none.measures")}
	}
	t := c.measureTable("measures-"+two(o.Number), c.p.T("review.table.measures", strconv.Itoa(o.Number)))
	t.Rows, t.Notes, t.Source = c.measureRows(list, o), c.marks(list, o), c.sourceTitle()
	return []Block{head, t}
}

// measureTable starts a table of measures of objectives.
func (c *composer) measureTable(id, caption string) Table {
	return c.table(id, caption,
		Column{Title: c.p.T("review.column.measure"), Weight: 30}, Column{Title: c.p.T("review.column.action"), Weight: 11},
		Column{Title: c.p.T("review.column.status_dates"), Weight: 20}, Column{Title: c.p.T("review.column.lead"), Weight: 16},
		Column{Title: c.p.T("review.column.link"), Weight: 34})
}

// measureRows are the rows of an objective in it.
func (c *composer) measureRows(list []objectives.Measure, o objectives.Objective) []Row {
	var rows []Row
	for _, m := range list {
		link, _ := linkTo(m, o.Number)
		rows = append(rows, Row{Cells: []Cell{
			{Runs: []Run{{Text: c.in(m.Title), Link: "#measure-" + m.Code}}}, {Runs: Text(actionsOf(m, o))},
			{Runs: Text(c.standingOf(m))}, {Runs: c.lead(m)}, {Runs: c.link(link)},
		}})
	}
	return rows
}

// marks prints the source's own marks below a table, each once: one mark may
// stand for several measures.
func (c *composer) marks(list []objectives.Measure, o objectives.Objective) []Run {
	var out []Run
	var seen []string
	for _, m := range list {
		link, _ := linkTo(m, o.Number)
		if link.Basis != objectives.Stated || len(link.Quotes) == 0 || slices.Contains(seen, link.Quotes[0].Text) {
			continue
		}
		seen = append(seen, link.Quotes[0].Text)
		if len(out) > 0 {
			out = append(out, Run{Text: " "})
		}
		out = append(out, c.quoted(link.Quotes[0])...)
	}
	return out
}

// actionsOf lists the actions of an objective that a measure serves: "20(b), 20(e)".
func actionsOf(m objectives.Measure, o objectives.Objective) string {
	var refs []string
	for _, a := range m.Actions {
		if a.Action.ObjectiveID == o.ID {
			refs = append(refs, a.Action.Ref)
		}
	}
	if len(refs) == 0 {
		return "—"
	}
	return strings.Join(refs, ", ")
}

// standingOf is a measure's status at the cut-off with its dates.
func (c *composer) standingOf(m objectives.Measure) string {
	status := c.p.T("measure.status." + string(m.StatusAt(c.cutoff)))
	if dates := m.Dates(c.p); dates != "" {
		return status + ", " + dates
	}
	return status
}

func (c *composer) lead(m objectives.Measure) []Run {
	if m.LeadAgency == nil {
		return Text(c.p.T("review.not_named"))
	}
	return []Run{{Text: c.agencyName(*m.LeadAgency), Link: "#agency-" + m.LeadAgency.Code}}
}

// agencyName prefers the short name in tables; the annex has the whole one.
func (c *composer) agencyName(a objectives.Agency) string {
	if short := a.Acronyms[c.p.Lang()]; len(short) > 0 {
		return typography(c.p.Lang(), short[0])
	}
	return c.in(a.Name)
}

// link words a mapping: stated (the source's own mark stands below the table),
// or inferred with the reason.
func (c *composer) link(m objectives.Mapping) []Run {
	words := c.p.T("mapping.basis." + string(m.Basis))
	if m.Rank != objectives.Unsaid {
		words += ", " + c.p.T("mapping.rank."+string(m.Rank))
	}
	runs := []Run{{Text: words, Bold: m.Basis == objectives.Stated}}
	if reason := c.foreign(m.Reason); reason.Text != "" {
		runs[0].Text += ": "
		runs = append(runs, reason)
	}
	return runs
}

// quoted is a passage of the source with its place, in the source's language.
func (c *composer) quoted(q objectives.Quote) []Run {
	lang := ""
	if s, ok := record(c.sources, q.Source, func(s objectives.Source) string { return s.Code }); ok && s.Language != c.p.Lang() {
		lang = s.Language
	}
	return []Run{
		{Text: c.p.T("review.quoted") + " "}, {Text: "«" + strings.TrimSpace(q.Text) + "»", Lang: lang},
		{Text: c.place(objectives.Quotes{q}) + "."},
	}
}

func (c *composer) challengeBlocks(o objectives.Objective) []Block {
	head := c.subhead("review.challenges")
	list := c.challengesOf(o.Number)
	if len(list) == 0 {
		return []Block{head, c.silence("review.none.challenges")}
	}
	return append([]Block{head}, c.challengeLists(list)...)
}

// challengeLists are challenges by their kind.
func (c *composer) challengeLists(list []objectives.Challenge) []Block {
	var out []Block
	for _, kind := range []objectives.ChallengeKind{objectives.Gap, objectives.Recommendation, objectives.Priority} {
		items := List{}
		for _, ch := range list {
			if ch.Kind == kind {
				items.Items = append(items.Items, []Block{Paragraph{Runs: c.statement(ch)}})
			}
		}
		if len(items.Items) > 0 {
			out = append(out, Paragraph{Style: Label, Runs: Text(c.p.T("challenges.kind." + string(kind)))}, items)
		}
	}
	return out
}

// statement is a challenge with its place in the source, inside the sentence.
func (c *composer) statement(ch objectives.Challenge) []Run {
	run := c.foreign(ch.Statement)
	run.Text = strings.TrimSuffix(run.Text, ".")
	return []Run{run, {Text: c.place(ch.Quotes) + "."}}
}

// crossCuttingList lists the measures that serve all objectives, once.
func (c *composer) crossCuttingList() Block {
	t := c.table("measures-all", c.p.T("review.table.cross_cutting"),
		Column{Title: c.p.T("review.column.measure"), Weight: 40}, Column{Title: c.p.T("review.column.status_dates"), Weight: 26},
		Column{Title: c.p.T("review.column.link"), Weight: 38})
	for _, m := range c.crossCutting() {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Runs: []Run{{Text: c.in(m.Title), Link: c.inFull(true, "#measure-"+m.Code)}}},
			{Runs: Text(c.standingOf(m))}, {Runs: c.link(m.Objectives[0].Mapping)},
		}})
	}
	t.Notes, t.Source = c.marks(c.crossCutting(), c.objectives[0]), c.sourceTitle()
	return t
}

// glance is the table of all objectives with what the data hold on each.
func (c *composer) glance() Table {
	columns := []Column{{Title: "№", Weight: 6, Align: Right}, {Title: c.p.T("review.column.objective"), Weight: 38}}
	for _, s := range []string{"measures", "completed", "in_progress", "delayed", "planned", "stated", "indicators", "challenges"} {
		columns = append(columns, Column{Title: c.p.T("review.column.glance." + s), Weight: 7, Align: Right, Turned: true})
	}
	t := c.table("glance", c.p.T("review.table.glance"), columns...)
	for _, o := range c.objectives {
		counts := map[objectives.Status]int{}
		stated := 0
		for _, m := range c.measuresOf(o.Number) {
			counts[m.StatusAt(c.cutoff)]++
			if link, _ := linkTo(m, o.Number); link.Basis == objectives.Stated {
				stated++
			}
		}
		cells := []Cell{{Runs: Text(strconv.Itoa(o.Number))}, {Runs: []Run{{Text: c.in(o.ShortTitle), Link: "#objective-" + two(o.Number)}}}}
		for _, n := range []int{
			len(c.measuresOf(o.Number)), counts[objectives.Completed], counts[objectives.InProgress], counts[objectives.Delayed],
			counts[objectives.Planned], stated, len(c.indicatorsOf(o.Number)), len(c.challengesOf(o.Number)),
		} {
			cells = append(cells, Cell{Runs: Text(countOrDash(n))})
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	t.Notes = Text(c.p.T("review.note.glance", c.p.Period(c.review.Cycle.Cutoff)))
	return t
}

// countOrDash prints none as a dash: easier to find in a table than a zero.
func countOrDash(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

// withFacts puts a strip of counts before a section's text.
func (c *composer) withFacts(s Section) Section {
	observations, _ := c.count(Reference{Code: "observations"})
	stated, _ := c.count(Reference{Code: "measures", Breakdown: indicators.Breakdown{"basis": string(objectives.Stated)}})
	facts := Facts{}
	for _, f := range []struct {
		n   int
		key string
	}{{len(c.measures), "measures"}, {stated, "stated"}, {len(c.indicators), "indicators"}, {observations, "observations"}, {len(c.challenges), "challenges"}} {
		facts.Items = append(facts.Items, Fact{Value: strconv.Itoa(f.n), Label: c.p.T("review.fact."+f.key, f.n)})
	}
	s.Blocks = append([]Block{facts}, s.Blocks...)
	return s
}

func (c *composer) subhead(key string) Paragraph {
	return Paragraph{Style: Subhead, Runs: Text(c.p.T(key))}
}

// silence says that the source holds nothing.
func (c *composer) silence(key string) Callout {
	return Callout{Tone: Gap, Title: c.p.T("review.silence"), Blocks: []Block{Para(c.p.T(key))}}
}

// table starts a numbered table.
func (c *composer) table(id, caption string, columns ...Column) Table {
	c.tables++
	return Table{ID: "table-" + id, Number: strconv.Itoa(c.tables), Caption: Text(caption), Columns: columns}
}

// sourceTitle names the documents that the data come from.
func (c *composer) sourceTitle() []Run {
	var out []Run
	for i, s := range c.sources {
		if i > 0 {
			out = append(out, Run{Text: "; "})
		}
		out = append(out, c.foreign(s.Title))
	}
	return out
}
