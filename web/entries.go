package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// pageSize is how many lines a list of the work shows at once.
const pageSize = 50

// entriesPage is pages/entries/list.html.
type entriesPage struct {
	workPage
	Filter   entryFilter
	Lines    []entryLine
	Total    int
	Cycles   []progress.Cycle
	Agencies []objectives.Agency
	Kinds    []progress.Kind
	States   []objectives.State
	Statuses []objectives.Status
	Pages    pager
	MayEnter bool
	Clear    bool // something is filtered
}

// entryFilter is what the list's form sends; empty fields filter nothing.
type entryFilter struct{ Cycle, Agency, Kind, State, Status, Mine, Overdue, Text string }

// entryLine is an entry in a list.
type entryLine struct {
	progress.Line
	DueOn   string
	Late    bool
	Changed string
}

// pager leads through a list.
type pager struct {
	Number, Last   int
	Previous, Next string // addresses; empty at the ends
}

// entryStates are the states in the order of an entry's way.
var entryStates = []objectives.State{objectives.Draft, objectives.Submitted, objectives.Approved, objectives.Accepted, objectives.Released}

// listEntries lists the entries in the person's reach.
func (s *site) listEntries(r *request) error {
	ctx := r.Request.Context()
	f := entryFilter{r.Query("cycle"), r.Query("agency"), r.Query("kind"), r.Query("state"), r.Query("status"), r.Query("mine"), r.Query("overdue"), strings.TrimSpace(r.Query("text"))}
	number, _ := strconv.Atoi(r.Query("page")) // none is the first
	number = min(max(number, 1), 10_000)
	found, total, err := s.progress.Entries(ctx, r.actor, f.filter(r.actor, r.today(), number))
	if err != nil {
		return err
	}
	p := entriesPage{
		workPage: r.workPage(r.T("work.nav.entries")), Filter: f, Total: total, Pages: r.pager(number, total),
		Kinds: progress.Kinds, States: entryStates, Statuses: entryStatuses,
		MayEnter: r.actor.Can(auth.Enter), Clear: f != entryFilter{},
	}
	for _, line := range found {
		p.Lines = append(p.Lines, r.entryLine(line))
	}
	if p.Cycles, err = s.progress.Cycles(ctx); err != nil {
		return err
	}
	slices.Reverse(p.Cycles)
	p.Agencies, err = s.objectives.Agencies(ctx)
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "entries/list", p)
}

// filter is the filter in the words of the domain.
func (f entryFilter) filter(actor auth.Actor, today string, page int) progress.Filter {
	filter := progress.Filter{
		Cycle: f.Cycle, Agency: f.Agency, Kind: progress.Kind(f.Kind), State: objectives.State(f.State), Status: objectives.Status(f.Status),
		Text: f.Text, Limit: pageSize, Offset: (page - 1) * pageSize,
	}
	if f.Mine != "" {
		filter.Assignee = actor.UserID
	}
	if f.Overdue != "" {
		filter.OverdueOn = today
	}
	return filter
}

func (r *request) entryLine(line progress.Line) entryLine {
	l := entryLine{Line: line, Late: line.State == objectives.Draft && line.Due != "" && line.Due < r.today() && line.SubmittedAt == nil}
	if line.Due != "" {
		l.DueOn = r.p.Period(period.Period(line.Due))
	}
	if line.UpdatedAt != nil {
		l.Changed = r.day(*line.UpdatedAt)
	}
	return l
}

// pager leads to the pages before and after one of a list.
func (r *request) pager(number, total int) pager {
	p := pager{Number: number, Last: max(1, (total+pageSize-1)/pageSize)}
	to := func(n int) string {
		query := url.Values{}
		for name, values := range r.Request.URL.Query() {
			if values[0] != "" && name != "lang" {
				query.Set(name, values[0])
			}
		}
		query.Set("page", strconv.Itoa(n))
		return r.Request.URL.Path + "?" + query.Encode()
	}
	if number > 1 {
		p.Previous = to(min(number-1, p.Last))
	}
	if number < p.Last {
		p.Next = to(number + 1)
	}
	return p
}
