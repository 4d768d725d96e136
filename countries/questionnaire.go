package countries

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
)

// questionnaireFile holds the questionnaire.
const questionnaireFile = "questionnaire.yaml"

// Questionnaire is what a list of questions is besides the questions.
type Questionnaire struct {
	Title   i18n.Text `json:"title" check:"required"`
	Wording string    `json:"wording" check:"required" one:"own official"`
	Source  i18n.Text `json:"source,omitempty"` // whose form it is, for an official wording
	Note    i18n.Text `json:"note,omitempty" check:"partial"`
}

func (q Questionnaire) model() reports.Questionnaire {
	return reports.Questionnaire{Title: q.Title, Wording: reports.Wording(q.Wording), Source: q.Source, Note: q.Note}
}

func questionnaireOf(m reports.Questionnaire) Questionnaire {
	return Questionnaire{Title: m.Title, Wording: string(m.Wording), Source: m.Source, Note: m.Note}
}

// Question is one question, with what its answer is made from.
type Question struct {
	Code       string             `json:"code" check:"required slug"`
	Part       i18n.Text          `json:"part,omitempty"` // heads the questions from this one on
	Text       i18n.Text          `json:"text" check:"required"`
	Answer     objectives.Strings `json:"answer" check:"required"`
	Sections   objectives.Strings `json:"sections,omitempty"`
	Objectives Objectives         `json:"objectives,omitempty"`
	Indicators objectives.Strings `json:"indicators,omitempty" check:"slug"`
	Position   int                `json:"position" check:"derived"`
	Archived   bool               `json:"archived,omitempty" check:"derived"`
}

func (q Question) model() reports.Question {
	return reports.Question{
		Code: q.Code, Position: q.Position, Part: q.Part, Text: q.Text, Answers: q.Answer,
		Sections: q.Sections, Objectives: reports.ObjectiveNumbers(q.Objectives), Indicators: q.Indicators,
	}
}

func questionOf(m reports.Question) Question {
	return Question{
		Code: m.Code, Part: m.Part, Text: m.Text, Answer: m.Answers, Sections: m.Sections, Objectives: Objectives(m.Objectives),
		Indicators: m.Indicators, Position: m.Position, Archived: m.ArchivedAt != nil,
	}
}

// questionnaire reads the questionnaire, which need not be there: fields of its
// own, and under questions a list of records.
func (r *reader) questionnaire() {
	if !slices.Contains(r.files, questionnaireFile) {
		return
	}
	doc, ok := r.document(questionnaireFile)
	if !ok {
		return
	}
	at := place{file: questionnaireFile, line: doc.Line}
	if doc.Kind != yaml.MappingNode {
		r.fault(at, "must be fields: title, wording, source, note and questions")
		return
	}
	var list *yaml.Node
	for i := 0; i+1 < len(doc.Content); i += 2 {
		if doc.Content[i].Value == "questions" {
			list = doc.Content[i+1]
			doc.Content = slices.Delete(slices.Clone(doc.Content), i, i+2)
			break
		}
	}
	head := []Questionnaire{{}}
	r.value(doc, reflect.ValueOf(&head[0]).Elem(), at, "")
	r.pack.Questionnaire = head
	if list == nil {
		r.fault(at, "has no questions")
		return
	}
	readRecords(r, questionnaireFile, list, &r.pack.Questions)
	for i := range r.pack.Questions {
		r.pack.Questions[i].Position = i
	}
}

// questions checks the questionnaire's words and what its questions lead to.
func (r *reader) questions(known *index) {
	for i := range r.pack.Questionnaire {
		q := &r.pack.Questionnaire[i]
		if q.Wording == string(reports.OfficialWording) && len(q.Source) == 0 {
			r.faultAt(q, "is official, so source must say whose form it is")
		}
	}
	for i := range r.pack.Questions {
		q := &r.pack.Questions[i]
		model := q.model()
		for n := range q.Answer {
			kind := reports.AnswerKind(q.Answer[n])
			switch {
			case kind == "":
			case !slices.Contains(reports.AnswerKinds, kind):
				r.faultAt(&q.Answer[n], "%s is no kind of answer; there are %s", clip(q.Answer[n]), strings.Trim(fmt.Sprint(reports.AnswerKinds), "[]"))
			case model.Baseless(kind):
				r.faultAt(&q.Answer[n], "the question names nothing that %s could be taken from: add objectives%s", kind, map[reports.AnswerKind]string{
					reports.AnswerText: " or sections", reports.AnswerFigures: " or indicators"}[kind])
			}
		}
		for n := range q.Sections {
			if s := q.Sections[n]; s != "" && !reports.Usual(s) {
				r.faultAt(&q.Sections[n], "%s is no section; there are %s, and objectives for the chapters", clip(s), strings.Join(reports.UsualOutline.Sections(), ", "))
			}
		}
		for n := range q.Indicators {
			if code := q.Indicators[n]; code != "" && known.indicators[code] == nil && !r.broken["indicators.yaml"] {
				r.faultAt(&q.Indicators[n], "there is no %s in indicators.yaml", code)
			}
		}
	}
}
