package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
	"gcm/reports/docx"
	"gcm/reports/html"
	"gcm/reports/markdown"
	"gcm/reports/tables"
)

// reviewForm is a form of a review beside the PDF: made when it is asked for, and
// not kept.
type reviewForm struct {
	Ending string // "docx"
	Name   string // as readers know it
	media  string
	write  func(io.Writer, reports.Document) error
}

var reviewForms = []reviewForm{
	{"docx", "DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.Write},
	{"html", "HTML", "text/html; charset=utf-8", html.Write},
	{"md", "Markdown", "text/markdown; charset=utf-8", markdown.Write},
	{"xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.Write},
}

// otherFormOf reads kk.docx or kk-compact.docx as the name of the PDF and a form.
func otherFormOf(file string) (name string, form reviewForm, ok bool) {
	base, ending, _ := strings.Cut(file, ".")
	i := slices.IndexFunc(reviewForms, func(f reviewForm) bool { return f.Ending == ending })
	if i < 0 {
		return "", reviewForm{}, false
	}
	return base + ".pdf", reviewForms[i], true
}

// sendReviewForm sends the newest edition, or a draft that is shown, in another
// form than PDF.
func (r *request) sendReviewForm(name string, f reviewForm) error {
	lang, profile, err := namedFile(name)
	if err != nil {
		return err
	}
	e, newest, err := r.draftOf(lang, profile)
	if err != nil {
		return err
	}
	select {
	case r.site.exports <- struct{}{}:
		defer func() { <-r.site.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	doc, err := r.documentOf(e, newest)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := f.write(&b, doc); err != nil {
		return err
	}
	r.download(reports.FileName(e.Cycle, lang, reports.Profile(profile), f.Ending), f.media)
	r.Header("Content-Language", lang)
	r.Header("Cache-Control", "no-cache")
	r.Data(http.StatusOK, f.media, b.Bytes())
	return nil
}

// documentOf is the document of the newest edition, or the draft as it stands.
func (r *request) documentOf(e edition, newest int) (reports.Document, error) {
	ctx := r.Request.Context()
	if newest > 0 {
		return r.publishedDocument(ctx, e, newest)
	}
	doc, err := reports.Compose(ctx, r.site.reviewStores(), e.Cycle, e.Lang, reports.Profile(e.Profile))
	if err != nil {
		return doc, err
	}
	p, err := i18n.New(e.Lang)
	if err == nil {
		doc.MarkDraft(p, r.site.Now())
	}
	return doc, err
}

// publishedDocument reads a document of an edition back from what was signed. It
// does not say that its file can be verified: that is so of the PDF alone.
func (r *request) publishedDocument(ctx context.Context, e edition, number int) (doc reports.Document, err error) {
	published, _, err := r.site.desk.Edition(ctx, e.Cycle, number)
	if err != nil {
		return doc, err
	}
	found := false
	_, err = r.site.desk.Redraw(ctx, published, func(_ context.Context, of desk.Edition, hash string, s reports.Snapshot) ([]desk.EditionFile, error) {
		if doc, found = s.Document(e.Lang, reports.Profile(e.Profile)); !found {
			return nil, nil
		}
		p, err := i18n.New(e.Lang)
		if err != nil {
			return nil, err
		}
		doc.Publish(p, reports.Edition{Number: of.Number, Date: of.PublishedAt.UTC(), Snapshot: hash, URL: of.Address, Erratum: of.Erratum[e.Lang]})
		doc.Imprint.Text = nil
		return nil, nil
	})
	if err == nil && !found {
		err = notFound("edition %d has no %s in %q", number, e.Profile, e.Lang)
	}
	return doc, err
}

// latestCycle is the code of the newest review that everybody may see.
func (r *request) latestCycle() (string, error) {
	list, _, err := r.site.publicReviews(r.Request.Context())
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", notFound("no review that everybody may see")
	}
	newest := slices.MaxFunc(list, func(a, b reports.Review) int { return a.Cycle.Cutoff.Last().Compare(b.Cycle.Cutoff.Last()) })
	return newest.Cycle.Code, nil
}

// sendExtract sends a part of the registers as a PDF of its own.
func (r *request) sendExtract(name string, compose func(ctx context.Context, stores reports.Stores, cycle, lang string) (reports.Document, error)) error {
	cycle, err := r.latestCycle()
	if err != nil {
		return err
	}
	select {
	case r.site.exports <- struct{}{}:
		defer func() { <-r.site.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	doc, err := compose(r.Request.Context(), r.site.reviewStores(), cycle, r.p.Lang())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := r.site.Draw(&b, doc); err != nil {
		return err
	}
	r.showPDF(name+"-"+r.p.Lang()+".pdf", r.p.Lang())
	r.Data(http.StatusOK, "application/pdf", b.Bytes())
	return nil
}

// downloadObjective sends 5.pdf.
func (s *site) downloadObjective(r *request, file string) error {
	number, err := strconv.Atoi(file)
	if err != nil || strconv.Itoa(number) != file {
		return errors.Join(notFound("no objective %q", file), err)
	}
	return r.sendExtract("objective-"+file, func(ctx context.Context, stores reports.Stores, cycle, lang string) (reports.Document, error) {
		return reports.ComposeObjective(ctx, stores, cycle, lang, number)
	})
}
