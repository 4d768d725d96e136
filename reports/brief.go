package reports

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/objectives"
)

// A brief is what a State's speaker carries into a round table of the forum: a page
// of where the State stands on the objectives of the table, and a page of notes to
// speak from.

// BriefSection names the text of a review's people for the brief of a round table:
// "brief-2". It is no section of the review: neither its documents nor what its
// bodies sign have it.
func BriefSection(table int) string { return "brief-" + strconv.Itoa(table) }

// BriefProfile names the brief of a round table among the documents of a review.
func BriefProfile(table int) Profile { return Profile(BriefSection(table)) }

var briefName = regexp.MustCompile(`^brief-([1-9])$`)

// BriefTable returns the round table that a profile or a section names; false for
// any other.
func BriefTable[S ~string](name S) (table int, ok bool) {
	m := briefName.FindStringSubmatch(string(name))
	if m == nil {
		return 0, false
	}
	table, err := strconv.Atoi(m[1])
	return table, err == nil
}

// SpeakFrom returns a brief as its speaker has it: with the notes that the State's
// people wrote for the round table, where they did in its language, in place of
// those that Compose drew from the review. Without any it is as it was.
func SpeakFrom(ctx context.Context, stores Stores, cycle string, brief Document, table int) (Document, error) {
	m, err := gather(ctx, stores, cycle)
	if err != nil {
		return brief, err
	}
	if text := m.review.Section(BriefSection(table), brief.Lang); text == nil || text.Body == "" {
		return brief, nil
	}
	c, t, err := m.briefing(brief.Lang, table)
	if err != nil {
		return brief, err
	}
	brief.Sections = slices.Clone(brief.Sections)
	brief.Sections[len(brief.Sections)-1] = c.speech(t, true)
	return brief, errors.Join(c.faults...)
}

// table finds a round table by its number.
func (m *material) table(number int) (objectives.RoundTable, bool) {
	i := slices.IndexFunc(m.tables, func(t objectives.RoundTable) bool { return t.Number == number })
	if i < 0 {
		return objectives.RoundTable{}, false
	}
	return m.tables[i], true
}

// briefing is a composer of the brief of a round table.
func (m *material) briefing(lang string, table int) (*composer, objectives.RoundTable, error) {
	t, ok := m.table(table)
	if !ok {
		return nil, t, fault.New(fault.NotFound, "error.not_found", "there is no round table %d", table)
	}
	p, err := m.printerFor(lang)
	return &composer{material: m, p: p, profile: BriefProfile(table), home: m.homes(), figures: map[string]string{}, charts: map[toldChart]string{}}, t, err
}

// brief is the brief of a round table with notes drawn from the review.
func (m *material) brief(lang string, table int) (Document, error) {
	c, t, err := m.briefing(lang, table)
	if err != nil {
		return Document{}, err
	}
	title := c.p.T("brief.title", strconv.Itoa(table))
	doc := Document{
		Lang: lang, Title: title, Author: c.in(c.review.Author), Subject: c.p.T("review.subject"), Keywords: []string{"GCM", "A/RES/73/195", c.in(c.country.Name)},
		Date: c.cutoff, Running: c.p.T("review.running", c.in(c.country.Name), c.review.Cycle.Code), Terms: c.words(), Short: true,
		Cover: Cover{
			State: c.in(c.country.Name), Title: title, Subtitle: c.p.T("brief.objectives", numbersOf(t.Objectives)),
			Edition: c.p.T("extract.edition", c.p.Period(c.review.Cycle.Cutoff)), Notice: paragraphs(c.in(c.review.Notice)),
		},
	}
	doc.Sections = []Section{c.position(t, doc.Cover), c.speech(t, false)}
	return doc, errors.Join(c.faults...)
}

// mostKinds is how many kinds of points an objective has: where it is judged to
// stand, measures, figures, challenges, the support that is needed.
const mostKinds = 5

