package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/arran4/golang-ical"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// calendarPage is pages/calendar/show.html.
type calendarPage struct {
	workPage
	Days    []calendarDay
	Made    string // when the link was made; empty without one
	Address string // of the link, shown once
}

// calendarDay is a date in the reader's words.
type calendarDay struct{ Date, Day, Title, Detail string }

// calendarSecret is where the session keeps the secret of a new link for the
// next page.
const calendarSecret = "calendar"

// showCalendar lists the person's dates and leads to them as a file and as a link.
func (s *site) showCalendar(r *request) error {
	ctx := r.Request.Context()
	dates, err := s.progress.Deadlines(ctx, r.actor)
	if err != nil {
		return err
	}
	page := calendarPage{workPage: r.workPage(r.T("calendar.title"))}
	if secret := s.sessions.PopString(ctx, calendarSecret); secret != "" {
		page.Address = r.absolute("/calendar/" + secret + ".ics")
	}
	for _, d := range dates {
		title, detail := dateWords(r.p, d)
		page.Days = append(page.Days, calendarDay{d.Day, r.p.Period(period.Period(d.Day)), title, detail})
	}
	link, err := s.notices.CalendarLinkOf(ctx, r.actor)
	if err != nil {
		return err
	}
	if link != nil {
		page.Made = r.moment(link.CreatedAt)
	}
	return r.render(http.StatusOK, "calendar/show", page)
}

// linkCalendar makes a link, which the next page shows this once.
func (s *site) linkCalendar(r *request) error {
	ctx := r.Request.Context()
	secret, err := s.notices.LinkCalendar(ctx, r.actor)
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, calendarSecret, secret)
	return r.to("/work/calendar", "")
}

// unlinkCalendar ends the link.
func (s *site) unlinkCalendar(r *request) error {
	if err := s.notices.UnlinkCalendar(r.Request.Context(), r.actor); err != nil {
		return err
	}
	return r.to("/work/calendar", r.T("calendar.ended"))
}

// downloadCalendar answers the dates of who is signed in.
func (s *site) downloadCalendar(r *request) error { return r.sendCalendar(r.actor, r.p) }

// calendarFeed is the one address that holds a secret for good: the log names it
// by this pattern.
const calendarFeed = "/calendar/:file"

// feedCalendar answers SECRET.ics to a calendar program.
func (s *site) feedCalendar(r *request) error {
	secret, isCalendar := strings.CutSuffix(r.Param("file"), ".ics")
	if !isCalendar {
		return notFound("no such calendar")
	}
	ctx := r.Request.Context()
	id, err := s.notices.CalendarOwner(ctx, secret)
	if err != nil {
		return err
	}
	owner, err := s.accounts.Actor(ctx, id)
	if err != nil {
		return err
	}
	if owner.UserID == 0 {
		return notFound("the person of the calendar may not sign in")
	}
	p, err := i18n.New(owner.Language)
	if err != nil {
		return err
	}
	return r.sendCalendar(owner, p)
}

func (r *request) sendCalendar(owner auth.Actor, p *i18n.Printer) error {
	dates, err := r.site.progress.Deadlines(r.Request.Context(), owner)
	if err != nil {
		return err
	}
	base := r.absolute("")
	host := "gcm"
	if u, err := url.Parse(base); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	r.Header("Cache-Control", "no-store")
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Header("Content-Disposition", `attachment; filename="gcm.ics"`)
	r.Header("Content-Language", p.Lang())
	r.Data(http.StatusOK, "text/calendar; charset=utf-8", calendarOf(p, dates, host, base+"/work", r.site.Now()))
	return nil
}

// calendarOf writes dates as iCalendar (RFC 5545): all-day events that keep
// their identity, so that a program that reads them again moves what moved.
func calendarOf(p *i18n.Printer, dates []progress.Deadline, host, address string, now time.Time) []byte {
	c := ics.NewCalendarFor("gcm")
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName(p.T("calendar.name"))
	c.SetXPublishedTTL("PT6H")
	for _, d := range dates {
		day, err := time.Parse(time.DateOnly, d.Day)
		if err != nil {
			continue // a day is checked when it is written
		}
		identity := "requests-" + d.Cycle + "-" + d.Day
		if d.Milestone.Code != "" {
			identity = "milestone-" + d.Cycle + "-" + d.Milestone.Code
		}
		title, detail := dateWords(p, d)
		e := c.AddEvent(identity + "@" + host)
		e.SetDtStampTime(now)
		e.SetAllDayStartAt(day)
		e.SetAllDayEndAt(day.AddDate(0, 0, 1))
		e.SetSummary(title)
		if detail != "" {
			e.SetDescription(detail)
		}
		e.SetURL(address)
		e.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

// namedInDate is how many requests a date names.
const namedInDate = 20

// dateWords names a date in the reader's language, and what it is about.
func dateWords(p *i18n.Printer, d progress.Deadline) (title, detail string) {
	if d.Milestone.Code != "" {
		return oneLine(p.In(d.Milestone.Name) + " – " + p.In(d.CycleName)), p.In(d.Milestone.Note)
	}
	var lines []string
	for i, subject := range d.Requests {
		if i == namedInDate {
			lines = append(lines, p.T("calendar.more", len(d.Requests)-i))
			break
		}
		lines = append(lines, "• "+oneLine(p.In(subject)))
	}
	return oneLine(p.T("calendar.due", len(d.Requests)) + " – " + p.In(d.CycleName)), strings.Join(lines, "\n")
}

// oneLine folds a text into one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
