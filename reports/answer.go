package reports

import (
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// answer is what the review says to a question.
type answer struct {
	own     bool         // people wrote it; it stands instead of what follows
	missing []AnswerKind // of the question, on which the review says nothing
	blocks  []Block
}

// silent reports whether there is no answer.
func (a *answer) silent(q *Question) bool { return !a.own && len(a.missing) == len(q.Answers) }

// ownAnswer is what people wrote as the answer to a question, where it stands: in
// the questionnaire of a published review only once it is cleared.
func (r *Review) ownAnswer(q *Question, lang string) *ReviewSection {
	text := r.Section(q.Section(), lang)
	if text == nil || text.Body == "" || r.State == Published && text.State != Cleared {
		return nil
	}
	return text
}

// answer answers a question: in people's own words where there are any, else from
// what the review says in the places that the question names.
func (c *composer) answer(q *Question) answer {
	if c.review.ownAnswer(q, c.p.Lang()) != nil {
		return answer{own: true, blocks: c.narrative(q.Section()).flat()}
	}
	makers := map[AnswerKind]func(*Question) []Block{
		AnswerText: c.answerText, AnswerAssessments: c.answerAssessments, AnswerMeasures: c.answerMeasures, AnswerFigures: c.answerFigures,
		AnswerChallenges: c.answerChallenges, AnswerSupport: c.answerSupport, AnswerPromises: c.answerPromises,
	}
	var out answer
	silence := Callout{Tone: Gap, Title: c.p.T("questionnaire.silence")}
	for _, kind := range AnswerKinds {
		if !q.Has(kind) {
			continue
		}
		if blocks := makers[kind](q); len(blocks) > 0 {
			out.blocks = append(out.blocks, blocks...)
		} else {
			out.missing = append(out.missing, kind)
			silence.Blocks = append(silence.Blocks, Para(c.p.T("questionnaire.silence."+string(kind))))
		}
	}
	if len(silence.Blocks) > 0 {
		out.blocks = append(out.blocks, silence)
	}
	return out
}

// objectivesOf lists the objectives that a question names.
func (c *composer) objectivesOf(q *Question) []objectives.Objective {
	return slices.DeleteFunc(slices.Clone(c.objectives), func(o objectives.Objective) bool { return !slices.Contains(q.Objectives, o.Number) })
}

// numbered is an objective's number and short title, as it heads a part of an answer.
func (c *composer) numbered(o objectives.Objective) string {
	return c.p.T("objective.title", o.Number, c.in(o.ShortTitle))
}

// answerText is what the review says in the sections and chapters of a question.
// Its invitations to the working group are no answer and stay out.
func (c *composer) answerText(q *Question) []Block {
	type source struct{ section, title string }
	var sources []source
	for _, s := range q.Sections {
		sources = append(sources, source{s, c.titleOf(s)})
	}
	for _, o := range c.objectivesOf(q) {
		sources = append(sources, source{ObjectiveSection(o.Number), c.numbered(o)})
	}
	var out []Block
	var without []string
	for _, from := range sources {
		var told narrative
		if text := c.review.Section(from.section, c.p.Lang()); text != nil && text.Body != "" {
			told = c.narrative(from.section)
		}
		blocks := uninvited(told.Lead)
		for _, part := range told.Parts {
			style := Subhead
			if len(sources) > 1 {
				style = Label // below the title of its source
			}
			if rest := uninvited(part.Blocks); len(rest) > 0 {
				blocks = append(append(blocks, Paragraph{Style: style, Runs: Text(part.Title)}), rest...)
			}
		}
		if len(blocks) == 0 {
			without = append(without, from.title)
			continue
		}
		if len(sources) > 1 {
			out = append(out, Paragraph{Style: Subhead, Runs: Text(from.title)})
		} else {
			out = append(out, Paragraph{Style: Small, Runs: Text(c.p.T("questionnaire.from", from.title))})
		}
		out = append(out, blocks...)
	}
	if len(out) > 0 && len(without) > 0 {
		out = append(out, Paragraph{Style: Small, Runs: Text(c.p.T("questionnaire.without_text", strings.Join(without, "; ")))})
	}
	return out
}

// titleOf is the title of a section in the review's outline, or the usual one.
func (c *composer) titleOf(section string) string {
	for _, item := range c.review.Items() {
		if title := c.in(item.Title); item.Section == section && title != "" {
			return title
		}
	}
	return c.p.T("review.section." + section)
}

// uninvited is a text without its invitations to write more.
func uninvited(blocks []Block) []Block {
	return slices.DeleteFunc(slices.Clone(blocks), func(b Block) bool {
		box, ok := b.(Callout)
		return ok && box.Tone == Invite
	})
}

// answerAssessments is a table of where the objectives stand, and why.
func (c *composer) answerAssessments(q *Question) []Block {
	var rows []Row
	for _, o := range c.objectivesOf(q) {
		level, reason := Text(c.p.T("review.not_assessed")), []Run(nil)
		if a, ok := judgedFor(c.judged.now, o.Number); ok {
			level, reason = Text(levelName(c.p, a.Level)), c.reasoned(a)
		}
		rows = append(rows, Row{Cells: []Cell{{Runs: Text(c.numbered(o))}, {Runs: level}, {Runs: reason}}})
	}
	if !slices.ContainsFunc(rows, func(r Row) bool { return r.Cells[2].Runs != nil }) {
		return nil
	}
	t := c.table("assessed", c.p.T("review.table.assessments"),
		Column{Title: c.p.T("review.column.objective"), Weight: 30}, Column{Title: c.p.T("review.column.level"), Weight: 24}, Column{Title: c.p.T("questionnaire.column.reason"), Weight: 46})
	t.Rows, t.Notes = rows, Text(c.p.T("review.note.levels"))
	return []Block{t}
}

// answerMeasures is a table of the measures of the objectives, then those that
// serve all of them.
func (c *composer) answerMeasures(q *Question) []Block {
	t := c.measureTable("measures", c.p.T("questionnaire.measures"))
	head := func(words string) { t.Rows = append(t.Rows, Row{Head: true, Cells: []Cell{{Runs: Text(words)}}}) }
	var without []objectives.Objective
	var said []string
	for _, o := range c.objectivesOf(q) {
		list := c.measuresOf(o.Number)
		if len(list) == 0 {
			without = append(without, o)
			continue
		}
		head(c.numbered(o))
		t.Rows = append(t.Rows, c.measureRows(list, o)...)
		if marks := c.marks(list, o); len(marks) > 0 && !slices.Contains(said, plain(marks)) {
			said = append(said, plain(marks))
			if len(t.Notes) > 0 {
				t.Notes = append(t.Notes, Run{Text: " "})
			}
			t.Notes = append(t.Notes, marks...)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	if all := c.crossCutting(); len(all) > 0 {
		head(c.p.T("review.table.cross_cutting"))
		t.Rows = append(t.Rows, c.measureRows(all, c.objectivesOf(q)[0])...)
	}
	t.Source = c.sourceTitle()
	out := []Block{t}
	if len(without) > 0 {
		out = append(out, Paragraph{Style: Small, Runs: Text(c.p.T("questionnaire.without_measure", numbersOf(without)))})
	}
	return out
}

// answerFigures is a table of the indicators with their values.
func (c *composer) answerFigures(q *Question) []Block {
	var list []indicators.Indicator
	for _, i := range c.indicators {
		if q.Indicators.Has(i.Code) || slices.ContainsFunc(i.Objectives, func(l indicators.IndicatorObjective) bool { return slices.Contains(q.Objectives, l.Objective.Number) }) {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return []Block{c.indicatorTableOf("indicators", c.p.T("questionnaire.figures"), list)}
}

// answerChallenges lists gaps, recommendations and priorities, each once.
func (c *composer) answerChallenges(q *Question) []Block {
	var list []objectives.Challenge
	for _, ch := range c.challenges {
		if slices.ContainsFunc(ch.Objectives, func(l objectives.ChallengeObjective) bool { return slices.Contains(q.Objectives, l.Objective.Number) }) {
			list = append(list, ch)
		}
	}
	return c.challengeLists(list)
}

// answerSupport lists the support that the assessments call for.
func (c *composer) answerSupport(q *Question) []Block {
	var list List
	for _, o := range c.objectivesOf(q) {
		if a, ok := judgedFor(c.judged.now, o.Number); ok && len(a.Support) > 0 {
			list.Items = append(list.Items, Blocks{Paragraph{Runs: []Run{{Text: c.numbered(o) + ". ", Bold: true}, c.foreign(a.Support)}}})
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []Block{Paragraph{Style: Label, Runs: Text(c.p.T("questionnaire.support"))}, list}
}

// answerPromises is a table of what the review promises.
func (c *composer) answerPromises(q *Question) []Block {
	return c.promiseTable(slices.DeleteFunc(slices.Clone(c.judged.promises), func(p Promise) bool {
		return len(q.Objectives) > 0 && p.Objective != nil && !slices.Contains(q.Objectives, p.Objective.Number)
	}))
}

// question is a question with its answer, as a section of the questionnaire.
func (c *composer) question(q *Question, number int) (Section, answer) {
	said := c.answer(q)
	return Section{ID: q.Section(), Number: strconv.Itoa(number), Title: c.in(q.Text), Short: c.p.T("questionnaire.question", number), Blocks: said.blocks}, said
}