// points are what a row of the first page says of one kind: as many as there is
// room for, the others counted.
type points struct {
	head  string
	items []string
	notes []origin // of figures, for the footnote
	whole bool     // the head says enough without them
	shown int
	full  bool // the next has no room
}

// position is the first page: a row for each objective.
func (c *composer) position(t objectives.RoundTable, cover Cover) Section {
	s := Section{ID: "position", Title: c.p.T("brief.position"), Short: c.p.T("brief.position")}
	table := Table{ID: "table-position", Columns: []Column{{Title: c.p.T("review.column.objective"), Weight: 21}, {Title: c.p.T("brief.column"), Weight: 79}}}
	remark := c.choice(t)
	rows := make([][]points, len(t.Objectives))
	for i, o := range t.Objectives {
		rows[i] = c.pointsOf(o)
	}
	fixed := headHeight(cover) + sectionBefore + sectionHeight + columnsHeight + high(c.p.T("review.note")+" "+remark, remarkSize, remarkStep, 8, false)
	c.fit(t.Objectives, rows, shortHeight-fixed)
	for i, o := range t.Objectives {
		row := Row{Cells: []Cell{{Runs: []Run{{Text: c.objectiveName(o), Bold: true}}}}}
		for _, p := range rows[i] {
			if runs := c.pointed(p); runs != nil {
				row.Cells = append(row.Cells, Cell{Runs: runs})
			}
		}
		table.Rows = append(table.Rows, row)
	}
	table.Notes = Text(remark)
	s.Blocks = Blocks{table}
	return s
}

// objectiveName is the number and the short title of an objective.
func (c *composer) objectiveName(o objectives.Objective) string {
	return strconv.Itoa(o.Number) + ".\u00a0" + c.in(o.ShortTitle)
}

// fit shows points in turns, the first of each kind, objective by objective, then
// the second ones, as long as the page has room.
func (c *composer) fit(of []objectives.Objective, rows [][]points, room float64) {
	for again := true; again; {
		again = false
		for k := range mostKinds {
			for i := range rows {
				if k >= len(rows[i]) || rows[i][k].full || rows[i][k].shown == len(rows[i][k].items) {
					continue
				}
				p := &rows[i][k]
				p.shown++
				if c.rowsHeight(of, rows) > room {
					p.shown--
					p.full = true
					continue
				}
				again = true
			}
		}
	}
}

// rowsHeight is the height of the rows as they are shown, with the footnotes.
func (c *composer) rowsHeight(of []objectives.Objective, rows [][]points) float64 {
	const left, right = shortWidth*0.21 - 10, shortWidth*0.79 - 10
	h, notes := 0.0, 0.0
	for i, o := range of {
		beside := 0
		for _, p := range rows[i] {
			runs := c.pointed(p)
			beside += setLines(plain(runs), cellSize*1.02, right, false) // the head is bold
			if note := c.pointNote(p); note != "" {
				notes += high("00 "+note, 8.5*serifs, noteStep, 2.5, false)
			}
		}
		h += float64(max(beside, setLines(c.objectiveName(o), cellSize, left, true)))*cellStep + cellAround
	}
	if notes > 0 {
		notes += 13
	}
	return h + notes
}

// pointed is what a kind of points says; nil where it says nothing.
func (c *composer) pointed(p points) []Run {
	if p.head == "" {
		return Text(strings.Join(p.items, " ")) // a sentence of its own
	}
	said, rest := strings.Join(p.items[:p.shown], "; "), len(p.items)-p.shown
	runs := []Run{{Text: p.head + " ", Bold: true}}
	if note := c.pointNote(p); note != "" {
		runs = append(runs, Run{Text: said}, Run{Note: Text(note)})
	} else if said != "" {
		runs = append(runs, Run{Text: said})
	}
	switch {
	case rest == 0:
		return append(runs, Run{Text: "."})
	case p.whole:
		return runs
	case said == "":
		return append(runs, Run{Text: c.p.T("brief.counted", rest) + "."})
	}
	return append(runs, Run{Text: "; " + c.p.T("brief.more", rest) + "."})
}

