package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// AssessmentClash is a fault.Conflict: somebody changed the assessment since the
// version that the actor worked on.
type AssessmentClash struct{ Theirs reports.Assessment }

func (c *AssessmentClash) Error() string {
	return fmt.Sprintf("the assessment of objective %d is at version %d", c.Theirs.Objective.Number, c.Theirs.Version)
}

// Unwrap gives the clash its kind and its words.
func (c *AssessmentClash) Unwrap() error {
	return fault.New(fault.Conflict, "desk.error.clash", "version %d of the assessment", c.Theirs.Version)
}

// Assess writes where a review judges that an objective stands, over the version
// that the actor read, 0 where there was none. A level needs a reason.
func (s *Store) Assess(ctx context.Context, actor auth.Actor, cycle string, number, version int, a reports.Assessment) (reports.Assessment, error) {
	var problems fault.Problems
	a.Reason = normalText("reason", a.Reason, &problems)
	a.Challenges = normalText("challenges", a.Challenges, &problems)
	a.Support = normalText("support", a.Support, &problems)
	if !slices.Contains(reports.Levels, a.Level) {
		problems.Add("level", "desk.error.level")
	}
	if len(a.Reason) == 0 {
		problems.Add("reason", "desk.error.level_reason")
	}
	if err := problems.Err(); err != nil {
		return a, err
	}
	err := s.edit(ctx, actor, auth.Assess, cycle, "assessment."+reports.ObjectiveSection(number), func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		var o objectives.Objective
		if err := tx.Where("number = ?", number).Take(&o).Error; err != nil {
			return db.Fault(err, fmt.Sprintf("objective %d", number))
		}
		was := reports.Assessment{ReviewID: r.ID, ObjectiveID: o.ID, Objective: o}
		if err := readOne(tx.Where("review_id = ? AND objective_id = ?", r.ID, o.ID), &was); err != nil {
			return err
		}
		was.Objective = o
		before, after := assessmentRecord(was), assessmentRecord(a)
		if same(before, after) {
			a = was
			return nil
		}
		if version != was.Version {
			return &AssessmentClash{was}
		}
		a.ID, a.ReviewID, a.ObjectiveID, a.Version = was.ID, r.ID, o.ID, was.Version+1
		a.ChangedAt, a.ChangedBy = tx.NowFunc(), actor.Name
		if err := tx.Omit("Objective").Save(&a).Error; err != nil {
			return db.Fault(err, "write an assessment")
		}
		a.Objective = o
		log.Add(audit.Change{Action: "assess", Noun: "assessment", Record: fmt.Sprintf("%s.%d", cycle, number), Before: before, After: after})
		return nil
	})
	return a, err
}

// assessed is what the audit log keeps of an assessment.
type assessed struct {
	Level      reports.Level      `json:"level"`
	Reason     i18n.Text          `json:"reason"`
	Evidence   reports.References `json:"evidence,omitempty"`
	Challenges i18n.Text          `json:"challenges,omitempty"`
	Support    i18n.Text          `json:"support,omitempty"`
}

func assessmentRecord(a reports.Assessment) any {
	if a.Level == "" {
		return nil
	}
	return assessed{a.Level, a.Reason, a.Evidence, a.Challenges, a.Support}
}

// promised is what the audit log keeps of a promise.
type promised struct {
	Text      i18n.Text     `json:"text"`
	Due       period.Period `json:"due,omitempty"`
	Objective *int64        `json:"objective_id,omitempty"`
	Agency    *int64        `json:"agency_id,omitempty"`
	Position  int           `json:"position"`
}

// Promise writes what a review says will be done: a new promise without a code,
// or the one of the code over the version that the actor read.
func (s *Store) Promise(ctx context.Context, actor auth.Actor, cycle string, version int, p reports.Promise) (reports.Promise, error) {
	var problems fault.Problems
	if p.Text = normalText("text", p.Text, &problems); len(p.Text) == 0 {
		problems.Add("text", "desk.error.promise")
	}
	if err := problems.Err(); err != nil {
		return p, err
	}
	err := s.edit(ctx, actor, auth.Assess, cycle, "promises", func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		var was reports.Promise
		change := audit.Change{Action: "create", Noun: "promise"}
		if p.Code == "" {
			var last int
			if err := tx.Model(&was).Where("review_id = ?", r.ID).Select("COALESCE(MAX(position), 0)").Scan(&last).Error; err != nil {
				return db.Fault(err, "count promises")
			}
			p.Position, p.Code = last+1, fmt.Sprintf("%s-%d", cycle, last+1)
		} else {
			if err := tx.Where("review_id = ? AND code = ?", r.ID, p.Code).Take(&was).Error; err != nil {
				return db.Fault(err, "promise "+p.Code)
			}
			if version != was.Version {
				return fault.New(fault.Conflict, "desk.error.clash", "promise %s is at version %d", p.Code, was.Version)
			}
			change.Action, change.Before = "change", promised{was.Text, was.Due, was.ObjectiveID, was.AgencyID, was.Position}
			p.ID, p.Position = was.ID, was.Position
		}
		p.ReviewID, p.Version = r.ID, was.Version+1
		if err := tx.Omit("Objective", "Agency", "Outcomes").Save(&p).Error; err != nil {
			return db.Fault(err, "write promise "+p.Code)
		}
		change.Record, change.After = p.Code, promised{p.Text, p.Due, p.ObjectiveID, p.AgencyID, p.Position}
		log.Add(change)
		return nil
	})
	return p, err
}

