package web

import (
	"net/http"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/reports"
)

// questionnairePage is pages/desk/questionnaire.html.
type questionnairePage struct {
	workPage
	deskHead
	Asked     *reports.Questionnaire // nil when there is none
	Questions []questionLine
	Writes    bool // the person may change the questions
	Files     []questionnaireFiles
	Forms     []reviewForm // beside the PDF
}

// questionLine is a question with how it is answered in each language.
type questionLine struct {
	reports.Question
	Number  int
	Section string
	Answers []answerLine
}

// answerLine is how a question is answered in one language.
type answerLine struct {
	Language, Name string
	From           string // "own", "review", "partly" or "silent"
	State          reports.TextState
	Mark           string
	Outdated       bool
}

// answerMarks are the marks of where an answer comes from in the stylesheet.
var answerMarks = map[string]string{"review": "released", "partly": "submitted", "silent": "overdue"}

// showQuestionnaire shows the questions with how the review answers them.
func (s *site) showQuestionnaire(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	living, err := reports.ReadLiving(r.Request.Context(), s.reviewStores(), head.Review.Cycle.Code)
	if err != nil {
		return err
	}
	p := questionnairePage{workPage: r.workPage(r.T("writing.tab.questionnaire")), deskHead: head, Asked: living.Questionnaire(), Writes: r.actor.Can(auth.EditReview), Forms: reviewForms}
	for _, l := range r.spokenLanguages() {
		answers, err := living.Answers(l.Code)
		if err != nil {
			return err
		}
		for n, a := range answers {
			if n == len(p.Questions) {
				p.Questions = append(p.Questions, questionLine{Question: a.Question, Number: a.Number, Section: a.Question.Section()})
			}
			p.Questions[n].Answers = append(p.Questions[n].Answers, r.answerLine(head, l, a))
		}
		if len(answers) > 0 {
			p.Files = append(p.Files, questionnaireFiles{l, head.Base + "/questionnaire/files/" + l.Code})
		}
	}
	return r.render(http.StatusOK, "desk/questionnaire", p)
}

func (r *request) answerLine(head deskHead, l languageLink, a reports.Answered) answerLine {
	line := answerLine{Language: l.Code, Name: l.Name, From: "review"}
	switch {
	case a.Stands:
		line.From = "own"
	case a.Silent:
		line.From = "silent"
	case len(a.Missing) > 0:
		line.From = "partly"
	}
	line.Mark = answerMarks[line.From]
	if a.Own != nil {
		line.State, line.Mark = a.Own.State, textMarks[a.Own.State]
		line.Outdated = head.Review.Outdated(*a.Own, head.Lead)
	}
	return line
}

// questionNames are the questions as places of texts, like sectionNames.
func (r *request) questionNames() ([]reports.OutlineItem, error) {
	asked, err := r.site.reports.Questionnaire(r.Request.Context())
	if err != nil || asked == nil {
		return nil, err
	}
	var list []reports.OutlineItem
	for n, q := range asked.Asked() {
		title := i18n.Text{}
		for _, l := range r.spokenLanguages() {
			if p, err := i18n.New(l.Code); err == nil && q.Text[l.Code] != "" {
				title[l.Code] = p.Number(float64(n+1), 0) + ". " + q.Text[l.Code]
			}
		}
		list = append(list, reports.OutlineItem{Section: q.Section(), Title: title})
	}
	return list, nil
}
