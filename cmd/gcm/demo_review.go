package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// demoReviewFile is the review that the demonstration shows at work. All texts in
// it are made up, and say so.
//
//go:embed demonstration/review.json
var demoReviewFile []byte

// demoReview is the content of demoReviewFile.
type demoReview struct {
	Title    i18n.Text     `json:"title"`
	Lead     string        `json:"lead"`
	Texts    []demoText    `json:"texts"` // in the order in which they are written
	Comments []demoComment `json:"comments"`
}

type demoText struct {
	Section  string            `json:"section"`
	Language string            `json:"language"`
	Body     string            `json:"body"`
	State    reports.TextState `json:"state"` // empty for a draft
}

type demoComment struct {
	Section   string `json:"section"`
	Language  string `json:"language"`
	Paragraph int    `json:"paragraph"`
	By        string `json:"by"` // login
	Body      string `json:"body"`
	Answer    string `json:"answer"` // of the editor
}

// write begins the review of the round and writes some of its texts.
func (a *acting) write(ctx context.Context) error {
	var review demoReview
	in := json.NewDecoder(bytes.NewReader(demoReviewFile))
	in.DisallowUnknownFields()
	if err := in.Decode(&review); err != nil {
		return fmt.Errorf("read the demonstration's review: %w", err)
	}
	editor, cycle := a.actors["editor"], a.Round.Code
	if _, err := a.desk.Begin(ctx, editor, cycle, desk.Beginning{Title: review.Title, Lead: review.Lead}); err != nil {
		return err
	}
	versions := map[desk.Place]int{}
	for _, t := range review.Texts {
		at := desk.Place{Section: t.Section, Language: t.Language}
		text, err := a.desk.SaveText(ctx, editor, cycle, at, versions[at], t.Body)
		if err == nil && t.State != "" {
			text, err = a.desk.SetTextState(ctx, editor, cycle, at, text.Version, t.State)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		versions[at] = text.Version
	}
	for _, c := range review.Comments {
		thread, err := a.desk.AddComment(ctx, a.actors[c.By], cycle, desk.Place{Section: c.Section, Language: c.Language}, c.Paragraph, c.Body)
		if err == nil && c.Answer != "" {
			_, err = a.desk.AnswerComment(ctx, editor, cycle, thread.ID, c.Answer)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
