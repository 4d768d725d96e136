package web

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"gcm/internal/fault"
	"gcm/internal/period"
	"gcm/reports"
)

// reviewsPage is pages/reviews/list.html.
type reviewsPage struct {
	page
	Reviews []reports.Review
}

func (s *site) listReviews(r *request) error {
	list, err := r.publicReviews()
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "reviews/list", reviewsPage{r.page(r.T("nav.reviews"), r.T("reviews.description")), list})
}

// publicReviews are the reviews that everybody may see: what was published, also
// while a correction of it is written, and drafts that are shown. What was published
// bears the title of its newest edition, not the one that stands at the desk. The
// numbers of the newest editions come by the reviews' ids.
func (s *site) publicReviews(ctx context.Context) (list []reports.Review, newest map[int64]int, err error) {
	if newest, err = s.desk.Newest(ctx); err != nil {
		return nil, nil, err
	}
	if list, err = s.reports.Reviews(ctx); err != nil {
		return nil, nil, err
	}
	for i := range list {
		v := &list[i]
		if newest[v.ID] > 0 && v.State != reports.Published {
			e, _, err := s.desk.Edition(ctx, v.Cycle.Code, newest[v.ID])
			if err == nil {
				v.Title, err = s.desk.Named(ctx, e)
			}
			if err != nil {
				return nil, nil, err
			}
			v.State = reports.Published
		}
	}
	return slices.DeleteFunc(list, func(v reports.Review) bool { return !v.Shown && v.State != reports.Published }), newest, nil
}

// publicReview is one of them, with the number of its newest edition: 0 for a
// draft that is shown.
func (r *request) publicReview() (reports.Review, int, error) {
	list, newest, err := r.site.publicReviews(r.Request.Context())
	i := slices.IndexFunc(list, func(v reports.Review) bool { return v.Cycle.Code == r.Param("cycle") })
	if err != nil || i < 0 {
		return reports.Review{}, 0, orNotFound(err, "review of cycle %q", r.Param("cycle"))
	}
	return list[i], newest[list[i].ID], nil
}

// reviewPage is pages/reviews/show.html.
type reviewPage struct {
	page
	reports.Review
	Notice    []string
	Published []publishedEdition // the newest first
	Editions  []editionLine      // of a draft that is shown
	Forms     []reviewForm       // beside the PDF
	Briefs    []briefLine        // none where the newest edition was published without
	Asked     bool               // there is a questionnaire answered from it
}

// editionLine is one PDF of a review: built, being built, or neither.
type editionLine struct {
	edition
	Language string // its name in itself
	Size     int    // in kB; 0 when it has not been built
	Built    string // when, in UTC
	Running  bool
	Same     bool // it says what the data say
	Stale    bool // it is known to say something else
}

// profiles are how much of a review is printed.
var profiles = []string{string(reports.Full), string(reports.Compact)}

func (s *site) showReview(r *request) error {
	review, newest, err := r.publicReview()
	if err != nil {
		return err
	}
	title := r.in(review.Title)
	p := reviewPage{page: r.page(title, title), Review: review, Notice: paragraphs(r.in(review.Notice)), Forms: reviewForms}
	if p.Asked, err = r.publicQuestionnaire(review, newest); err != nil {
		return err
	}
	if newest > 0 {
		if p.Published, err = r.publishedEditions(review.Cycle.Code); err != nil {
			return err
		}
		if len(p.Published[0].Briefs) > 0 {
			if p.Briefs, err = r.briefLines(r.url("/reviews/" + review.Cycle.Code)); err != nil {
				return err
			}
		}
		return r.render(http.StatusOK, "reviews/show", p)
	}
	if p.Briefs, err = r.briefLines(r.url("/reviews/" + review.Cycle.Code)); err != nil {
		return err
	}
	for _, profile := range profiles {
		for _, link := range p.Languages {
			p.Editions = append(p.Editions, r.editionLine(edition{review.Cycle.Code, link.Code, profile}, link.Name))
		}
	}
	var comparing sync.WaitGroup
	for i := range p.Editions {
		comparing.Go(func() { r.compare(&p.Editions[i]) })
	}
	comparing.Wait()
	return r.render(http.StatusOK, "reviews/show", p)
}

// compare holds an edition against the data, if it was built here.
func (r *request) compare(line *editionLine) {
	if r.site.builds.kept(line.edition) != "" {
		line.Same = r.same(line.edition)
		line.Stale = !line.Same
	}
}

// same reports whether an edition says what the data say now. Where that cannot
// be found out, the log says why and the page shows what there is.
func (r *request) same(e edition) bool {
	_, same, err := r.site.builds.compare(r.Request.Context(), e)
	if err != nil {
		r.log.Warn("edition not compared", "id", r.id, "error", err)
	}
	return same
}

func (r *request) editionLine(e edition, language string) editionLine {
	line := editionLine{edition: e, Language: language, Running: r.site.builds.state(e) == buildRunning}
	if info, err := os.Stat(r.site.builds.path(e)); err == nil {
		at := info.ModTime().UTC()
		line.Size = int((info.Size() + 1023) / 1024)
		line.Built = r.p.Period(period.Period(at.Format(time.DateOnly))) + ", " + at.Format("15:04")
	}
	return line
}

