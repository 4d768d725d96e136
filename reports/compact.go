package reports

import (
	"regexp"
	"strconv"
	"strings"

	"gcm/objectives"
)

// compactTexts are the sections whose whole text the compact profile prints.
var compactTexts = []string{"about", "key-messages", "next-steps"}

// compact lists the sections of the compact profile: about ten pages, in which
// each objective has a row instead of a chapter.
func (c *composer) compact() []Section {
	progress := c.told("objectives", "1", true)
	progress.Blocks = []Block{Para(c.p.T("review.overview")), c.overview(), c.crossCuttingList()}
	return []Section{
		c.told("about", "", true),
		c.withFacts(c.told("key-messages", "", false)),
		progress,
		c.told("next-steps", "2", false),
	}
}

// overview has a row for each objective: what the data hold and the first
// sentence of its narrative.
func (c *composer) overview() Table {
	t := c.table("overview", c.p.T("review.table.glance"),
		Column{Title: "№", Weight: 5, Align: Right}, Column{Title: c.p.T("review.column.objective"), Weight: 32},
		Column{Title: c.p.T("review.measures"), Weight: 19}, Column{Title: c.p.T("review.column.standing"), Weight: 44})
	for _, o := range c.objectives {
		id := "objective-" + two(o.Number)
		t.Rows = append(t.Rows, Row{ID: id, Cells: []Cell{
			{Runs: Text(strconv.Itoa(o.Number))}, {Runs: []Run{{Text: c.in(o.Title), Bold: true}}},
			{Runs: Text(c.statuses(o))}, {Runs: c.opening(id)},
		}})
	}
	t.Notes, t.Source = Text(c.p.T("review.note.glance", c.p.Period(c.review.Cycle.Cutoff))), c.sourceTitle()
	return t
}

// statuses counts an objective's measures by status: "6 completed, 12 in progress".
func (c *composer) statuses(o objectives.Objective) string {
	counts := map[objectives.Status]int{}
	for _, m := range c.measuresOf(o.Number) {
		counts[m.StatusAt(c.cutoff)]++
	}
	var parts []string
	for _, status := range objectives.Statuses {
		if n := counts[status]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+"\u00a0"+c.p.T("measure.status."+string(status), n))
		}
	}
	if len(parts) == 0 {
		return "—"
	}
	return strings.Join(parts, ", ")
}

// sentence ends at a full stop that a space or nothing follows.
var sentence = regexp.MustCompile(`[.!?](\s|$)`)

// opening is the first sentence of a section's narrative, with its footnotes.
func (c *composer) opening(section string) []Run {
	for _, b := range c.narrative(section).Lead {
		paragraph, ok := b.(Paragraph)
		if !ok {
			continue
		}
		var out []Run
		for _, r := range paragraph.Runs {
			r.Link = "" // a row has no chapter to lead to
			if end := sentence.FindStringIndex(r.Text); end != nil && len(plain(out))+end[0] > 30 {
				rest := r.Text[end[1]:]
				r.Text = strings.TrimSpace(r.Text[:end[1]])
				out = append(out, r)
				if rest != "" {
					return out
				}
				continue
			}
			if ended(out) && r.Note == nil {
				return out
			}
			out = append(out, r)
		}
		return out
	}
	return Text(c.p.T("review.silence"))
}

// ended reports whether the last words close a sentence; a footnote may follow.
func ended(runs []Run) bool {
	text := strings.TrimSpace(plain(runs))
	return text != "" && strings.ContainsAny(text[len(text)-1:], ".!?")
}
