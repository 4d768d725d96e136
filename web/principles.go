package web

import (
	"net/http"
	"slices"
)

// principlesPage is pages/principles/list.html.
type principlesPage struct {
	page
	Principles []principleLine
}

func (s *site) listPrinciples(r *request) error {
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	list, err := r.principleLines(cutoff)
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "principles/list", principlesPage{r.page(r.T("more.principles"), r.T("principles.description")), list})
}

// principlePage is pages/principles/show.html.
type principlePage struct {
	page
	principleLine
	Official       bool // the name is the Compact's own wording in this language
	MeasureLines   []measureLine
	Previous, Next *principleLine
}

func (s *site) showPrinciple(r *request) error {
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	all, err := r.principleLines(cutoff)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(p principleLine) bool { return p.Letter == r.Param("letter") })
	if i < 0 {
		return notFound("no guiding principle %q", r.Param("letter"))
	}
	linked, err := s.objectives.MeasuresOfPrinciple(r.Request.Context(), all[i].Code)
	if err != nil {
		return err
	}
	p := principlePage{
		page:          r.page(r.T("principle.title", all[i].Letter, r.in(all[i].Name)), r.in(all[i].Gist)),
		principleLine: all[i], Official: all[i].OfficialLanguages.Has(r.p.Lang()), MeasureLines: linkedLines(linked, cutoff),
	}
	if i > 0 {
		p.Previous = &all[i-1]
	}
	if i+1 < len(all) {
		p.Next = &all[i+1]
	}
	return r.render(http.StatusOK, "principles/show", p)
}
