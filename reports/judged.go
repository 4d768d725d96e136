package reports

import (
	"context"
	"slices"
	"strconv"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// judged is what people judge in a review: where objectives stand, now and at
// the last review, what is promised, and what became of what was promised.
type judged struct {
	now, before []Assessment
	last        *Review
	promises    []Promise // of this review
	due         []Promise // of the last one, with what this one says of them
}

// readJudged reads what people judge in the review.
func (m *material) readJudged(ctx context.Context, s *Store) (err error) {
	if m.judged.now, err = s.Assessments(ctx, m.review.ID); err != nil {
		return err
	}
	if m.judged.promises, err = s.Promises(ctx, m.review.ID); err != nil {
		return err
	}
	if m.judged.last, err = s.Before(ctx, m.review.Cycle.Code); err != nil || m.judged.last == nil {
		return err
	}
	if m.judged.before, err = s.Cleared(ctx, m.judged.last.ID); err != nil {
		return err
	}
	m.judged.due, err = s.Promises(ctx, m.judged.last.ID)
	return err
}

// judgedFor returns the assessment of an objective.
func judgedFor(list []Assessment, number int) (Assessment, bool) {
	i := slices.IndexFunc(list, func(a Assessment) bool { return a.Objective.Number == number })
	if i < 0 {
		return Assessment{}, false
	}
	return list[i], true
}

// levelMarks stand before the words of a level, so that it is told by more than
// words and colour.
var levelMarks = map[Level]string{RequiresProgress: "●○○○", PartiallyMeets: "●●○○", Meets: "●●●○", FullyMeets: "●●●●"}

// Mark is the sign of a level: "●●●○".
func (l Level) Mark() string { return levelMarks[l] }

// levelName words a level: "●●●○ Meets".
func levelName(p *i18n.Printer, l Level) string {
	return l.Mark() + "\u00a0" + p.T("assessment.level."+string(l))
}

// assessment is the box of an objective's chapter: the level with its reason, how
// it was at the last review, challenges and what is needed. Nothing without an
// assessment.
func (c *composer) assessment(o objectives.Objective) []Block {
	a, ok := judgedFor(c.judged.now, o.Number)
	if !ok {
		return nil
	}
	box := Callout{Tone: Notice, Title: c.p.T("review.assessment", levelName(c.p, a.Level))}
	if was, ok := judgedFor(c.judged.before, o.Number); ok {
		box.Blocks = append(box.Blocks, Paragraph{Style: Small, Runs: Text(c.compared(a, was))})
	}
	box.Blocks = append(box.Blocks, Paragraph{Runs: c.reasoned(a)})
	for _, more := range []struct {
		key  string
		text i18n.Text
	}{{"review.assessment.challenges", a.Challenges}, {"review.assessment.support", a.Support}} {
		if run := c.foreign(more.text); run.Text != "" {
			box.Blocks = append(box.Blocks, Paragraph{Runs: []Run{{Text: c.p.T(more.key) + " ", Bold: true}, run}})
		}
	}
	return []Block{box}
}

// reasoned is the reason of an assessment with its evidence as a footnote.
func (c *composer) reasoned(a Assessment) []Run {
	runs := []Run{c.foreign(a.Reason)}
	if len(a.Evidence) > 0 {
		note, err := c.citeAll(a.Evidence)
		if err != nil {
			c.fail(err)
		}
		runs = append(runs, Run{Note: note})
	}
	return runs
}

// compared says how a level stands beside that of the last review.
func (c *composer) compared(now, was Assessment) string {
	words := "review.assessment.same"
	switch slices.Index(Levels, now.Level) - slices.Index(Levels, was.Level) {
	case 1, 2, 3:
		words = "review.assessment.higher"
	case -1, -2, -3:
		words = "review.assessment.lower"
	}
	return c.p.T(words, c.judged.last.Cycle.Code, levelName(c.p, was.Level))
}

// assessments is the table of all levels; nothing when nobody has judged.
func (c *composer) assessments() []Block {
	if len(c.judged.now) == 0 {
		return nil
	}
	t := c.table("assessments", c.p.T("review.table.assessments"),
		Column{Title: "№", Weight: 6, Align: Right}, Column{Title: c.p.T("review.column.objective"), Weight: 44}, Column{Title: c.p.T("review.column.level"), Weight: 26})
	if len(c.judged.before) > 0 {
		t.Columns = append(t.Columns, Column{Title: c.p.T("review.column.level_before", c.judged.last.Cycle.Code), Weight: 26})
	}
	for _, o := range c.objectives {
		level := func(list []Assessment) Cell {
			if a, ok := judgedFor(list, o.Number); ok {
				return Cell{Runs: Text(levelName(c.p, a.Level))}
			}
			return Cell{Runs: Text(c.p.T("review.not_assessed"))}
		}
		row := Row{Cells: []Cell{{Runs: Text(strconv.Itoa(o.Number))}, {Runs: Text(c.in(o.ShortTitle))}, level(c.judged.now)}}
		if len(c.judged.before) > 0 {
			row.Cells = append(row.Cells, level(c.judged.before))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = Text(c.p.T("review.note.levels"))
	return []Block{t}
}

// promised is the table of what the review promises; nothing without a promise.
func (c *composer) promised() []Block { return c.promiseTable(c.judged.promises) }

// promiseTable is the table of promises; nothing for none.
func (c *composer) promiseTable(list []Promise) []Block {
	if len(list) == 0 {
		return nil
	}
	t := c.table("promises", c.p.T("review.table.promises"),
		Column{Title: c.p.T("review.column.promise"), Weight: 48}, Column{Title: c.p.T("review.column.objective"), Weight: 12, Align: Center},
		Column{Title: c.p.T("review.column.lead"), Weight: 22}, Column{Title: c.p.T("review.column.due"), Weight: 18})
	for _, p := range list {
		t.Rows = append(t.Rows, Row{Cells: append([]Cell{{Runs: []Run{c.foreign(p.Text)}}}, c.promiseCells(p)...)})
	}
	return []Block{t}
}

func (c *composer) promiseCells(p Promise) []Cell {
	number, agency, due := "1–23", "—", "—"
	if p.Objective != nil {
		number = strconv.Itoa(p.Objective.Number)
	}
	if p.Agency != nil {
		agency = c.agencyName(*p.Agency)
	}
	if p.Due != "" {
		due = c.p.Period(p.Due)
	}
	return []Cell{{Runs: Text(number)}, {Runs: Text(agency)}, {Runs: Text(due)}}
}

// kept is the table of what became of what the last review promised; nothing
// when it promised nothing.
func (c *composer) kept() []Block {
	if len(c.judged.due) == 0 {
		return nil
	}
	t := c.table("kept", c.p.T("review.table.kept", c.judged.last.Cycle.Code),
		Column{Title: c.p.T("review.column.promise"), Weight: 40}, Column{Title: c.p.T("review.column.due"), Weight: 14},
		Column{Title: c.p.T("review.column.outcome"), Weight: 18}, Column{Title: c.p.T("review.column.happened"), Weight: 38})
	for _, p := range c.judged.due {
		cells := c.promiseCells(p)
		outcome, note := Run{Text: c.p.T("review.not_said")}, Run{Text: "—"}
		if i := slices.IndexFunc(p.Outcomes, func(o PromiseOutcome) bool { return o.ReviewID == c.review.ID }); i >= 0 {
			outcome, note = Run{Text: c.p.T("promise.outcome." + string(p.Outcomes[i].Outcome)), Bold: true}, c.foreign(p.Outcomes[i].Note)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Runs: []Run{c.foreign(p.Text)}}, cells[2], {Runs: []Run{outcome}}, {Runs: []Run{note}}}})
	}
	return []Block{t}
}

// promiseSections are the parts of the next steps that people have filled in as
// tables; so many parts stand before them.
func (c *composer) promiseSections(number string, before int) []Section {
	var out []Section
	for _, part := range []struct {
		id     string
		blocks []Block
	}{{"kept", c.kept()}, {"promises", c.promised()}} {
		if len(part.blocks) == 0 {
			continue
		}
		before++
		s := Section{ID: part.id, Title: c.p.T("review.section." + part.id), Blocks: part.blocks}
		if number != "" {
			s.Number = number + "." + strconv.Itoa(before)
		}
		out = append(out, s)
	}
	return out
}
