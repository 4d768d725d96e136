package web

import (
	"net/http"

	"gcm/internal/auth"
)

// factorPage is pages/account/totp.html.
type factorPage struct {
	workPage
	User      auth.User
	Secret    string // of a new second factor; empty when there is one
	Required  bool
	CodesLeft int
	Problems  problems
}

// codesPage is pages/account/codes.html: recovery codes, shown once.
type codesPage struct {
	workPage
	Codes []string
}

// showFactor offers a second factor, or shows that there is one.
func (s *site) showFactor(r *request) error { return s.factorPage(r, http.StatusOK, nil) }

func (s *site) factorPage(r *request, status int, wrong problems) error {
	ctx := r.Request.Context()
	user, err := s.accounts.User(ctx, r.actor, r.actor.UserID)
	if err != nil {
		return err
	}
	page := factorPage{User: user, Required: r.mustEnrol(), Problems: wrong}
	if user.TOTPSecret == "" {
		factor, err := r.newFactor(user.Email)
		if err != nil {
			return err
		}
		page.Secret = factor.Secret
	} else if page.CodesLeft, err = s.accounts.CodesLeft(ctx, r.actor); err != nil {
		return err
	}
	page.workPage = r.workPage(r.T("totp.title"))
	return r.render(status, "account/totp", page)
}

// factorIssuer is how the app names this site: in Latin letters and short, so
// that the picture stays coarse enough for any camera.
const factorIssuer = "GCM"

// newFactor is the second factor that is being made: the same until it is
// confirmed, so that the picture and the form speak of one.
func (r *request) newFactor(email string) (auth.Factor, error) {
	if f := r.factor(); f.Secret != "" {
		return f, nil
	}
	f, err := auth.NewFactor(factorIssuer, email)
	if err != nil {
		return f, err
	}
	r.site.sessions.Put(r.Request.Context(), "factor", f.Secret)
	r.site.sessions.Put(r.Request.Context(), "factor url", f.URL)
	return f, nil
}

// factor returns the second factor that is being made, an empty one for none.
func (r *request) factor() auth.Factor {
	ctx := r.Request.Context()
	return auth.Factor{Secret: r.site.sessions.GetString(ctx, "factor"), URL: r.site.sessions.GetString(ctx, "factor url")}
}

// drawFactor draws it for the camera of the app.
func (s *site) drawFactor(r *request) error {
	f := r.factor()
	if f.URL == "" {
		return notFound("no second factor is being made")
	}
	picture, err := f.PNG()
	if err != nil {
		return err
	}
	r.Data(http.StatusOK, "image/png", picture)
	return nil
}

// confirmFactor takes the second factor into use and shows the recovery codes.
func (s *site) confirmFactor(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	ctx, f := r.Request.Context(), r.factor()
	if f.Secret == "" {
		return errNoFactor
	}
	codes, err := s.accounts.ConfirmFactor(ctx, r.actor, f, form.Get("code"), form.Get("present"), auth.VisitOf(ctx).Hash)
	if err != nil {
		return s.factorAgain(r, err)
	}
	s.sessions.Remove(ctx, "factor")
	s.sessions.Remove(ctx, "factor url")
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	return r.render(http.StatusOK, "account/codes", codesPage{r.workPage(r.T("codes.title")), codes})
}

func (s *site) factorAgain(r *request, err error) error {
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return s.factorPage(r, http.StatusUnprocessableEntity, wrong)
}

// removeFactor takes the second factor away.
func (s *site) removeFactor(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	if err := s.accounts.RemoveFactor(r.Request.Context(), r.actor, form.Get("present")); err != nil {
		return s.factorAgain(r, err)
	}
	return r.to("/account", r.T("totp.removed"))
}

// renewCodes makes new recovery codes and shows them.
func (s *site) renewCodes(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	codes, err := s.accounts.NewRecoveryCodes(r.Request.Context(), r.actor, form.Get("present"))
	if err != nil {
		return s.factorAgain(r, err)
	}
	return r.render(http.StatusOK, "account/codes", codesPage{r.workPage(r.T("codes.title")), codes})
}
