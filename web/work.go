package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"gcm/internal/notify"
)

// workPage is what every page of the work shows around itself.
type workPage struct{ page }

// frame is the head of the pages of the work.
type frame struct {
	Person  string // empty for a visitor on the way in
	Nav     []navLink
	Account string // where the person's own settings are; empty without
	Notices string // where notices are; empty without
	Unread  int
	Flash   string // told once, after something was done

	Demonstration bool // the person does not exist, and what he enters is made up
}

// workSections are the entries of the work's navigation, as far as there are
// such pages and the person may open them.
var workSections = []struct{ path, key string }{
	{"/work", "work.nav.tasks"},
	{"/work/entries", "work.nav.entries"},
	{"/work/queue", "work.nav.queue"},
	{"/work/rounds", "work.nav.rounds"},
	{"/work/requests", "work.nav.requests"},
	{invitationsPath, "work.nav.invitations"},
	{deskPath, "work.nav.reviews"},
	{"/work/forms", "work.nav.forms"},
	{"/work/measures", "work.nav.measures"},
	{"/work/indicators", "work.nav.indicators"},
	{"/work/laws", "work.nav.laws"},
	{"/work/challenges", "work.nav.challenges"},
	{"/work/accountability", "work.nav.accountability"},
	{"/work/data/imports", "work.nav.imports"},
	{qualityPath, "work.nav.quality"},
	{"/work/data/gaps", "work.nav.gaps"},
	{"/work/data/releases", "work.nav.releases"},
	{"/work/agencies", "work.nav.agencies"},
	{"/work/users", "work.nav.users"},
	{"/work/mail", "work.nav.mail"},
	{"/work/audit", "work.nav.audit"},
}

// workPage fills in what every page of the work shows.
func (r *request) workPage(title string) workPage { return workPage{r.page(title, "")} }

// frame is the head around a personal page.
func (r *request) frame() *frame {
	f := &frame{Flash: r.site.sessions.PopString(r.Request.Context(), "flash")}
	if r.actor.UserID == 0 {
		return f
	}
	f.Person, f.Demonstration = r.actor.Name, r.actor.Demonstration
	f.Account, f.Notices = r.reachable("/account"), r.reachable("/work/notices")
	for _, s := range workSections {
		if path := r.reachable(s.path); path != "" {
			f.Nav = append(f.Nav, navLink{r.T(s.key), path, r.below(path)})
		}
	}
	unread, err := notify.Unread(r.Request.Context(), r.site.DB, r.actor.UserID)
	if err != nil && r.Request.Context().Err() == nil {
		r.log.Error("count notices", "id", r.id, "error", err)
	}
	f.Unread = unread
	return f
}

// reachable returns the path when there is such a page and the person may open
// it, else nothing.
func (r *request) reachable(path string) string {
	if route, ok := r.site.reading(path); ok && r.actor.Can(route.permission) {
		return path
	}
	return ""
}

// below reports whether the page is the one at path or stands below it.
func (r *request) below(path string) bool {
	at := r.Request.URL.Path
	return at == path || path != "/work" && strings.HasPrefix(at, path+"/")
}

// to leads on after a form was taken, with a sentence for the next page; empty
// for none.
func (r *request) to(path, sentence string) error {
	if sentence != "" {
		r.flash(sentence)
	}
	r.Redirect(http.StatusSeeOther, path)
	return nil
}

// signInPath is the sign-in page from where one gets to path.
func signInPath(path string) string { return "/sign-in?next=" + url.QueryEscape(path) }

// moment prints a point in time where the State's days begin and end.
func (r *request) moment(t time.Time) string {
	return r.day(t) + ", " + t.In(r.site.Zone).Format("15:04")
}
