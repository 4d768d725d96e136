package web

import (
	"net/http"
	"slices"
	"time"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// latest is how many notices stand beside the tasks.
const latest = 6

// tasksPage is pages/work/show.html.
type tasksPage struct {
	workPage
	Name     string
	Groups   []taskGroup // what waits for the person, the most urgent first
	Idle     bool        // nothing waits
	MayEnter bool
	MayLook  bool // at entries, without writing any
	Rounds   []roundNote
	Notices  []noticeLine     // the latest
	Invited  []invitationLine // of a partner, to comment
}

// taskGroup is one sort of what waits.
type taskGroup struct {
	Key   string // of its words: "overdue"
	Count int
	More  string // where the rest is; empty without
	Tasks []task
}

// task is one thing that waits.
type task struct {
	Title    i18n.Text
	URL      string
	Start    *startForm    // begins an entry that was asked for
	Kind     progress.Kind // empty for a review to sign
	Agency   i18n.Text
	Due      string
	Days     string // until then, or since
	Reason   string // for which it came back
	Assignee string
	Changed  string
}

// startForm is what begins an entry.
type startForm struct{ Cycle, Kind, Record string }

// roundNote is an open round with its dates.
type roundNote struct {
	progress.Cycle
	Dates []roundDate
}

type roundDate struct {
	Name i18n.Text
	On   string
	Days string
	Past bool
}

// showTasks is where one begins: what waits for the person.
func (s *site) showTasks(r *request) error {
	ctx := r.Request.Context()
	tasks, err := s.progress.Tasks(ctx, r.actor, s.Now().In(s.Zone))
	if err != nil {
		return err
	}
	p := tasksPage{workPage: r.workPage(r.T("work.title")), Name: r.actor.Name, MayEnter: r.actor.Can(auth.Enter), MayLook: r.actor.Can(auth.SeeEntries)}
	returned, err := r.returnedTasks(tasks.Returned)
	if err != nil {
		return err
	}
	signing, err := r.signingTasks()
	if err != nil {
		return err
	}
	groups := []taskGroup{
		{"signing", len(signing), "", signing},
		{"overdue", tasks.Overdues, "/work/entries?overdue=1", r.askedTasks(tasks.Overdue)},
		{"returned", tasks.Returns, "", returned},
		{"deciding", tasks.Decisions, r.reachable("/work/queue"), r.entryTasks(tasks.Deciding)},
		{"due", tasks.Dues, "", r.askedTasks(tasks.Due)},
		{"working", tasks.Works, "/work/entries?state=draft", r.entryTasks(tasks.Working)},
	}
	shown := map[string]bool{}
	for _, g := range groups {
		if g.once(shown); g.Count > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	p.Idle = len(p.Groups) == 0
	if p.Rounds, err = r.openRounds(); err != nil {
		return err
	}
	if p.Notices, err = r.latestNotices(); err != nil {
		return err
	}
	if p.Invited, err = r.ownInvitations(); err != nil {
		return err
	}
	return r.render(http.StatusOK, "work/show", p)
}

// once leaves out what a more urgent group shows already.
func (g *taskGroup) once(shown map[string]bool) {
	all := len(g.Tasks)
	g.Tasks = slices.DeleteFunc(g.Tasks, func(t task) bool { return t.URL != "" && shown[t.URL] })
	g.Count -= all - len(g.Tasks)
	for _, t := range g.Tasks {
		shown[t.URL] = true
	}
}

func (r *request) askedTasks(list []progress.RequestLine) []task {
	var tasks []task
	for _, q := range list {
		t := task{Title: q.Title, Kind: q.Kind, Due: r.p.Period(period.Period(q.Due)), Days: r.daysTo(q.Due)}
		if q.Entry != "" {
			t.URL = "/work/entries/" + q.Entry
		} else {
			t.Start = &startForm{q.Cycle, string(q.Kind), q.Record}
		}
		tasks = append(tasks, t)
	}
	return tasks
}

func (r *request) entryTasks(list []progress.Line) []task {
	var tasks []task
	for _, l := range list {
		t := task{Title: l.Title, URL: "/work/entries/" + l.Code, Kind: l.Kind, Agency: l.AgencyName, Assignee: l.Assignee}
		if r.in(t.Title) == "" {
			t.Title = i18n.Text{r.p.Lang(): r.T("entering.untitled")}
		}
		if l.Due != "" {
			t.Due, t.Days = r.p.Period(period.Period(l.Due)), r.daysTo(l.Due)
		}
		if l.UpdatedAt != nil {
			t.Changed = r.day(*l.UpdatedAt)
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// returnedTasks are entries that came back, with the reason.
func (r *request) returnedTasks(list []progress.Line) ([]task, error) {
	tasks := r.entryTasks(list)
	for i, l := range list {
		e, err := r.site.progress.Entry(r.Request.Context(), r.actor, l.Code)
		if err != nil {
			return nil, err
		}
		tasks[i].Reason = e.Reason
	}
	return tasks, nil
}

// signingTasks are the reviews that wait for the signature of the person's body.
func (r *request) signingTasks() ([]task, error) {
	list, err := r.site.desk.Awaited(r.Request.Context(), r.actor)
	var tasks []task
	for _, review := range list {
		tasks = append(tasks, task{Title: review.Title, URL: deskPath + "/" + review.Cycle.Code + "/clearance"})
	}
	return tasks, err
}

// daysTo says how far a day is away.
func (r *request) daysTo(day string) string {
	due, err := time.Parse(time.DateOnly, day)
	today, _ := time.Parse(time.DateOnly, r.today()) // it was printed so
	switch days := int(due.Sub(today) / (24 * time.Hour)); {
	case err != nil:
		return ""
	case days < 0:
		return r.T("tasks.late", -days)
	case days == 0:
		return r.T("tasks.today")
	default:
		return r.T("tasks.left", days)
	}
}

// openRounds are the rounds in which agencies enter, with their dates.
func (r *request) openRounds() ([]roundNote, error) {
	cycles, err := r.site.progress.Cycles(r.Request.Context())
	var notes []roundNote
	for _, c := range cycles {
		if !c.Open() {
			continue
		}
		note := roundNote{Cycle: c}
		for _, m := range c.Milestones {
			note.Dates = append(note.Dates, roundDate{m.Name, r.p.Period(period.Period(m.Due)), r.daysTo(m.Due), m.Due < r.today()})
		}
		notes = append(notes, note)
	}
	return notes, err
}

// latestNotices are the newest things that the person was told.
func (r *request) latestNotices() ([]noticeLine, error) {
	list, _, err := r.site.notices.Notices(r.Request.Context(), r.actor, latest, 0)
	var lines []noticeLine
	for _, n := range list {
		lines = append(lines, noticeLine{n.ID, n.Words(r.p), n.Detail(r.p), r.moment(n.CreatedAt), n.Path, n.ReadAt != nil})
	}
	return lines, err
}
