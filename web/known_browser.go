package web

import (
	"net/http"
	"strings"

	"gcm/internal/auth"
)

// browserCookie holds the token of a browser in which somebody signed in before.
// It opens nothing: attempts from there are counted apart from those of strangers.
const browserCookie = "gcm-browser"

// browser returns the token by which the browser is known; empty for a stranger's.
func (r *request) browser() string {
	kept, err := r.Cookie(browserCookie)
	if err != nil || strings.TrimSpace(kept) == "" {
		return ""
	}
	return kept
}

// knowBrowser remembers that a person signed in here.
func (r *request) knowBrowser(user int64) error {
	token, err := r.site.accounts.KnowBrowser(r.Request.Context(), user, r.browser())
	if err != nil {
		return err
	}
	http.SetCookie(r.Writer, &http.Cookie{
		Name: browserCookie, Value: token, Path: "/sign-in", MaxAge: int(auth.KnownFor.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.site.sessions.Cookie.Secure,
	})
	return nil
}