// editionOf checks that an edition of the review can exist: a language of the
// State, a known profile.
func (r *request) editionOf(cycle, lang, profile string) (edition, error) {
	_, brief := reports.BriefTable(profile)
	if !slices.Contains(r.languages(), lang) || !brief && !slices.Contains(profiles, profile) {
		return edition{}, notFound("no edition %q in %q", profile, lang)
	}
	return edition{cycle, lang, profile}, nil
}

// draftOf is editionOf for a draft that everybody may see. Of a published review
// there is none: newest says so.
func (r *request) draftOf(lang, profile string) (e edition, newest int, err error) {
	review, newest, err := r.publicReview()
	if err == nil {
		e, err = r.editionOf(review.Cycle.Code, lang, profile)
	}
	return e, newest, err
}

// namedFile reads kk.pdf or kk-compact.pdf.
func namedFile(file string) (lang, profile string, err error) {
	name, ok := strings.CutSuffix(file, ".pdf")
	lang, profile, given := strings.Cut(name, "-")
	if !given {
		profile = string(reports.Full)
	}
	if !ok || given && profile == string(reports.Full) {
		return "", "", notFound("no file %q", file)
	}
	return lang, profile, nil
}

// downloadReview sends kk.pdf (or kk-compact.pdf, kk.docx, questionnaire-kk.pdf …) of the newest
// edition, or of a draft that is shown.
func (s *site) downloadReview(r *request) error {
	if file, ok := strings.CutPrefix(r.Param("file"), questionnairePrefix); ok {
		return r.downloadPublicQuestionnaire(file)
	}
	if name, form, ok := otherFormOf(r.Param("file")); ok {
		return r.sendReviewForm(name, form)
	}
	lang, profile, err := namedFile(r.Param("file"))
	if err != nil {
		return err
	}
	e, newest, err := r.draftOf(lang, profile)
	if err != nil {
		return err
	}
	if newest > 0 {
		return r.sendEdition(newest, e.file(), false)
	}
	return r.sendDraft(e)
}

// sendDraft sends a review as it stands. A file that was not built since the data
// changed is built first.
func (r *request) sendDraft(e edition) error {
	fingerprint, err := r.site.builds.fresh(r.Request.Context(), e)
	if err != nil {
		return err
	}
	f, err := os.Open(r.site.builds.path(e))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r.showPDF(e.file(), e.Lang)
	if !personal(r.Request.URL.Path) { // else the page of the work forbade to keep it
		r.Header("Cache-Control", "no-cache")
		r.Header("ETag", `"`+fingerprint+`"`)
	}
	http.ServeContent(r.Writer, r.Request, "", info.ModTime(), f)
	return nil
}

// showPDF says that what follows is a PDF to be looked at.
func (r *request) showPDF(name, lang string) {
	r.Header("Content-Type", "application/pdf")
	r.Header("Content-Language", lang)
	r.Header("Content-Disposition", `inline; filename="`+name+`"`)
}

// startBuild begins to build an edition, unless it is up to date, and leads to
// the page that tells how it goes.
func (s *site) startBuild(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	review, newest, err := r.publicReview()
	if err != nil {
		return err
	}
	if newest > 0 { // there is nothing to make
		r.Redirect(http.StatusSeeOther, r.url("/reviews/"+review.Cycle.Code))
		return nil
	}
	e, err := r.editionOf(review.Cycle.Code, form.Get("language"), form.Get("profile"))
	if err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = fault.New(fault.Invalid, "error.invalid", "%w", err)
		}
		return err
	}
	if err := s.builds.start(r.Request.Context(), e); err != nil {
		return err
	}
	r.Redirect(http.StatusSeeOther, r.url("/reviews/"+e.Cycle+"/builds/"+e.Lang+"-"+e.Profile))
	return nil
}

// buildPage is pages/reviews/build.html.
type buildPage struct {
	page
	Edition  edition
	Profile  string // in words
	Language string
	State    buildState
	Stale    bool // the data have changed since
}

// showBuild tells how a build goes, as a page or, for its script, as JSON.
func (s *site) showBuild(r *request) error {
	name, isJSON := strings.CutSuffix(r.Param("edition"), ".json")
	lang, profile, _ := strings.Cut(name, "-")
	e, newest, err := r.draftOf(lang, profile)
	if err != nil {
		return err
	}
	if newest > 0 {
		r.Redirect(http.StatusSeeOther, r.url("/reviews/"+e.Cycle))
		return nil
	}
	state := s.builds.state(e)
	r.Header("Cache-Control", "no-store")
	if isJSON {
		r.JSON(http.StatusOK, map[string]buildState{"state": state})
		return nil
	}
	p := buildPage{page: r.page(r.T("build.title"), ""), Edition: e, Profile: r.profileName(e.Profile), State: state}
	for _, link := range p.Languages {
		if link.Code == e.Lang {
			p.Language = link.Name
		}
	}
	switch state {
	case buildRunning:
		p.Refresh = 2
	case buildDone, buildFailed: // what failed once may be up to date by now
		p.Stale = !r.same(e)
		if !p.Stale {
			p.State = buildDone
		}
	}
	return r.render(http.StatusOK, "reviews/build", p)
}
