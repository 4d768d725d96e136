package web

import (
	"net/http"
	"regexp"
	"time"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
)

// commentLine is a remark in an entry's thread.
type commentLine struct {
	ID          int64
	Author      string
	From        i18n.Text // the author's agency
	Field       string    // that it is about, as the form calls it
	When, Stamp string
	Pieces      []commentPiece
}

// commentPiece is a run of words; a mention names somebody.
type commentPiece struct {
	Text    string
	Mention bool
}

// commentForm is a remark as it was typed.
type commentForm struct{ Field, Text, Problem string }

// mention is a person named in a remark: @ and an address, or its beginning.
var mention = regexp.MustCompile(`@[\p{L}\d._%+-]+(?:@[\p{L}\d.-]+\.\p{L}{2,})?`)

// commentPieces tells the names of people from the rest of a remark.
func commentPieces(body string) []commentPiece {
	var pieces []commentPiece
	at := 0
	for _, m := range mention.FindAllStringIndex(body, -1) {
		pieces = append(pieces, commentPiece{Text: body[at:m[0]]}, commentPiece{body[m[0]:m[1]], true})
		at = m[1]
	}
	return append(pieces, commentPiece{Text: body[at:]})
}

// commentsOf is the thread of an entry that the person was given.
func (r *request) commentsOf(e progress.Entry) ([]commentLine, error) {
	list, err := r.site.progress.Comments(r.Request.Context(), r.actor, e.Code)
	var lines []commentLine
	for _, c := range list {
		line := commentLine{
			ID: c.ID, Author: c.Author, From: c.AuthorFrom, When: r.moment(c.CreatedAt), Stamp: c.CreatedAt.UTC().Format(time.RFC3339), Pieces: commentPieces(c.Body),
		}
		if c.Field != "" {
			line.Field = r.label(c.Field)
		}
		lines = append(lines, line)
	}
	return lines, err
}

// addComment adds a remark to an entry's thread.
func (s *site) addComment(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	ctx, code := r.Request.Context(), r.Param("code")
	e, err := s.progress.Entry(ctx, r.actor, code)
	if err != nil {
		return err
	}
	_, err = s.progress.AddComment(ctx, r.actor, code, form.Get("field"), form.Get("body"))
	if err == nil {
		return r.to("/work/entries/"+code+"#comments", r.T("entering.comment.sent"))
	}
	problems := fault.ProblemsOf(err)
	if problems == nil {
		return err
	}
	typed := commentForm{form.Get("field"), form.Get("body"), r.T(problems[0].Key, problems[0].Args...)}
	problems[0].Field = "comment"
	return r.renderEntry(http.StatusUnprocessableEntity, e, shownEntry{comment: typed, problems: problems})
}
