package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/reports"
)

// How much a questionnaire takes, in characters and questions.
const (
	longestQuestion = 1_000
	longestNote     = 5_000
	mostQuestions   = 100
)

// SetQuestionnaire writes the questionnaire over the version that the actor read,
// 0 where there was none: the questions in their order. One without a code is new;
// those that are left out are archived, and come back with all that was written as
// their answers when they are put in again. It is no part of any review: neither a
// published one nor one that lies before its bodies hinders it.
func (s *Store) SetQuestionnaire(ctx context.Context, actor auth.Actor, version int, q reports.Questionnaire) error {
	if err := actor.Need(auth.EditReview); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		was, err := takeQuestionnaire(tx)
		if err != nil {
			return err
		}
		if version != was.Version {
			return fault.New(fault.Conflict, "desk.error.questions_changed", "the questionnaire is at version %d", was.Version)
		}
		q.Questions = slices.Clone(q.Questions)
		nameQuestions(was.Questions, q.Questions)
		if err := checkQuestionnaire(tx, &was, &q); err != nil {
			return err
		}
		before := log.Len()
		q.ID, q.Version = 1, was.Version+1
		if was.Version == 0 || !same(was.Content(), q.Content()) {
			change := audit.Change{Action: "create", Noun: "questionnaire", Record: reports.QuestionnaireCode, After: q.Content()}
			if was.Version > 0 {
				change.Action, change.Before = "change", was.Content()
			}
			log.Add(change)
		}
		if err := writeQuestions(tx, log, was.Questions, q.Questions); err != nil || log.Len() == before {
			return err // nothing was changed
		}
		if was.Version == 0 {
			return db.Fault(tx.Create(&q).Error, "begin the questionnaire")
		}
		return db.Fault(tx.Save(&q).Error, "write the questionnaire")
	})
}

// takeQuestionnaire reads the questionnaire for a change and keeps others from
// changing it; an empty one of version 0 where there is none.
func takeQuestionnaire(tx *gorm.DB) (reports.Questionnaire, error) {
	var rows []reports.Questionnaire
	if err := tx.Clauses(clause.Locking{Strength: db.Row}).Find(&rows).Error; err != nil || len(rows) == 0 {
		return reports.Questionnaire{}, db.Fault(err, "questionnaire")
	}
	err := tx.Order("position, id").Find(&rows[0].Questions).Error
	return rows[0], db.Fault(err, "questions")
}

// nameQuestions gives new questions codes that no question ever had, and all of
// them their places.
func nameQuestions(known, list []reports.Question) {
	next := 1
	for _, q := range slices.Concat(known, list) {
		if tail, own := strings.CutPrefix(q.Code, "own-"); own {
			n, _ := strconv.Atoi(tail) // what is no number is refused as unknown
			next = max(next, n+1)
		}
	}
	for i := range list {
		if list[i].Position = i; list[i].Code == "" {
			list[i].Code = "own-" + strconv.Itoa(next)
			next++
		}
	}
}

// checkQuestionnaire puts the questionnaire in order and names what is wrong with it.
func checkQuestionnaire(tx *gorm.DB, was, q *reports.Questionnaire) error {
	spoken, err := languages(tx)
	if err != nil {
		return err
	}
	measured, err := db.ReadIDs[indicators.Indicator, string](tx, "code")
	if err != nil {
		return err
	}
	var problems fault.Problems
	q.Title = checkText("title", q.Title, longestTitle, spoken, true, &problems)
	q.Source = checkText("source", q.Source, longestTitle, spoken, q.Wording == reports.OfficialWording, &problems)
	q.Note = checkText("note", q.Note, longestNote, spoken, false, &problems)
	if !slices.Contains(reports.Wordings, q.Wording) {
		problems.Add("wording", "desk.error.wording")
	}
	if len(q.Questions) > mostQuestions {
		problems.Add("", "desk.error.questions", mostQuestions)
	}
	var seen []string
	for i := range q.Questions {
		one, at := &q.Questions[i], fmt.Sprintf("items.%d", i)
		known := slices.ContainsFunc(was.Questions, func(k reports.Question) bool { return k.Code == one.Code })
		if !known && !ownSection.MatchString(one.Code) || slices.Contains(seen, one.Code) {
			problems.Add(at, "desk.error.question")
		}
		seen = append(seen, one.Code)
		one.Text = checkText(at+".text", one.Text, longestQuestion, spoken, true, &problems)
		one.Part = checkText(at+".part", one.Part, longestTitle, spoken, len(one.Part) > 0, &problems)
		checkAnswer(one, at, measured, &problems)
	}
	return problems.Err()
}

// checkAnswer names what is wrong with what an answer is to be made from.
func checkAnswer(q *reports.Question, at string, measured db.IDs[string], problems *fault.Problems) {
	if len(q.Answers) == 0 {
		problems.Add(at+".answers", "desk.error.answers")
	}
	for _, kind := range q.Answers {
		if k := reports.AnswerKind(kind); !slices.Contains(reports.AnswerKinds, k) {
			problems.Add(at+".answers", "desk.error.answers")
		} else if q.Baseless(k) {
			problems.Add(at+".answers", "desk.error.baseless."+kind)
		}
	}
	if slices.ContainsFunc(q.Sections, func(s string) bool { return !reports.Usual(s) }) {
		problems.Add(at+".sections", "desk.error.section")
	}
	if slices.ContainsFunc(q.Objectives, func(n int) bool { return n < 1 || n > objectives.Total }) {
		problems.Add(at+".objectives", "desk.error.objectives", objectives.Total)
	}
	for _, code := range q.Indicators {
		if _, known := measured[code]; !known {
			problems.Add(at+".indicators", "desk.error.indicator", code)
		}
	}
}

// writeQuestions writes the questions that are not as they were, and archives
// those that are not in the list.
func writeQuestions(tx *db.DB, log *audit.Log, known, list []reports.Question) error {
	var failed []error
	for _, q := range list {
		change := audit.Change{Action: "create", Noun: "question", Record: q.Code, After: q.Content()}
		if i := slices.IndexFunc(known, func(k reports.Question) bool { return k.Code == q.Code }); i >= 0 {
			q.ID, change.Before, change.Action = known[i].ID, known[i].Content(), "change"
			if known[i].ArchivedAt != nil {
				change.Action = "restore"
			} else if same(change.Before, change.After) {
				continue
			}
		}
		log.Add(change)
		failed = append(failed, tx.Save(&q).Error)
	}
	now := tx.NowFunc()
	for _, q := range known {
		if q.ArchivedAt == nil && !slices.ContainsFunc(list, func(k reports.Question) bool { return k.Code == q.Code }) {
			log.Add(audit.Change{Action: "archive", Noun: "question", Record: q.Code, Before: q.Content()})
			failed = append(failed, tx.Model(&q).Update("archived_at", now).Error)
		}
	}
	return db.Fault(errors.Join(failed...), "write the questions")
}

// asked reports whether a question is asked.
func asked(tx *gorm.DB, code string) (bool, error) {
	var n int64
	err := tx.Model(&reports.Question{}).Where("code = ? AND archived_at IS NULL", code).Count(&n).Error
	return n > 0, db.Fault(err, "look for question "+code)
}
