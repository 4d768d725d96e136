package web

import (
	"net/http"
	"slices"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// newEntryPage is pages/entries/new.html.
type newEntryPage struct {
	workPage
	Cycles   []progress.Cycle // that are open
	Cycle    string           // that is chosen
	Kinds    []progress.Kind
	Kind     progress.Kind
	Record   string
	Groups   []recordGroup
	Problems problems
}

// recordGroup are the records of one sort that an entry can be about.
type recordGroup struct {
	Name    string
	Records []objectives.Titled
}

// askEntry asks what an entry shall be about. The address may say it already:
// measure=CODE or indicator=CODE, kind and cycle.
func (s *site) askEntry(r *request) error {
	start := startForm{r.Query("cycle"), r.Query("kind"), r.Query("measure")}
	if start.Record == "" && r.Query("indicator") != "" {
		start.Kind, start.Record = string(progress.KindValues), r.Query("indicator")
	}
	return r.renderNewEntry(http.StatusOK, start, nil)
}

func (r *request) renderNewEntry(status int, start startForm, wrong problems) error {
	ctx := r.Request.Context()
	p := newEntryPage{
		workPage: r.workPage(r.T("entering.new")), Cycle: start.Cycle, Kinds: progress.Kinds, Kind: progress.Kind(start.Kind), Record: start.Record, Problems: wrong,
	}
	if !slices.Contains(progress.Kinds, p.Kind) {
		p.Kind = progress.KindProgress
	}
	cycles, err := r.site.progress.Cycles(ctx)
	if err != nil {
		return err
	}
	for _, c := range slices.Backward(cycles) {
		if c.Open() {
			p.Cycles = append(p.Cycles, c)
		}
	}
	measures, figures, err := r.site.progress.Records(ctx)
	if err != nil {
		return err
	}
	for _, list := range [][]objectives.Titled{measures, figures} {
		i18n.Sort(r.p, list, func(o objectives.Titled) string { return r.in(o.Title) })
	}
	p.Groups = []recordGroup{{r.T("nav.measures"), measures}, {r.T("nav.indicators"), figures}}
	return r.render(status, "entries/new", p)
}

// startEntry begins the agency's entry, or leads to the one that there is.
func (s *site) startEntry(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	start := startForm{form.Get("cycle"), form.Get("kind"), form.Get("record")}
	if start.Kind == string(progress.KindMeasure) {
		start.Record = ""
	}
	e, err := s.progress.Start(r.Request.Context(), r.actor, start.Cycle, progress.Kind(start.Kind), start.Record, "")
	switch fault.KindOf(err) {
	case fault.NotFound:
		field := "record"
		if start.Cycle == "" {
			field = "cycle"
		}
		return r.renderNewEntry(http.StatusUnprocessableEntity, start, problems{{field, r.T("entering.error.record")}})
	case fault.Conflict:
		return r.renderNewEntry(http.StatusConflict, start, problems{{"cycle", r.T(fault.KeyOf(err))}})
	}
	if err != nil {
		return err
	}
	return r.to("/work/entries/"+e.Code, "")
}
