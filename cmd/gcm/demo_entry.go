package main

import (
	"context"
	"fmt"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// demoEntry is what one agency enters, and how far it comes.
type demoEntry struct {
	Agency   string           `json:"agency"`
	By       string           `json:"by"` // the login of its people after the role: "mia" for contributor.mia
	Kind     progress.Kind    `json:"kind"`
	Record   string           `json:"record"` // code of the measure or indicator; empty for a new measure
	Content  progress.Content `json:"content"`
	Evidence *demoEvidence    `json:"evidence"`
	Steps    []progress.Step  `json:"steps"`
	Reason   i18n.Text        `json:"reason"` // of a return
	Comment  i18n.Text        `json:"comment"`
}

type demoEvidence struct {
	Kind     progress.EvidenceKind `json:"kind"`
	Title    string                `json:"title"`
	Language string                `json:"language"`
	Dated    period.Period         `json:"dated"`
	Source   string                `json:"source"`
	URL      string                `json:"url"`
	Text     string                `json:"text"` // of a file, when there is no address
}

// enter writes an entry and takes it as far as it comes.
func (a *acting) enter(ctx context.Context, d demoEntry) error {
	contributor := a.actors["contributor."+d.By]
	e, err := a.store.Start(ctx, contributor, a.Round.Code, d.Kind, d.Record, "")
	if err != nil {
		return err
	}
	if e, err = a.store.Save(ctx, contributor, e.Code, e.Version, d.Content); err != nil {
		return err
	}
	if err := a.show(ctx, contributor, e.Code, d.Evidence); err != nil {
		return err
	}
	for _, step := range d.Steps {
		if e, err = a.step(ctx, d, e, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	if text := d.Comment[contributor.Language]; text != "" {
		_, err = a.store.AddComment(ctx, contributor, e.Code, "", text)
	}
	return err
}

// show adds a piece of evidence.
func (a *acting) show(ctx context.Context, by auth.Actor, entry string, d *demoEvidence) error {
	if d == nil {
		return nil
	}
	e := progress.Evidence{Kind: d.Kind, Title: d.Title, Language: d.Language, Dated: d.Dated, Source: d.Source, URL: d.URL}
	var body []byte
	if d.URL == "" {
		e.FileName, body = "demonstration.txt", []byte(d.Text)
	}
	_, err := a.store.AddEvidence(ctx, by, entry, e, body)
	return err
}

// step takes an entry one step further, by the person whose it is to do so.
func (a *acting) step(ctx context.Context, d demoEntry, e progress.Entry, step progress.Step) (progress.Entry, error) {
	contributor, approver, coordinator := a.actors["contributor."+d.By], a.actors["approver."+d.By], a.actors["coordinator"]
	switch step {
	case progress.StepSubmit:
		return a.store.Submit(ctx, contributor, e.Code, e.Version)
	case progress.StepApprove:
		return a.store.Approve(ctx, approver, e.Code, e.Version)
	case progress.StepReturn:
		return a.store.Return(ctx, approver, e.Code, e.Version, d.Reason[contributor.Language])
	case progress.StepAccept:
		return a.store.Accept(ctx, coordinator, e.Code, e.Version)
	case progress.StepRelease:
		return a.store.Release(ctx, coordinator, e.Code, e.Version)
	}
	return e, fmt.Errorf("nobody takes this step")
}
