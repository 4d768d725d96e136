package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// request is one visit: gin's context with who asks, in which language, of
// which State.
type request struct {
	*gin.Context
	site    *site
	actor   auth.Actor  // a visitor on public pages
	token   *auth.Token // with which a program asks; nil without one
	p       *i18n.Printer
	country objectives.Country
	id      string
	log     *slog.Logger

	ahead *ahead // what the page shows before the public sees it; nil for nothing

	negotiated bool // the language comes from Accept-Language, not from the path
}

// T is a word of the interface in the reader's language.
func (r *request) T(key string, args ...any) string { return r.p.T(key, args...) }

// vary tells caches which headers of the request the answer depends on, besides
// the one that chose its language.
func (r *request) vary(headers ...string) {
	if r.negotiated {
		headers = append(headers, "Accept-Language")
	}
	r.Header("Vary", strings.Join(headers, ", ")) // gin removes an empty one
}

// in is a text of the data in the reader's language.
func (r *request) in(t i18n.Text) string { return r.p.In(t) }

// url returns a page's address in the reader's language.
func (r *request) url(path string) string { return "/" + r.p.Lang() + path }

// languages are those that the State declares and the interface speaks; English
// when there is none.
func (r *request) languages() []string { return spoken(r.country.Languages) }

func spoken(declared []string) []string {
	var list []string
	for _, lang := range declared {
		if slices.Contains(i18n.Languages, lang) {
			list = append(list, lang)
		}
	}
	if len(list) == 0 {
		return []string{"en"}
	}
	return list
}

// begin finds out who is asked for and in which language. Without a country
// there is nothing to show, and the error page says so in the best language.
func (s *site) begin(c *gin.Context) (*request, error) {
	r := &request{Context: c, site: s, id: requestID(c.Request), log: s.Log}
	err := r.identify()
	country := objectives.Country{Languages: i18n.Languages}
	if err == nil && !stateless(c.FullPath()) {
		country, err = s.objectives.Country(c.Request.Context())
	}
	r.country = country
	if err != nil {
		country.Languages = i18n.Languages
		if none := fault.KindOf(err) == fault.NotFound; none && personal(c.Request.URL.Path) {
			r.country, err = country, nil // the administrator comes before the data
		} else if none {
			err = fault.New(fault.Unavailable, "error.no_country", "no country pack is loaded: run gcm load kazakhstan")
		}
	}
	lang, inPath := pathLanguage(c.Request.URL.Path, spoken(country.Languages))
	known := inPath
	if !known {
		lang, known = r.chosenLanguage(spoken(country.Languages))
	}
	r.negotiated = !known
	if !known {
		lang = negotiate(c.GetHeader("Accept-Language"), spoken(country.Languages))
	}
	p, perr := i18n.New(lang)
	if perr != nil {
		return nil, perr
	}
	r.p = p
	if err == nil && strings.HasPrefix(c.FullPath(), "/:lang") && !inPath { // the language may be empty, as in //measures
		err = fault.New(fault.NotFound, "error.not_found", "no pages in language %q", c.Param("lang"))
	}
	return r, err
}

// form reads the form that was sent. One that cannot be read is the client's
// fault: the log tells what was wrong with it, the reader is told that it was.
func (r *request) form() (url.Values, error) {
	var tooLarge *http.MaxBytesError
	err := r.Request.ParseForm()
	if err != nil && !errors.As(err, &tooLarge) {
		r.log.Info("unreadable form", "id", r.id, "error", err)
		err = &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	return r.Request.PostForm, err
}

// stateless reports whether a route shows nothing of the State.
func stateless(route string) bool {
	return route == "/healthz" || route == "/readyz" || route == "/static/*file"
}

// pathLanguage reads the language at the head of a path.
func pathLanguage(path string, languages []string) (string, bool) {
	head, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return head, slices.Contains(languages, head)
}

// notFound says that something asked for does not exist.
func notFound(format string, args ...any) error {
	return fault.New(fault.NotFound, "error.not_found", format, args...)
}

// noRoute forgives a slash after the name of a section and nothing else.
func (s *site) noRoute(r *request) error {
	section, slash := strings.CutSuffix(strings.TrimPrefix(r.Request.URL.Path, r.url("/")), "/")
	if slash && (slices.Contains(sections, section) || slices.Contains(further, section)) {
		r.redirect(http.StatusPermanentRedirect, "/"+section)
		return nil
	}
	return notFound("no page at %s", logged(r.Request.URL.Path))
}

// redirect leads to a page in the reader's language and keeps the query.
func (r *request) redirect(status int, path string) {
	if r.Request.URL.RawQuery != "" {
		path += "?" + r.Request.URL.RawQuery
	}
	r.Redirect(status, r.url(path))
}

// noMethod names the methods that an address takes, to who asks for that too.
func (s *site) noMethod(r *request) error {
	r.Header("Allow", s.methods(r.Request.URL.Path))
	if r.Request.Method == http.MethodOptions {
		if forMachines(r.Request.URL.Path) {
			r.Header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
			r.Header("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match")
			r.Header("Access-Control-Max-Age", "86400")
		}
		r.Status(http.StatusNoContent)
		return nil
	}
	return &statusError{http.StatusMethodNotAllowed, "error.method"}
}
