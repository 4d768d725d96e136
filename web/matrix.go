package web

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// matrixPublicPage is pages/matrix/show.html: objectives by agencies.
type matrixPublicPage struct {
	page
	Filter *filter
	Heads  []matrixHead
	Rows   []matrixAgency
	Empty  []objectives.Objective // that no measure of the table serves
}

// matrixHead is a column: an objective, or the measures that serve all of them.
type matrixHead struct {
	Number int // 0 for all
	Title  i18n.Text
	All    int  // measures, also those without an agency
	Named  bool // an agency of the table leads one or takes part in one
}

// matrixAgency is a row with a cell for each column.
type matrixAgency struct {
	objectives.Agency
	Acronym string
	Cells   []matrixField
	Led     int
	Joined  int
}

// matrixField is how many measures for an objective an agency leads and joins.
type matrixField struct {
	Led, Joined int
	Shade       int    // from 0 to 4, by their number
	URL         string // of these measures
}

// roles are how an agency may stand to a measure.
var roles = []string{"lead", "partner"}

func (s *site) showPublicMatrix(r *request) error {
	ctx := r.Request.Context()
	cutoff, err := r.cutoff()
	if err != nil {
		return err
	}
	counts, err := s.objectives.CountMatrix(ctx)
	if err != nil {
		return err
	}
	whole, err := s.objectives.CountByAgency(ctx)
	if err != nil {
		return err
	}
	titles, err := s.objectives.ShortTitles(ctx)
	if err != nil {
		return err
	}
	agencies, err := s.objectives.Agencies(ctx)
	if err != nil {
		return err
	}
	p := matrixPublicPage{page: r.page(r.T("more.matrix"), r.T("matrix.public.description")), Filter: r.selection()}
	role := p.Filter.pick(r, "role", choices(r, "matrix.role.", roles))
	status := p.Filter.pick(r, "status", choices(r, "measure.status.", objectives.Statuses))
	kind := p.Filter.pick(r, "body", choices(r, "agency.kind.", objectives.AgencyKinds))
	chosen := func(c objectives.MeasureCount) bool {
		return (role == "" || (role == "lead") == c.Leads) && (status == "" || string(c.StatusAt(cutoff)) == status)
	}
	counts = slices.DeleteFunc(counts, func(c objectives.MeasureCount) bool { return !chosen(c) })
	if p.Heads, err = r.matrixHeads(titles, func(s objectives.Status) bool { return status == "" || string(s) == status }, cutoff); err != nil {
		return err
	}
	i18n.Sort(r.p, agencies, func(a objectives.Agency) string { return r.in(a.Name) })
	for _, a := range agencies {
		if kind != "" && string(a.Kind) != kind {
			continue
		}
		row := r.matrixRow(a, p.Heads, counts, status)
		for _, c := range whole { // a measure that serves several objectives counts once
			switch {
			case c.Agency != a.Code || !chosen(c):
			case c.Leads:
				row.Led += c.N
			default:
				row.Joined += c.N
			}
		}
		if row.Led+row.Joined > 0 {
			p.Rows = append(p.Rows, row)
		}
	}
	for i, o := range titles {
		if !p.Heads[i].Named {
			p.Empty = append(p.Empty, o)
		}
	}
	return r.render(p.Filter.status(), "matrix/show", p)
}

// matrixHeads are the objectives with how many measures they have of a status, and
// a last column for the measures that serve all of them.
func (r *request) matrixHeads(titles []objectives.Objective, counted func(objectives.Status) bool, cutoff time.Time) ([]matrixHead, error) {
	ctx := r.Request.Context()
	counts, err := r.site.objectives.CountByObjective(ctx)
	if err != nil {
		return nil, err
	}
	all, err := r.site.objectives.CrossCutting(ctx)
	var heads []matrixHead
	for _, o := range titles {
		head := matrixHead{Number: o.Number, Title: o.ShortTitle}
		for _, c := range counts {
			if c.Number == o.Number && counted(c.StatusAt(cutoff)) {
				head.All += c.N
			}
		}
		heads = append(heads, head)
	}
	last := matrixHead{}
	for _, m := range all {
		if counted(m.StatusAt(cutoff)) {
			last.All++
		}
	}
	return append(heads, last), err
}

// matrixRow fills in the cells of an agency's row.
func (r *request) matrixRow(a objectives.Agency, heads []matrixHead, counts []objectives.MeasureCount, status string) matrixAgency {
	row := matrixAgency{Agency: a, Acronym: acronym(a, r.p.Lang()), Cells: make([]matrixField, len(heads))}
	for i, head := range heads {
		cell := &row.Cells[i]
		for _, c := range counts {
			switch {
			case c.Agency != a.Code || c.Number != head.Number:
			case c.Leads:
				cell.Led += c.N
			default:
				cell.Joined += c.N
			}
		}
		n := cell.Led + cell.Joined
		cell.Shade = min((n+1)/2, 4)
		query := url.Values{"agency": {a.Code}, "objective": {"all"}}
		if head.Number > 0 {
			query.Set("objective", strconv.Itoa(head.Number))
		}
		if status != "" {
			query.Set("status", status)
		}
		cell.URL = address(r.url("/measures"), query)
		heads[i].Named = heads[i].Named || n > 0
	}
	return row
}
