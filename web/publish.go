package web

import (
	"net/http"
	"net/url"
	"strconv"

	"gcm/internal/auth"
	"gcm/reports"
)

// publishPage is pages/publish/show.html.
type publishPage struct {
	reviewWork
	Hash                   string // of what was signed
	Published              []publishedEdition
	Next                   string   // the number of the edition that would be published, or is written
	Erratum                phrases  // what it puts right
	Form                   sheet    // of the erratum
	Spoken                 []string // languages
	MayPublish, MayCorrect bool
}

// phrases are a text in several languages, for a page that shows all of them.
type phrases []phrase

func (s *site) showPublish(r *request) error { return r.showPublish(http.StatusOK, url.Values{}, nil) }

func (r *request) showPublish(status int, form url.Values, wrong problems) error {
	head, err := r.reviewWork("publish.tab.publish")
	if err != nil {
		return err
	}
	p := publishPage{reviewWork: head, Form: sheet{Values: form, p: r.p, labels: "publish.field.", Problems: wrong}, Spoken: r.languages()}
	if p.Published, err = r.publishedEditions(p.Review.Cycle.Code); err != nil {
		return err
	}
	state, err := r.site.desk.Sheet(r.Request.Context(), r.actor, p.Review.Cycle.Code)
	if err != nil {
		return err
	}
	p.Hash = state.Hash
	p.Next = strconv.Itoa(len(p.Published) + 1)
	for _, lang := range p.Spoken {
		if text := p.Review.Erratum[lang]; text != "" {
			p.Erratum = append(p.Erratum, phrase{text, lang})
		}
	}
	p.MayPublish = p.MayEdit && p.Review.State == reports.SignedOff
	p.MayCorrect = r.actor.Can(auth.EditReview) && p.Review.State == reports.Published
	return r.render(status, "publish/show", p)
}

// publish makes an edition of what was signed off.
func (s *site) publish(r *request) error {
	e, err := s.desk.Publish(r.Request.Context(), r.actor, r.Param("cycle"), s.BaseURL, s.Program, s.Press)
	if err != nil {
		return err
	}
	return r.to("/work/reviews/"+url.PathEscape(r.Param("cycle"))+"/publish", r.T("publish.done.published", strconv.Itoa(e.Number)))
}

// correct begins the next edition with what it puts right.
func (s *site) correct(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	f := sheet{Values: form}
	if err := s.desk.Correct(r.Request.Context(), r.actor, r.Param("cycle"), f.text("erratum", r.languages())); err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showPublish(http.StatusUnprocessableEntity, form, wrong)
	}
	return r.to("/work/reviews/"+url.PathEscape(r.Param("cycle"))+"/publish", r.T("publish.done.correct"))
}
