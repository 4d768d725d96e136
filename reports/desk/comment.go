package desk

import (
	"context"
	"fmt"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/progress"
	"gcm/reports"
)

// longestComment is how many characters a comment has at most.
const longestComment = 5_000

// Remark is a comment with who made it, and where its passage stands today.
type Remark struct {
	Comment    `gorm:"embedded"`
	Author     string
	AuthorFrom i18n.Text // name of the author's agency; empty without one
	Now        int       `gorm:"-"` // the passage, from 1; 0 for the whole section and for one that is gone
	Gone       bool      `gorm:"-"` // it was about a passage that is not there any longer
	Answers    []Remark  `gorm:"-"`
}

// Open reports whether a thread waits for somebody.
func (r Remark) Open() bool { return r.AnswersID == nil && r.ResolvedAt == nil }

// MayComment reports whether a person may comment on reviews: who writes, judges
// or signs them. Who only looks does not.
func MayComment(actor auth.Actor) bool {
	return actor.Can(auth.SeeReview) && (actor.Can(auth.EditReview) || actor.Can(auth.Assess) || actor.Can(auth.Sign))
}

// remark is change for the margin of a review, which is no part of what it says.
func (s *Store) remark(ctx context.Context, actor auth.Actor, cycle string, do func(tx *db.DB, log *audit.Log, r *reports.Review) error) error {
	return s.change(ctx, actor, auth.SeeReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		switch {
		case !MayComment(actor) || actor.UserID == 0:
			return fault.New(fault.Forbidden, "error.forbidden", "user %d does not comment on reviews", actor.UserID)
		case r.State == reports.Published:
			return fault.New(fault.Conflict, "desk.error.published", "the review of %s is published", cycle)
		}
		return do(tx, log, r)
	})
}

// AddComment begins a thread on a passage of a place's text (from 1; 0 for the
// whole section). People who see reviews at work are mentioned by @ and their
// e-mail address or the part before its @.
func (s *Store) AddComment(ctx context.Context, actor auth.Actor, cycle string, at Place, paragraph int, body string) (Comment, error) {
	var c Comment
	err := s.remark(ctx, actor, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		text, err := takeText(tx, r, at)
		if err != nil {
			return err
		}
		passages := reports.Passages(text.Body)
		if paragraph < 0 || paragraph > len(passages) {
			return fault.Problems{{Field: "paragraph", Key: "desk.error.paragraph"}}
		}
		c = Comment{ReviewID: r.ID, Section: at.Section, Language: at.Language, Paragraph: paragraph}
		if paragraph > 0 {
			c.Quote = reports.Quote(passages[paragraph-1])
		}
		return c.add(tx, log, actor, r, body, nil)
	})
	return c, err
}

// AnswerComment adds an answer to a thread.
func (s *Store) AnswerComment(ctx context.Context, actor auth.Actor, cycle string, thread int64, body string) (Comment, error) {
	var c Comment
	err := s.remark(ctx, actor, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		head, err := takeThread(tx, r, thread)
		if err != nil {
			return err
		}
		taking := []int64{head.UserID}
		var answered []int64
		if err := tx.Model(&Comment{}).Where("answers_id = ?", head.ID).Pluck("user_id", &answered).Error; err != nil {
			return db.Fault(err, "read a thread")
		}
		c = Comment{ReviewID: r.ID, Section: head.Section, Language: head.Language, Paragraph: head.Paragraph, Quote: head.Quote, AnswersID: &head.ID}
		return c.add(tx, log, actor, r, body, append(taking, answered...))
	})
	return c, err
}

