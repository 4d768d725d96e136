package reports

import (
	"database/sql/driver"
	"slices"
	"strings"
	"time"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// Questionnaire is the list of questions that a State answers from its review,
// such as a regional commission sends before a regional review. A State has one.
type Questionnaire struct {
	ID        int64 // always 1
	Title     i18n.Text
	Wording   Wording
	Source    i18n.Text  // whose form it is, for an official wording
	Note      i18n.Text  // what the reader must know about the questions
	Version   int        // counts changes of it and of its questions
	Questions []Question `gorm:"-"`
}

// Wording says whose words the questions are.
type Wording string

// The wordings.
const (
	OwnWording      Wording = "own"
	OfficialWording Wording = "official" // as the body that asks sent them
)

// Wordings lists the wordings.
var Wordings = []Wording{OwnWording, OfficialWording}

// QuestionnaireCode is how the questionnaire is named on record.
const QuestionnaireCode = "review"

// AnswerKind is one thing that the answer to a question is made of.
type AnswerKind string

// The kinds, in the order in which an answer prints them.
const (
	AnswerText        AnswerKind = "text"        // what the review says in the sections and chapters
	AnswerAssessments AnswerKind = "assessments" // where the objectives stand, and why
	AnswerMeasures    AnswerKind = "measures"
	AnswerFigures     AnswerKind = "figures"
	AnswerChallenges  AnswerKind = "challenges"
	AnswerSupport     AnswerKind = "support"  // needed from partners, as the assessments say
	AnswerPromises    AnswerKind = "promises" // what the review promises
)

// AnswerKinds lists the kinds in that order.
var AnswerKinds = []AnswerKind{AnswerText, AnswerAssessments, AnswerMeasures, AnswerFigures, AnswerChallenges, AnswerSupport, AnswerPromises}

// Question is one question, with what its answer is made from.
type Question struct {
	ID         int64
	Code       string
	Position   int
	Part       i18n.Text // heads the questions from this one on; empty within a part
	Text       i18n.Text
	Answers    objectives.Strings // kinds of answer
	Sections   objectives.Strings // of the usual outline, besides the chapters
	Objectives ObjectiveNumbers
	Indicators objectives.Strings // besides those of the objectives
	ArchivedAt *time.Time
}

// ObjectiveNumbers are numbers of objectives in one JSON column.
type ObjectiveNumbers []int

// Value stores the numbers as JSON.
func (n ObjectiveNumbers) Value() (driver.Value, error) { return i18n.JSONValue(n, "[]") }

// Scan reads what Value stored.
func (n *ObjectiveNumbers) Scan(src any) error { return i18n.ScanJSON(n, src) }

// Has reports whether the answer to the question has a part of a kind.
func (q *Question) Has(k AnswerKind) bool { return q.Answers.Has(string(k)) }

// Baseless reports whether the question names nothing that an answer of a kind
// could be made from.
func (q *Question) Baseless(k AnswerKind) bool {
	switch k {
	case AnswerText:
		return len(q.Sections)+len(q.Objectives) == 0
	case AnswerFigures:
		return len(q.Indicators)+len(q.Objectives) == 0
	case AnswerPromises:
		return false // those of all objectives
	}
	return len(q.Objectives) == 0
}

// Asked lists the questions that are asked; archived ones are not.
func (q *Questionnaire) Asked() []Question {
	return slices.DeleteFunc(slices.Clone(q.Questions), func(one Question) bool { return one.ArchivedAt != nil })
}

// questionSection begins the names of the sections that hold own answers.
const questionSection = "question-"

// Section names the section that holds an own answer to the question. It is none
// of the review's outline: no document of the review prints it.
func (q *Question) Section() string { return questionSection + q.Code }

// QuestionOf returns the code of the question whose own answer a section holds.
func QuestionOf(section string) (code string, ok bool) {
	return strings.CutPrefix(section, questionSection)
}

// QuestionContent is what people enter of a question, as packs and the audit log
// keep it.
type QuestionContent struct {
	Part       i18n.Text          `json:"part,omitempty"`
	Text       i18n.Text          `json:"text"`
	Answers    objectives.Strings `json:"answer"`
	Sections   objectives.Strings `json:"sections,omitempty"`
	Objectives ObjectiveNumbers   `json:"objectives,omitempty"`
	Indicators objectives.Strings `json:"indicators,omitempty"`
	Position   int                `json:"position"`
}

// Content returns what people enter of the question.
func (q *Question) Content() QuestionContent {
	return QuestionContent{q.Part, q.Text, q.Answers, q.Sections, q.Objectives, q.Indicators, q.Position}
}

// QuestionnaireContent is what people enter of a questionnaire besides its questions.
type QuestionnaireContent struct {
	Title   i18n.Text `json:"title"`
	Wording Wording   `json:"wording"`
	Source  i18n.Text `json:"source,omitempty"`
	Note    i18n.Text `json:"note,omitempty"`
}

// Content returns what people enter of the questionnaire.
func (q *Questionnaire) Content() QuestionnaireContent {
	return QuestionnaireContent{q.Title, q.Wording, q.Source, q.Note}
}
