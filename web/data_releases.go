package web

import (
	"net/http"
	"net/url"
	"strings"

	"gcm/indicators/exchange"
	"gcm/internal/fault"
)

// dataReleasesPage is pages/data/releases.html.
type dataReleasesPage struct {
	workPage
	Releases []releaseLine
	Open     int // errors that nobody has accepted: they keep figures from being released
	Form     sheet
}

// listDataReleases shows the data releases and the form that makes one.
func (s *site) listDataReleases(r *request) error {
	return r.showDataReleases(http.StatusOK, url.Values{}, nil)
}

func (r *request) showDataReleases(status int, values url.Values, wrong problems) error {
	p := dataReleasesPage{workPage: r.workPage(r.T("exports.releases.title")), Form: sheet{Values: values, p: r.p, labels: "exports.field.", Problems: wrong}}
	var err error
	if p.Releases, err = r.releases(); err != nil {
		return err
	}
	if p.Open, err = exchange.Blocking(r.Request.Context(), exchange.NewStores(r.site.DB)); err != nil {
		return err
	}
	return r.render(status, "data/releases", p)
}

// makeDataRelease releases the figures that stand now.
func (s *site) makeDataRelease(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	f := sheet{Values: form}
	made, err := exchange.Publish(r.Request.Context(), s.figures(), r.actor, strings.TrimSpace(form.Get("code")),
		f.text("title", r.languages()), f.text("note", r.languages()), s.BaseURL)
	if fault.KindOf(err) == fault.Conflict {
		err = fault.Problems{{Field: "code", Key: "register.problem.code_taken", Args: []any{form.Get("code")}}}.Err()
	}
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showDataReleases(http.StatusUnprocessableEntity, form, wrong)
	}
	return r.to("/work/data/releases", r.T("exports.released", made.Code))
}

// packDataRelease makes the archive of a release that has none, as when the
// program was stopped in between.
func (s *site) packDataRelease(r *request) error {
	one, err := s.indicators.ReleaseByCode(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	if _, err := exchange.Pack(r.Request.Context(), s.figures(), r.actor, one, s.BaseURL); err != nil {
		return err
	}
	return r.to("/work/data/releases", r.T("exports.packed", one.Code))
}
