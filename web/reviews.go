package web

import (
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
	list, err := s.reports.Reviews(r.Request.Context())
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "reviews/list", reviewsPage{r.page(r.T("nav.reviews"), r.T("reviews.description")), list})
}

// reviewPage is pages/reviews/show.html.
type reviewPage struct {
	page
	reports.Review
	Notice   []string
	Editions []editionLine
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
	review, err := s.reports.ReviewByCycle(r.Request.Context(), r.Param("cycle"))
	if err != nil {
		return err
	}
	title := r.in(review.Title)
	p := reviewPage{page: r.page(title, title), Review: review, Notice: paragraphs(r.in(review.Notice))}
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

// editionOf checks that an edition can exist: a cycle with a review, a language
// of the State, a known profile.
func (r *request) editionOf(cycle, lang, profile string) (edition, error) {
	if !slices.Contains(r.languages(), lang) || !slices.Contains(profiles, profile) {
		return edition{}, notFound("no edition %q in %q", profile, lang)
	}
	list, err := r.site.reports.Reviews(r.Request.Context())
	if err == nil && !slices.ContainsFunc(list, func(v reports.Review) bool { return v.Cycle.Code == cycle }) {
		err = notFound("no review of cycle %q", cycle)
	}
	return edition{cycle, lang, profile}, err
}

// downloadReview sends kk.pdf (or kk-compact.pdf). One that has not been built
// since the data changed is built first.
func (s *site) downloadReview(r *request) error {
	name, ok := strings.CutSuffix(r.Param("file"), ".pdf")
	lang, profile, given := strings.Cut(name, "-")
	if !given {
		profile = string(reports.Full)
	}
	if !ok || given && profile == string(reports.Full) {
		return notFound("no file %q", r.Param("file"))
	}
	e, err := r.editionOf(r.Param("cycle"), lang, profile)
	if err != nil {
		return err
	}
	fingerprint, err := s.builds.fresh(r.Request.Context(), e)
	if err != nil {
		return err
	}
	f, err := os.Open(s.builds.path(e))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r.Header("Content-Type", "application/pdf")
	r.Header("Content-Language", e.Lang)
	r.Header("Content-Disposition", `inline; filename="`+e.file()+`"`)
	r.Header("Cache-Control", "no-cache")
	r.Header("ETag", `"`+fingerprint+`"`)
	http.ServeContent(r.Writer, r.Request, "", info.ModTime(), f)
	return nil
}

// startBuild begins to build an edition, unless it is up to date, and leads to
// the page that tells how it goes.
func (s *site) startBuild(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	e, err := r.editionOf(r.Param("cycle"), form.Get("language"), form.Get("profile"))
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
	Language string
	State    buildState
	Stale    bool // the data have changed since
}

// showBuild tells how a build goes, as a page or, for its script, as JSON.
func (s *site) showBuild(r *request) error {
	name, isJSON := strings.CutSuffix(r.Param("edition"), ".json")
	lang, profile, _ := strings.Cut(name, "-")
	e, err := r.editionOf(r.Param("cycle"), lang, profile)
	if err != nil {
		return err
	}
	state := s.builds.state(e)
	r.Header("Cache-Control", "no-store")
	if isJSON {
		r.JSON(http.StatusOK, map[string]buildState{"state": state})
		return nil
	}
	p := buildPage{page: r.page(r.T("build.title"), ""), Edition: e, State: state}
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
