package web

import (
	"net/http"

	"gcm/internal/auth"
)

// setUpPage is pages/sign_in/setup.html.
type setUpPage struct {
	workPage
	Code     string
	Details  auth.Details
	Problems problems
}

// askSetUp asks for the code that the program printed, and who the first
// administrator is.
func (s *site) askSetUp(r *request) error {
	return r.render(http.StatusOK, "sign_in/setup", setUpPage{workPage: r.workPage(r.T("setup.title")), Details: auth.Details{Language: r.p.Lang()}})
}

// setUp makes the first administrator.
func (s *site) setUp(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	details := auth.Details{Email: form.Get("email"), Name: form.Get("name"), Language: form.Get("language")}
	if _, err := s.accounts.SetUp(ctx, r.who(), form.Get("code"), details, form.Get("password")); err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.render(http.StatusUnprocessableEntity, "sign_in/setup", setUpPage{r.workPage(r.T("setup.title")), form.Get("code"), details, wrong})
	}
	return r.to("/sign-in", r.T("setup.done"))
}
