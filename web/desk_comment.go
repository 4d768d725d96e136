package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"gcm/internal/fault"
	"gcm/reports/desk"
)

// threadLine is a thread in the margin of a text.
type threadLine struct {
	commentLine
	Open    bool
	Quote   string
	Now     int  // the passage that it is about, from 1; 0 for the whole section
	Gone    bool // that passage is not there any longer
	Answers []commentLine
}

func (r *request) threadLine(t desk.Remark) threadLine {
	line := threadLine{commentLine: r.remarkLine(t), Open: t.Open(), Quote: t.Quote, Now: t.Now, Gone: t.Gone}
	for _, a := range t.Answers {
		line.Answers = append(line.Answers, r.remarkLine(a))
	}
	return line
}

func (r *request) remarkLine(c desk.Remark) commentLine {
	return commentLine{
		ID: c.ID, Author: c.Author, From: c.AuthorFrom, When: r.moment(c.CreatedAt), Stamp: c.CreatedAt.UTC().Format(time.RFC3339), Pieces: commentPieces(c.Body),
	}
}

// addRemark begins a thread on a section.
func (s *site) addRemark(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.sectionHead()
	if err != nil {
		return err
	}
	if !desk.MayComment(r.actor) {
		return fault.New(fault.Forbidden, "error.forbidden", "user %d does not comment on reviews", r.actor.UserID)
	}
	at, err := r.placeOf(form)
	if err != nil {
		return err
	}
	paragraph, err := strconv.Atoi(form.Get("paragraph"))
	if err != nil {
		paragraph = -1 // is none
	}
	c, err := s.desk.AddComment(r.Request.Context(), r.actor, head.Review.Cycle.Code, at, paragraph, form.Get("comment"))
	if wrong := fault.ProblemsOf(err); wrong != nil {
		typed := commentForm{form.Get("paragraph"), form.Get("comment"), r.T(wrong[0].Key, wrong[0].Args...)}
		return r.renderSection(http.StatusUnprocessableEntity, head, shownSection{
			comment: map[string]commentForm{at.Language: typed}, problems: problems{{"comment-" + at.Language, typed.Problem}},
		})
	}
	if err != nil {
		return err
	}
	return r.to(fmt.Sprintf("%s/sections/%s#comment-%d", head.Base, at.Section, c.ID), r.T("entering.comment.sent"))
}

// actOnThread answers a thread, closes it or opens it again.
func (s *site) actOnThread(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no comment %q", r.Param("id"))
	}
	ctx, cycle := r.Request.Context(), r.Param("cycle")
	var c desk.Comment
	done := "entering.comment.sent"
	switch form.Get("step") {
	case "close":
		done = "writing.thread.closed"
		c, err = s.desk.ResolveComment(ctx, r.actor, cycle, id, true)
	case "open":
		done = "writing.thread.opened"
		c, err = s.desk.ResolveComment(ctx, r.actor, cycle, id, false)
	default:
		c, err = s.desk.AnswerComment(ctx, r.actor, cycle, id, form.Get("comment"))
	}
	if err != nil {
		return err
	}
	return r.to(fmt.Sprintf("%s/%s/sections/%s#comment-%d", deskPath, cycle, c.Section, id), r.T(done))
}
