package web

import (
	"net/http"

	"gcm/indicators"
	"gcm/objectives"
	"gcm/progress"
)

// dataPage is pages/data/show.html.
type dataPage struct {
	page
	Indicators []dataLine
}

// dataLine is an indicator with the files that there are of it.
type dataLine struct {
	indicators.Indicator
	Charted bool
}

func (s *site) showData(r *request) error {
	all, err := r.indicators()
	if err != nil {
		return err
	}
	p := dataPage{page: r.page(r.T("nav.data"), r.T("data.description"))}
	for _, ind := range all {
		_, charted := indicators.ChartOf(r.p, ind)
		p.Indicators = append(p.Indicators, dataLine{ind, charted})
	}
	return r.render(http.StatusOK, "data/show", p)
}

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
