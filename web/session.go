package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/alexedwards/scs/v2"

	"gcm/internal/auth"
	"gcm/internal/fault"
)

// newSessions returns the session library with the database below it. The
// store judges when a session ends; the cookie goes with the browser.
func newSessions(c Config) *scs.SessionManager {
	m := scs.New()
	m.Store = auth.NewSessions(c.DB, c.SessionIdle, c.SessionLifetime)
	m.HashTokenInStore = true
	m.Lifetime = c.SessionLifetime
	m.Cookie.Name = "gcm"
	m.Cookie.Persist = false
	m.Cookie.SameSite = http.SameSiteLaxMode
	if strings.HasPrefix(c.BaseURL, "https://") {
		m.Cookie.Name, m.Cookie.Secure = "__Host-gcm", true
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		if left(r, err) {
			return
		}
		c.Log.Error("session", "id", requestID(r), "error", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return m
}

// private are the heads of the addresses that show something of one's own.
// Public pages stay without a session, so that anything may keep them.
var private = []string{"work", "account", "sign-in", "sign-out", "forgotten", "invitation", "reset", "setup"}

// personal reports whether a path belongs to a signed-in person, or leads in.
func personal(path string) bool {
	_, ok := pathLanguage(path, private)
	return ok
}

// remember loads and saves the session around personal pages.
func (s *site) remember(next http.Handler) http.Handler {
	with := s.sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !personal(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		with.ServeHTTP(w, r.WithContext(auth.WithVisit(r.Context(), &auth.Visit{})))
	})
}

// identify finds out who asks on a personal page.
func (r *request) identify() error {
	if forMachines(r.Request.URL.Path) {
		return r.identifyProgram()
	}
	ctx := r.Request.Context()
	visit := auth.VisitOf(ctx)
	visit.Origin, visit.Agent = r.ClientIP(), shortened(r.Request.UserAgent(), 200)
	if visit.UserID == 0 {
		return nil
	}
	actor, err := r.site.accounts.Actor(ctx, visit.UserID)
	if err != nil {
		return err
	}
	if actor.UserID == 0 {
		visit.UserID = 0
		return r.site.sessions.Destroy(ctx)
	}
	actor.Origin, actor.Request = visit.Origin, r.id
	r.actor = actor
	return nil
}

// shortened cuts a text to so many characters.
func shortened(text string, limit int) string {
	if runes := []rune(strings.ToValidUTF8(text, "")); len(runes) > limit {
		return string(runes[:limit])
	}
	return strings.ToValidUTF8(text, "")
}

// languageCookie holds the language that a person chose for this browser.
const languageCookie = "lang"

// chosenLanguage is the language of what is embedded, and of a personal page: the one asked for, which is
// kept until the browser is closed, else the one that was kept, else the person's.
func (r *request) chosenLanguage(languages []string) (string, bool) {
	asked := r.Query("lang")
	if embedded(r.Request.URL.Path) {
		return asked, slices.Contains(languages, asked)
	}
	if !personal(r.Request.URL.Path) {
		return "", false
	}
	if slices.Contains(languages, asked) {
		r.keepLanguage(asked, 0)
		return asked, true
	}
	kept, err := r.Cookie(languageCookie)
	if err == nil && slices.Contains(languages, kept) {
		return kept, true
	}
	return r.actor.Language, slices.Contains(languages, r.actor.Language)
}

func (r *request) keepLanguage(lang string, maxAge int) {
	http.SetCookie(r.Writer, &http.Cookie{
		Name: languageCookie, Value: lang, Path: "/", MaxAge: maxAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.site.sessions.Cookie.Secure,
	})
}

// beginSession starts a signed-in session under a new token, so that one that somebody
// else knew is worth nothing.
func (r *request) beginSession(user int64) error {
	ctx := r.Request.Context()
	if err := r.site.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := r.site.sessions.RenewToken(ctx); err != nil {
		return err
	}
	auth.VisitOf(ctx).UserID = user
	r.keepLanguage("", -1) // from now on the person's own
	return nil
}

// flash keeps a sentence for the next page.
func (r *request) flash(text string) {
	r.site.sessions.Put(r.Request.Context(), "flash", text)
}

// errSignIn is what a visitor meets where one must be signed in.
var errSignIn = &statusError{http.StatusUnauthorized, "error.sign_in"}

// errEnrol is what a person meets who needs a second factor and has none.
var errEnrol = &statusError{http.StatusForbidden, "error.factor_needed"}

// enrolment is what such a person may do: get one, or leave.
var enrolment = []string{"/account/totp", "/account/totp.png", "/sign-out"}

// mustEnrol reports whether the person has to get a second factor first.
func (r *request) mustEnrol() bool {
	return !r.site.SecondFactorOptional && r.actor.NeedsFactor()
}

// admit asks whether who asks may.
func (r *request) admit(p auth.Permission) error {
	switch {
	case p.Anyone():
		return nil
	case r.actor.UserID == 0:
		return errSignIn
	case r.mustEnrol() && !slices.Contains(enrolment, r.Request.URL.Path):
		return errEnrol
	case r.actor.Can(p):
		return nil
	}
	return fault.New(fault.Forbidden, "error.forbidden", "%s is not given to user %d", p, r.actor.UserID)
}

// leadOn sends a visitor who wanted to read a page to the sign-in page, and a
// person who needs a second factor to where it is made.
func (r *request) leadOn(err error) bool {
	if r.Request.Method != http.MethodGet && r.Request.Method != http.MethodHead {
		return false
	}
	switch err {
	case errSignIn:
		r.Redirect(http.StatusSeeOther, signInPath(r.Request.URL.RequestURI()))
	case errEnrol:
		r.Redirect(http.StatusSeeOther, "/account/totp")
	default:
		return false
	}
	return true
}
