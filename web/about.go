package web

import (
	"net/http"

	"gcm/objectives"
	"gcm/progress"
)

// aboutPage is pages/about/show.html.
type aboutPage struct {
	page
	Notice  []string
	Version string
	Cycle   progress.Cycle
	Sources []objectives.Source
}

func (s *site) showAbout(r *request) error {
	sources, err := s.objectives.Sources(r.Request.Context())
	if err != nil {
		return err
	}
	cycle, err := r.cycle()
	if err != nil {
		return err
	}
	p := aboutPage{
		page: r.page(r.T("nav.about"), r.T("about.description")), Notice: paragraphs(r.in(r.country.Notice)),
		Version: r.country.PackVersion, Cycle: cycle, Sources: sources,
	}
	return r.render(http.StatusOK, "about/show", p)
}
