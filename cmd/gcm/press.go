package main

import (
	"bytes"
	"context"
	"strings"
	"time"

	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
	"gcm/reports/pdf"
)

// press draws the PDFs of an edition, one for each document of the snapshot. It
// looks at nothing else, so that the same edition is the same bytes.
func press(ctx context.Context, e desk.Edition, hash string, s reports.Snapshot) ([]desk.EditionFile, error) {
	var files []desk.EditionFile
	for _, frozen := range s.Documents {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		doc := frozen.Document
		p, err := i18n.New(doc.Lang)
		if err != nil {
			return nil, err
		}
		name := reports.FileName(s.Cycle, doc.Lang, frozen.Profile, "pdf")
		marks := e.Marks(hash, doc.Lang)
		marks.Document = strings.TrimSuffix(name, ".pdf")
		doc.Publish(p, marks)
		var b bytes.Buffer
		if err := pdf.Write(&b, doc); err != nil {
			return nil, err
		}
		files = append(files, desk.EditionFile{Name: name, Language: doc.Lang, Profile: frozen.Profile, MediaType: "application/pdf", Body: b.Bytes()})
	}
	return files, nil
}

// draft composes the review as it stands now, marked as the draft of a day.
func draft(ctx context.Context, s reports.Stores, cycle, lang string, profile reports.Profile, on time.Time) (reports.Document, error) {
	doc, err := reports.Compose(ctx, s, cycle, lang, profile)
	if err != nil {
		return doc, err
	}
	p, err := i18n.New(lang)
	if err != nil {
		return doc, err
	}
	doc.MarkDraft(p, on)
	return doc, nil
}

// program names what draws an edition.
func program() string { return strings.TrimSpace("gcm " + version + " " + commit()) }
