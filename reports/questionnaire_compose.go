package reports

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"gcm/internal/fault"
)

// ComposeQuestionnaire returns the State's questionnaire, answered from the review
// of a cycle: each question with its answer, in people's own words where there are
// any. It names everything that it could not resolve at once.
func ComposeQuestionnaire(ctx context.Context, stores Stores, cycle, lang string) (Document, error) {
	c, err := extracting(ctx, stores, cycle, lang)
	if err != nil {
		return Document{}, err
	}
	if c.asked == nil || len(c.asked.Asked()) == 0 {
		return Document{}, fault.New(fault.NotFound, "error.not_found", "there is no questionnaire: write questionnaire.yaml in the country pack, or the questions on the desk of a review")
	}
	title := c.in(c.asked.Title)
	doc := c.apart(title)
	doc.Cover.Edition = c.p.T("questionnaire.edition", c.in(c.review.Cycle.Name), c.p.Period(c.review.Cycle.Cutoff))
	doc.Cover.Notice = append(c.wording(), doc.Cover.Notice...)
	for n, q := range c.asked.Asked() {
		s, _ := c.question(&q, n+1)
		if part := c.in(q.Part); part != "" {
			doc.Sections = append(doc.Sections, Section{ID: "part-" + strconv.Itoa(n+1), Title: part, NewPage: true})
		}
		if last := len(doc.Sections) - 1; last >= 0 && strings.HasPrefix(doc.Sections[last].ID, "part-") {
			doc.Sections[last].Sections = append(doc.Sections[last].Sections, s)
		} else {
			doc.Sections = append(doc.Sections, s)
		}
	}
	settle(doc.Sections, &settled{})
	return doc, errors.Join(c.faults...)
}

// QuestionnaireName names the file of an answered questionnaire: "questionnaire-2022-kk.pdf".
func QuestionnaireName(cycle, lang, extension string) string {
	return "questionnaire-" + cycle + "-" + lang + "." + extension
}

// wording says whose words the questions are, and what there is to know about them.
func (c *composer) wording() []string {
	words := []string{c.p.T("questionnaire.wording.own")}
	if c.asked.Wording == OfficialWording {
		words[0] = c.p.T("questionnaire.wording.official", c.in(c.asked.Source))
	}
	return append(words, paragraphs(c.in(c.asked.Note))...)
}

// settled counts what is numbered through the questionnaire.
type settled struct{ tables, figures int }

// settle numbers tables and figures through the document, names them after their
// question, since two answers may hold the same, and takes links into the review
// away.
func settle(sections []Section, n *settled) {
	for i := range sections {
		s := &sections[i]
		s.Blocks = mapped(s.Blocks, func(b Block) Block {
			switch in := b.(type) {
			case Table:
				n.tables++
				in.ID, in.Number = s.ID+"-table-"+strconv.Itoa(n.tables), strconv.Itoa(n.tables)
				b = in
			case Figure:
				n.figures++
				in.ID, in.Number = s.ID+"-figure-"+strconv.Itoa(n.figures), strconv.Itoa(n.figures)
				b = in
			}
			return withRuns(b, func(runs []Run) []Run { return unlinked(runs, nil) })
		})
		settle(s.Sections, n)
	}
}

// Answered is how a question is answered in a language.
type Answered struct {
	Question
	Number  int
	Own     *ReviewSection // the answer that people wrote, wherever it stands; nil when there is none
	Stands  bool           // it is what the questionnaire prints
	Silent  bool           // the questionnaire has no answer
	Missing []AnswerKind   // on which the review says nothing
}

// Answers says how the questions are answered in a language.
func (l *Living) Answers(lang string) ([]Answered, error) {
	if l.m.asked == nil {
		return nil, nil
	}
	c, err := l.composer(lang)
	if err != nil {
		return nil, err
	}
	var out []Answered
	for n, q := range l.m.asked.Asked() {
		said := c.answer(&q)
		a := Answered{Question: q, Number: n + 1, Stands: said.own, Silent: said.silent(&q), Missing: said.missing}
		if text := l.m.review.Section(q.Section(), lang); text != nil && text.Body != "" {
			a.Own = text
		}
		out = append(out, a)
	}
	return out, nil
}

// Questionnaire returns the State's questionnaire; nil when there is none.
func (l *Living) Questionnaire() *Questionnaire { return l.m.asked }
