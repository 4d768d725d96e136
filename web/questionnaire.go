package web

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"

	"gcm/internal/i18n"
	"gcm/reports"
)

// questionnaireFiles are the files of an answered questionnaire in a language:
// Path and an ending.
type questionnaireFiles struct {
	languageLink
	Path string
}

// questionnairePrefix begins the names of the files on the pages of a review that
// everybody may see.
const questionnairePrefix = "questionnaire-"

// publicQuestionnaire reports whether everybody may see the questionnaire answered
// from a review that everybody may see. What a correction is written in is not for
// everybody: then there is none until it is published.
func (r *request) publicQuestionnaire(review reports.Review, newest int) (bool, error) {
	if newest > 0 {
		now, err := r.site.reports.ReviewByCycle(r.Request.Context(), review.Cycle.Code)
		if err != nil || now.State != reports.Published {
			return false, err
		}
	}
	asked, err := r.site.reports.Questionnaire(r.Request.Context())
	return asked != nil && len(asked.Asked()) > 0, err
}

// downloadPublicQuestionnaire sends questionnaire-kk.pdf, .docx, .html, .md or .xlsx.
func (r *request) downloadPublicQuestionnaire(file string) error {
	review, newest, err := r.publicReview()
	if err != nil {
		return err
	}
	if there, err := r.publicQuestionnaire(review, newest); err != nil || !there {
		return orNotFound(err, "questionnaire of cycle %q", review.Cycle.Code)
	}
	return r.sendQuestionnaire(review.Cycle.Code, file)
}

// downloadQuestionnaire sends kk.pdf to those who may see the review at work.
func (s *site) downloadQuestionnaire(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	return r.sendQuestionnaire(head.Review.Cycle.Code, r.Param("file"))
}

// sendQuestionnaire sends an answered questionnaire as kk.pdf or in another form.
func (r *request) sendQuestionnaire(cycle, file string) error {
	lang, ending, _ := strings.Cut(file, ".")
	i := slices.IndexFunc(reviewForms, func(f reviewForm) bool { return f.Ending == ending })
	if !slices.Contains(r.languages(), lang) || i < 0 && ending != "pdf" {
		return notFound("no questionnaire %q", file)
	}
	select {
	case r.site.exports <- struct{}{}:
		defer func() { <-r.site.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	doc, err := r.questionnaire(r.Request.Context(), cycle, lang)
	if err != nil {
		return err
	}
	draw, media, name := r.site.Draw, "application/pdf", reports.QuestionnaireName(cycle, lang, ending)
	if i >= 0 {
		draw, media = reviewForms[i].write, reviewForms[i].media
	}
	var b bytes.Buffer
	if err := draw(&b, doc); err != nil {
		return err
	}
	if i >= 0 {
		r.download(name, media)
		r.Header("Content-Language", lang)
	} else {
		r.showPDF(name, lang)
	}
	if !personal(r.Request.URL.Path) { // else the page of the work forbade to keep it
		r.Header("Cache-Control", "no-cache")
	}
	r.Data(http.StatusOK, media, b.Bytes())
	return nil
}

// questionnaire is the answered questionnaire, marked as a draft until the review
// is published.
func (r *request) questionnaire(ctx context.Context, cycle, lang string) (reports.Document, error) {
	doc, err := reports.ComposeQuestionnaire(ctx, r.site.reviewStores(), cycle, lang)
	if err != nil {
		return doc, err
	}
	review, err := r.site.reports.ReviewByCycle(ctx, cycle)
	if err != nil || review.State == reports.Published {
		return doc, err
	}
	p, err := i18n.New(lang)
	if err == nil {
		doc.MarkDraft(p, r.site.Now().In(r.site.Zone))
	}
	return doc, err
}
