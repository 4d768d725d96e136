package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gcm/internal/auth"
	"gcm/internal/fault"
)

// viewsPage is pages/account/views.html.
type viewsPage struct {
	workPage
	Views    []viewLine
	Path     string // of the view to be saved, without the language; empty for none
	Open     string // its address
	Name     string
	Problems problems
}

// viewLine is a saved view with the name of its list.
type viewLine struct {
	auth.View
	List, URL string
}

// viewable are the pages that can be saved as views, by their paths, with the keys
// of their names.
var viewable = map[string]string{
	"/objectives": "nav.objectives", "/measures": "nav.measures", "/indicators": "nav.indicators", "/agencies": "nav.agencies", "/search": "search.title",
	"/indicators/compare": "compare.title", "/matrix": "more.matrix", "/timeline": "more.timeline", "/data/gaps": "gaps.title",
}

// viewOf returns the key of the name of the list to which a view leads; not ok when
// it leads to none.
func viewOf(path string) (key string, ok bool) {
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || u.Scheme != "" || u.Fragment != "" {
		return "", false
	}
	key, ok = viewable[u.Path]
	return key, ok
}

// showViews lists the person's saved views, with the form to save another one.
func (s *site) showViews(r *request) error {
	page, err := s.viewsPage(r, r.Query("view"))
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "account/views", page)
}

func (s *site) viewsPage(r *request, path string) (viewsPage, error) {
	page := viewsPage{workPage: r.workPage(r.T("view.title"))}
	if path != "" {
		if _, ok := viewOf(path); !ok {
			return page, fault.New(fault.Invalid, "error.invalid", "no list is at %q", path)
		}
		page.Path, page.Open = path, r.url(path)
	}
	views, err := s.accounts.Views(r.Request.Context(), r.actor)
	for _, v := range views {
		if key, ok := viewOf(v.Path); ok {
			page.Views = append(page.Views, viewLine{v, r.T(key), r.url(v.Path)})
		}
	}
	return page, err
}

// saveView keeps a narrowed list under a name.
func (s *site) saveView(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	page, err := s.viewsPage(r, form.Get("path"))
	if err != nil {
		return err
	}
	if page.Path == "" {
		return fault.New(fault.Invalid, "error.invalid", "no list is named")
	}
	err = s.accounts.SaveView(r.Request.Context(), r.actor, form.Get("name"), page.Path)
	if err == nil {
		return r.to("/account/views", r.T("view.saved"))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	page.Name, page.Problems = form.Get("name"), wrong
	return r.render(http.StatusUnprocessableEntity, "account/views", page)
}

// dropView forgets one of the person's views.
func (s *site) dropView(r *request) error {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no view %q", r.Param("id"))
	}
	if err := s.accounts.DropView(r.Request.Context(), r.actor, id); err != nil {
		return err
	}
	return r.to("/account/views", r.T("view.dropped"))
}

// saving is the address at which the view of a request is saved: its path without
// the language, with what was picked and nothing else.
func (r *request) saving(names ...string) string {
	query := url.Values{}
	for name, values := range r.Request.URL.Query() {
		for _, value := range values {
			if slices.Contains(names, name) && value != "" {
				query.Add(name, value)
			}
		}
	}
	return "/account/views?" + url.Values{"view": {address(r.publicPath(), query)}}.Encode()
}
