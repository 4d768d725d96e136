package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/period"
)

// tokensPage is pages/account/tokens.html.
type tokensPage struct {
	workPage
	Tokens   []tokenLine
	Secret   string // of a new token, shown once
	Name     string
	Days     string
	Scopes   []scopeChoice
	Password bool // the person has one, and shows it
	Problems problems
}

// tokenLine is a token in the list.
type tokenLine struct {
	auth.Token
	Made, Used, Ends string
}

// scopeChoice is a scope that one may tick.
type scopeChoice struct {
	Scope  auth.TokenScope
	Chosen bool
}

// tokenSecret is where the session keeps the secret of a new token for the next
// page.
const tokenSecret = "token"

// usualDays is how long a token lasts unless the person says otherwise.
const usualDays = "90"

// showTokens lists the person's tokens, and shows a new one's secret this once.
func (s *site) showTokens(r *request) error {
	page, err := s.tokensPage(r, usualDays, []auth.TokenScope{auth.ReadPublic})
	if err != nil {
		return err
	}
	page.Secret = s.sessions.PopString(r.Request.Context(), tokenSecret)
	return r.render(http.StatusOK, "account/tokens", page)
}

func (s *site) tokensPage(r *request, days string, chosen []auth.TokenScope) (tokensPage, error) {
	page := tokensPage{workPage: r.workPage(r.T("token.title")), Days: days}
	for _, scope := range auth.TokenScopes {
		if scope != auth.ReadAccepted || r.actor.Can(auth.SeeEntries) {
			page.Scopes = append(page.Scopes, scopeChoice{scope, slices.Contains(chosen, scope)})
		}
	}
	user, err := s.accounts.User(r.Request.Context(), r.actor, r.actor.UserID)
	if err != nil {
		return page, err
	}
	page.Password = user.PasswordHash != ""
	tokens, err := s.accounts.Tokens(r.Request.Context(), r.actor)
	for _, t := range tokens {
		line := tokenLine{Token: t, Made: r.day(t.CreatedAt), Ends: r.p.Period(period.Period(lastDay(t.ExpiresAt, s.Zone)))}
		if t.UsedAt != nil {
			line.Used = r.moment(*t.UsedAt)
		}
		page.Tokens = append(page.Tokens, line)
	}
	return page, err
}

// makeToken makes a token, whose secret the next page shows.
func (s *site) makeToken(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	var scopes []auth.TokenScope
	for _, scope := range form["scopes"] {
		scopes = append(scopes, auth.TokenScope(scope))
	}
	ctx := r.Request.Context()
	_, secret, err := s.accounts.MakeToken(ctx, r.actor, form.Get("present"), form.Get("name"), scopes, wholeNumber(form.Get("days")))
	if err == nil {
		s.sessions.Put(ctx, tokenSecret, secret)
		return r.to("/account/tokens", "")
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	page, err := s.tokensPage(r, form.Get("days"), scopes)
	if err != nil {
		return err
	}
	page.Name, page.Problems = form.Get("name"), wrong
	return r.render(http.StatusUnprocessableEntity, "account/tokens", page)
}

// endToken ends one of the person's tokens.
func (s *site) endToken(r *request) error {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no token %q", r.Param("id"))
	}
	if err := s.accounts.EndToken(r.Request.Context(), r.actor, id); err != nil {
		return err
	}
	return r.to("/account/tokens", r.T("token.ended"))
}

// errToken is the answer to a program whose token opens nothing.
var errToken = &statusError{http.StatusUnauthorized, "error.sign_in"}

// identifyProgram finds out for whom a program asks. A cookie counts for nothing
// here: what is public needs nobody, and the rest a token.
func (r *request) identifyProgram() error {
	header := r.GetHeader("Authorization")
	if header == "" {
		return nil
	}
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return errToken
	}
	token, actor, err := r.site.accounts.ByToken(r.Request.Context(), strings.TrimSpace(secret))
	if errors.Is(err, auth.ErrToken) {
		return errToken
	}
	if err != nil {
		return err
	}
	actor.Origin, actor.Request = r.ClientIP(), r.id
	r.token, r.actor = &token, actor
	if r.mustEnrol() {
		return errEnrol
	}
	return nil
}

// asker is who asks a question of a program, for counting: the token, else the
// network address.
func (r *request) asker() string {
	if r.token != nil {
		return "token " + strconv.FormatInt(r.token.ID, 10)
	}
	return r.ClientIP()
}
