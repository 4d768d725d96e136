package web

import (
	"net/http"
	"strings"
)

// signInPage is pages/sign_in/show.html.
type signInPage struct {
	workPage
	Email, Next string
	Problems    problems
}

// next returns where one wanted to go, when that is on this site.
func next(path string) string {
	if alone, _, _ := strings.Cut(path, "?"); localPath(path) && personal(alone) {
		return path
	}
	return "/work"
}

// askSignIn asks who one is.
func (s *site) askSignIn(r *request) error {
	if r.actor.UserID != 0 {
		return r.to(next(r.Query("next")), "")
	}
	return r.render(http.StatusOK, "sign_in/show", signInPage{workPage: r.workPage(r.T("sign_in.title")), Next: next(r.Query("next"))})
}

// signIn lets in who knows the password.
func (s *site) signIn(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	user, err := s.accounts.CheckPassword(r.Request.Context(), r.actor.Origin, form.Get("email"), form.Get("password"))
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.render(http.StatusUnprocessableEntity, "sign_in/show", signInPage{r.workPage(r.T("sign_in.title")), form.Get("email"), next(form.Get("next")), wrong})
	}
	if err := r.beginSession(user.ID); err != nil {
		return err
	}
	return r.to(next(form.Get("next")), "")
}

// signOut ends the session.
func (s *site) signOut(r *request) error {
	if err := s.sessions.Destroy(r.Request.Context()); err != nil {
		return err
	}
	return r.to("/sign-in", "")
}
