package web

import (
	"net/http"
	"slices"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// lawsPage is pages/laws/list.html.
type lawsPage struct {
	page
	Filter *filter
	Laws   []lawLine
	Found  string
}

// lawLine is a legal instrument with how many measures it founds.
type lawLine struct {
	objectives.LegalInstrument
	Measures int
}

func (s *site) listLaws(r *request) error {
	all, err := s.objectives.LegalInstruments(r.Request.Context())
	if err != nil {
		return err
	}
	founded, err := s.objectives.CountFounded(r.Request.Context())
	if err != nil {
		return err
	}
	p := lawsPage{page: r.page(r.T("more.laws"), r.T("laws.description")), Filter: r.filter()}
	kind := p.Filter.pick(r, "kind", choices(r, "law.kind.", objectives.LawKinds))
	status := p.Filter.pick(r, "standing", choices(r, "law.status.", objectives.LawStatuses))
	i18n.Sort(r.p, all, func(l objectives.LegalInstrument) string { return r.in(l.Name) })
	for _, l := range all {
		if (kind == "" || l.Kind == kind) && (status == "" || l.Status == status) && holds(r.in(l.Name)+" "+l.Number, p.Filter.Text) {
			p.Laws = append(p.Laws, lawLine{l, founded[l.ID]})
		}
	}
	p.Found = r.T("laws.found", len(p.Laws), len(all))
	return r.render(p.Filter.status(), "laws/list", p)
}

// lawPage is pages/laws/show.html.
type lawPage struct {
	page
	objectives.LegalInstrument
	Retired      *retired // nil when it is in use
	MeasureLines []measureLine
	Objectives   []objectives.Objective // that these measures serve by themselves
	Quotes       []quote
}

func (s *site) showLaw(r *request) error {
	ctx := r.Request.Context()
	l, err := s.objectives.LawByCode(ctx, r.Param("code"))
	if err != nil {
		return err
	}
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	linked, err := s.objectives.MeasuresOfLaw(ctx, l.Code)
	if err != nil {
		return err
	}
	sources, err := r.sourcesByCode()
	if err != nil {
		return err
	}
	titles, err := s.objectives.ShortTitles(ctx)
	if err != nil {
		return err
	}
	p := lawPage{
		page: r.page(r.in(l.Name), r.T("law.kind."+l.Kind)), LegalInstrument: l,
		MeasureLines: linkedLines(linked, cutoff), Quotes: quotesOf(l.Quotes, sources),
	}
	if p.Retired, err = r.retirement(l.ArchivedAt, "laws", l.Code, s.objectives.LawRegister().Successor); err != nil {
		return err
	}
	for _, o := range titles {
		if slices.ContainsFunc(p.MeasureLines, func(m measureLine) bool { return serves(m.Measure, o.Number) }) {
			p.Objectives = append(p.Objectives, o)
		}
	}
	return r.render(http.StatusOK, "laws/show", p)
}