// add writes the comment and tells those who are mentioned, and the others who
// take part.
func (c *Comment) add(tx *db.DB, log *audit.Log, actor auth.Actor, r *reports.Review, body string, taking []int64) error {
	body, problem := progress.NormalString(body, longestComment)
	if problem == "" && body == "" {
		problem = "comment.error.empty"
	}
	if problem != "" {
		return fault.Problems{{Field: "comment", Key: problem, Args: []any{longestComment}}}
	}
	mentioned, err := progress.Mentioned(tx, body, func(u auth.User) (bool, error) {
		return slices.ContainsFunc(u.Roles, func(role auth.UserRole) bool { return role.Role.Grants(auth.SeeReview) }), nil
	})
	if err != nil {
		return err
	}
	c.UserID, c.Body, c.Mentions, c.CreatedAt = actor.UserID, body, mentioned, tx.NowFunc()
	if err := tx.Create(c).Error; err != nil {
		return db.Fault(err, "add a comment")
	}
	log.Add(audit.Change{Action: "comment", Noun: "review_comment", Record: c.record(r), After: remarkRecord{Body: body}})
	tell := func(kind string, to []int64) error {
		n := noticeOf(r, kind, fmt.Sprint(c.ID))
		n.Path = fmt.Sprintf("/work/reviews/%s/sections/%s#comment-%d", r.Cycle.Code, c.Section, c.ID)
		return notify.Tell(tx, progress.ToEach(to, actor, n)...)
	}
	if err := tell("review_mention", slices.Clone(mentioned)); err != nil {
		return err
	}
	return tell("review_answer", slices.DeleteFunc(taking, mentioned.Has))
}

// record names the comment in the audit log.
func (c *Comment) record(r *reports.Review) string {
	return fmt.Sprintf("%s.%s.%s %d", r.Cycle.Code, c.Section, c.Language, c.ID)
}

// remarkRecord is what the audit log keeps of a comment.
type remarkRecord struct {
	Body     string `json:"body,omitempty"`
	Resolved bool   `json:"resolved"`
}

// ResolveComment closes a thread, or opens it again.
func (s *Store) ResolveComment(ctx context.Context, actor auth.Actor, cycle string, thread int64, resolved bool) (Comment, error) {
	var c Comment
	err := s.remark(ctx, actor, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) (err error) {
		if c, err = takeThread(tx, r, thread); err != nil || resolved == (c.ResolvedAt != nil) {
			return err
		}
		action := "open"
		c.ResolvedAt, c.ResolvedBy = nil, nil
		if now := tx.NowFunc(); resolved {
			action, c.ResolvedAt, c.ResolvedBy = "close", &now, &actor.UserID
		}
		if err := tx.Model(&c).Select("ResolvedAt", "ResolvedBy").Updates(c).Error; err != nil {
			return db.Fault(err, "close a thread")
		}
		log.Add(audit.Change{Action: action, Noun: "review_comment", Record: c.record(r), Before: remarkRecord{Resolved: !resolved}, After: remarkRecord{Resolved: resolved}})
		return nil
	})
	return c, err
}

// takeThread reads the first comment of a thread of the review.
func takeThread(tx *db.DB, r *reports.Review, thread int64) (Comment, error) {
	var c Comment
	err := tx.Where("id = ? AND review_id = ? AND answers_id IS NULL", thread, r.ID).Take(&c).Error
	return c, db.Fault(err, fmt.Sprintf("comment %d on review %s", thread, r.Cycle.Code))
}

// Comments returns the threads of a review, the oldest first, each with its
// answers and with the place that its passage has in the texts of today.
func (s *Store) Comments(ctx context.Context, actor auth.Actor, r *reports.Review) ([]Remark, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return nil, err
	}
	var rows []Remark
	err := s.db.WithContext(ctx).Table("review_comments AS c").Joins("JOIN users u ON u.id = c.user_id LEFT JOIN agencies a ON a.id = u.agency_id").
		Select("c.*, u.name AS author, COALESCE(a.name, '{}') AS author_from").Where("c.review_id = ?", r.ID).Order("c.id").Find(&rows).Error
	if err != nil {
		return nil, db.Fault(err, "list comments on review "+r.Cycle.Code)
	}
	passages := map[Place][]string{}
	var threads []Remark
	for _, row := range rows {
		if row.AnswersID != nil {
			if i := slices.IndexFunc(threads, func(t Remark) bool { return t.ID == *row.AnswersID }); i >= 0 {
				threads[i].Answers = append(threads[i].Answers, row)
			}
			continue
		}
		at := Place{row.Section, row.Language}
		text := r.Section(at.Section, at.Language)
		if passages[at] == nil && text != nil {
			passages[at] = reports.Passages(text.Body)
		}
		if row.Quote != "" {
			row.Now = reports.FindPassage(passages[at], row.Quote, row.Paragraph)
			row.Gone = row.Now == 0
		}
		threads = append(threads, row)
	}
	return threads, nil
}