func (c *composer) pointNote(p points) string {
	if p.shown == 0 || len(p.notes) == 0 {
		return ""
	}
	var said []string
	for i, note := range p.notes[:p.shown] {
		if slices.ContainsFunc(p.notes[:i], func(o origin) bool { return o.who == note.who }) {
			continue
		}
		var at []int
		for _, o := range p.notes[:p.shown] {
			if o.who == note.who {
				at = append(at, o.at...)
			}
		}
		said = append(said, note.who+c.at(at))
	}
	return strings.Join(said, "; ") + "."
}

// origin is who made a figure, and where in the source it stands.
type origin struct {
	who string
	at  []int
}

// pointsOf are the points on an objective: where it is judged to stand, measures,
// figures, challenges, the support that is needed. Where there is nothing at all,
// one sentence says so.
func (c *composer) pointsOf(o objectives.Objective) []points {
	var out []points
	judged, ok := judgedFor(c.judged.now, o.Number)
	switch {
	case ok:
		head := c.p.T("review.assessment", levelName(c.p, judged.Level)) + "."
		out = append(out, points{head: head, items: []string{untied(c.foreign(judged.Reason).Text)}, whole: true})
	case len(c.judged.now) > 0:
		out = append(out, points{items: []string{c.p.T("review.assessment", c.p.T("review.not_assessed")) + "."}, shown: 1})
	}
	measures, figures, challenges := c.measurePoints(o), c.figurePoints(o), c.challengePoints(o)
	if len(measures.items)+len(figures.items)+len(challenges.items) == 0 && !ok {
		return append(out, points{items: []string{c.p.T("brief.none")}, shown: 1})
	}
	for _, kind := range []struct {
		points
		silence string
	}{{measures, "review.none.measures"}, {figures, "review.none.indicators"}, {challenges, "review.none.challenges"}} {
		if len(kind.items) == 0 {
			kind.points = points{items: []string{c.p.T(kind.silence)}, shown: 1}
		}
		out = append(out, kind.points)
	}
	if support := untied(c.foreign(judged.Support).Text); support != "" {
		out = append(out, points{head: c.p.T("review.assessment.support"), items: []string{support}})
	}
	return out
}

// untied is a text that goes on in a sentence.
func untied(s string) string { return strings.TrimSuffix(strings.TrimSpace(s), ".") }

// measurePoints are the measures of an objective: first those whose link the source
// states, then by rank, then by what has come furthest.
func (c *composer) measurePoints(o objectives.Objective) points {
	list := c.measuresOf(o.Number)
	bases := []objectives.Basis{objectives.Stated, objectives.Inferred}
	ranks := []objectives.Rank{objectives.Primary, objectives.Unsaid, objectives.Secondary}
	slices.SortStableFunc(list, func(a, b objectives.Measure) int {
		x, _ := linkTo(a, o.Number)
		y, _ := linkTo(b, o.Number)
		return cmp.Or(
			slices.Index(bases, x.Basis)-slices.Index(bases, y.Basis),
			slices.Index(ranks, x.Rank)-slices.Index(ranks, y.Rank),
			slices.Index(objectives.Statuses, a.StatusAt(c.cutoff))-slices.Index(objectives.Statuses, b.StatusAt(c.cutoff)),
		)
	})
	p := points{head: c.p.T("review.measures") + ":"}
	for _, m := range list {
		p.items = append(p.items, c.in(m.Title)+" ("+c.standingOf(m)+")")
	}
	return p
}

