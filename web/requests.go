package web

import (
	"net/http"
	"net/url"
	"strconv"

	"gcm/internal/auth"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// requestsPage is pages/requests/list.html.
type requestsPage struct {
	workPage
	Filter   *filter
	Problems []string
	Lines    []requestLine
	Total    int
	MayAsk   bool
	Form     sheet  // of the reason for withdrawing
	Back     string // where a withdrawal leads
	Older    string
	Newer    string
}

// requestLine is a request with what became of it.
type requestLine struct {
	progress.RequestLine
	DueOn   string // the day, in words
	Overdue bool
	Link    string // to the entry; empty when there is none in the person's reach
	Start   string // where the entry is begun; empty for whom it is not
}

func (s *site) listRequests(r *request) error {
	p := requestsPage{
		workPage: r.workPage(r.T("requests.title")), Filter: r.filter(), MayAsk: r.actor.Can(auth.Coordinate),
		Form: r.requestSheet(url.Values{}, nil), Back: r.Request.URL.RequestURI(),
	}
	f, page, err := r.requestsFilter(p.Filter)
	if err != nil {
		return err
	}
	if p.Problems = p.Filter.Problems; len(p.Problems) > 0 {
		return r.render(http.StatusUnprocessableEntity, "requests/list", p)
	}
	list, total, err := s.progress.Requests(r.Request.Context(), r.actor, f)
	if err != nil {
		return err
	}
	p.Total = total
	p.Older, p.Newer = r.pages(page, f.Limit, total)
	for _, one := range list {
		p.Lines = append(p.Lines, r.requestLine(one))
	}
	return r.render(http.StatusOK, "requests/list", p)
}

// requestsFilter reads the filter and the number of the page, from 0.
func (r *request) requestsFilter(form *filter) (f progress.Filter, page int, err error) {
	rounds, err := r.roundOptions()
	if err != nil {
		return f, 0, err
	}
	f.Text, f.Limit = form.Text, queueSize
	f.Cycle = form.pick(r, "round", rounds)
	if r.actor.Can(auth.Coordinate) || r.actor.Can(auth.SeeAudit) {
		agencies, err := r.agencyOptions()
		if err != nil {
			return f, 0, err
		}
		f.Agency = form.pick(r, "agency", agencies)
	}
	f.State = objectives.State(form.pick(r, "state", choices(r, "entry.state.", progress.States)))
	if form.pick(r, "overdue", []option{{Value: "yes", Label: r.T("requests.overdue")}}) != "" {
		f.OverdueOn = r.today()
	}
	page = r.pageNumber()
	f.Offset = page * f.Limit
	return f, page, nil
}

// pageNumber is the page of a list that is asked for, from 0.
func (r *request) pageNumber() int {
	page, _ := strconv.Atoi(r.Query("page"))
	return min(max(page, 0), 1_000)
}

// existingPage is pageNumber where a page that is not there is not found.
func (r *request) existingPage(size, total int) (int, error) {
	asked := r.Query("page")
	if asked == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(asked)
	if err != nil || n < 0 || n > 0 && n > (total-1)/size {
		return 0, notFound("no page %q of %d", asked, total)
	}
	return n, nil
}

// pages are the addresses of the pages before and after; empty where there is none.
func (r *request) pages(page, size, total int) (older, newer string) {
	if page > 0 {
		older = r.withQuery("page", strconv.Itoa(page-1))
	}
	if (page+1)*size < total {
		newer = r.withQuery("page", strconv.Itoa(page+1))
	}
	return older, newer
}

func (r *request) requestLine(one progress.RequestLine) requestLine {
	own := r.actor.Agency == one.Agency && r.actor.Agency != ""
	begun := one.Entry != "" && one.State != objectives.Draft
	l := requestLine{RequestLine: one, DueOn: r.p.Period(period.Period(one.Due)), Overdue: one.Due < r.today() && !begun}
	switch {
	case one.Entry != "" && (own || begun || r.actor.Can(auth.SeeAudit)):
		l.Link = "/work/entries/" + one.Entry
	case one.Entry == "" && own && r.actor.Can(auth.Enter):
		l.Start = "/work/entries/new?" + url.Values{"cycle": {one.Cycle}, "kind": {string(one.Kind)}, "record": {one.Record}}.Encode()
	}
	return l
}