// DropPromise takes a promise out of a review that is not published. One that a
// later review speaks of stays.
func (s *Store) DropPromise(ctx context.Context, actor auth.Actor, cycle, code string) error {
	return s.edit(ctx, actor, auth.Assess, cycle, "promises", func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		var was reports.Promise
		if err := tx.Where("review_id = ? AND code = ?", r.ID, code).Take(&was).Error; err != nil {
			return db.Fault(err, "promise "+code)
		}
		var spoken int64
		if err := tx.Model(&reports.PromiseOutcome{}).Where("promise_id = ?", was.ID).Count(&spoken).Error; err != nil {
			return db.Fault(err, "look who speaks of a promise")
		}
		if spoken > 0 {
			return fault.New(fault.Conflict, "desk.error.promise_spoken", "a later review speaks of promise %s", code)
		}
		if err := tx.Delete(&was).Error; err != nil {
			return db.Fault(err, "drop promise "+code)
		}
		log.Add(audit.Change{Action: "drop", Noun: "promise", Record: code, Before: promised{was.Text, was.Due, was.ObjectiveID, was.AgencyID, was.Position}})
		return nil
	})
}

// Account says in a review what has become of a promise of an earlier one.
func (s *Store) Account(ctx context.Context, actor auth.Actor, cycle, code string, version int, o reports.PromiseOutcome) (reports.PromiseOutcome, error) {
	var problems fault.Problems
	o.Note = normalText("note", o.Note, &problems)
	if !slices.Contains(reports.Outcomes, o.Outcome) {
		problems.Add("outcome", "desk.error.outcome")
	}
	if len(o.Note) == 0 {
		problems.Add("note", "desk.error.outcome_note")
	}
	if err := problems.Err(); err != nil {
		return o, err
	}
	err := s.edit(ctx, actor, auth.Assess, cycle, "promises", func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		var of reports.Promise
		err := tx.Joins("JOIN reviews ON reviews.id = promises.review_id JOIN cycles ON cycles.id = reviews.cycle_id").
			Where("promises.code = ? AND cycles.code < ?", code, cycle).Take(&of).Error
		if err != nil {
			return db.Fault(err, "promise "+code+" of an earlier review")
		}
		var was reports.PromiseOutcome
		if err := readOne(tx.Where("promise_id = ? AND review_id = ?", of.ID, r.ID), &was); err != nil {
			return err
		}
		if version != was.Version {
			return fault.New(fault.Conflict, "desk.error.clash", "what became of promise %s is at version %d", code, was.Version)
		}
		o.PromiseID, o.ReviewID, o.Version = of.ID, r.ID, was.Version+1
		if err := db.Put(tx, []reports.PromiseOutcome{o}, "promise_id", "review_id"); err != nil {
			return err
		}
		change := audit.Change{Action: "account", Noun: "promise", Record: code, After: accounted{cycle, o.Outcome, o.Note}}
		if was.Version > 0 {
			change.Before = accounted{cycle, was.Outcome, was.Note}
		}
		log.Add(change)
		return nil
	})
	return o, err
}

// accounted is what the audit log keeps of what became of a promise.
type accounted struct {
	Review  string          `json:"review"`
	Outcome reports.Outcome `json:"outcome"`
	Note    i18n.Text       `json:"note"`
}

// readOne reads the row that a query finds into row, which stays as it is when
// there is none.
func readOne[T any](query *gorm.DB, row *T) error {
	var rows []T
	err := query.Limit(1).Find(&rows).Error
	if len(rows) > 0 {
		*row = rows[0]
	}
	return db.Fault(err, "read what stood before")
}

// normalText returns the wordings that say something, in the form in which they
// are kept.
func normalText(field string, t i18n.Text, problems *fault.Problems) i18n.Text {
	kept := i18n.Text{}
	for _, lang := range i18n.Languages {
		said, problem := progress.NormalString(t[lang], longestText)
		if problem != "" {
			problems.Add(field+"."+lang, problem, longestText)
		}
		if said != "" {
			kept[lang] = said
		}
	}
	return kept
}

// same reports whether two records say the same.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