// figurePoints are the latest values of an objective's indicators, the newest
// first; what is no statistic of the State stands behind those that are.
func (c *composer) figurePoints(o objectives.Objective) points {
	type latest struct {
		indicators.Indicator
		at indicators.Observation
	}
	var list []latest
	for _, i := range c.indicatorsOf(o.Number) {
		if at, ok := latestOf(i); ok {
			list = append(list, latest{i, at})
		}
	}
	kinds := []indicators.FigureType{indicators.Statistic, indicators.ServiceStandard, indicators.LegalParameter, indicators.ExternalContext}
	slices.SortStableFunc(list, func(a, b latest) int {
		return cmp.Or(slices.Index(kinds, a.FigureType)-slices.Index(kinds, b.FigureType), b.at.Period.Last().Compare(a.at.Period.Last()))
	})
	p := points{head: c.p.T("brief.figures")}
	for _, l := range list {
		said := c.in(l.Name)
		if l.FigureType == indicators.ExternalContext {
			said += " (" + c.p.T("brief.context") + ")"
		}
		value, separator := c.cell(l.Indicator, l.at, indicators.FormatWithUnit(c.p, l.at)), ": "
		if strings.Contains(value, ": ") {
			separator = ", "
		}
		p.items = append(p.items, said+separator+value)
		p.notes = append(p.notes, origin{c.maker(l.Indicator), offsetsOf(l.at.Quotes)})
	}
	return p
}

// maker names who made a figure, as far as the source says.
func (c *composer) maker(i indicators.Indicator) string {
	if own := c.foreign(i.DataSource).Text; own != "" {
		return untied(own)
	}
	return c.p.T("review.origin_not_named")
}

// latestOf is the value of an indicator with the latest period that may be shown,
// the total before its parts. What has no period comes last.
func latestOf(i indicators.Indicator) (indicators.Observation, bool) {
	var found indicators.Observation
	ok := false
	for _, o := range i.Observations {
		if o.Value == nil || o.Hidden {
			continue
		}
		newer := o.Period.Last().Compare(found.Period.Last())
		if !ok || newer > 0 || newer == 0 && len(o.Breakdown) < len(found.Breakdown) {
			found, ok = o, true
		}
	}
	return found, ok
}

// challengePoints are the gaps that the source names, then its priorities and
// recommendations.
func (c *composer) challengePoints(o objectives.Objective) points {
	p := points{head: c.p.T("brief.challenges")}
	list := c.challengesOf(o.Number)
	if judged, ok := judgedFor(c.judged.now, o.Number); ok {
		if own := untied(c.foreign(judged.Challenges).Text); own != "" {
			p.items = append(p.items, own)
		}
	}
	for _, kind := range []objectives.ChallengeKind{objectives.Gap, objectives.Priority, objectives.Recommendation} {
		for _, ch := range list {
			if ch.Kind != kind {
				continue
			}
			said := untied(c.foreign(ch.Statement).Text)
			if kind != objectives.Gap {
				said = c.p.T("brief."+string(kind)) + " " + said
			}
			p.items = append(p.items, said)
		}
	}
	return p
}

// choice says how the first page was chosen and where the rest stands.
func (c *composer) choice(t objectives.RoundTable) string {
	said := c.p.T("brief.choice", c.chapters(t))
	if len(c.judged.now) == 0 {
		said = c.p.T("brief.unassessed") + " " + said
	}
	return said
}

// chapters names the chapters of the objectives of a round table: "3.4, 3.8".
func (c *composer) chapters(t objectives.RoundTable) string {
	var list []string
	for _, o := range t.Objectives {
		list = append(list, c.chapterNumber(o))
	}
	return strings.Join(list, ", ")
}

// chapterNumber is the number of an objective's chapter in the review.
func (c *composer) chapterNumber(o objectives.Objective) string {
	chapters := 0
	for _, item := range c.review.Items() {
		if !item.Unnumbered {
			chapters++
		}
		if item.Section == SectionObjectives && !item.Unnumbered {
			return strconv.Itoa(chapters) + "." + strconv.Itoa(o.Number)
		}
	}
	return strconv.Itoa(o.Number)
}
