package web

import (
	"net/http"
	"slices"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// page is what layout.html shows around every page.
type page struct {
	Lang        string
	Title       string // of the page; the section and the site's name follow it
	Section     string // of the navigation, on pages below it
	Description string
	State       i18n.Text // the State's name
	Notice      string    // the first paragraph of what a reader must know about the data
	Languages   []languageLink
	Nav         []navLink
	More        []navLink // further pages, at the foot
	Path        string    // without the language: "/objectives/5"
	Base        string    // the public address, may be empty
	Sought      string    // what was looked for, on the page of what was found
	Theme       string    // "light" or "dark" when the reader chose one
	RequestID   string
	Refresh     int    // seconds after which the page reloads by itself; 0 for never
	Head        *head  // what a public page says of itself; nil on others and on those of failures
	Work        *frame // around pages of the work; nil on public ones
	Ahead       *ahead // on a public page, what a signed-in person sees before the public does; nil for nothing
}

// Page is how the layout reaches these fields in every page's struct, whatever
// other nouns are embedded there.
func (p page) Page() page { return p }

// languageLink leads to the same page in another language.
type languageLink struct {
	Code, Name, URL string
	Current         bool
}

// navLink is an entry of the main navigation.
type navLink struct {
	Name, URL string
	Current   bool
}

// sections are the entries of the main navigation.
var sections = []string{"objectives", "measures", "indicators", "agencies", "reviews", "data", "about"}

// further are the pages that the foot leads to.
var further = []string{"timeline", "matrix", "principles", "laws", "glossary"}

// described says of a page with a title what site it is of, for search engines.
func (r *request) described(title string) string {
	return r.T("site.described", title, r.in(r.country.Name))
}

// page fills in what every page shows.
func (r *request) page(title, description string) page {
	p := page{
		Lang: r.p.Lang(), Title: title, Description: description, State: r.country.Name,
		Path: r.publicPath(), Base: r.site.BaseURL, Theme: theme(r.Request), RequestID: r.id,
	}
	if description == "" {
		p.Description = r.described(title)
	}
	if notice := paragraphs(r.in(r.country.Notice)); len(notice) > 0 {
		p.Notice = notice[0]
	}
	for _, lang := range r.languages() {
		if other, err := i18n.New(lang); err == nil {
			p.Languages = append(p.Languages, languageLink{lang, other.T("site.language"), r.inLanguage(lang), lang == r.p.Lang()})
		}
	}
	if personal(r.Request.URL.Path) {
		p.Work = r.frame()
		return p
	}
	p.Head, p.Ahead = r.head(p.Path), r.ahead
	for _, section := range sections {
		current := p.Path == "/"+section || strings.HasPrefix(p.Path, "/"+section+"/")
		if current && p.Path != "/"+section {
			p.Section = r.T("nav." + section)
		}
		p.Nav = append(p.Nav, navLink{r.T("nav." + section), r.url("/" + section), current})
	}
	for _, name := range further {
		current := p.Path == "/"+name || strings.HasPrefix(p.Path, "/"+name+"/")
		if current && p.Path != "/"+name {
			p.Section = r.T("more." + name)
		}
		p.More = append(p.More, navLink{r.T("more." + name), r.url("/" + name), current})
	}
	p.More = append(p.More, navLink{r.T("gaps.title"), r.url("/data/gaps"), p.Path == "/data/gaps"})
	return p
}

// publicPath is a public page's path without the language, a personal page's
// as it is, and "/" for any other.
func (r *request) publicPath() string {
	path := r.Request.URL.Path
	if personal(path) {
		return path
	}
	if _, ok := pathLanguage(path, i18n.Languages); !ok {
		return "/"
	}
	return "/" + strings.Join(strings.Split(path, "/")[2:], "/")
}

// inLanguage is the address of the same page in another language.
func (r *request) inLanguage(lang string) string {
	if personal(r.Request.URL.Path) {
		query := r.Request.URL.Query()
		query.Set("lang", lang)
		return r.Request.URL.Path + "?" + query.Encode()
	}
	query := ""
	if r.Request.URL.RawQuery != "" {
		query = "?" + r.Request.URL.RawQuery
	}
	return "/" + lang + r.publicPath() + query
}

// themes are what a reader may choose; the first follows the system.
var themes = []string{"auto", "light", "dark"}

// theme returns the reader's choice, empty when the system decides.
func theme(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && c.Value != themes[0] && slices.Contains(themes, c.Value) {
		return c.Value
	}
	return ""
}

// chooseTheme keeps the reader's choice in a cookie that says nothing else, and
// leads back to the page.
func (s *site) chooseTheme(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	choice, back := form.Get("theme"), form.Get("back")
	if !slices.Contains(themes, choice) {
		return fault.New(fault.Invalid, "error.invalid", "no theme %q", choice)
	}
	http.SetCookie(r.Writer, &http.Cookie{
		Name: "theme", Value: choice, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.Request.TLS != nil || strings.HasPrefix(s.BaseURL, "https://"),
	})
	if !localPath(back) {
		back = "/"
	}
	if !personal(back) {
		back = r.url(back)
	}
	r.Redirect(http.StatusSeeOther, back)
	return nil
}

// localPath reports whether a path leads to this site and nowhere else.
func localPath(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n\t")
}
