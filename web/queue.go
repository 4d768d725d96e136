package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// queueSize is how many lines of one state a page of the queue shows.
const queueSize = 50

// queuePage is pages/queue/list.html.
type queuePage struct {
	workPage
	Filter   *filter
	Problems []string
	Sections []queueSection
	Total    int
}

// queueSection is what waits in one state.
type queueSection struct {
	State   objectives.State
	Step    string // that leads on from it: "approve"
	Decides bool   // the person decides on some of it, and does not only look on
	Lines   []queueLine
	Total   int
	Action  string // where the decision is sent
	Older   string // the page before; empty on the first
	Newer   string // the page after
}

// Choosable reports whether there is a line to decide on.
func (s queueSection) Choosable() bool {
	return s.Decides && slices.ContainsFunc(s.Lines, func(l queueLine) bool { return l.Barred == "" })
}

// queueLine is an entry that waits.
type queueLine struct {
	progress.Waiting
	Submitted string // the day
	DueOn     string // the day, in words; empty when nobody asked for it
	IsLate    bool
	Days      int    // that it has been waiting
	Lacking   string // the languages into which something is not translated
	Chosen    bool
	Refusal   string // why the decision was not taken
}

// After is the measure's status as the entry has it.
func (l queueLine) After() objectives.Status { return l.Status }

// Changes reports whether the measure's status would change.
func (l queueLine) Changes() bool { return l.Status != "" && l.Status != l.Before }

// attempt is a decision that was not taken, shown again with what was chosen.
type attempt struct {
	chosen  []progress.Chosen
	reasons map[string]string // why not, by entry
	problem string
}

func (s *site) listQueue(r *request) error { return r.showQueue(http.StatusOK, attempt{}) }

func (r *request) showQueue(status int, tried attempt) error {
	p := queuePage{workPage: r.workPage(r.T("queue.title")), Filter: r.filter()}
	f, err := r.queueFilter(p.Filter)
	if err != nil {
		return err
	}
	states := progress.Queues(r.actor)
	if only := objectives.State(p.Filter.pick(r, "state", choices(r, "queue.state.", states))); only != "" {
		states = []objectives.State{only}
	}
	p.Problems = p.Filter.Problems
	if len(p.Problems) > 0 {
		return r.render(http.StatusUnprocessableEntity, "queue/list", p)
	}
	page, alone := 0, len(states) == 1
	if alone { // it can be paged through
		page = r.pageNumber()
	}
	f.Offset = page * queueSize
	queues, err := r.site.progress.Queue(r.Request.Context(), r.actor, f, states...)
	if err != nil {
		return err
	}
	for _, queued := range queues {
		section := r.queueSection(queued, tried)
		section.Older, section.Newer = r.pages(page, queueSize, queued.Total)
		if section.Newer != "" && !alone {
			section.Newer = r.withQuery("state", string(queued.State))
		}
		p.Total += section.Total
		p.Sections = append(p.Sections, section)
	}
	if tried.problem != "" {
		p.Problems = append(p.Problems, tried.problem)
	}
	if n := tried.gone(p.Sections); n > 0 {
		p.Problems = append(p.Problems, r.T("queue.refused.gone", n))
	}
	return r.render(status, "queue/list", p)
}

// ages are the days after which one may ask what is still waiting.
var ages = []int{3, 7, 14, 30}

// queueFilter reads the filter from the address.
func (r *request) queueFilter(form *filter) (f progress.QueueFilter, err error) {
	rounds, err := r.roundOptions()
	if err != nil {
		return f, err
	}
	agencies, err := r.agencyOptions()
	if err != nil {
		return f, err
	}
	goals, err := r.objectiveOptions()
	if err != nil {
		return f, err
	}
	var waits []option
	for _, days := range ages {
		waits = append(waits, option{Value: strconv.Itoa(days), Label: r.T("queue.age", days)})
	}
	f.Text, f.Limit = form.Text, queueSize
	f.Cycle = form.pick(r, "round", rounds)
	f.Agency = form.pick(r, "agency", agencies)
	f.Kind = progress.Kind(form.pick(r, "kind", r.kindOptions()))
	f.Objective, _ = strconv.Atoi(form.pick(r, "objective", goals))
	f.Status = objectives.Status(form.pick(r, "status", r.statusOptions()))
	if days, _ := strconv.Atoi(form.pick(r, "age", waits)); days > 0 {
		f.Before = r.site.Now().AddDate(0, 0, -days)
	}
	return f, nil
}

// queueSection shows the queue of one state.
func (r *request) queueSection(q progress.Queued, tried attempt) queueSection {
	s := queueSection{State: q.State, Step: stepFrom(q.State), Decides: progress.Decides(r.actor, q.State), Total: q.Total, Action: r.withQuery("page", "")}
	for _, w := range q.Waiting {
		s.Lines = append(s.Lines, r.queueLine(w, tried))
	}
	return s
}

func (r *request) queueLine(w progress.Waiting, tried attempt) queueLine {
	l := queueLine{
		Waiting: w, DueOn: r.p.Period(period.Period(w.Due)), IsLate: w.Late(r.site.Zone),
		Days:   int(r.site.Now().Sub(w.Since) / (24 * time.Hour)),
		Chosen: slices.Contains(tried.chosen, progress.Chosen{Code: w.Code, Version: w.Version}), Refusal: tried.reasons[w.Code],
	}
	if w.SubmittedAt != nil {
		l.Submitted = r.day(*w.SubmittedAt)
	}
	var lacking []string
	for _, lang := range w.Content.Lacking(r.languages()) {
		lacking = append(lacking, r.T("queue.lacking."+lang))
	}
	l.Lacking = strings.Join(lacking, ", ")
	return l
}
