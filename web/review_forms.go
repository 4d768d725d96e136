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
	return r.sendForm(reports.FileName(e.Cycle, lang, reports.Profile(profile), f.Ending), lang, f, func() (reports.Document, error) {
		return r.documentOf(e, newest)
	})
}

// sendEditionForm sends a copy of an edition in another form than PDF.
func (r *request) sendEditionForm(number int, name string, f reviewForm) error {
	lang, profile, err := namedFile(name)
	if err != nil {
		return err
	}
	e, _, err := r.site.desk.Edition(r.Request.Context(), r.Param("cycle"), number)
	if err != nil {
		return err
	}
	file := reports.FileName(r.Param("cycle"), lang, reports.Profile(profile), "edition-"+strconv.Itoa(number)+"."+f.Ending)
	return r.sendForm(file, lang, f, func() (reports.Document, error) {
		return r.site.desk.Copy(r.Request.Context(), e, lang, reports.Profile(profile))
	})
}

// sendForm makes a form of a document and sends it.
func (r *request) sendForm(file, lang string, f reviewForm, compose func() (reports.Document, error)) error {
	select {
	case r.site.exports <- struct{}{}:
		defer func() { <-r.site.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	doc, err := compose()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := f.write(&b, doc); err != nil {
		return err
	}
	r.download(file, f.media)
	r.Header("Content-Language", lang)
	r.Header("Cache-Control", "no-cache")
	r.Data(http.StatusOK, f.media, b.Bytes())
	return nil
}

// documentOf is the document of the newest edition, or the draft as it stands.
func (r *request) documentOf(e edition, newest int) (reports.Document, error) {
	ctx := r.Request.Context()
	if newest > 0 {
		published, _, err := r.site.desk.Edition(ctx, e.Cycle, newest)
		if err != nil {
			return reports.Document{}, err
		}
		return r.site.desk.Copy(ctx, published, e.Lang, reports.Profile(e.Profile))
	}
	doc, err := reports.Compose(ctx, r.site.reviewStores(), e.Cycle, e.Lang, reports.Profile(e.Profile))
	if err != nil {
		return doc, err
	}
	p, err := i18n.New(e.Lang)
	if err == nil {
		doc.MarkDraft(p, r.site.Now().In(r.site.Zone))
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
