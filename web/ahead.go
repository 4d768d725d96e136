package web

import (
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// aheadOf lets a kept route also show what is accepted and not yet published, to
// those who are signed in and whom it reaches. The function says which entries
// the address is about; it is not ok for addresses that stay public alone, as files.
func (r route) aheadOf(which func(*gin.Context) (_ progress.Showing, ok bool)) route {
	r.ahead = which
	return r
}

// aheadShown is how many entries a page shows ahead.
const aheadShown = 50

// ahead is what a signed-in person sees on a public page before the public does.
type ahead struct {
	Person        string
	Demonstration bool
	Total         int // of all entries, on the overview alone
	Entries       []aheadEntry
	More          bool   // there are more entries than are shown
	Invite        string // where partners are invited to comment on the objective; empty for others
	Closed        bool   // the entries' texts are folded
}

// aheadEntry is an entry that was accepted.
type aheadEntry struct {
	Code       string
	Kind       progress.Kind
	Title      i18n.Text
	Agency     i18n.Text
	Accepted   string            // the day
	Status     objectives.Status // of a measure's progress; empty for others
	Texts      []releasedText
	Objectives []linkLine   // that it proposes to map to
	Figures    []figureLine // on the page of their indicator alone
	Values     int          // how many figures there are
	Invited    bool         // to comment on it

	content progress.Content
}

// foreseen is what a page shows ahead and to whom, before there is a page.
type foreseen struct {
	actor   auth.Actor
	which   progress.Showing
	entries []progress.Shown
	total   int
	invited map[int64]progress.Invitation // by the entries' ids
}

// foresee finds out whether a request for a kept page comes from somebody who is
// shown more there than the public; nil when not, and then the page is the
// public's. Without the cookie of a session nothing is looked up. What it finds
// is no part of what is kept.
func (s *site) foresee(c *gin.Context, route route) *foreseen {
	if route.ahead == nil {
		return nil
	}
	cookie, err := c.Request.Cookie(s.sessions.Cookie.Name)
	if err != nil || cookie.Value == "" {
		return nil
	}
	which, ok := route.ahead(c)
	if !ok {
		return nil
	}
	f := &foreseen{which: which}
	if f.actor, err = s.insider(c, cookie.Value); err == nil && f.actor.Can(auth.SeeEntries) {
		err = f.read(c, s)
	}
	if err == nil && f.actor.Has(auth.Partner) {
		f.invited, err = s.progress.InvitedTo(c.Request.Context(), f.actor, f.ids()...)
	}
	if err != nil { // the public's page is right for everybody
		if c.Request.Context().Err() == nil {
			s.Log.Error("look ahead", "id", requestID(c.Request), "error", err)
		}
		return nil
	}
	if f.total == 0 && len(f.entries) == 0 {
		return nil
	}
	return f
}

func (f *foreseen) ids() (list []int64) {
	for _, e := range f.entries {
		list = append(list, e.ID)
	}
	return list
}

// What the addresses are about: the whole State, or one record.

func everythingAhead(*gin.Context) (progress.Showing, bool) { return progress.Showing{}, true }

func objectiveAhead(c *gin.Context) (progress.Showing, bool) {
	number, err := strconv.Atoi(c.Param("number"))
	return progress.Showing{Objective: number}, err == nil && number > 0
}

func measureAhead(c *gin.Context) (progress.Showing, bool) {
	code := c.Param("code")
	return progress.Showing{Measure: code}, code != ""
}

func indicatorAhead(c *gin.Context) (progress.Showing, bool) {
	code := c.Param("code")
	_, _, _, isFile := fileName(code)
	return progress.Showing{Indicator: code}, code != "" && !isFile
}

// insider is who is signed in with the session of a cookie, to the full: nobody
// when the session or the account has ended, or a second factor is missing.
func (s *site) insider(c *gin.Context, token string) (auth.Actor, error) {
	visit := &auth.Visit{}
	if _, err := s.sessions.Load(auth.WithVisit(c.Request.Context(), visit), token); err != nil || visit.UserID == 0 {
		return auth.Actor{}, err
	}
	actor, err := s.accounts.Actor(c.Request.Context(), visit.UserID)
	if r := (&request{site: s, actor: actor}); err != nil || r.mustEnrol() {
		return auth.Actor{}, err
	}
	return actor, nil
}

// aheadRead is how many entries are read for an objective's page: what is proposed
// for others is among them.
const aheadRead = 500

// read reads the entries: of the whole State how many there are, else themselves,
// the latest first.
func (f *foreseen) read(c *gin.Context, s *site) (err error) {
	ctx, which := c.Request.Context(), f.which
	if which == (progress.Showing{}) {
		_, f.total, err = s.progress.Entries(ctx, f.actor, progress.Filter{State: objectives.Accepted, Limit: 1})
		return err
	}
	which.State, which.Latest, which.Limit = objectives.Accepted, true, aheadShown+1
	if which.Objective != 0 { // what is proposed for it is not mapped to it yet
		which.Proposed, which.Limit = true, aheadRead
	}
	if f.entries, err = s.progress.Shown(ctx, f.actor, which); err != nil || which.Objective == 0 {
		return err
	}
	measures, err := s.measureList(ctx)
	if err != nil {
		return err
	}
	f.entries = slices.DeleteFunc(f.entries, func(e progress.Shown) bool {
		_, proposed := mappingOf(e.Content)
		if proposed == nil || slices.ContainsFunc(proposed.Objectives, func(l progress.ObjectiveLink) bool { return l.Number == which.Objective }) {
			return false
		}
		now := slices.IndexFunc(measures.all, func(m listedMeasure) bool { return m.Code == e.Record })
		return now < 0 || !slices.Contains(measures.all[now].numbers(), which.Objective)
	})
	return nil
}

// before lets a handler's page show what was foreseen, and nobody keep it.
func (f *foreseen) before(next handler) handler {
	return func(r *request) (err error) {
		r.Header("Cache-Control", "private, no-store")
		if r.ahead, err = r.aheadOf(f); err != nil {
			return err
		}
		return next(r)
	}
}

// aheadOf puts what was foreseen into words.
func (r *request) aheadOf(f *foreseen) (*ahead, error) {
	a := &ahead{Person: f.actor.Name, Demonstration: f.actor.Demonstration, Total: f.total, Closed: f.which.Objective != 0, More: len(f.entries) > aheadShown}
	if f.which.Objective != 0 && f.actor.Can(auth.Coordinate) {
		a.Invite = invitationsPath + "?about=objective/" + strconv.Itoa(f.which.Objective)
	}
	for _, e := range f.entries[:min(len(f.entries), aheadShown)] {
		one := aheadEntry{Code: e.Code, Kind: e.Kind, Title: e.Title, Agency: e.AgencyName, Status: e.Status, content: e.Content}
		_, one.Invited = f.invited[e.ID]
		if e.AcceptedAt != nil {
			one.Accepted = r.day(*e.AcceptedAt)
		}
		for _, t := range textsOf(e.Content) {
			if r.in(*t.Text) != "" {
				one.Texts = append(one.Texts, releasedText{t.Name, *t.Text})
			}
		}
		if _, m := mappingOf(e.Content); m != nil {
			one.Objectives, _ = r.linkLines(m)
		}
		if e.Content.Values != nil {
			one.Values = len(e.Content.Values.Rows)
		}
		a.Entries = append(a.Entries, one)
	}
	if f.which.Indicator == "" {
		return a, nil
	}
	ind, err := r.indicator(f.which.Indicator)
	if err != nil {
		return nil, err
	}
	last := newest(ind.Observations)
	for i, e := range a.Entries {
		if e.content.Values != nil {
			for _, row := range e.content.Values.Rows {
				a.Entries[i].Figures = append(a.Entries[i].Figures, r.figureLine(ind, row, last))
			}
		}
	}
	return a, nil
}
