package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/reports"
)

// mostQuestionRows is how many questions the form has at most.
const mostQuestionRows = 120

// questionsPage is pages/desk/questions.html.
type questionsPage struct {
	workPage
	deskHead
	Form     sheet
	Rows     []questionRow
	Archived []reports.Question // to be put back
	Wordings []reports.Wording
	Kinds    []reports.AnswerKind
	Sections []reports.OutlineItem // that an answer can be taken from
}

// questionRow is a question in the form.
type questionRow struct {
	Name        string // of its fields
	Code        string // empty for a new one
	Answers     objectives.Strings
	Sections    objectives.Strings
	First, Last bool
}

// showQuestions brings the form of the questions.
func (s *site) showQuestions(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	asked, err := s.reports.Questionnaire(r.Request.Context())
	if err != nil {
		return err
	}
	if asked == nil {
		asked = &reports.Questionnaire{Wording: reports.OwnWording}
	}
	f := r.questionSheet(url.Values{})
	f.Set("version", strconv.Itoa(asked.Version))
	f.Set("wording", string(asked.Wording))
	f.setText("title", asked.Title)
	f.setText("source", asked.Source)
	f.setText("note", asked.Note)
	f.setQuestions(asked.Asked())
	return r.renderQuestions(http.StatusOK, head, f)
}

func (r *request) questionSheet(values url.Values) sheet {
	return sheet{Values: values, p: r.p, labels: "questionnaire.field."}
}

// setQuestions fills in the questions in place of those that stand there.
func (s sheet) setQuestions(list []reports.Question) {
	s.drop("items")
	for i, q := range list {
		row := outlineName(i)
		s.Set(row+".code", q.Code)
		s.setText(row+".text", q.Text)
		s.setText(row+".part", q.Part)
		s.Values[row+".answers"], s.Values[row+".sections"] = q.Answers, q.Sections
		s.Set(row+".objectives", numberList(q.Objectives))
		s.Set(row+".indicators", strings.Join(q.Indicators, ", "))
	}
}

// allObjectives stands for every one of them in the form.
const allObjectives = "1–23"

// numberList prints numbers of objectives as people write them.
func numberList(numbers []int) string {
	if len(numbers) == objectives.Total {
		return allObjectives
	}
	var list []string
	for _, n := range numbers {
		list = append(list, strconv.Itoa(n))
	}
	return strings.Join(list, ", ")
}

// readNumbers reads what numberList prints: numbers, and spans such as 1–5. What is
// no number is 0, which is no objective.
func readNumbers(s string) reports.ObjectiveNumbers {
	var list reports.ObjectiveNumbers
	for _, part := range itemsOf(strings.ReplaceAll(s, "–", "-")) {
		from, to, span := strings.Cut(part, "-")
		first, err := strconv.Atoi(strings.TrimSpace(from))
		last := first
		if span && err == nil {
			last, err = strconv.Atoi(strings.TrimSpace(to))
		}
		if err != nil || last < first || last > objectives.Total {
			first, last = 0, 0
		}
		for n := first; n <= last; n++ {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// itemsOf reads items parted by commas or semicolons.
func itemsOf(s string) []string {
	var list []string
	for item := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' }) {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// questionsOf reads the questions of the form in their order.
func (r *request) questionsOf(f sheet) []reports.Question {
	var list []reports.Question
	for i := 0; i < mostQuestionRows && f.Has(outlineName(i)+".code"); i++ {
		row := outlineName(i)
		list = append(list, reports.Question{
			Code: f.Get(row + ".code"), Text: f.text(row+".text", r.languages()), Part: f.text(row+".part", r.languages()),
			Answers: f.Values[row+".answers"], Sections: f.Values[row+".sections"],
			Objectives: readNumbers(f.Get(row + ".objectives")), Indicators: itemsOf(f.Get(row + ".indicators")),
		})
	}
	return list
}

func (r *request) renderQuestions(status int, head deskHead, f sheet) error {
	asked, err := r.site.reports.Questionnaire(r.Request.Context())
	if err != nil {
		return err
	}
	p := questionsPage{
		workPage: r.workPage(r.T("questionnaire.questions")), deskHead: head, Form: f,
		Wordings: reports.Wordings, Kinds: reports.AnswerKinds,
	}
	for _, item := range reports.UsualOutline {
		item.Title = r.itemTitle(item)
		p.Sections = append(p.Sections, item)
	}
	list := r.questionsOf(f)
	for i, q := range list {
		p.Rows = append(p.Rows, questionRow{outlineName(i), q.Code, q.Answers, q.Sections, i == 0, i == len(list)-1})
	}
	if asked != nil {
		for _, q := range asked.Questions {
			if !slices.ContainsFunc(list, func(k reports.Question) bool { return k.Code == q.Code }) {
				p.Archived = append(p.Archived, q)
			}
		}
	}
	return r.render(status, "desk/questions", p)
}

// changeQuestions takes the form. A button that moves, adds, archives or brings
// back a question brings the form again; nothing is written before it is saved.
func (s *site) changeQuestions(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	f := r.questionSheet(form)
	list := r.questionsOf(f)
	if moved, acted, err := r.rearrangedQuestions(list, form.Get("step")); err != nil {
		return err
	} else if acted {
		f.setQuestions(moved)
		return r.renderQuestions(http.StatusOK, head, f)
	}
	version, _ := strconv.Atoi(form.Get("version")) // none is that of a questionnaire to begin
	err = s.desk.SetQuestionnaire(r.Request.Context(), r.actor, version, reports.Questionnaire{
		Title: f.text("title", r.languages()), Wording: reports.Wording(form.Get("wording")),
		Source: f.text("source", r.languages()), Note: f.text("note", r.languages()), Questions: list,
	})
	if err != nil {
		if f.Problems, err = r.wrong(err); err != nil {
			return err
		}
		for i := range f.Problems {
			f.Problems[i].Field = cmp.Or(f.Problems[i].Field, "items")
		}
		return r.renderQuestions(http.StatusUnprocessableEntity, head, f)
	}
	return r.to(head.Base+"/questionnaire", r.T("questionnaire.saved"))
}

// rearrangedQuestions does what a button of the form asks for: that of any list,
// or "back.CODE" for an archived question. The headings of parts stay where they
// are when questions pass each other, or the first of a part is archived.
func (r *request) rearrangedQuestions(list []reports.Question, step string) ([]reports.Question, bool, error) {
	if moved, acted := reordered(slices.Clone(list), step); acted {
		for i := range min(len(list), len(moved)) {
			if len(moved) == len(list) || len(moved) < len(list) && len(moved[i].Part) == 0 && step == fmt.Sprintf("drop.%d", i) {
				moved[i].Part = list[i].Part
			}
		}
		return moved, true, nil
	}
	code, back := strings.CutPrefix(step, "back.")
	if !back {
		return list, false, nil
	}
	asked, err := r.site.reports.Questionnaire(r.Request.Context())
	if err != nil {
		return nil, false, err
	}
	if asked != nil && !slices.ContainsFunc(list, func(q reports.Question) bool { return q.Code == code }) {
		for _, q := range asked.Questions {
			if q.Code == code {
				return append(list, q), true, nil
			}
		}
	}
	return nil, false, fault.New(fault.Invalid, "error.invalid", "no question %q to bring back", code)
}
