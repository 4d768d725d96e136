package web

import (
	"net/http"
	"strings"
	"time"

	"gcm/internal/auth"
	"gcm/internal/fault"
)

// signInPage is pages/sign_in/show.html.
type signInPage struct {
	workPage
	Email, Next string
	Provider    bool // an identity provider is offered too
	Problems    problems
}

// codePage is pages/sign_in/factor.html.
type codePage struct {
	workPage
	Problems problems
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
	return r.render(http.StatusOK, "sign_in/show", r.signInPage("", r.Query("next"), nil))
}

func (r *request) signInPage(email, to string, wrong problems) signInPage {
	return signInPage{r.workPage(r.T("sign_in.title")), email, next(to), r.site.Identity.Issuer != "", wrong}
}

// signIn lets in who knows the password, or asks for the second factor.
func (s *site) signIn(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	user, err := s.accounts.CheckPassword(r.Request.Context(), auth.Place{Address: r.ClientIP(), Browser: r.browser()}, form.Get("email"), form.Get("password"))
	if err != nil {
		r.log.Warn("sign-in refused", "id", r.id, "origin", r.ClientIP(), "error", err)
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.render(http.StatusUnprocessableEntity, "sign_in/show", r.signInPage(form.Get("email"), form.Get("next"), wrong))
	}
	return r.proceed(user, form.Get("next"))
}

// halfway is how long one may take between the password and the code.
const halfway = 10 * time.Minute

// proceed goes on when it is known who somebody is: in, or to the second factor.
func (r *request) proceed(user auth.User, to string) error {
	if user.TOTPSecret == "" {
		return r.enter(user.ID, "", to)
	}
	ctx, sessions := r.Request.Context(), r.site.sessions
	if err := sessions.Clear(ctx); err != nil {
		return err
	}
	if err := sessions.RenewToken(ctx); err != nil {
		return err
	}
	sessions.Put(ctx, "half", user.ID)
	sessions.Put(ctx, "half proof", user.Proof())
	sessions.Put(ctx, "half until", r.site.Now().Add(halfway).Unix())
	sessions.Put(ctx, "next", next(to))
	return r.to("/sign-in/factor", "")
}

// enter signs a person in, whose code is asked for where there is a second factor.
func (r *request) enter(user int64, code, to string) error {
	ctx := r.Request.Context()
	actor, err := r.site.accounts.Actor(ctx, user)
	if err != nil {
		return err
	}
	actor.Origin, actor.Request = r.ClientIP(), r.id
	if err := r.site.accounts.SignIn(ctx, actor, code); err != nil {
		return err
	}
	if err := r.beginSession(user); err != nil {
		return err
	}
	if err := r.knowBrowser(user); err != nil {
		return err
	}
	return r.to(next(to), "")
}

// half returns who has given the password and not the code yet; 0 for nobody.
func (r *request) half() int64 {
	ctx := r.Request.Context()
	if r.site.Now().Unix() >= r.site.sessions.GetInt64(ctx, "half until") {
		return 0
	}
	user, err := r.site.accounts.User(ctx, auth.System("sign-in"), r.site.sessions.GetInt64(ctx, "half"))
	if err != nil || user.Proof() != r.site.sessions.GetString(ctx, "half proof") { // another password or factor since
		return 0
	}
	return user.ID
}

// askCode asks for the code of the second factor.
func (s *site) askCode(r *request) error {
	if r.half() == 0 {
		return r.to("/sign-in", "")
	}
	return r.render(http.StatusOK, "sign_in/factor", codePage{workPage: r.workPage(r.T("factor.title"))})
}

// takeCode lets in who has the second factor, or a recovery code.
func (s *site) takeCode(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	user := r.half()
	if user == 0 {
		return r.to("/sign-in", "")
	}
	err = r.enter(user, form.Get("code"), s.sessions.GetString(r.Request.Context(), "next"))
	if fault.KindOf(err) == fault.Invalid {
		r.log.Warn("code refused", "id", r.id, "origin", r.ClientIP(), "user", user)
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.render(http.StatusUnprocessableEntity, "sign_in/factor", codePage{r.workPage(r.T("factor.title")), wrong})
	}
	return err
}

// signOut ends the session.
func (s *site) signOut(r *request) error {
	if err := s.sessions.Destroy(r.Request.Context()); err != nil {
		return err
	}
	r.keepLanguage(r.p.Lang(), 0) // who reads on is the same person
	return r.to("/sign-in", "")
}
