package web

import (
	"net/http"
	"slices"

	"gcm/internal/auth"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// roundsPage is pages/rounds/list.html.
type roundsPage struct {
	workPage
	Rounds    []roundLine
	MayChange bool
}

// roundLine is a reporting round in a list.
type roundLine struct {
	progress.Cycle
	Stage, Mark string
	Next        string // the milestone to come, in words
	Bar         *bar   // nil for who does not see how others come on
}

// stage says how far a round has come: planned, open, closed.
func stage(c progress.Cycle) string {
	switch {
	case c.Open():
		return "open"
	case c.ClosedAt != nil:
		return "closed"
	}
	return "planned"
}

// stageMarks are the marks of the stages in the stylesheet.
var stageMarks = map[string]string{"open": "active", "closed": "archived", "planned": "draft"}

func (s *site) listRounds(r *request) error {
	rounds, err := s.progress.Cycles(r.Request.Context())
	if err != nil {
		return err
	}
	standings, err := r.standings(rounds...)
	if err != nil {
		return err
	}
	p := roundsPage{workPage: r.workPage(r.T("rounds.title")), MayChange: r.actor.Can(auth.Coordinate)}
	for _, c := range slices.Backward(rounds) {
		p.Rounds = append(p.Rounds, roundLine{
			Cycle: c, Stage: stage(c), Mark: stageMarks[stage(c)], Next: r.nextMilestone(c), Bar: r.barOf(standings[c.ID]),
		})
	}
	return r.render(http.StatusOK, "rounds/list", p)
}

// nextMilestone names the first milestone of an open round that is not over.
func (r *request) nextMilestone(c progress.Cycle) string {
	for _, m := range c.Milestones {
		if c.Open() && m.Due >= r.today() {
			return r.T("round.next", r.in(m.Name), r.p.Period(period.Period(m.Due)))
		}
	}
	return ""
}

// standings tells how agencies come on in the rounds that were opened, by the id of
// the round; nothing to who does not see it.
func (r *request) standings(rounds ...progress.Cycle) (map[int64][]progress.Standing, error) {
	opened := slices.DeleteFunc(slices.Clone(rounds), func(c progress.Cycle) bool { return c.OpenedAt == nil })
	if len(opened) == 0 || !r.actor.Can(auth.Account) {
		return nil, nil
	}
	return r.site.progress.Standings(r.Request.Context(), r.actor, r.today(), opened...)
}

// roundPage is pages/rounds/show.html.
type roundPage struct {
	workPage
	Round          progress.Cycle
	Stage, Mark    string
	Opened, Closed string // days, in words
	Milestones     []milestoneLine
	MayChange      bool
	Account        bool // the person sees how agencies come on
	Standings      []standingLine
	Bar            *bar
	Accepted       int // entries that can be released
	Hindrances     []string
	Form           sheet // of the reason for reopening
}

// milestoneLine is a date of a round.
type milestoneLine struct {
	progress.CycleMilestone
	Day  string
	Past bool
}

// standingLine is how far one agency has come.
type standingLine struct {
	progress.Standing
	Bar *bar
}

func (s *site) showRound(r *request) error {
	return r.showRound(http.StatusOK, r.roundSheet(nil, nil))
}

func (r *request) showRound(status int, form sheet) error {
	c, err := r.site.progress.Cycle(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	p := roundPage{
		workPage: r.workPage(r.in(c.Name)), Round: c, Stage: stage(c), Mark: stageMarks[stage(c)], Form: form,
		MayChange: r.actor.Can(auth.Coordinate), Account: r.actor.Can(auth.Account),
	}
	if c.OpenedAt != nil {
		p.Opened = r.day(*c.OpenedAt)
	}
	if c.ClosedAt != nil {
		p.Closed = r.day(*c.ClosedAt)
	}
	for _, m := range c.Milestones {
		p.Milestones = append(p.Milestones, milestoneLine{m, r.p.Period(period.Period(m.Due)), m.Due < r.today()})
	}
	standings, err := r.standings(c)
	if err != nil {
		return err
	}
	for _, one := range standings[c.ID] {
		p.Standings = append(p.Standings, standingLine{one, r.barOf([]progress.Standing{one})})
		p.Accepted += one.States[objectives.Accepted]
	}
	p.Bar, p.Hindrances = r.barOf(standings[c.ID]), r.hindrances(standings[c.ID])
	return r.render(status, "rounds/show", p)
}

// hindrances says what is still open when a round is to be closed.
func (r *request) hindrances(standings []progress.Standing) (list []string) {
	silent := 0
	states := map[objectives.State]int{}
	for _, one := range standings {
		silent += one.Silent
		for state, count := range one.States {
			states[state] += count
		}
	}
	if silent > 0 {
		list = append(list, r.T("round.hinders.silent", silent))
	}
	for _, state := range progress.States {
		if n := states[state]; n > 0 && state != objectives.Released {
			list = append(list, r.T("round.hinders."+string(state), n))
		}
	}
	return list
}
